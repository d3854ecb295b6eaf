//! A worklist that comes back with a column `outcome`, as CSV or JSON, or a plain list of ids.

use std::collections::HashMap;

use serde_json::Value;

use crate::base::{Currency, DataPlace, Date, Diagnostic, code, text};
use crate::journal::Event;
use crate::run::outcomes::{Report, SheetRow};

/// The words of the column `outcome`.
const WORDS: &[(&str, Event)] = &[
    ("done", Event::Done),
    ("skipped", Event::Skipped),
    ("skip", Event::Skipped),
    ("undone", Event::Undone),
    ("undo", Event::Undone),
];

/// The reports of a text. In a worklist, CSV or JSON, the rows with a cell in the column `outcome`
/// count, and what stands in it; to take back, every one of them is taken back. A plain list of ids,
/// one a line, reports `event` of each. `file` is its name in messages.
///
/// # Errors
/// Every line that cannot be understood.
pub fn read(text: &str, file: &str, event: Event) -> Result<Vec<Report>, Vec<Diagnostic>> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lines = if start.starts_with(['{', '[']) {
        json(text, file)?
    } else if header(start).is_some() {
        csv(text, file)?
    } else {
        return Ok(ids(text, file, event));
    };
    reports(lines, text, file, event)
}

/// A row of the file: where it stands, and its cells by column.
struct Line {
    number: u64,
    cells: HashMap<String, String>,
}

/// The sign between the cells of a worklist, if the first line is the header of one.
fn header(written: &str) -> Option<u8> {
    text::separator(written.lines().next()?, |name| name.eq_ignore_ascii_case("id"))
}

fn ids(text: &str, file: &str, event: Event) -> Vec<Report> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let written = lines.map(|(number, line)| (number, line.split('#').next().unwrap_or("").trim()));
    written
        .filter(|(_, id)| !id.is_empty())
        .map(|(number, id)| Report {
            id: id.to_owned(),
            event,
            result: None,
            by: None,
            reason: None,
            place: Some(place(text, file, number)),
            row: None,
        })
        .collect()
}

fn csv(text: &str, file: &str) -> Result<Vec<Line>, Vec<Diagnostic>> {
    let body = text.trim_start_matches('\u{feff}');
    let sign = header(body.trim_start()).unwrap_or(b',');
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(sign).flexible(true).trim(::csv::Trim::All).from_reader(body.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(str::to_lowercase).collect(),
        Err(_) => return Err(vec![unreadable(file, "the file cannot be read as a worklist")]),
    };
    let mut lines = Vec::new();
    let mut findings = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let number = record.position().map_or(0, ::csv::Position::line);
                let cells = names.iter().cloned().zip(record.iter().map(str::to_owned));
                lines.push(Line { number, cells: cells.collect() });
            }
            Err(error) => {
                let number = error.position().map_or(1, ::csv::Position::line);
                findings.push(refused(text, file, number, "this line cannot be read", "save the file again as CSV"));
            }
        }
    }
    if findings.is_empty() { Ok(lines) } else { Err(findings) }
}

fn json(text: &str, file: &str) -> Result<Vec<Line>, Vec<Diagnostic>> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let line = u64::try_from(error.line()).unwrap_or(1);
        vec![refused(text, file, line, "from here on this is not JSON", "write the file again with `--format json`")]
    })?;
    let rows = value.get("rows").unwrap_or(&value).as_array();
    let Some(rows) = rows else { return Err(vec![unreadable(file, "there are no `rows` in this JSON")]) };
    let cell = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => Some(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let cells = |row: &Value| {
        let fields = row.as_object().into_iter().flatten();
        fields.filter_map(|(name, value)| Some((name.clone(), cell(value)?))).collect()
    };
    // JSON keeps no lines: an id tells where its row stands.
    let line_of = |cells: &HashMap<String, String>| {
        let id = cells.get("id").filter(|id| !id.is_empty());
        let at = id.and_then(|id| text.lines().position(|line| line.contains(id.as_str())));
        at.and_then(|at| u64::try_from(at + 1).ok()).unwrap_or(1)
    };
    Ok(rows.iter().map(cells).map(|cells: HashMap<_, _>| Line { number: line_of(&cells), cells }).collect())
}

