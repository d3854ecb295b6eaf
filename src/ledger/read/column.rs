//! A column of a table: what it holds, where its cells come from, how they are written.

use std::collections::BTreeMap;

use crate::base::code;
use crate::ledger::formats::Formats;
use crate::ledger::read::cells::{self, Problem};
use crate::ledger::read::table::{Cell, Holds, TableReader};
use crate::schema::{ClosedList, Table};

/// What a column of a table holds.
#[derive(Debug, Clone)]
pub(crate) enum CellType {
    Text,
    Number,
    Percent,
    Money,
    Rate,
    Date,
    Days,
    Flag,
    Currency,
    List(ClosedList),
}

/// A column of a table and where its cells come from.
#[derive(Debug)]
pub(crate) struct Column {
    /// Our name of it.
    pub(crate) name: String,
    /// The table it belongs to.
    pub(crate) table: Table,
    /// What it holds.
    pub(crate) ty: CellType,
    /// Whether a cell may be empty.
    pub(crate) optional: bool,
    /// Where its cells come from.
    pub(crate) from: From,
    /// The name of the column of the file; our name where there is none.
    pub(crate) in_file: String,
    /// What a cell is replaced by before it is read.
    pub(crate) values: BTreeMap<String, String>,
    /// The width up to which digits are filled with zeros.
    pub(crate) pad: Option<usize>,
    /// How cells are written.
    pub(crate) formats: Formats,
}

/// Where cells come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum From {
    /// A column of the file, by its position.
    File(usize),
    /// The same text in every row.
    Constant(String),
    /// Nowhere: every cell is missing.
    Nothing,
}

impl Column {
    /// Where in `dunlin.toml` a mapping of it is written.
    pub(crate) fn below(&self) -> String {
        format!("below `[tables.{}.columns]` in `dunlin.toml`", self.table.name())
    }

    /// Its cell in the present row, translated and filled up as stated.
    pub(crate) fn cell<'r>(&'r self, reader: &'r dyn TableReader) -> Cell<'r> {
        let cell = match &self.from {
            From::File(column) => reader.cell(*column),
            From::Constant(text) => return plain(text),
            From::Nothing => return Cell::Missing,
        };
        if !self.values.is_empty()
            && !matches!(cell, Cell::Garbled(_))
            && let Some(text) = self.values.get(cells::text(cell.clone()).as_ref())
        {
            return plain(text);
        }
        match (self.pad, cell) {
            (Some(width), Cell::Text(text) | Cell::Plain(text))
                if text.len() < width && text.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Cell::Text(format!("{text:0>width$}").into())
            }
            (_, cell) => cell,
        }
    }

    /// Whether cells of a file that hold this can be read as this column.
    pub(crate) fn suits(&self, holds: &Holds) -> bool {
        let translated = !self.values.is_empty();
        match holds {
            Holds::Text => true,
            Holds::Whole => {
                !matches!(self.ty, CellType::Date if self.formats.dates.is_none()) && !self.needs_words(translated)
            }
            Holds::Number => matches!(
                self.ty,
                CellType::Number | CellType::Percent | CellType::Money | CellType::Rate | CellType::Days
            ),
            Holds::Date => matches!(self.ty, CellType::Date),
            Holds::Flag => matches!(self.ty, CellType::Flag) || (translated && self.needs_words(false)),
            Holds::Other(_) => false,
        }
    }

    fn needs_words(&self, translated: bool) -> bool {
        !translated && matches!(self.ty, CellType::Currency | CellType::List(_))
    }

    /// What it holds, for messages.
    pub(crate) fn described(&self) -> &'static str {
        match self.ty {
            CellType::Text => "text",
            CellType::Number | CellType::Percent | CellType::Rate => "numbers",
            CellType::Money => "amounts",
            CellType::Date => "dates",
            CellType::Days => "days",
            CellType::Flag => "yes or no",
            CellType::Currency => "currencies",
            CellType::List(_) => "values of a list",
        }
    }

    /// Why a constant is no value of this column, if it is none.
    pub(crate) fn refuses(&self, text: &str) -> Option<Problem> {
        let cell = plain(text);
        if cell == Cell::Missing {
            return (!self.optional)
                .then(|| Problem::new(code::MISSING_CELL, format!("`{}` needs a value", self.name), "write one"));
        }
        match &self.ty {
            CellType::Text => None,
            CellType::Number | CellType::Percent => cells::number(cell, self).err(),
            CellType::Money => cells::amount(cell, self).err(),
            CellType::Rate => cells::rate(cell, self).err(),
            CellType::Date => cells::date(cell, self).err(),
            CellType::Days => cells::days(cell, self).err(),
            CellType::Flag => cells::flag(cell, self).err(),
            CellType::Currency => cells::currency(cell, self).err(),
            CellType::List(list) => cells::listed(cell, self, list).err(),
        }
    }
}

fn plain(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Missing } else { Cell::Plain(text.into()) }
}
