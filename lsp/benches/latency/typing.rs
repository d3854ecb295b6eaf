//! What is typed: scenes of a person at work, keystroke by keystroke.

use std::fmt::Write;

use serde_json::{Value, json};

/// An open text.
pub(crate) struct Text {
    /// Its name.
    pub(crate) uri: String,
    /// What it says.
    pub(crate) text: String,
    /// Which state that is.
    pub(crate) version: i64,
}

/// A keystroke: the bytes from `0` to `1` become `2`.
pub(crate) struct Keystroke(usize, usize, String);

/// What somebody does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scene {
    Condition,
    Title,
    Comment,
    NewStep,
    Name,
}

impl Scene {
    /// All of them.
    pub(crate) const ALL: &[Self] = &[Self::Condition, Self::Title, Self::Comment, Self::NewStep, Self::Name];

    /// What it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Condition => "a condition, a value",
            Self::Title => "a title, a string",
            Self::Comment => "a comment",
            Self::NewStep => "a new step, a new table",
            Self::Name => "a name that others use, a key",
        }
    }

    /// Where and what is typed: after the first of these that a text has, in Dunlin's language and in TOML.
    const fn words(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Condition => &[
                ("(score or else 50) < 40", " and total_due > 1_000 EUR"),
                ("\nlimits = [10", ", 20, 30, { at = 17, to = 4 }"),
            ],
            Self::Title => {
                &[("\"Zweiter Anruf", ": am Telefon, höflich"), ("\ntitle = \"Zweiter Anruf", ": am Telefon, höflich")]
            }
            Self::Comment => &[
                ("# Only the older ones.", " Nobody else is visited."),
                ("\n# A table.", " It is one of many tables."),
            ],
            Self::NewStep => &[
                (
                    "letter customer using reminder\n    }\n",
                    "    step again \"Again\" at day 5 when overdue_total > 10 EUR {\n        call customer\n    }\n",
                ),
                ("\nowner = \"sales\"\n", "[new.table.of.tables]\nday = 5\ntitle = \"Again\"\nlist = [1, 2]\n"),
            ],
            Self::Name => &[("define limit_", "of_area_"), ("\nnumber", "_of_table")],
        }
    }

    /// The keystrokes in a text: the words are typed, and deleted again.
    pub(crate) fn script(self, text: &str) -> Option<Vec<Keystroke>> {
        let place = |(place, words): &(&str, &'static str)| Some((text.find(place)? + place.len(), *words));
        let (start, words) = self.words().iter().find_map(place)?;
        let typed = words.char_indices().map(|(at, letter)| Keystroke(start + at, start + at, letter.to_string()));
        let letters = words.char_indices().rev();
        let rubbed = letters.map(|(at, letter)| Keystroke(start + at, start + at + letter.len_utf8(), String::new()));
        Some(typed.chain(rubbed).collect())
    }
}

impl Text {
    /// A text that was just opened.
    pub(crate) const fn new(uri: String, text: String) -> Self {
        Self { uri, text, version: 1 }
    }

    /// Takes in a keystroke; how the protocol says it.
    pub(crate) fn press(&mut self, Keystroke(start, end, words): &Keystroke) -> Value {
        let change = json!({ "range": { "start": self.position(*start), "end": self.position(*end) }, "text": words });
        self.text.replace_range(*start..*end, words);
        self.version += 1;
        change
    }

    fn position(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        json!({ "line": before.matches('\n').count(), "character": before[line..].encode_utf16().count() })
    }
}

/// Texts in TOML, as many and as long.
pub(crate) fn toml(files: usize, lines: usize) -> Vec<(String, String)> {
    (0..files).map(|file| (format!("areas/area_{file}.toml"), toml_text(file, lines))).collect()
}

fn toml_text(file: usize, lines: usize) -> String {
    let mut text = format!("# The tables of area {file}. Größe, café, naïve, 𝄞.\n");
    for table in 0..lines / 10 {
        let _ = write!(
            text,
            "\n# A table.\n[areas.area_{file}.table_{table}]\ntitle = \"Zweiter Anruf\"\nnumber = {table}\n\
             limits = [10, {table}]\nwhen = {{ from = 2026-01-01, days = {table} }}\nactive = true\n\
             owner = \"sales\"\nratio = 0.5\n"
        );
    }
    text
}
