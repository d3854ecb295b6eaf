//! Answers as a person reads them: lines and columns from 1, with the text that stands there.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::difference;
use super::files::{File, Fixture, uri};
use crate::client::Session;

/// An answer, with what it is about.
pub(crate) struct Answered<'a> {
    /// The program's folder.
    pub(crate) root: &'a Path,
    /// The fixture.
    pub(crate) fixture: &'a Fixture,
    /// The result.
    pub(crate) answer: &'a Value,
}

impl<'a> Answered<'a> {
    /// The file with this URI.
    pub(crate) fn file(&self, named: &Value) -> Option<&'a File> {
        self.fixture.files().iter().find(|file| uri(self.root, &file.path) == *named)
    }

    /// The path of a URI.
    pub(crate) fn path(&self, named: &Value) -> String {
        let named = named.as_str().unwrap_or("no URI");
        if named.ends_with("/prelude.proc") {
            return "the prelude".to_owned();
        }
        named.strip_prefix(&uri(self.root, "")).map(|path| path.trim_start_matches('/')).unwrap_or(named).to_owned()
    }

    /// `path line:column` and the text there.
    pub(crate) fn location(&self, uri: &Value, range: &Value) -> String {
        let text = self.file(uri).map_or_else(String::new, |file| format!("  `{}`", text_at(file, range)));
        format!("{} {}{text}", self.path(uri), stretch(range))
    }

    /// The items of the answer; none where there is none.
    pub(crate) fn items(&self) -> &'a [Value] {
        self.answer.as_array().map_or(&[], Vec::as_slice)
    }

    /// The items, each as a line or more, `nothing` where there is none.
    pub(crate) fn list(&self, show: impl Fn(&Value) -> String) -> String {
        let lines: Vec<String> = self.items().iter().map(show).collect();
        if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
    }
}

/// `line:column`, from 1.
pub(crate) fn place(position: &Value) -> String {
    let number = |name: &str| position[name].as_u64().map_or_else(|| "?".to_owned(), |number| (number + 1).to_string());
    format!("{}:{}", number("line"), number("character"))
}

/// `line:column-line:column`, shorter where it lies on one line.
pub(crate) fn stretch(range: &Value) -> String {
    let (start, end) = (place(&range["start"]), place(&range["end"]));
    if start == end {
        start
    } else if range["start"]["line"] == range["end"]["line"] {
        format!("{start}-{}", end.split(':').nth(1).unwrap_or(""))
    } else {
        format!("{start}-{end}")
    }
}

/// The text of a range, its first line where there are more.
pub(crate) fn text_at<'a>(file: &'a File, range: &Value) -> std::borrow::Cow<'a, str> {
    let text = &file.text[file.offset(&range["start"])..file.offset(&range["end"])];
    match text.trim_end().split_once('\n') {
        None => text.into(),
        Some((first, _)) => format!("{} …", first.trim_end()).into(),
    }
}

/// Findings.
pub(crate) fn findings(answered: &Answered<'_>, _: &mut Session) -> String {
    let findings = answered.answer["items"].as_array().map_or(&[][..], Vec::as_slice);
    let lines: Vec<String> = findings.iter().map(|finding| one_finding(answered, finding)).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}

fn one_finding(answered: &Answered<'_>, finding: &Value) -> String {
    let severity = match finding["severity"].as_u64() {
        Some(1) => "error",
        Some(2) => "warning",
        Some(3) => "information",
        _ => "hint",
    };
    let faded = if finding["tags"] == serde_json::json!([1]) { " (unnecessary)" } else { "" };
    let message = finding["message"].as_str().unwrap_or("").replace('\n', "\n    ");
    let code = finding["code"].as_str().unwrap_or("");
    let mut lines = vec![format!("{} {severity} {code}{faded}\n    {message}", stretch(&finding["range"]))];
    for related in finding["relatedInformation"].as_array().into_iter().flatten() {
        let location = answered.location(&related["location"]["uri"], &related["location"]["range"]);
        lines.push(format!("    {location}: {}", related["message"].as_str().unwrap_or("")));
    }
    lines.join("\n")
}

/// The kinds of symbols, by their numbers from 1.
const SYMBOLS: &[&str] = &[
    "file",
    "module",
    "namespace",
    "package",
    "class",
    "method",
    "property",
    "field",
    "constructor",
    "enum",
    "interface",
    "function",
    "variable",
    "constant",
    "string",
    "number",
    "boolean",
    "array",
    "object",
    "key",
    "null",
    "enum member",
    "struct",
    "event",
    "operator",
    "type parameter",
];

fn symbol_kind(symbol: &Value) -> &'static str {
    let number = symbol["kind"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    number.checked_sub(1).and_then(|at| SYMBOLS.get(at)).copied().unwrap_or("?")
}

