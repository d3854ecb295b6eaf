//! URIs as clients spell them: some leave spaces and letters raw that have to be escaped, which `tower-lsp`
//! refuses. They are escaped on the way in, and the client sees its own spelling on the way out.
//!
//! What else is put right on the way in: lines and columns that are no natural numbers.

use std::collections::BTreeMap;
use std::mem;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// The spellings of the client, by ours.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spellings(Arc<Mutex<BTreeMap<String, String>>>);

impl Spellings {
    /// Parameters as `tower-lsp` takes them.
    pub(crate) fn on_the_way_in(&self, parameters: &mut Value) {
        let mut theirs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mend(&mut theirs, "", parameters);
    }

    /// A result as the client spells it.
    pub(crate) fn on_the_way_out(&self, result: &mut Value) {
        let theirs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !theirs.is_empty() {
            restore(&theirs, result);
        }
    }
}

fn mend(theirs: &mut BTreeMap<String, String>, key: &str, value: &mut Value) {
    match value {
        // Some clients give an empty text for no folder.
        Value::String(text) if key == "rootUri" && text.is_empty() => *value = Value::Null,
        Value::String(text) if is_name_of_uri(key) => {
            let ours = escaped(text);
            if ours == *text {
                theirs.remove(&ours);
            } else {
                let spelling = mem::replace(text, ours.clone());
                theirs.insert(ours, spelling);
            }
        }
        Value::Number(number) if key == "line" || key == "character" => {
            let natural = number.as_u64().unwrap_or(0).min(u64::from(u32::MAX));
            *value = natural.into();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mend(theirs, key, item)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| mend(theirs, key, value)),
        _ => {}
    }
}

fn is_name_of_uri(key: &str) -> bool {
    matches!(key, "uri" | "target") || key.ends_with("Uri")
}

fn restore(theirs: &BTreeMap<String, String>, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(spelling) = theirs.get(text) {
                text.clone_from(spelling);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| restore(theirs, item)),
        Value::Object(fields) => {
            let renamed: Vec<String> = fields.keys().filter(|key| theirs.contains_key(*key)).cloned().collect();
            for key in renamed {
                if let (Some(value), Some(spelling)) = (fields.remove(&key), theirs.get(&key)) {
                    fields.insert(spelling.clone(), value);
                }
            }
            fields.values_mut().for_each(|value| restore(theirs, value));
        }
        _ => {}
    }
}

/// A URI with everything escaped that has to be; as it is where that is nothing.
pub(crate) fn escaped(uri: &str) -> String {
    if Uri::from_str(uri).is_ok() {
        return uri.to_owned();
    }
    let bytes = uri.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
    let mut escaped = String::new();
    for (at, byte) in bytes.iter().copied().enumerate() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte) || (byte == b'%' && is_escape(at)) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings_go_in_and_come_out() {
        let spellings = Spellings::default();
        let mut asked = json!({ "textDocument": { "uri": "file:///a b/é%20[1]%.proc" }, "position": { "line": -1 } });
        let before = asked.clone();
        spellings.on_the_way_in(&mut asked);
        let ours = "file:///a%20b/%C3%A9%20%5B1%5D%25.proc";
        assert_eq!(asked, json!({ "textDocument": { "uri": ours }, "position": { "line": 0 } }));
        assert!(Uri::from_str(ours).is_ok());

        let mut answer = json!({ "changes": { (ours): [] }, "uri": ours });
        spellings.on_the_way_out(&mut answer);
        let spelling = &before["textDocument"]["uri"];
        assert_eq!(answer, json!({ "changes": { (spelling.as_str().expect("a text")): [] }, "uri": spelling }));
    }
}
