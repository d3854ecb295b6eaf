//! An entry as a row of columns: the one form of stores and files.

use std::borrow::Cow;

use crate::base::text::choice;
use crate::base::{Currency, Date};

#[cfg(any(feature = "sqlite", feature = "postgres"))]
use super::Problem;
use super::{Entry, Event, RowKey};

/// The number of columns.
pub const WIDTH: usize = 20;

/// The names of the columns, in the order of every file and list.
pub const COLUMNS: [&str; WIDTH] = [
    "number",
    "recorded_at",
    "date",
    "event",
    "customer",
    "document",
    "procedure",
    "step",
    "row",
    "position",
    "action",
    "recipient",
    "currency",
    "rows",
    "since",
    "until",
    "result",
    "by",
    "reason",
    "undoes",
];

/// Whether a column holds whole numbers; all others hold texts.
#[must_use]
pub fn is_number(column: &str) -> bool {
    matches!(column, "number" | "position" | "rows" | "undoes")
}

/// What stands in a column. No text is empty: that is [`Cell::Empty`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A whole number.
    Number(u64),
    /// A text.
    Text(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// A text, or nothing where it is empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    fn optional(text: Option<&'a str>) -> Self {
        Self::text(text.unwrap_or(""))
    }

    fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, |date| Self::Text(date.to_string().into()))
    }
}

/// Why a cell is not what its column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column.
    pub column: &'static str,
    /// What is wrong, in the style of a finding.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// An entry as cells, in the order of [`COLUMNS`].
#[must_use]
pub fn cells(entry: &Entry) -> [Cell<'_>; WIDTH] {
    let row = entry.row.as_ref();
    [
        if entry.number == 0 { Cell::Empty } else { Cell::Number(entry.number) },
        Cell::text(entry.recorded_at.as_str()),
        Cell::date(Some(entry.date)),
        Cell::text(entry.event.word()),
        Cell::optional(entry.customer.as_deref()),
        Cell::optional(entry.document.as_deref()),
        Cell::optional(entry.procedure.as_deref()),
        Cell::optional(entry.step.as_deref()),
        Cell::optional(row.map(|row| row.id.as_str())),
        row.map_or(Cell::Empty, |row| Cell::Number(row.position.into())),
        Cell::optional(row.map(|row| row.action.as_str())),
        Cell::optional(row.map(|row| row.recipient.as_str())),
        Cell::optional(row.and_then(|row| row.currency.as_ref()).map(Currency::code)),
        row.map_or(Cell::Empty, |row| Cell::Number(row.of.into())),
        Cell::date(entry.since),
        Cell::date(entry.until),
        Cell::optional(entry.result.as_deref()),
        Cell::optional(entry.by.as_deref()),
        Cell::optional(entry.reason.as_deref()),
        entry.undoes.map_or(Cell::Empty, Cell::Number),
    ]
}

/// The entry that `cells` stand for.
///
/// # Errors
/// Everything that cannot be right about them.
pub fn entry(cells: [Cell<'_>; WIDTH]) -> Result<Entry, Vec<Fault>> {
    let [
        number,
        recorded_at,
        date,
        event,
        customer,
        document,
        procedure,
        step,
        id,
        position,
        action,
        recipient,
        currency,
        rows,
        since,
        until,
        result,
        by,
        reason,
        undoes,
    ] = cells;
    let mut reader = Reader::default();
    let number = reader.number("number", &number);
    let recorded_at = reader.instant(recorded_at);
    let date = reader.required_date(&date);
    let event = reader.event(event);
    let row = reader.row(id, &position, action, recipient, currency, &rows);
    let since = reader.date("since", &since);
    let until = reader.date("until", &until);
    let undoes = reader.number("undoes", &undoes);
    match (date, event) {
        (Some(date), Some(event)) if reader.faults.is_empty() => Ok(Entry {
            number: number.unwrap_or(0),
            recorded_at,
            customer: text(customer),
            document: text(document),
            procedure: text(procedure),
            step: text(step),
            row,
            since,
            until,
            result: text(result),
            by: text(by),
            reason: text(reason),
            undoes,
            ..Entry::new(event, date)
        }),
        _ => Err(reader.faults),
    }
}

/// The entry that `cells` of a store stand for.
///
/// # Errors
/// [`Problem::Damaged`] if they cannot be right: the store writes none such.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(super) fn stored(cells: [Cell<'_>; WIDTH]) -> Result<Entry, Problem> {
    let number = cells.first().map(shown).unwrap_or_default();
    entry(cells).map_err(|faults| {
        let reasons: Vec<String> =
            faults.into_iter().map(|fault| format!("{}: {}", fault.column, fault.message)).collect();
        Problem::Damaged(format!("entry {number}, {}", reasons.join(", ")))
    })
}