/// A tree of symbols.
pub(crate) fn outline(answered: &Answered<'_>, _: &mut Session) -> String {
    let mut lines = Vec::new();
    branches(answered.items(), 0, &mut lines);
    lines.join("\n")
}

fn branches(symbols: &[Value], depth: usize, lines: &mut Vec<String>) {
    for symbol in symbols {
        let detail = symbol["detail"].as_str().map_or_else(String::new, |detail| format!("  ({detail})"));
        let name = symbol["name"].as_str().unwrap_or("");
        let (range, name_range) = (stretch(&symbol["range"]), stretch(&symbol["selectionRange"]));
        lines.push(format!(
            "{}{} {name}{detail}  {range}, name {name_range}",
            "    ".repeat(depth),
            symbol_kind(symbol)
        ));
        branches(symbol["children"].as_array().map_or(&[], Vec::as_slice), depth + 1, lines);
    }
}

/// A list of symbols.
pub(crate) fn symbols(answered: &Answered<'_>, _: &mut Session) -> String {
    answered.list(|symbol| {
        let container = symbol["containerName"].as_str().map_or_else(String::new, |name| format!(" in {name}"));
        let place = answered.location(&symbol["location"]["uri"], &symbol["location"]["range"]);
        format!("{} {}{container}  {place}", symbol_kind(symbol), symbol["name"].as_str().unwrap_or(""))
    })
}

/// What folds.
pub(crate) fn folds(answered: &Answered<'_>, _: &mut Session) -> String {
    let file = answered.fixture.main();
    answered.list(|fold| {
        let end = |line: &str, column: &str| {
            let column = fold[column].as_u64().map_or_else(String::new, |column| format!(":{}", column + 1));
            format!("{}{column}", fold[line].as_u64().map_or(0, |line| line + 1))
        };
        let kind = fold["kind"].as_str().unwrap_or("block");
        let line = usize::try_from(fold["startLine"].as_u64().unwrap_or(0)).unwrap_or(0);
        let text = file.text.lines().nth(line).unwrap_or("").trim();
        format!("{}-{} {kind}  `{text}`", end("startLine", "startCharacter"), end("endLine", "endCharacter"))
    })
}

/// What is selected, from the cursor outwards.
pub(crate) fn selections(answered: &Answered<'_>, _: &mut Session) -> String {
    let file = answered.fixture.main();
    let chain = |first: &Value| {
        let around = std::iter::successors(Some(first), |selection| selection.get("parent"));
        let lines = around.map(|it| format!("{}  `{}`", stretch(&it["range"]), text_at(file, &it["range"])));
        lines.collect::<Vec<_>>().join("\n")
    };
    answered.items().iter().map(chain).collect::<Vec<_>>().join("\n\n")
}

/// Links and where they lead.
pub(crate) fn links(answered: &Answered<'_>, _: &mut Session) -> String {
    let file = answered.fixture.main();
    answered.list(|link| {
        let (range, target) = (&link["range"], answered.path(&link["target"]));
        let title = link["tooltip"].as_str().unwrap_or("");
        format!("{} `{}` -> {target} ({title})", stretch(range), text_at(file, range))
    })
}

/// The file with the edits of the answer.
pub(crate) fn edited(answered: &Answered<'_>, _: &mut Session) -> String {
    let file = answered.fixture.main();
    let number = answered.items().len();
    if number == 0 {
        return "no edits".to_owned();
    }
    format!("{number} edits\n{}", apply(file, answered.items()))
}

/// A text with edits, which must not overlap.
pub(crate) fn apply(file: &File, edits: &[Value]) -> String {
    let place = |edit: &Value| (file.offset(&edit["range"]["start"]), file.offset(&edit["range"]["end"]));
    let mut edits: Vec<(usize, usize, &str)> =
        edits.iter().map(|edit| (place(edit).0, place(edit).1, edit["newText"].as_str().expect("a text"))).collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut text = String::new();
    let mut at = 0;
    for (start, end, new) in edits {
        assert!(at <= start, "edits overlap");
        text.push_str(&file.text[at..start]);
        text.push_str(new);
        at = end;
    }
    text + &file.text[at..]
}

