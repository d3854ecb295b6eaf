//! A table that is open: row after row, cell after cell, and notes of what could not be read.

use std::borrow::Cow;
use std::cell::{Cell as Shared, RefCell};

use crate::base::{Code, Currency, DataPlace, Date, Decimal, Diagnostic, code};
use crate::ledger::read::cells::{self, Amount, Problem};
use crate::ledger::read::column::{CellType, Column, From};
use crate::ledger::read::table::{Cell, Shape, TableReader};
use crate::schema::Table;

/// The position of a column among those of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ColumnId(usize);

/// An open table.
pub(crate) struct Sheet {
    pub(crate) table: Table,
    /// The file as messages call it.
    pub(crate) file: String,
    /// Whether its credit notes come with positive amounts.
    pub(crate) positive_credits: bool,
    reader: Box<dyn TableReader>,
    columns: Vec<Column>,
    tallies: Vec<Tally>,
    notes: RefCell<Vec<Diagnostic>>,
    broken: bool,
}

/// How the cells of a column fared so far.
#[derive(Default)]
struct Tally {
    read: Shared<u32>,
    failed: Shared<u32>,
    /// The first finding and its vagueness; one that tells more takes its place.
    first: RefCell<Option<(Diagnostic, u8)>>,
}

impl Sheet {
    /// Opens the rows of a table whose columns are tied.
    pub(crate) fn open(
        table: Table,
        file: String,
        positive_credits: bool,
        mut reader: Box<dyn TableReader>,
        columns: Vec<Column>,
    ) -> Result<Self, Diagnostic> {
        let mut used: Vec<usize> = columns
            .iter()
            .filter_map(|column| match column.from {
                From::File(position) => Some(position),
                From::Constant(_) | From::Nothing => None,
            })
            .collect();
        used.sort_unstable();
        used.dedup();
        reader.select(&used)?;
        let tallies = columns.iter().map(|_| Tally::default()).collect();
        Ok(Self { table, file, positive_credits, reader, columns, tallies, notes: RefCell::default(), broken: false })
    }

