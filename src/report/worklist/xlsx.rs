//! The worklist as an Excel file: a sheet for the rows, one for what is put off, one for who is set aside.
//!
//! Dates are dates and amounts are numbers, so that they can be filtered and added. Excel keeps 15 digits
//! of a number; one with more is written as text, so that no digit is lost.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::base::{Date, Decimal, Money};
use crate::report::View;
use crate::report::worklist::{COLUMNS, mode_word};
use crate::run::Worklist;
use crate::run::worklist::{Row, SetAside};

/// The rows that a sheet can hold below its header.
pub const MOST_ROWS: usize = 1_048_575;
/// The characters that a cell can hold.
const LONGEST_TEXT: usize = 32_767;
/// The digits that Excel keeps of a number.
const MOST_DIGITS: usize = 15;
/// A column is at least and at most so wide, in characters.
const WIDTHS: (u32, u32) = (6, 60);

/// What stands in a cell.
enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Date(Date),
    /// A number as it is written out, and how it is shown: `#,##0.00`; empty for as it is.
    Number(String, String),
}

/// The run of `date` as the bytes of an Excel file; the same run gives the same bytes.
///
/// # Errors
/// More than [`MOST_ROWS`] rows.
pub fn workbook(worklist: &Worklist, date: Date, view: View<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&excel_date(date)?));
    let row = |row| cells(row).into();
    sheet(book.add_worksheet(), "Worklist", &COLUMNS, worklist.rows.iter().map(row))?;
    let deferred = worklist.deferred.iter().map(|put| {
        let mut line = Vec::from(cells(&put.row));
        line.extend([Cell::Date(put.until), text(&put.reason)]);
        line
    });
    sheet(book.add_worksheet(), "Deferred", &[&COLUMNS[..], &["until", "reason"]].concat(), deferred)?;
    let aside = worklist.set_aside.iter().map(|aside| set_aside(aside, view));
    sheet(book.add_worksheet(), "Set aside", &["customer", "code", "message", "file", "line"], aside)?;
    book.save_to_buffer()
}

/// A row in the order of [`COLUMNS`].
fn cells(row: &Row) -> [Cell<'_>; 15] {
    [
        text(&row.id),
        Cell::Date(row.date),
        text(&row.customer),
        text(&row.procedure),
        text(&row.step),
        text(&row.action),
        text(mode_word(row.mode)),
        text(&row.recipient),
        row.language.as_deref().map_or(Cell::Empty, text),
        Cell::Text(row.documents.join(" ").into()),
        row.amount.map_or(Cell::Empty, amount),
        row.amount.map_or(Cell::Empty, |amount| Cell::Text(amount.currency.to_string().into())),
        row.dip.map_or(Cell::Empty, |dip| Cell::Number(dip.to_string(), String::new())),
        Cell::Date(row.reached_on),
        row.priority.map_or(Cell::Empty, |priority: Decimal| Cell::Number(priority.to_string(), String::new())),
    ]
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}

/// An amount as every format shows it: with the digits of its currency.
fn amount(money: Money) -> Cell<'static> {
    let places = money.currency.minor_digits() as usize;
    let point = if places == 0 { "" } else { "." };
    Cell::Number(money.plain(), format!("#,##0{point}{}", "0".repeat(places)))
}

fn set_aside<'a>(aside: &'a SetAside, view: View<'_>) -> Vec<Cell<'a>> {
    let place = view.locate(&aside.diagnostic);
    vec![
        text(&aside.customer),
        text(aside.diagnostic.code.id),
        text(&aside.diagnostic.message),
        Cell::Text(place.file.into()),
        place.line.map_or(Cell::Empty, |line| Cell::Number(line.to_string(), String::new())),
    ]
}

/// A header that stays in sight, the rows below it, and columns as wide as what stands in them.
fn sheet<'a>(
    sheet: &mut Worksheet,
    name: &str,
    header: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let mut widths: Vec<usize> = Vec::with_capacity(header.len());
    for (column, title) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
        widths.push(title.len());
    }
    for (number, row) in (1..).zip(rows) {
        for ((column, cell), width) in (0..).zip(row).zip(&mut widths) {
            *width = (*width).max(cell.width());
            match cell {
                Cell::Empty => {}
                Cell::Date(date) => {
                    sheet.write_datetime_with_format(number, column, &excel_date(date)?, &day)?;
                }
                Cell::Number(plain, shown) => match exact(&plain) {
                    Some(value) if shown.is_empty() => {
                        sheet.write_number(number, column, value)?;
                    }
                    Some(value) => {
                        let format = Format::new().set_num_format(shown);
                        sheet.write_number_with_format(number, column, value, &format)?;
                    }
                    None => {
                        sheet.write_string(number, column, plain)?;
                    }
                },
                Cell::Text(text) => {
                    sheet.write_string(number, column, within(&text))?;
                }
            }
        }
    }
    for (column, width) in (0..).zip(widths) {
        let width = u32::try_from(width).unwrap_or(u32::MAX).clamp(WIDTHS.0, WIDTHS.1);
        sheet.set_column_width(column, width + 2)?;
    }
    Ok(())
}

impl Cell<'_> {
    fn width(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Date(_) => "2026-03-02".len(),
            Self::Text(text) => unicode_width::UnicodeWidthStr::width(&**text),
            Self::Number(plain, _) => plain.len() + plain.len() / 3,
        }
    }
}

/// The number, if Excel keeps every digit of it.
fn exact(plain: &str) -> Option<f64> {
    let digits = plain.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    plain.parse().ok().filter(|_| digits <= MOST_DIGITS)
}

/// A text as far as a cell holds it, cut at a blank.
fn within(text: &str) -> Cow<'_, str> {
    if text.chars().count() <= LONGEST_TEXT {
        return text.into();
    }
    let kept: String = text.chars().take(LONGEST_TEXT - 2).collect();
    format!("{} …", kept.rsplit_once(' ').map_or(kept.as_str(), |(kept, _)| kept)).into()
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(&date.to_string())
}