/// An edit of the workspace, as the lines that it changes.
pub(crate) fn workspace_edit(answered: &Answered<'_>, edit: &Value) -> String {
    let mut parts = Vec::new();
    for change in edit["documentChanges"].as_array().into_iter().flatten() {
        if let Some(kind) = change["kind"].as_str() {
            parts.push(format!("{kind} {}", answered.path(&change["uri"])));
            continue;
        }
        let document = &change["textDocument"]["uri"];
        let edits = change["edits"].as_array().expect("edits");
        let name = answered.path(document);
        let difference = match answered.file(document) {
            Some(file) => changed_lines(&file.text, &apply(file, edits)),
            None => edits.iter().map(|edit| format!("+ {}\n", edit["newText"].as_str().unwrap_or(""))).collect(),
        };
        parts.push(format!("{name}\n{}", difference.trim_end()));
    }
    parts.join("\n")
}

fn changed_lines(before: &str, after: &str) -> String {
    let difference = difference(before, after);
    difference.split_inclusive('\n').filter(|line| !line.starts_with(' ')).collect()
}

/// What can be done, each with the lines it changes.
pub(crate) fn actions(answered: &Answered<'_>, _: &mut Session) -> String {
    answered.list(|action| {
        let preferred = if action["isPreferred"] == true { ", preferred" } else { "" };
        let of = action["diagnostics"].as_array().map_or_else(String::new, |findings| {
            let codes: Vec<&str> = findings.iter().filter_map(|finding| finding["code"].as_str()).collect();
            format!(" for {}", codes.join(", "))
        });
        let title = action["title"].as_str().unwrap_or("");
        let edit = workspace_edit(answered, &action["edit"]);
        let command =
            action["command"]["arguments"].get(1).map(|place| format!(", then its name at {}", self::place(place)));
        let indented = edit.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
        format!(
            "{title} ({}{preferred}){of}{}\n{indented}",
            action["kind"].as_str().unwrap_or(""),
            command.unwrap_or_default()
        )
    })
}

/// Where names lead: the whole that is shown there, and the name in it.
pub(crate) fn targets(answered: &Answered<'_>, _: &mut Session) -> String {
    answered.list(|link| {
        let origin = text_at(answered.fixture.main(), &link["originSelectionRange"]);
        let name = answered.location(&link["targetUri"], &link["targetSelectionRange"]);
        format!("`{origin}` -> {name} in {}", stretch(&link["targetRange"]))
    })
}

/// Places, each with its line.
pub(crate) fn places(answered: &Answered<'_>, _: &mut Session) -> String {
    answered.list(|place| answered.location(&place["uri"], &place["range"]))
}

/// Places in the file, and what happens there.
pub(crate) fn marks(answered: &Answered<'_>, _: &mut Session) -> String {
    let file = answered.fixture.main();
    answered.list(|place| {
        let kind = if place["kind"] == 3 { "write" } else { "read" };
        format!("{} {kind}  `{}`", stretch(&place["range"]), text_at(file, &place["range"]))
    })
}

/// A name that can be renamed.
pub(crate) fn names(answered: &Answered<'_>, _: &mut Session) -> String {
    match answered.answer["placeholder"].as_str() {
        Some(name) => format!("{} `{name}`", stretch(&answered.answer["range"])),
        None => "nothing".to_owned(),
    }
}

/// A change of the program, and what of it is to be confirmed.
pub(crate) fn changes(answered: &Answered<'_>, _: &mut Session) -> String {
    let mut text = workspace_edit(answered, answered.answer);
    let annotations: BTreeMap<_, _> = answered.answer["changeAnnotations"].as_object().into_iter().flatten().collect();
    for annotation in annotations.values() {
        let asks = if annotation["needsConfirmation"] == true { " (to be confirmed)" } else { "" };
        let label = annotation["label"].as_str().unwrap_or("");
        text += &format!("\n{label}{asks}: {}", annotation["description"].as_str().unwrap_or(""));
    }
    if text.is_empty() { "nothing".to_owned() } else { text }
}

/// What leads to something and where that leads.
pub(crate) fn calls(answered: &Answered<'_>, session: &mut Session) -> String {
    let mut lines = Vec::new();
    for item in answered.items() {
        lines.push(format!("{}  {}", node(item), answered.location(&item["uri"], &item["selectionRange"])));
        for (method, sign, other) in [("incoming", "<-", "from"), ("outgoing", "->", "to")] {
            let answer = session.request(&format!("callHierarchy/{method}Calls"), json!({ "item": item }));
            for call in answer["result"].as_array().into_iter().flatten() {
                let ranges = call["fromRanges"].as_array().into_iter().flatten().map(stretch);
                let ranges = ranges.collect::<Vec<_>>().join(", ");
                lines.push(format!("    {sign} {} at {ranges}", node(&call[other])));
            }
        }
    }
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}

fn node(item: &Value) -> String {
    let detail = item["detail"].as_str().map_or_else(String::new, |detail| format!(" ({detail})"));
    format!("{} {}{detail}", symbol_kind(item), item["name"].as_str().unwrap_or(""))
}
