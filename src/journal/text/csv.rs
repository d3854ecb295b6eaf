//! A journal as CSV: a header, then one line for each entry.

use ::csv::{ReaderBuilder, Writer};

use crate::base::text::{choice, nearest, separator};
use crate::journal::Entry;
use crate::journal::columns::{self, COLUMNS, Cell, WIDTH};

use super::read::{Line, Reading};

/// Entries as CSV, with `\n` at the end of every line.
///
/// # Errors
/// None that can occur: it is written to memory.
pub fn write(entries: &[Entry]) -> Result<Vec<u8>, ::csv::Error> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for entry in entries {
        writer.write_record(columns::cells(entry).map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text.into_owned(),
        }))?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}

/// The lines of a CSV text, with commas or as spreadsheets save it, with semicolons or tabs. The columns
/// may stand in any order, and those without content may lack.
pub(super) fn lines<'t>(text: &'t str, reading: &mut Reading<'_>) -> Vec<Line<'t>> {
    let header = text.lines().next().unwrap_or("");
    let sign = separator(header, |name| COLUMNS.contains(&name)).unwrap_or(b',');
    let mut reader = ReaderBuilder::new().delimiter(sign).flexible(true).from_reader(text.as_bytes());
    let Some(places) = places(&mut reader, reading) else { return Vec::new() };
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, ::csv::Position::line);
                reading.refuse_file(line, "the line cannot be read", "write it as `dunlin journal export` does");
                continue;
            }
        };
        let line = record.position().map_or(1, ::csv::Position::line);
        if record.len() != places.len() {
            let message = format!("the line has {} cells, and the header {}", record.len(), places.len());
            let sign = match sign {
                b';' => "semicolon",
                b'\t' => "tab",
                _ => "comma",
            };
            let help = format!("write as many; a text with a {sign} stands in quotation marks");
            reading.refuse_entry(line, None, message, help);
            continue;
        }
        let mut cells = [const { Cell::Empty }; WIDTH];
        for (place, text) in places.iter().zip(&record) {
            if let Some(cell) = cells.get_mut(*place) {
                *cell = Cell::text(text.to_owned());
            }
        }
        lines.push(Line { number: line, cells });
    }
    lines
}

/// Which of our columns each column of the text is.
fn places(reader: &mut ::csv::Reader<&[u8]>, reading: &mut Reading<'_>) -> Option<Vec<usize>> {
    let header = reader.headers().cloned().unwrap_or_default();
    let mut places = Vec::new();
    for name in &header {
        match COLUMNS.iter().position(|known| *known == name.trim()) {
            Some(place) if places.contains(&place) => {
                reading.refuse_file(1, format!("the column `{name}` stands there twice"), "leave one of them out");
                return None;
            }
            Some(place) => places.push(place),
            None => {
                let near = nearest(name, COLUMNS);
                let help = near.map_or_else(
                    || format!("a journal has {}", choice(&COLUMNS).replace(" or ", " and ")),
                    |near| format!("write `{near}`"),
                );
                reading.refuse_file(1, format!("a journal has no column `{name}`"), help);
                return None;
            }
        }
    }
    Some(places)
}
