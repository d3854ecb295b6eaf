//! A journal as JSON: a list of objects, one on each line.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::base::text::nearest;
use crate::journal::Entry;
use crate::journal::columns::{self, COLUMNS, Cell, WIDTH};

use super::read::{Line, Reading};

/// Entries as a JSON list; `null` where there is nothing.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn write(entries: &[Entry]) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::from(b"[");
    for (place, entry) in entries.iter().enumerate() {
        out.extend_from_slice(if place == 0 { b"\n  " } else { b",\n  " });
        let value = |cell: Cell<'_>| match cell {
            Cell::Empty => Value::Null,
            Cell::Number(number) => Value::from(number),
            Cell::Text(text) => Value::String(text.into_owned()),
        };
        let names = COLUMNS.iter().map(|name| (*name).to_owned());
        let object: Map<String, Value> = names.zip(columns::cells(entry).map(value)).collect();
        serde_json::to_writer(&mut out, &object)?;
    }
    out.extend_from_slice(b"\n]\n");
    Ok(out)
}

/// The objects of a JSON text. Members without content may lack.
pub(super) fn lines<'t>(text: &'t str, reading: &mut Reading<'_>) -> Vec<Line<'t>> {
    let objects: Vec<&RawValue> = match serde_json::from_str(text) {
        Ok(objects) => objects,
        Err(error) => {
            let message =
                if error.is_data() { "the file is no list" } else { "the file cannot be read as JSON from here" };
            let help = "write a list of objects, as `dunlin journal export --format json` does";
            reading.refuse_file(error.line() as u64, message, help);
            return Vec::new();
        }
    };
    let mut lines = Vec::new();
    let mut counted = (0, 1);
    for object in objects {
        let line = line_of(text, object.get(), &mut counted);
        match serde_json::from_str::<Map<String, Value>>(object.get()) {
            Ok(object) => lines.extend(cells(object, line, reading).map(|cells| Line { number: line, cells })),
            Err(_) => {
                reading.refuse_entry(line, None, "this is no object", "write `{ \"date\": \"…\", \"event\": \"…\" }`")
            }
        }
    }
    lines
}

/// The line on which a piece of the text starts. `counted` is the offset and line of the piece before.
fn line_of(text: &str, piece: &str, counted: &mut (usize, u64)) -> u64 {
    let at = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let between = text.get(counted.0..at).unwrap_or("");
    *counted = (at, counted.1 + between.matches('\n').count() as u64);
    counted.1
}

fn cells(object: Map<String, Value>, line: u64, reading: &mut Reading<'_>) -> Option<[Cell<'static>; WIDTH]> {
    let mut cells = [const { Cell::Empty }; WIDTH];
    let mut is_right = true;
    for (name, value) in object {
        let Some((known, cell)) = COLUMNS.iter().zip(&mut cells).find(|(known, _)| **known == name) else {
            let near = nearest(&name, COLUMNS).map_or("leave it out".to_owned(), |near| format!("write `{near}`"));
            reading.refuse_entry(line, None, format!("an entry has no member `{name}`"), near);
            is_right = false;
            continue;
        };
        *cell = match value {
            Value::Null => Cell::Empty,
            Value::String(text) if !columns::is_number(known) => Cell::text(text),
            // What is no whole number is told like one in a CSV file.
            Value::Number(number) if columns::is_number(known) => {
                number.as_u64().map_or_else(|| Cell::text(number.to_string()), Cell::Number)
            }
            other => {
                let kind = if columns::is_number(known) { "a number" } else { "a text in quotation marks" };
                reading.refuse_entry(line, Some(known), format!("`{other}` is not {kind}"), format!("write {kind}"));
                is_right = false;
                continue;
            }
        };
    }
    is_right.then_some(cells)
}