    /// A column by our name of it.
    pub(crate) fn column(&self, name: &str) -> ColumnId {
        ColumnId(self.columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX))
    }

    /// The columns of the fields that the program declares: those behind the built-in ones.
    pub(crate) fn declared(&self) -> Vec<(String, CellType)> {
        let built_in = self.table.columns().len();
        self.columns.iter().skip(built_in).map(|column| (column.name.clone(), column.ty.clone())).collect()
    }

    /// Goes to the next row; `false` after the last.
    ///
    /// # Errors
    /// Where the rest of the file cannot be read, or no cell of a column can.
    pub(crate) fn advance(&mut self) -> Result<bool, Vec<Diagnostic>> {
        /// Where a column with so many cells none of which can be read is given up.
        const HOPELESS: u32 = 100_000;
        if self.tallies.iter().any(|tally| tally.read.get() == 0 && tally.failed.get() >= HOPELESS) {
            return Err(self.hopeless());
        }
        let shape = self.reader.advance().map_err(|finding| vec![finding])?;
        self.broken = matches!(shape, Some(Shape::Broken { .. }));
        match shape {
            None => {
                let hopeless = self.hopeless();
                if hopeless.is_empty() { Ok(false) } else { Err(hopeless) }
            }
            Some(Shape::Whole) => Ok(true),
            Some(Shape::Broken { message, help }) => {
                let finding = Diagnostic::new(code::BROKEN_ROW, message).at_data(self.reader.place(None), "");
                self.notes.borrow_mut().push(finding.help(help));
                Ok(true)
            }
        }
    }

    /// One finding for each column of which no cell could be read: a mistake of the whole column
    /// (a form of dates that is not stated) is one mistake.
    fn hopeless(&self) -> Vec<Diagnostic> {
        /// With fewer cells each is told by itself.
        const FEWEST: u32 = 10;
        let whole = |(column, tally): (&Column, &Tally)| {
            let failed = tally.failed.get();
            let first = tally.first.borrow();
            let (first, _) = first.as_ref().filter(|_| tally.read.get() == 0 && failed >= FEWEST)?;
            let message = format!("no cell of the column `{}` can be read: {}", column.in_file, first.message);
            Some(Diagnostic { code: code::UNSUITABLE_COLUMN, message, ..first.clone() })
        };
        self.columns.iter().zip(&self.tallies).filter_map(whole).collect()
    }

    /// Whether the present row is damaged: its cells may stand in the wrong columns.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// The line of the present row.
    pub(crate) fn line(&self) -> u64 {
        self.reader.line()
    }

    /// The place of a cell of the present row.
    pub(crate) fn place(&self, id: ColumnId) -> DataPlace {
        let position = self.columns.get(id.0).and_then(|column| match column.from {
            From::File(position) => Some(position),
            From::Constant(_) | From::Nothing => None,
        });
        self.reader.place(position)
    }

    /// Notes something about a cell of the present row.
    pub(crate) fn note(&self, id: ColumnId, code: Code, message: impl Into<String>, help: impl Into<String>) {
        let finding = Diagnostic::new(code, message).at_data(self.place(id), "").help(help);
        self.add_note(finding);
    }

    /// Notes a finding about the present row.
    pub(crate) fn add_note(&self, finding: Diagnostic) {
        self.notes.borrow_mut().push(finding);
    }

    /// What was noted about the present row.
    pub(crate) fn take_notes(&self) -> Vec<Diagnostic> {
        self.notes.take()
    }

    /// Whether the cell is empty.
    pub(crate) fn is_missing(&self, id: ColumnId) -> bool {
        self.columns.get(id.0).is_none_or(|column| column.cell(&*self.reader) == Cell::Missing)
    }

    /// The text of a cell as far as it can be told, without noting anything.
    pub(crate) fn glance(&self, id: ColumnId) -> Option<String> {
        let cell = self.columns.get(id.0)?.cell(&*self.reader);
        Some(cells::text(cell).into_owned()).filter(|text| !text.is_empty())
    }

    /// The text of a cell; `None` where it is missing, which is noted unless it may be.
    pub(crate) fn text(&self, id: ColumnId) -> Option<Cow<'_, str>> {
        self.read(id, |cell, _| Ok(cells::text(cell)))
    }

    /// The date of a cell; likewise.
    pub(crate) fn date(&self, id: ColumnId) -> Option<Date> {
        self.read(id, cells::date)
    }

    /// The amount of a cell; likewise.
    pub(crate) fn amount(&self, id: ColumnId) -> Option<Amount> {
        self.read(id, cells::amount)
    }

    /// The number or percentage of a cell; likewise.
    pub(crate) fn number(&self, id: ColumnId) -> Option<Decimal> {
        self.read(id, cells::number)
    }

    /// The exchange rate of a cell; likewise.
    pub(crate) fn rate(&self, id: ColumnId) -> Option<i128> {
        self.read(id, cells::rate)
    }

    /// The days of a cell; likewise.
    pub(crate) fn days(&self, id: ColumnId) -> Option<i64> {
        self.read(id, cells::days)
    }

    /// `yes` or `no` of a cell; likewise.
    pub(crate) fn flag(&self, id: ColumnId) -> Option<bool> {
        self.read(id, cells::flag)
    }

    /// The currency of a cell; likewise.
    pub(crate) fn currency(&self, id: ColumnId) -> Option<Currency> {
        self.read(id, cells::currency)
    }

    /// The code of the value of a closed list in a cell; likewise.
    pub(crate) fn listed(&self, id: ColumnId) -> Option<u16> {
        self.read(id, |cell, column| match &column.ty {
            CellType::List(list) => cells::listed(cell, column, list),
            _ => Ok(u16::MAX),
        })
    }

    /// The value of a closed list in a cell, as text; likewise.
    pub(crate) fn listed_text(&self, id: ColumnId) -> Option<String> {
        self.read(id, |cell, column| match &column.ty {
            CellType::List(list) => cells::listed(cell, column, list).map(|code| list.value(code).to_owned()),
            _ => Ok(String::new()),
        })
    }

    /// The code of a value of a closed list, and `default` where the table has no such column.
    pub(crate) fn listed_or(&self, id: ColumnId, default: u16) -> Option<u16> {
        let absent = self.columns.get(id.0).is_none_or(|column| column.from == From::Nothing);
        if absent { Some(default) } else { self.listed(id) }
    }

    fn read<'r, T>(
        &'r self,
        id: ColumnId,
        value: impl FnOnce(Cell<'r>, &'r Column) -> Result<T, Problem>,
    ) -> Option<T> {
        let (column, tally) = (self.columns.get(id.0)?, self.tallies.get(id.0)?);
        let problem = match column.cell(&*self.reader) {
            Cell::Missing if column.optional || column.from == From::Nothing => return None,
            Cell::Missing => missing(column),
            Cell::Garbled(text) => Problem::new(
                code::NOT_UTF8,
                format!("`{text}` has letters that cannot be read"),
                "write `encoding = \"windows-1252\"` below `[format]` in `dunlin.toml` if a Windows program of western Europe wrote the file; otherwise export it as UTF-8",
            ),
            cell => match value(cell, column) {
                Ok(value) => {
                    tally.read.set(tally.read.get().saturating_add(1));
                    return Some(value);
                }
                Err(problem) => problem,
            },
        };
        let finding = Diagnostic::new(problem.code, problem.message).at_data(self.place(id), "").help(problem.help);
        tally.failed.set(tally.failed.get().saturating_add(1));
        let mut first = tally.first.borrow_mut();
        if first.as_ref().is_none_or(|(_, vagueness)| *vagueness > problem.vagueness) {
            *first = Some((finding.clone(), problem.vagueness));
        }
        self.notes.borrow_mut().push(finding);
        None
    }
}

fn missing(column: &Column) -> Problem {
    Problem::new(
        code::MISSING_CELL,
        format!("`{}` is empty", column.name),
        format!(
            "fill it in, or state what an empty cell means: `{} = {{ column = \"{}\", values = {{ \"\" = \"…\" }} }}` {}",
            column.name,
            column.in_file,
            column.below()
        ),
    )
}
