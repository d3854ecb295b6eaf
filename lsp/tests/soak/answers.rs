//! What may be answered, and what may not.

use dunlin::ide::symbols::{self, Symbol};
use dunlin::workspace::Workspace;
use serde_json::Value;

use super::text::{Unit, stretch};

const REQUEST_CANCELLED: i64 = -32800;
const REQUEST_FAILED: i64 = -32803;
const INVALID_PARAMETERS: i64 = -32602;

/// Whether an error says that something cannot be done, and not that the server makes a mistake.
pub(super) fn is_refusal(method: &str, error: &Value, is_cancelled: bool) -> bool {
    let refuses = ["textDocument/rename", "textDocument/prepareRename", "workspace/executeCommand"];
    match error["code"].as_i64() {
        Some(REQUEST_CANCELLED) => is_cancelled,
        Some(REQUEST_FAILED | INVALID_PARAMETERS) => refuses.contains(&method),
        _ => false,
    }
}

/// Whether an answer has something that can be asked about further.
pub(super) fn leads_to_something(result: &Value) -> bool {
    let is_full = |items: &Value| items.as_array().is_some_and(|items| !items.is_empty());
    is_full(result) || is_full(&result["items"]) || result["data"].is_array()
}

/// What is wrong with an answer about the text `text`, named `uri`.
pub(super) fn wrong(method: &str, result: &Value, uri: &str, text: &str, unit: Unit) -> Option<String> {
    if method == "textDocument/documentSymbol" {
        let program = text.strip_prefix('\u{feff}').unwrap_or(text);
        let expected = symbols::outline(&Workspace::new([("a.proc", program)]), "a.proc");
        let (expected, answered) = (names(&expected), answered_names(result));
        if uri.ends_with(".proc") && expected != answered {
            return Some(format!("of another moment: {answered:?} where there is {expected:?}"));
        }
    }
    // What an item to choose says may be about a text in another language, or in another file.
    let is_of_texts = !method.ends_with("/resolve") && !method.starts_with("workspace/");
    is_of_texts.then(|| wrong_range(result, uri, &[uri], text, unit)).flatten()
}

fn names(symbols: &[Symbol]) -> Vec<String> {
    symbols.iter().flat_map(|symbol| [vec![symbol.name.clone()], names(&symbol.children)].concat()).collect()
}

fn answered_names(symbols: &Value) -> Vec<String> {
    let symbols = symbols.as_array().map_or(&[][..], Vec::as_slice);
    let all = |symbol: &Value| {
        let name = symbol["name"].as_str().unwrap_or_default().to_owned();
        [vec![name], answered_names(&symbol["children"])].concat()
    };
    symbols.iter().flat_map(all).collect()
}

/// A range that is none of the text that it is about; `named` are the texts that it may be about, the last it is.
fn wrong_range(value: &Value, uri: &str, named: &[&str], text: &str, unit: Unit) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| wrong_range(item, uri, named, text, unit)),
        Value::Object(fields) => {
            if fields.contains_key("start") && fields.contains_key("end") {
                let is_about_it = named.last() == Some(&uri) && value["start"].is_object();
                return (is_about_it && stretch(text, value, unit).is_none()).then(|| format!("{value} is no range"));
            }
            let target = ["uri", "targetUri"].into_iter().find_map(|name| fields.get(name)?.as_str());
            let document = fields.get("textDocument").and_then(|document| document["uri"].as_str());
            let inner: Vec<&str> = target.or(document).map_or_else(|| named.to_vec(), |uri| vec![uri]);
            fields.iter().find_map(|(name, field)| {
                // The caller's range, and edits by URI.
                let about: Vec<&str> = match name.as_str() {
                    "originSelectionRange" | "fromRanges" => named.to_vec(),
                    _ if name.starts_with("file:") => vec![name],
                    _ => inner.clone(),
                };
                wrong_range(field, uri, &about, text, unit)
            })
        }
        _ => None,
    }
}
