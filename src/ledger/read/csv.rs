//! CSV files: splits bytes into cells and knows the place of each.
//!
//! An own splitter, because findings need the line and column of a cell, a quotation mark that is
//! never closed must not swallow the rows behind it, and cells are best left where they lie.

use std::borrow::Cow;

use bytes::Bytes;

use crate::base::text::{canonical, count};
use crate::base::{DataPlace, Diagnostic};
use crate::ledger::read::table::{Cell, Holds, Shape, TableReader};

/// A CSV file in memory.
pub(crate) struct CsvReader {
    file: String,
    bytes: Bytes,
    delimiter: u8,
    header: Vec<String>,
    fields: Vec<Field>,
    /// Where the present row starts, and its line.
    start: usize,
    line: u64,
    /// Where the next row starts, and its line.
    next: usize,
    next_line: u64,
}

/// A cell: where its text lies.
#[derive(Debug, Clone, Copy)]
struct Field {
    /// The first byte of the cell, a quotation mark included.
    place: usize,
    start: usize,
    end: usize,
    /// Whether doubled quotation marks stand for single ones.
    doubled: bool,
}

/// Why a row could not be split: its quotation marks.
enum Quotes {
    Unclosed,
    TextAfter,
}

impl CsvReader {
    /// Opens a file; its first line that is not empty is the header. `None` if there is none.
    pub(crate) fn open(file: &str, bytes: Bytes, delimiter: u8) -> Option<Self> {
        let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut reader = Self {
            file: file.to_owned(),
            bytes,
            delimiter,
            header: Vec::new(),
            fields: Vec::new(),
            start,
            line: 1,
            next: start,
            next_line: 1,
        };
        reader.skip_empty_lines();
        if reader.next >= reader.bytes.len() {
            return None;
        }
        // A header with broken quotation marks has the names up to there; what lacks is then reported as missing.
        let _ = reader.split_row();
        reader.header = (0..reader.fields.len()).map(|column| reader.name(column)).collect();
        Some(reader)
    }

