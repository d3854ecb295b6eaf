//! What an editor asks, by chance: everything that the server offers, at any place.

use std::mem;

use serde_json::{Value, json};

use super::editor::Editor;
use super::edits::{self, apply, apply_edits};
use super::random::Random;
use super::text::{cut, range};
use crate::offers;

/// Requests that go on from the answer to another one: which, and where its items go.
const GO_ON: &[(&str, &str, &str)] = &[
    ("callHierarchy/incomingCalls", "textDocument/prepareCallHierarchy", "item"),
    ("callHierarchy/outgoingCalls", "textDocument/prepareCallHierarchy", "item"),
    ("codeAction/resolve", "textDocument/codeAction", ""),
    ("codeLens/resolve", "textDocument/codeLens", ""),
    ("completionItem/resolve", "textDocument/completion", ""),
    ("documentLink/resolve", "textDocument/documentLink", ""),
    ("inlayHint/resolve", "textDocument/inlayHint", ""),
    ("workspaceSymbol/resolve", "workspace/symbol", ""),
];

/// The methods that the server offers.
pub(super) fn offered(greeting: &Value) -> Vec<&'static str> {
    let is_offered =
        |pointer: &str| greeting["capabilities"].pointer(pointer).is_some_and(|it| !it.is_null() && it != false);
    let methods = offers::REQUESTS.iter().filter(|(pointer, _)| is_offered(pointer));
    // What a command does depends on the command; findings are asked for where an editor does so.
    let others = |method: &&str| !method.ends_with("diagnostic") && *method != "workspace/executeCommand";
    methods.map(|(_, method)| *method).filter(others).collect()
}

/// Asks something; some requests are cancelled, of some the answer is waited for.
pub(super) fn ask(editor: &mut Editor, random: &mut Random, offered: &[&str], at_hand: &str) {
    let method = *random.pick(offered);
    let path = if random.chance(80) { at_hand.to_owned() } else { random.pick(&paths(editor)).clone() };
    let Some(parameters) = parameters(editor, random, method, &path) else { return };
    editor.tell(format!("{method} {path}"));
    let about = (!method.starts_with("callHierarchy/")).then_some(path.as_str());
    let id = editor.ask(method, about, parameters);
    match random.below(10) {
        0 | 1 => editor.cancel(id),
        2..=4 => drop(editor.result(id)),
        _ => {}
    }
}

fn paths(editor: &Editor) -> Vec<String> {
    editor.files.keys().filter(|path| path.ends_with(".proc") || path.ends_with(".md")).cloned().collect()
}

/// A stretch of an open text by chance; the start of a file that is not open.
fn place(editor: &Editor, random: &mut Random, path: &str) -> Value {
    let text = editor.text(path).unwrap_or_default();
    let start = cut(text, random.below(text.len() + 1));
    let end = if random.chance(60) { start } else { cut(text, start + random.below(300)) };
    range(text, start, end, editor.unit)
}

fn parameters(editor: &Editor, random: &mut Random, method: &str, path: &str) -> Option<Value> {
    if let Some((_, before, field)) = GO_ON.iter().find(|(next, _, _)| *next == method) {
        let answer = editor.last.get(*before)?;
        let items = answer["items"].as_array().or_else(|| answer.as_array())?;
        let item = random.pick(items).clone();
        return Some(if field.is_empty() { item } else { json!({ *field: item }) });
    }
    let range = place(editor, random, path);
    let mut parameters = offers::parameters(method, &editor.uri(path));
    parameters["position"] = range["start"].clone();
    parameters["positions"] = json!([range["start"], range["end"]]);
    parameters["range"] = range;
    parameters["query"] = json!(*random.pick(&["", "call", "primary_1", "züge"]));
    parameters["newName"] = json!(*random.pick(&["renamed_here", "limit_2", "1 is no name", "größe"]));
    if let Some(known) = editor.last.get("textDocument/semanticTokens/full") {
        parameters["previousResultId"] = known["resultId"].clone();
    }
    Some(parameters)
}

