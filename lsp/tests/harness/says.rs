//! What is known of a place, what could be written there, and what each word is, as a person reads it.

use std::fmt::Write;

use dunlin::ide::semantic_tokens::{Kind, MODIFIERS};
use serde_json::{Value, json};

use super::files::File;
use super::render::{Answered, stretch, text_at};
use crate::client::Session;

/// How many items of a completion are shown.
const SHOWN: usize = 15;

/// What is known of something: the text it is about, then what is said.
pub(crate) fn hover(answered: &Answered<'_>, _: &mut Session) -> String {
    if answered.answer.is_null() {
        return "nothing".to_owned();
    }
    let range = &answered.answer["range"];
    let about = text_at(answered.fixture.main(), range);
    format!("{} `{about}`\n{}", stretch(range), answered.answer["contents"]["value"].as_str().unwrap_or("no text"))
}

/// What could be written: those that an editor shows for what is typed, what each is, and what is put there where it is
/// not the label.
pub(crate) fn completions(answered: &Answered<'_>, _: &mut Session) -> String {
    if answered.answer.is_null() {
        return "not asked for".to_owned();
    }
    let items: Vec<&Value> = answered.items().iter().filter(|item| is_typed(answered, item)).collect();
    let mut lines: Vec<String> = items.iter().take(SHOWN).map(|item| one_item(item)).collect();
    if items.len() > SHOWN {
        lines.push(format!("and {} more", items.len() - SHOWN));
    }
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}

fn one_item(item: &Value) -> String {
    let label = item["label"].as_str().unwrap_or("");
    let mut line = format!("{label} ({})", item_kind(item));
    let detail = item["detail"].as_str().unwrap_or("");
    if !detail.is_empty() {
        let _ = write!(line, " {detail}");
    }
    let insert = item["textEdit"]["newText"].as_str().unwrap_or("");
    if insert != label {
        let _ = write!(line, "\n    -> {}", insert.replace('\n', "\n       "));
    }
    line
}

/// Whether what is typed begins the label.
fn is_typed(answered: &Answered<'_>, item: &Value) -> bool {
    let typed = text_at(answered.fixture.main(), &item["textEdit"]["insert"]);
    item["label"].as_str().is_some_and(|label| label.starts_with(typed.trim()))
}

/// The kinds of what could be written, by their numbers from 1.
const KINDS: &[&str] = &[
    "text",
    "method",
    "function",
    "constructor",
    "field",
    "variable",
    "class",
    "interface",
    "module",
    "property",
    "unit",
    "value",
    "enum",
    "keyword",
    "snippet",
    "color",
    "file",
    "reference",
    "folder",
    "enum member",
    "constant",
    "struct",
    "event",
    "operator",
    "type parameter",
];

fn item_kind(item: &Value) -> &'static str {
    let number = item["kind"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    number.checked_sub(1).and_then(|at| KINDS.get(at)).copied().unwrap_or("?")
}

/// What is said about the first thing that could be written, once an editor asks for it.
pub(crate) fn documentation(answered: &Answered<'_>, session: &mut Session) -> String {
    let Some(item) = answered.items().iter().find(|item| is_typed(answered, item)) else {
        return "nothing".to_owned();
    };
    let more = session.request("completionItem/resolve", item.clone());
    let says = more["result"]["documentation"]["value"].as_str().unwrap_or("no documentation");
    format!("{}\n{says}", one_item(item))
}

/// What is being used, with what is being given marked `«…»`.
pub(crate) fn signatures(answered: &Answered<'_>, _: &mut Session) -> String {
    let signatures = answered.answer["signatures"].as_array().map_or(&[][..], Vec::as_slice);
    let lines: Vec<String> = signatures.iter().map(one_signature).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}

