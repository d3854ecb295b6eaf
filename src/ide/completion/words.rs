//! Words of the language, units and snippets: what the grammar expects at a place.

use crate::ide::completion::snippets::{SNIPPETS, plain};
use crate::ide::completion::trial::Trial;
use crate::ide::completion::{Completion, Cursor, Kind, lists};
use crate::syntax::expected::{Continuation, Expected};
use crate::syntax::tokens::{Kind as Piece, Token, tokens};
use crate::syntax::words::{Gap, Part, Word};
use crate::workspace::Workspace;

/// What the grammar expects, the best first; words that are not fitting are left out.
pub(super) fn items(
    workspace: &Workspace,
    place: &Cursor<'_>,
    expected: &Expected,
    fits: &dyn Fn(&Word) -> bool,
) -> Vec<Completion> {
    let trial = Trial { workspace, place };
    let is_possible = |it: &&Continuation| fits(it.word) && (it.written > 0 || !expected.is_one_phrase());
    let words = expected.words.iter().filter(is_possible).filter(|it| it.written > 0 || trial.may_begin(it.word));
    let (units, words): (Vec<&Continuation>, Vec<&Continuation>) = words.partition(|it| it.word.is_unit());
    let (begun, new): (Vec<&Continuation>, Vec<&Continuation>) = words.into_iter().partition(|it| it.written > 0);
    let begins_line = place.line_before().is_empty();
    let mut items = behind_number(&trial, expected, &units);
    if expected.is_collection && !expected.words.iter().any(|it| it.word.begins_value() && !fits(it.word)) {
        items.extend(lists::collections());
    }
    if expected.gaps.contains(&Gap::Date) {
        items.extend(last_date(place));
    }
    // On a new line something new is more likely than that the line above goes on.
    let (first, then) = if begins_line { (new, begun) } else { (begun, new) };
    items.extend(first.into_iter().chain(then).map(|word| phrase(place, *word)));
    let begins = expected.words.iter().any(|it| it.written == 0 && !it.word.continues_value());
    if begins && begins_line && expected.gaps.is_empty() {
        items.extend(snippets(&trial, expected));
    }
    items
}

/// What a number counts: the currency of the ledger first, the others behind the units of time.
fn behind_number(trial: &Trial<'_>, expected: &Expected, units: &[&Continuation]) -> Vec<Completion> {
    let of_time = units.iter().map(|word| phrase(trial.place, **word));
    if !expected.is_unit {
        return of_time.collect();
    }
    let counted = trial.counted();
    let mut items = if counted.money { lists::currencies(trial.workspace) } else { Vec::new() };
    let further = items.split_off(items.len().min(1));
    items.extend(counted.percent.then(|| Completion::plain("%", Kind::Unit, "percent")));
    items.extend(of_time.filter(|unit| if unit.label.starts_with("working") { counted.working } else { counted.days }));
    items.extend(further);
    items
}

/// The snippets of the place.
fn snippets(trial: &Trial<'_>, expected: &Expected) -> Vec<Completion> {
    let day = next_day(trial.place).to_string();
    let fitting = SNIPPETS.iter().filter(|snippet| snippet.place == expected.place);
    let items = fitting.map(|snippet| {
        Completion::plain(snippet.label, Kind::Snippet, snippet.doc)
            .inserting(snippet.body.replace("DAY", &day), true)
            .from(snippet.into())
    });
    let word = |item: &Completion| item.insert.split_whitespace().next().unwrap_or("").to_owned();
    items.filter(|item| trial.is_open(&word(item), &plain(&item.insert))).collect()
}

/// The day of a step at the place: a week after the step above it, or between that and the step below.
fn next_day(place: &Cursor<'_>) -> i64 {
    const WEEK: i64 = 7;
    let Some(above) = days(place.before()).last().copied() else { return WEEK };
    match days(place.behind()).first() {
        Some(below) if (above + 2..=above + WEEK).contains(below) => (above + below) / 2,
        _ => above + WEEK,
    }
}

/// The days of the steps in a text.
fn days(text: &str) -> Vec<i64> {
    let pieces = tokens(text);
    let number = |sign: &str, piece: &Token<'_>| format!("{sign}{}", piece.text).parse().ok();
    let of = |pieces: &[Token<'_>]| match pieces {
        [at, day, minus, days, ..] if at.text == "at" && day.text == "day" && minus.text == "-" => number("-", days),
        [at, day, days, ..] if at.text == "at" && day.text == "day" => number("", days),
        _ => None,
    };
    (0..pieces.len()).filter_map(|start| of(pieces.get(start..)?)).collect()
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
    let (insert, is_snippet) = if is_alone { filled(place, &rest, word.example) } else { (label.clone(), false) };
    Completion::plain(label, Kind::Word, word.example).inserting(insert, is_snippet).from(word.into())
}

const fn word_of(part: Part) -> Option<&'static str> {
    match part {
        Part::Word(word) => Some(word),
        Part::Gap(_) => None,
    }
}

/// A phrase with its gaps as places to fill in, up to where names and values are completed by themselves.
fn filled(place: &Cursor<'_>, parts: &[Part], example: &str) -> (String, bool) {
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
            Part::Gap(Gap::Number) if text.ends_with("at day ") => &next_day(place).to_string(),
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