fn reports(lines: Vec<Line>, text: &str, file: &str, command: Event) -> Result<Vec<Report>, Vec<Diagnostic>> {
    if !lines.is_empty() && !lines.iter().any(|line| line.cells.contains_key("outcome")) {
        let finding = unreadable(file, "there is no column `outcome`");
        return Err(vec![finding.help(
            "add a column `outcome` to the worklist and write `done` or `skipped` into it; `result`, `reason` and `by` may stand beside it",
        )]);
    }
    let sheet: Vec<Option<SheetRow>> = lines.iter().map(sheet_row).collect();
    let mut reports = Vec::new();
    let mut findings = Vec::new();
    for (line, row) in lines.iter().zip(&sheet) {
        let cell = |name: &str| line.cells.get(name).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty());
        let Some(written) = cell("outcome") else { continue };
        let Some((_, event)) = WORDS.iter().find(|(word, _)| written.eq_ignore_ascii_case(word)) else {
            let near = text::nearest(&written, WORDS.iter().map(|(word, _)| *word));
            let help = near.map_or_else(
                || "write `done` or `skipped`; what a call came to stands in the column `result`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            findings.push(refused(text, file, line.number, &format!("`{written}` is no outcome"), &help));
            continue;
        };
        let event = match (command, *event) {
            // The file says what was reported, the command that it is to be taken back.
            (Event::Undone, _) => Event::Undone,
            (Event::Skipped, Event::Done) => {
                let help = "give the file to `dunlin done`, which takes `skipped` as well";
                findings.push(refused(
                    text,
                    file,
                    line.number,
                    &format!("`{written}` is no reason to skip a row"),
                    help,
                ));
                continue;
            }
            (_, event) => event,
        };
        let Some(id) = cell("id") else {
            findings.push(refused(
                text,
                file,
                line.number,
                "this outcome has no id",
                "write the id of the row beside it",
            ));
            continue;
        };
        let of = row.as_ref().map_or(0, |row| sheet.iter().flatten().filter(|other| same_step(row, other)).count());
        reports.push(Report {
            id,
            event,
            result: cell("result"),
            by: cell("by"),
            reason: cell("reason"),
            place: Some(place(text, file, line.number)),
            row: row.clone().map(|row| SheetRow { of: u32::try_from(of).unwrap_or(u32::MAX), ..row }),
        });
    }
    if findings.is_empty() { Ok(reports) } else { Err(findings) }
}

/// The row, if the file has every column that its id is made of.
fn sheet_row(line: &Line) -> Option<SheetRow> {
    let cell = |name: &str| line.cells.get(name).map(|cell| cell.trim().to_owned());
    Some(SheetRow {
        id: cell("id")?,
        customer: cell("customer")?,
        procedure: cell("procedure")?,
        step: cell("step")?,
        action: cell("action")?,
        recipient: cell("recipient").unwrap_or_default(),
        documents: cell("documents")?.split_whitespace().map(str::to_owned).collect(),
        currency: cell("currency").and_then(|code| Currency::parse(&code)),
        reached_on: Date::parse(&cell("reached_on")?)?,
        date: cell("date").and_then(|date| Date::parse(&date)),
        of: 0,
    })
}

/// Whether two rows are of one step of one subject on one day, as far as a worklist tells.
fn same_step(one: &SheetRow, other: &SheetRow) -> bool {
    let key = |row: &SheetRow| {
        (row.customer.clone(), row.procedure.clone(), row.step.clone(), row.reached_on, row.documents.clone())
    };
    key(one) == key(other)
}

fn place(text: &str, file: &str, number: u64) -> DataPlace {
    let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let excerpt = at.and_then(|at| text.lines().nth(at)).map(|line| line.trim_end().to_owned());
    DataPlace { file: file.to_owned(), line: Some(number), excerpt, ..DataPlace::default() }
}

fn refused(text: &str, file: &str, number: u64, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(code::OUTCOME_REFUSED, message).at_data(place(text, file, number), "").help(help)
}

fn unreadable(file: &str, message: &str) -> Diagnostic {
    let place = DataPlace { file: file.to_owned(), ..DataPlace::default() };
    Diagnostic::new(code::OUTCOME_REFUSED, message).at_data(place, "")
}