fn one_signature(signature: &Value) -> String {
    let label = signature["label"].as_str().unwrap_or("");
    let mut lines = vec![label.to_owned()];
    let said = |of: &Value| of["documentation"]["value"].as_str().map(|says| format!("    {says}"));
    lines.extend(said(signature));
    let active = signature["activeParameter"].as_u64().and_then(|at| usize::try_from(at).ok());
    if let Some(parameter) = active.and_then(|at| signature["parameters"].get(at)) {
        let units: Vec<u16> = label.encode_utf16().collect();
        let at = |end: usize| usize::try_from(parameter["label"][end].as_u64().expect("an offset")).expect("an offset");
        let part = |range: std::ops::Range<usize>| String::from_utf16(&units[range]).expect("a text");
        lines[0] = format!("{}«{}»{}", part(0..at(0)), part(at(0)..at(1)), part(at(1)..units.len()));
        lines.extend(said(parameter));
    }
    lines.join("\n")
}

/// What each word is, line by line.
pub(crate) fn colours(answered: &Answered<'_>, _: &mut Session) -> String {
    let data: Vec<u64> = numbers(&answered.answer["data"]);
    let mut lines: Vec<(u64, Vec<String>)> = Vec::new();
    for token in tokens(answered.fixture.main(), &data) {
        match lines.last_mut() {
            Some((line, words)) if *line == token.line => words.push(token.shown),
            _ => lines.push((token.line, vec![token.shown])),
        }
    }
    let lines: Vec<String> =
        lines.into_iter().map(|(line, words)| format!("{}: {}", line + 1, words.join(" · "))).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}

/// A word and what it is.
struct Token {
    line: u64,
    shown: String,
}

fn tokens(file: &File, data: &[u64]) -> Vec<Token> {
    let (mut line, mut column) = (0, 0);
    let mut found = Vec::new();
    for token in data.chunks(5) {
        let &[lines, columns, length, kind, modifiers] = token else { panic!("five numbers for a word") };
        line += lines;
        column = if lines == 0 { column + columns } else { columns };
        let start = json!({ "line": line, "character": column });
        let range = json!({ "start": start, "end": { "line": line, "character": column + length } });
        let kind = Kind::ALL[usize::try_from(kind).expect("a kind")].name();
        let modifiers = MODIFIERS.iter().enumerate().filter(|(bit, _)| modifiers >> bit & 1 == 1);
        let modifiers: String = modifiers.map(|(_, name)| format!(" {name}")).collect();
        found.push(Token { line, shown: format!("`{}` {kind}{modifiers}", text_at(file, &range)) });
    }
    found
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// What has changed in the colours after the marked stretch became the parameter `newText`.
pub(crate) fn changed_colours(answered: &Answered<'_>, session: &mut Session) -> String {
    let file = answered.fixture.main();
    let document = super::features::document(answered.root, file);
    let (start, end) = file.stretch.expect("a marked stretch, which is replaced");
    let range = json!({ "start": file.position(start), "end": file.position(end) });
    let new = &answered.fixture.parameters["newText"];
    session.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": document["uri"], "version": 2 },
            "contentChanges": [{ "range": range, "text": new }],
        }),
    );
    let asked = json!({ "textDocument": document, "previousResultId": answered.answer["resultId"] });
    let delta = session.request("textDocument/semanticTokens/full/delta", asked)["result"].clone();
    let mut data = numbers(&answered.answer["data"]);
    let mut lines = Vec::new();
    for edit in delta["edits"].as_array().expect("edits").iter().rev() {
        let number = |name: &str| usize::try_from(edit[name].as_u64().expect("a number")).expect("a number");
        let (at, gone, come) = (number("start"), number("deleteCount"), numbers(&edit["data"]));
        lines.push(format!("from word {}: {} away, {} new", at / 5 + 1, gone / 5, come.len() / 5));
        data.splice(at..at + gone, come);
    }
    let whole = session.request("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    assert_eq!(data, numbers(&whole["result"]["data"]), "the changes do not lead to the whole");
    if lines.is_empty() { "no changes".to_owned() } else { lines.join("\n") }
}
