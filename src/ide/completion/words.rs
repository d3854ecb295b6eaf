//! Words of the language, units and snippets: what the grammar expects at a place.

use crate::ide::completion::snippets::SNIPPETS;
use crate::ide::completion::{Completion, Cursor, Kind, names};
use crate::syntax::expected::{Continuation, Expected};
use crate::syntax::tokens::{Kind as Piece, tokens};
use crate::syntax::words::{Gap, Part};
use crate::workspace::Workspace;

/// What the grammar expects, the best first.
pub(super) fn items(workspace: &Workspace, place: &Cursor<'_>, expected: &Expected) -> Vec<Completion> {
    let mut items = Vec::new();
    if expected.is_unit {
        items.extend(names::currencies(workspace));
        items.push(Completion::plain("%", Kind::Unit, "percent"));
    }
    if expected.is_collection {
        items.extend(names::collections());
    }
    if expected.gaps.contains(&Gap::Date) {
        items.extend(last_date(place));
    }
    items.extend(expected.words.iter().map(|word| phrase(place, *word)));
    let begins = expected.words.iter().any(|word| word.written == 0 && !matches!(word.word.first(), "and" | "or"));
    if begins && place.line_before().is_empty() && expected.gaps.is_empty() {
        items.extend(SNIPPETS.iter().filter(|snippet| snippet.place == expected.place).map(|snippet| {
            Completion::plain(snippet.label, Kind::Snippet, snippet.doc)
                .inserting(snippet.body, true)
                .from(snippet.into())
        }));
    }
    items
}

/// The day of the line above, in a test.
fn last_date(place: &Cursor<'_>) -> Option<Completion> {
    let pieces = tokens(place.before());
    let last = pieces.iter().rev().find(|piece| piece.kind == Piece::Date)?;
    Some(Completion::plain(last.text, Kind::Value, "the day above"))
}

/// What is left of a phrase, its gaps to be filled in.
fn phrase(place: &Cursor<'_>, found: Continuation) -> Completion {
    let word = found.word;
    let rest: Vec<Part> = word.parts().skip(found.written).collect();
    let shown: Vec<&str> = rest.iter().map_while(|part| word_of(*part)).collect();
    let label = shown.join(" ").replace(" .", ".");
    let is_alone =
        place.behind().trim_start_matches([' ', '\t', '\r']).starts_with(['\n', '}', '{']) || place.behind().is_empty();
    let (insert, is_snippet) = if is_alone { filled(&rest, word.example) } else { (label.clone(), false) };
    Completion::plain(label, Kind::Word, word.example).inserting(insert, is_snippet).from(word.into())
}

const fn word_of(part: Part) -> Option<&'static str> {
    match part {
        Part::Word(word) => Some(word),
        Part::Gap(_) => None,
    }
}

/// A phrase with its gaps as places to fill in, up to where names and values are completed by themselves.
fn filled(parts: &[Part], example: &str) -> (String, bool) {
    let numbers: Vec<&str> =
        tokens(example).iter().filter(|piece| piece.kind == Piece::Number).map(|piece| piece.text).collect();
    let mut numbers = numbers.into_iter();
    let mut text = String::new();
    let mut stops = 0;
    for part in parts {
        if !text.is_empty() && !text.ends_with([' ', '.']) && *part != Part::Word(".") {
            text.push(' ');
        }
        let default = match part {
            Part::Word(word) => {
                text += word;
                continue;
            }
            Part::Gap(Gap::Number) => numbers.next().unwrap_or("1"),
            Part::Gap(Gap::Unit) => "days",
            Part::Gap(Gap::Title) => {
                stops += 1;
                text += &format!("\"${{{stops}:title}}\"");
                continue;
            }
            Part::Gap(Gap::Block) => {
                text += "{\n    $0\n}";
                return (text, true);
            }
            Part::Gap(Gap::Name)
                if parts.contains(&Part::Gap(Gap::Block)) || parts.contains(&Part::Gap(Gap::Title)) =>
            {
                "name"
            }
            Part::Gap(_) => {
                return if stops == 0 { (text, false) } else { (text + "$0", true) };
            }
        };
        stops += 1;
        text += &format!("${{{stops}:{default}}}");
    }
    (text, stops > 0)
}