    fn name(&self, column: usize) -> String {
        match self.cell(column) {
            Cell::Text(text) => text.into_owned(),
            Cell::Garbled(text) => text,
            _ => String::new(),
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The length of the line end at `at`: 0 if there is none.
    fn line_end(&self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        }
    }

    fn skip_empty_lines(&mut self) {
        loop {
            match self.line_end(self.next) {
                0 => return,
                length => self.next += length,
            }
            self.next_line += 1;
        }
    }

    /// Splits the row that starts at `next`.
    fn split_row(&mut self) -> Result<(), Quotes> {
        self.start = self.next;
        self.line = self.next_line;
        self.fields.clear();
        let mut at = self.start;
        loop {
            let field = match self.split_field(at) {
                Ok(field) => field,
                Err(quotes) => {
                    self.resume_after_first_line();
                    return Err(quotes);
                }
            };
            self.fields.push(field);
            at = if field.place == field.start { field.end } else { field.end + 1 };
            if self.byte(at) == Some(self.delimiter) {
                at += 1;
            } else {
                let row = self.bytes.get(self.start..at).unwrap_or(&[]);
                // Line ends inside quotation marks count as lines.
                self.next_line += 1 + count_lines(row);
                self.next = at + self.line_end(at);
                return Ok(());
            }
        }
    }

    fn split_field(&self, at: usize) -> Result<Field, Quotes> {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        if rest.first() != Some(&b'"') {
            let ends = |byte: &u8| *byte == self.delimiter || *byte == b'\n' || *byte == b'\r';
            let length = rest.iter().position(ends).unwrap_or(rest.len());
            return Ok(Field { place: at, start: at, end: at + length, doubled: false });
        }
        let start = at + 1;
        let mut end = start;
        let mut doubled = false;
        loop {
            let inside = self.bytes.get(end..).unwrap_or(&[]);
            end += inside.iter().position(|byte| *byte == b'"').ok_or(Quotes::Unclosed)?;
            if self.byte(end + 1) != Some(b'"') {
                break;
            }
            doubled = true;
            end += 2;
        }
        let after = self.byte(end + 1);
        if after.is_some_and(|byte| byte != self.delimiter && byte != b'\n' && byte != b'\r') {
            return Err(Quotes::TextAfter);
        }
        Ok(Field { place: at, start, end, doubled })
    }

    /// A row with broken quotation marks ends with its first line, so that it costs no other row.
    fn resume_after_first_line(&mut self) {
        let rest = self.bytes.get(self.start..).unwrap_or(&[]);
        let length = rest.iter().position(|byte| *byte == b'\n' || *byte == b'\r').unwrap_or(rest.len());
        let end = self.start + length;
        self.next = end + self.line_end(end);
        self.next_line = self.line + 1;
        // Cut at every separator, so that a glance may still tell whose row it is.
        self.fields.clear();
        let mut place = self.start;
        for cell in rest.get(..length).unwrap_or(&[]).split(|byte| *byte == self.delimiter) {
            let quoted = usize::from(cell.first() == Some(&b'"'));
            self.fields.push(Field { place, start: place + quoted, end: place + cell.len(), doubled: false });
            place += cell.len() + 1;
        }
    }

    fn shape(&self) -> Shape {
        let (cells, columns) = (self.fields.len(), self.header.len());
        // Empty cells at the end of a line lose nothing.
        let surplus_is_empty = self.fields.iter().skip(columns).all(|field| field.start == field.end);
        if cells == columns || (cells > columns && surplus_is_empty) {
            return Shape::Whole;
        }
        let help = if cells < columns {
            "write one cell for each column, empty ones too"
        } else {
            "put a text that contains the separator into quotation marks"
        };
        Shape::Broken {
            message: format!("this line has {}, the header has {columns}", count(cells as i64, "cell", "cells")),
            help: help.to_owned(),
        }
    }

    /// The bytes of the line that holds `at`, and where it starts.
    fn line_around(&self, at: usize) -> (usize, &[u8]) {
        let ends_line = |byte: &u8| *byte == b'\n' || *byte == b'\r';
        let before = self.bytes.get(..at).unwrap_or(&[]);
        let bom = if self.bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let start = before.iter().rposition(ends_line).map_or(bom, |end| end + 1);
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let length = rest.iter().position(ends_line).unwrap_or(rest.len());
        (start, rest.get(..length).unwrap_or(&[]))
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    let lines = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    lines.count() as u64
}

impl TableReader for CsvReader {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn holds(&self, _: usize) -> Holds {
        Holds::Text
    }

    fn select(&mut self, _: &[usize]) -> Result<(), Diagnostic> {
        Ok(())
    }

    fn advance(&mut self) -> Result<Option<Shape>, Diagnostic> {
        self.skip_empty_lines();
        if self.next >= self.bytes.len() {
            return Ok(None);
        }
        let broken = |message: &str| Shape::Broken {
            message: message.to_owned(),
            help: "double the quotation marks inside a cell, as in `\"Bar \"\"Zum Anker\"\"\"`".to_owned(),
        };
        Ok(Some(match self.split_row() {
            Ok(()) => self.shape(),
            Err(Quotes::Unclosed) => broken("a quotation mark of this line is never closed"),
            Err(Quotes::TextAfter) => broken("text follows a closing quotation mark in this line"),
        }))
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        let Some(field) = self.fields.get(column) else {
            return Cell::Missing;
        };
        let bytes = self.bytes.get(field.start..field.end).unwrap_or(&[]);
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Cell::Garbled(String::from_utf8_lossy(bytes).trim().to_owned());
        };
        let text = if field.doubled {
            Cow::Owned(canonical(&text.replace("\"\"", "\"")).into_owned())
        } else {
            canonical(text)
        };
        // The sign that stands for a letter that was lost when the file was written.
        if !text.is_ascii() && text.contains(char::REPLACEMENT_CHARACTER) {
            return Cell::Garbled(text.into_owned());
        }
        if text.is_empty() { Cell::Missing } else { Cell::Text(text) }
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn place(&self, column: Option<usize>) -> DataPlace {
        let field = column.and_then(|column| self.fields.get(column));
        let at = field.map_or(self.start, |field| field.place);
        let (line_start, line) = self.line_around(at);
        let before = self.bytes.get(line_start..at).unwrap_or(&[]);
        DataPlace {
            file: self.file.clone(),
            line: Some(self.line + count_lines(self.bytes.get(self.start..at).unwrap_or(&[]))),
            column: field.map(|_| String::from_utf8_lossy(before).chars().count() as u64 + 1),
            field: column.and_then(|column| self.header.get(column)).cloned(),
            excerpt: Some(String::from_utf8_lossy(line).into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row: its line and cells, or what is wrong with it.
    fn rows(text: &[u8]) -> Vec<String> {
        let Some(mut reader) = CsvReader::open("t.csv", Bytes::copy_from_slice(text), b',') else {
            return vec!["no header".to_owned()];
        };
        let mut rows = vec![format!("1: {}", reader.header().join("|"))];
        while let Ok(Some(shape)) = reader.advance() {
            let cells: Vec<String> = (0..reader.fields.len()).map(|column| reader.name(column)).collect();
            let problem =
                if let Shape::Broken { message, .. } = shape { format!(" ({message})") } else { String::new() };
            rows.push(format!("{}: {}{problem}", reader.line(), cells.join("|")));
        }
        rows
    }

    #[test]
    fn lines_ends_quotes_and_marks() {
        assert_eq!(
            rows(b"\xef\xbb\xbfid,name\r\n1,a\r\n\r\n2,\"b, \"\"c\"\"\"\r\n"),
            ["1: id|name", "2: 1|a", "4: 2|b, \"c\""]
        );
        assert_eq!(rows(b"id,name\n1,\"two\nlines\"\n2,b"), ["1: id|name", "2: 1|two\nlines", "4: 2|b"]);
        assert_eq!(rows(b"id,name\n1,\n2,5\" pipe\n"), ["1: id|name", "2: 1|", "3: 2|5\" pipe"]);
        assert_eq!(rows(b"id\r1\r2\r"), ["1: id", "2: 1", "3: 2"]);
        assert_eq!(rows(b"id,name\n1,a,,\n"), ["1: id|name", "2: 1|a||"]);
        assert_eq!(rows(b""), ["no header"]);
        assert_eq!(rows(b"\r\n\n"), ["no header"]);
    }

    #[test]
    fn a_broken_row_costs_no_other_row() {
        let text = b"id,name\n1\n2,b,c\n3,\"open\n4,d\n5,\"e\"f\n6,g\n";
        assert_eq!(
            rows(text),
            [
                "1: id|name",
                "2: 1 (this line has 1 cell, the header has 2)",
                "3: 2|b|c (this line has 3 cells, the header has 2)",
                "4: 3|open (text follows a closing quotation mark in this line)",
                "5: 4|d",
                "6: 5|e\"f (text follows a closing quotation mark in this line)",
                "7: 6|g",
            ]
        );
        assert_eq!(
            rows(b"id,name\n1,\"a\n2,b\n"),
            ["1: id|name", "2: 1|a (a quotation mark of this line is never closed)", "3: 2|b"]
        );
    }

    #[test]
    fn the_place_of_a_cell() {
        let mut reader =
            CsvReader::open("t.csv", Bytes::from_static(b"id,name,x\n1,\"M\xc3\xbc\nl\",z\n"), b',').expect("a header");
        assert!(matches!(reader.advance(), Ok(Some(Shape::Whole))));
        let place = |column| {
            let place = reader.place(Some(column));
            (place.line, place.column, place.excerpt)
        };
        assert_eq!(place(1), (Some(2), Some(3), Some("1,\"Mü".to_owned())));
        assert_eq!(place(2), (Some(3), Some(4), Some("l\",z".to_owned())));
    }
}
