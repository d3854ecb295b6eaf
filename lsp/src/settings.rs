//! The user's settings: `{ lens: { enabled, date }, inlayHints: { enabled, document } }`.
//!
//! `lsp/editors/README.md` says what each does and how each editor gives them; a test holds them equal.
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

    const DOCUMENTED: &str = include_str!("../editors/README.md");
    const VS_CODE: &str = include_str!("../editors/vscode/package.json");
    const VS_CODE_README: &str = include_str!("../editors/vscode/README.md");

    /// The rows of the table of settings, by cells.
    fn documented() -> Vec<Vec<&'static str>> {
        let rows = DOCUMENTED.lines().skip_while(|line| !line.starts_with("| setting |")).skip(2);
        let cells = |row: &'static str| row.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`'));
        rows.take_while(|line| line.starts_with('|')).map(|row| cells(row).collect()).collect()
    }

    /// Settings with one of them set.
    fn with(name: &str, value: &Value) -> Settings {
        let (part, field) = name.split_once('.').expect("a part and a name");
        Settings::read(&json!({ part: { field: value } }))
    }

    #[test]
    fn every_setting_is_documented_with_its_default() {
        // Who adds a setting finds out here that it needs a row.
        let Settings { has_lens, lens_date, has_hints, hint_document } = Settings::default();
        let defaults = [
            ("lens.enabled", has_lens.to_string()),
            ("lens.date", lens_date.map_or("none".to_owned(), |date| date.to_string())),
            ("inlayHints.enabled", has_hints.to_string()),
            ("inlayHints.document", hint_document.unwrap_or_else(|| "none".to_owned())),
        ];
        let rows = documented();
        let shown: Vec<(&str, String)> = rows.iter().map(|row| (row[0], row[2].to_owned())).collect();
        assert_eq!(shown, defaults);
        for row in &rows {
            // What the row says that it is: a flag, or an example in quotes.
            let value = match row[1].split('"').nth(1) {
                Some(example) => json!(example),
                None => json!(false),
            };
            assert_ne!(with(row[0], &value), Settings::default(), "`{}` is read", row[0]);
        }
    }

    #[test]
    fn vs_code_has_every_setting_and_no_other() {
        let package: Value = serde_json::from_str(VS_CODE).expect("JSON");
        let settings = package["contributes"]["configuration"]["properties"].as_object().expect("settings");
        let commands = package["contributes"]["commands"].as_array().expect("commands");
        let rows = documented();
        for row in &rows {
            match row[4].strip_prefix("*") {
                Some(title) => {
                    let title = title.trim_end_matches('*');
                    assert!(commands.iter().any(|command| command["title"] == title), "no command `{title}`");
                }
                None => {
                    let default = match &settings[row[4]]["default"] {
                        Value::String(text) if text.is_empty() => "none".to_owned(),
                        other => other.to_string(),
                    };
                    assert_eq!(default, row[2], "`{}` and `{}`", row[0], row[4]);
                }
            }
        }
        for name in settings.keys() {
            let is_of_editor = ["dunlin.server.path", "dunlin.trace.server"].contains(&&**name);
            assert!(is_of_editor || rows.iter().any(|row| row[4] == name), "`{name}` is no setting of the server");
            assert!(VS_CODE_README.contains(&format!("| `{name}` |")), "`{name}` is not in its README");
        }
    }
}
