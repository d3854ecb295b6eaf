//! The user's settings: `{ lens: { enabled, date }, inlayHints: { enabled, document } }`.
//!
//! What is missing or no such value is as if it were not set: a wrong setting ends nothing.

use dunlin::base::Date;
use serde_json::Value;

/// The section of the editor's settings that is ours.
pub(crate) const SECTION: &str = "dunlin";

/// The user's settings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    /// Whether procedures and steps say what they do on the ledger.
    pub(crate) has_lens: bool,
    /// The day that the lens looks at; today where it is not set.
    pub(crate) lens_date: Option<Date>,
    /// Whether remarks are shown within lines.
    pub(crate) has_hints: bool,
    /// The document whose dates the remarks show.
    pub(crate) hint_document: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { has_lens: true, lens_date: None, has_hints: true, hint_document: None }
    }
}

impl Settings {
    /// The settings in what a client sends: ours, or those of all its parts with ours under [`SECTION`].
    pub(crate) fn read(sent: &Value) -> Self {
        let ours = sent.get(SECTION).unwrap_or(sent);
        let flag = |pointer: &str| ours.pointer(pointer).and_then(Value::as_bool).unwrap_or(true);
        let text = |pointer: &str| ours.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
        Self {
            has_lens: flag("/lens/enabled"),
            lens_date: text("/lens/date").and_then(Date::parse),
            has_hints: flag("/inlayHints/enabled"),
            hint_document: text("/inlayHints/document").map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_odd_is_as_if_not_set() {
        assert_eq!(Settings::read(&Value::Null), Settings::default());
        assert_eq!(Settings::read(&json!({ "lens": { "date": "soon", "enabled": "no" } })), Settings::default());
        let read =
            Settings::read(&json!({ "dunlin": { "lens": { "enabled": false }, "inlayHints": { "document": "F1" } } }));
        assert!(!read.has_lens && read.has_hints);
        assert_eq!(read.hint_document.as_deref(), Some("F1"));
    }
}