fn text(cell: Cell<'_>) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Number(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.into_owned()).filter(|text| !text.is_empty()),
    }
}

#[derive(Default)]
struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, column: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault { column, message: message.into(), help: help.into() });
    }

    fn number(&mut self, column: &'static str, cell: &Cell<'_>) -> Option<u64> {
        let number = match cell {
            Cell::Empty => return None,
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => text.parse().ok(),
        };
        // Stores count with a sign.
        let number = number.filter(|number| *number >= 1 && i64::try_from(*number).is_ok());
        if number.is_none() {
            self.fault(column, format!("`{}` is no number of the kind 1, 2, 3", shown(cell)), "write a whole number");
        }
        number
    }

    fn small(&mut self, column: &'static str, cell: &Cell<'_>) -> u32 {
        let Some(number) = self.number(column, cell) else {
            if *cell == Cell::Empty {
                self.fault(column, format!("an entry with a `row` says its `{column}`"), "write a whole number");
            }
            return 0;
        };
        u32::try_from(number).unwrap_or_else(|_| {
            self.fault(column, format!("`{number}` is too large"), "write a smaller number");
            0
        })
    }

    fn date(&mut self, column: &'static str, cell: &Cell<'_>) -> Option<Date> {
        if *cell == Cell::Empty {
            return None;
        }
        let date = match cell {
            Cell::Text(text) => Date::parse(text),
            _ => None,
        };
        if date.is_none() {
            self.fault(column, format!("`{}` is no date", shown(cell)), "write it as 2026-03-05");
        }
        date
    }

    fn required_date(&mut self, cell: &Cell<'_>) -> Option<Date> {
        if *cell == Cell::Empty {
            self.fault("date", "the entry has no date", "write the day it belongs to, as 2026-03-05");
        }
        self.date("date", cell)
    }

    fn event(&mut self, cell: Cell<'_>) -> Option<Event> {
        let word = text(cell).unwrap_or_default();
        let event = Event::parse(&word);
        if event.is_none() {
            let words: Vec<&str> = Event::WORDS.iter().map(|(_, word)| *word).collect();
            let message = match word.as_str() {
                "" => "the entry does not say what happened".to_owned(),
                word => format!("`{word}` is no event"),
            };
            self.fault("event", message, format!("write {}", choice(&words)));
        }
        event
    }

    fn instant(&mut self, cell: Cell<'_>) -> String {
        let written = text(cell).unwrap_or_default();
        if !written.is_empty() && !is_instant(&written) {
            self.fault("recorded_at", format!("`{written}` is no moment"), "write it as 2026-03-05T06:00:11Z");
        }
        written
    }

    fn row(
        &mut self,
        id: Cell<'_>,
        position: &Cell<'_>,
        action: Cell<'_>,
        recipient: Cell<'_>,
        currency: Cell<'_>,
        rows: &Cell<'_>,
    ) -> Option<RowKey> {
        let Some(id) = text(id) else {
            if [position, &action, &recipient, &currency, rows].into_iter().any(|cell| *cell != Cell::Empty) {
                self.fault("row", "the entry describes a row and does not say which", "write the id of the row");
            }
            return None;
        };
        let action = text(action).unwrap_or_default();
        if action.is_empty() {
            self.fault("action", "an entry with a `row` says its `action`", "write the name of the action");
        }
        Some(RowKey {
            id,
            position: self.small("position", position),
            action,
            recipient: text(recipient).unwrap_or_default(),
            currency: self.currency(currency),
            of: self.small("rows", rows),
        })
    }

    fn currency(&mut self, cell: Cell<'_>) -> Option<Currency> {
        let written = text(cell)?;
        let currency = Currency::parse(&written);
        if currency.is_none() {
            self.fault("currency", format!("`{written}` is no currency"), "write its three letters, such as EUR");
        }
        currency
    }
}

fn shown(cell: &Cell<'_>) -> String {
    text(cell.clone()).unwrap_or_default()
}

/// Whether a text has the form `2026-03-02T06:00:11Z`.
fn is_instant(text: &str) -> bool {
    let Some((date, time)) = text.strip_suffix('Z').and_then(|text| text.split_once('T')) else { return false };
    let parts: Vec<&str> = time.split(':').collect();
    let below = |part: &str, limit: u32| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse().is_ok_and(|number: u32| number < limit)
    };
    // A leap second is the 61st.
    let is_time =
        matches!(parts.as_slice(), [hour, minute, second] if below(hour, 24) && below(minute, 60) && below(second, 61));
    Date::parse(date).is_some() && is_time
}