/// Asks for a change and makes it.
pub(super) fn ask_and_apply(editor: &mut Editor, random: &mut Random, offered: &[&str], at_hand: &str) {
    let wanted =
        ["textDocument/formatting", "textDocument/rangeFormatting", "textDocument/codeAction", "textDocument/rename"];
    let method = *random.pick(&wanted);
    if !offered.contains(&method) {
        return;
    }
    let Some(mut parameters) = parameters(editor, random, method, at_hand) else { return };
    let held = editor.held.get(at_hand).map(|(findings, _)| findings.clone()).unwrap_or_default();
    if method == "textDocument/codeAction" && !held.is_empty() && random.chance(70) {
        let finding = random.pick(&held).clone();
        parameters["range"] = finding["range"].clone();
        parameters["context"] = json!({ "diagnostics": [finding] });
    }
    editor.tell(format!("{method} and apply {at_hand}"));
    let result = editor.request(method, Some(at_hand), parameters);
    match method {
        "textDocument/codeAction" => {
            let actions = result.as_array().cloned().unwrap_or_default();
            let with_edit: Vec<Value> = actions.into_iter().filter(|action| action["edit"].is_object()).collect();
            if !with_edit.is_empty() {
                apply(editor, &random.pick(&with_edit)["edit"]);
            }
        }
        "textDocument/rename" => apply(editor, &result),
        _ => apply_edits(editor, at_hand, &result),
    }
}

/// Colours that are told as changes of those before an edit are those that are told anew.
pub(super) fn colours(editor: &mut Editor, random: &mut Random, offered: &[&str], path: &str) {
    let (full, delta) = ("textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta");
    let Some(length) = editor.text(path).map(str::len).filter(|_| offered.contains(&delta)) else { return };
    let document = json!({ "textDocument": { "uri": editor.uri(path) } });
    let before = editor.request(full, Some(path), document.clone());
    let at = random.below(length + 1);
    editor.change(path, &[(at, at, " when ".to_owned())]);
    let mut parameters = document.clone();
    parameters["previousResultId"] = before["resultId"].clone();
    let changed = editor.request(delta, Some(path), parameters);
    let anew = editor.request(full, Some(path), document);
    edits::undo(editor, path);
    let numbers = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let index = |value: &Value| usize::try_from(value.as_u64().unwrap_or_default()).expect("a number");
    let mut colours = numbers(&before["data"]);
    match changed["edits"].as_array() {
        None => colours = numbers(&changed["data"]),
        Some(edits) => {
            for edit in edits.iter().rev() {
                let start = index(&edit["start"]);
                colours.splice(start..start + index(&edit["deleteCount"]), numbers(&edit["data"]));
            }
        }
    }
    if colours != numbers(&anew["data"]) {
        editor.fail(&format!("other colours as changes of those before, {path}: {changed}"));
    }
}

/// Asks for findings as an editor that is not sent them: of the open texts that have changed, of all open ones where
/// the server says so; and of all files.
pub(super) fn pull(editor: &mut Editor, everything: bool) {
    let is_told = mem::take(&mut editor.is_to_ask_again);
    for path in editor.open_paths() {
        if is_told || editor.unasked.contains(&path) {
            pull_one(editor, &path);
        }
    }
    if !everything {
        return;
    }
    let known = editor.held.iter().filter_map(|(path, (_, id))| {
        let id = id.as_ref()?;
        Some(json!({ "uri": editor.uri(path), "value": id }))
    });
    let parameters = json!({ "previousResultIds": known.collect::<Vec<_>>() });
    let report = editor.request("workspace/diagnostic", None, parameters);
    for item in report["items"].as_array().into_iter().flatten() {
        let path = editor.path(item["uri"].as_str().unwrap_or_default());
        // An editor asks for those of an open text by itself.
        if editor.text(&path).is_none() {
            take(editor, &path, item);
        }
    }
}

/// Asks for the findings of an open text.
pub(super) fn pull_one(editor: &mut Editor, path: &str) {
    editor.unasked.remove(path);
    let known = editor.held.get(path).and_then(|(_, id)| id.clone());
    let parameters = json!({ "textDocument": { "uri": editor.uri(path) }, "previousResultId": known });
    let report = editor.request("textDocument/diagnostic", Some(path), parameters);
    take(editor, path, &report);
}

fn take(editor: &mut Editor, path: &str, report: &Value) {
    let id = report["resultId"].as_str().map(str::to_owned);
    if report["kind"] == "unchanged" {
        let known = editor.held.get(path).and_then(|(_, id)| id.clone());
        if known != id {
            editor.fail(&format!("findings of {path} are said to be those of {id:?}, known are {known:?}"));
        }
    } else {
        let items = report["items"].as_array().cloned().unwrap_or_default();
        editor.held.insert(path.to_owned(), (items, id));
    }
}
