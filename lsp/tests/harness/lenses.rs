//! What the ledger tells: lines above the parts of a program, the lists behind them, remarks within lines.

use std::path::Path;

use serde_json::{Value, json};

use super::features::{Question, document};
use super::files::Fixture;
use super::render::{Answered, place, text_at};
use crate::client::Session;

/// Requests that are asked once so that the server looks into the ledger, and then for the answer.
pub(crate) const NEED_THE_LEDGER: &[&str] = &["textDocument/codeLens", "textDocument/inlayHint"];

/// About each text of procedures.
pub(crate) fn each_file(fixture: &Fixture, root: &Path) -> Vec<Question> {
    let files: Vec<_> = fixture.files().iter().filter(|file| file.path.ends_with(".proc")).collect();
    let question = |file| Question {
        title: (files.len() > 1).then(|| format!("{}:", file_name(file))),
        parameters: json!({ "textDocument": document(root, file) }),
    };
    files.iter().map(|file| question(file)).collect()
}

fn file_name(file: &super::files::File) -> &str {
    &file.path
}

/// The lines, each with the text that it stands above.
pub(crate) fn lenses(answered: &Answered<'_>, _: &mut Session) -> String {
    answered.list(|lens| {
        let title = lens["command"]["title"].as_str().unwrap_or("no title");
        let lists = if lens["command"]["command"] == "dunlin.showRows" { "" } else { "  (nothing to list)" };
        format!("{}  {title}{lists}", above(answered, lens))
    })
}

fn above(answered: &Answered<'_>, lens: &Value) -> String {
    let uri = &lens["command"]["arguments"][0]["uri"];
    let texts = answered.fixture.files().iter().filter(|file| file.path.ends_with(".proc")).count();
    let only = || Some(answered.fixture.main()).filter(|_| texts == 1);
    let Some(file) = answered.file(uri).or_else(only) else { return place(&lens["range"]["start"]) };
    format!("{} `{}`", place(&lens["range"]["start"]), text_at(file, &lens["range"]))
}

/// The list behind each line.
pub(crate) fn rows(answered: &Answered<'_>, session: &mut Session) -> String {
    let mut parts = Vec::new();
    for lens in answered.items().iter().filter(|lens| lens["command"]["command"] == "dunlin.showRows") {
        let shown = &lens["command"]["arguments"][0];
        assert_eq!(shown["position"], lens["range"]["start"]);
        let asked = json!({ "command": "dunlin.rows", "arguments": [shown["rows"]] });
        let list = session.request("workspace/executeCommand", asked)["result"].clone();
        let cells = |row: &Value| {
            let cells: Vec<&str> = row.as_array().expect("cells").iter().filter_map(Value::as_str).collect();
            cells.join(" | ")
        };
        let rows = list["rows"].as_array().expect("rows");
        let customers = list["customers"].as_array().expect("customers");
        assert_eq!(rows.len(), customers.len());
        let row = |(row, customer): (&Value, &Value)| {
            let other = if *customer == row[0] { String::new() } else { format!("  -> {customer}") };
            format!("    {}{other}", cells(row))
        };
        let rows: Vec<String> = rows.iter().zip(customers).map(row).collect();
        let title = lens["command"]["title"].as_str().unwrap_or("");
        let heads = cells(&list["columns"]);
        parts.push(format!("{title}\n  {}\n    [{heads}]\n{}", list["title"].as_str().unwrap_or(""), rows.join("\n")));
    }
    parts.join("\n\n")
}

/// The text of an answer.
pub(crate) fn text(answered: &Answered<'_>, _: &mut Session) -> String {
    answered.answer["text"].as_str().unwrap_or("no text").to_owned()
}

/// Remarks within the lines, each behind the text before it.
pub(crate) fn hints(answered: &Answered<'_>, _: &mut Session) -> String {
    let file = answered.fixture.main();
    answered.list(|hint| {
        let position = &hint["position"];
        let before = &file.text[..file.offset(position)];
        let line = before.rsplit('\n').next().unwrap_or("").trim();
        let (label, tooltip) = (hint["label"].as_str().unwrap_or(""), hint["tooltip"].as_str().unwrap_or(""));
        format!("{} `{line}` {label}  ({tooltip})", place(position))
    })
}
