//! The parser takes every text; printing changes neither tree nor comments, and only once.

use dunlin::base::{Diagnostic, FileId, Place};
use dunlin::syntax::{Parsed, parse};
use proptest::prelude::*;

use super::layout::printing_keeps;

const DESIGN: &str = include_str!("../data/design.proc");
const FORMS: &str = include_str!("../data/forms.proc");
/// What texts are made of where random letters would hardly ever make sense.
const WORDS: &[&str] = &[
    "procedure",
    "step",
    "define",
    "assign",
    "ledger",
    "template",
    "test",
    "action",
    "when",
    "where",
    "and",
    "or",
    "or else",
    "not",
    "in",
    "is missing",
    "between",
    "of",
    "documents",
    "at day",
    "after",
    "at",
    "every",
    "a",
    "b",
    "c.d",
    "\"x\"",
    "\"",
    "“",
    "'",
    "{",
    "}",
    "(",
    ")",
    "=",
    "==",
    "<",
    "<>",
    "!",
    "+",
    "-",
    "*",
    "/",
    ",",
    ":",
    ";",
    "|",
    "?",
    "#",
    "# c\n",
    "7",
    "7 days",
    "250 EUR",
    "EUR 250",
    "€",
    "2026-03-05",
    "2026-3-5",
    "1/2/2026",
    "1,5",
    "1.234,56",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "ü",
    "\u{1}",
    "\\",
    "%",
];

fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// So many cases by chance, or as many as `PROPTEST_CASES` says.
pub(super) fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Every place that a finding names lies in the text, between two characters.
fn places_are_sound(text: &str, findings: &[Diagnostic]) -> Result<(), TestCaseError> {
    for finding in findings {
        prop_assert!(!finding.labels.is_empty(), "{finding:?}");
        let labels = finding.labels.iter().filter_map(|label| match label.place {
            Place::Text(span) => Some(span),
            Place::Data(_) => None,
        });
        let edits = finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        for span in labels.chain(edits) {
            prop_assert!(text.get(span.range()).is_some(), "{finding:?}");
        }
    }
    Ok(())
}

/// A text and what it is made of: words, signs, strings, comments, blanks.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let mut token = String::from(sign);
        let mut take = |more: &dyn Fn(char) -> bool| {
            while let Some(next) = signs.next_if(|next| more(*next)) {
                token.push(next);
            }
        };
        match sign {
            '#' => take(&|next| next != '\n'),
            '"' => {
                take(&|next| next != '"' && next != '\n');
                take(&|next| next == '"');
            }
            ' ' => take(&|next| next == ' '),
            _ if sign.is_alphanumeric() => take(&|next| next.is_alphanumeric() || "_.-".contains(next)),
            _ => {}
        }
        tokens.push(token);
    }
    tokens
}

/// Deletes, doubles or swaps tokens at places given as fractions of a million.
pub(super) fn mutated(text: &str, changes: &[(u8, u32)]) -> String {
    let mut tokens = tokens(text);
    for (kind, place) in changes {
        if tokens.is_empty() {
            break;
        }
        let at = *place as usize % tokens.len();
        match kind % 4 {
            0 => {
                tokens.remove(at);
            }
            1 => tokens.insert(at, tokens[at].clone()),
            2 => {
                let other = (at + 2) % tokens.len();
                tokens.swap(at, other);
            }
            _ => tokens.insert(at, WORDS[*place as usize % WORDS.len()].to_owned()),
        }
    }
    tokens.concat()
}

/// Puts comments and empty lines between tokens.
fn relaid(text: &str, changes: &[(u8, u32)]) -> String {
    let mut tokens = tokens(text);
    for (number, (kind, place)) in changes.iter().enumerate() {
        let blanks: Vec<usize> = (0..tokens.len()).filter(|at| tokens[*at].trim().is_empty()).collect();
        let Some(at) = blanks.get(*place as usize % blanks.len().max(1)).copied() else { break };
        match kind % 5 {
            0 => tokens.insert(at, format!(" # c{number}\n")),
            1 => tokens.insert(at, format!("\n# c{number}\n")),
            2 => tokens.insert(at, "\n".to_owned()),
            3 => tokens.insert(at, "   ".to_owned()),
            _ => tokens[at] = " ".to_owned(),
        }
    }
    tokens.concat()
}

fn changes(most: usize) -> impl Strategy<Value = Vec<(u8, u32)>> {
    prop::collection::vec((any::<u8>(), any::<u32>()), 1..most)
}

#[test]
fn the_programs_themselves_are_kept() -> Result<(), TestCaseError> {
    for text in [DESIGN, FORMS, dunlin::schema::PRELUDE] {
        prop_assert_eq!(read(text).findings, []);
        printing_keeps(text)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn random_text_is_read(text in any::<String>()) {
        places_are_sound(&text, &read(&text).findings)?;
    }

    #[test]
    fn random_words_are_read(words in prop::collection::vec((prop::sample::select(WORDS), any::<bool>()), 0..60)) {
        let text: String = words.iter().map(|(word, blank)| format!("{word}{}", if *blank { " " } else { "" })).collect();
        places_are_sound(&text, &read(&text).findings)?;
        printing_keeps(&text)?;
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn mutated_programs_are_read(forms in any::<bool>(), changes in changes(8)) {
        let text = mutated(if forms { FORMS } else { DESIGN }, &changes);
        places_are_sound(&text, &read(&text).findings)?;
        printing_keeps(&text)?;
    }

    #[test]
    fn other_layouts_are_kept(forms in any::<bool>(), changes in changes(12)) {
        printing_keeps(&relaid(if forms { FORMS } else { DESIGN }, &changes))?;
    }
}
