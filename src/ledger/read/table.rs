//! The one interface of every kind of file a table is read from: a header, and rows of cells with places.

use std::borrow::Cow;

use crate::base::{DataPlace, Date, Diagnostic};

/// A cell as the file has it.
#[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only typed files have them"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// Nothing in it.
    Missing,
    /// Text as the company writes it, trimmed and in NFC.
    Text(Cow<'a, str>),
    /// Text in our own notation: a number with a point, a date as `2026-03-02`.
    Plain(Cow<'a, str>),
    /// A date that the file stores as one.
    Date(Date),
    /// `yes` or `no` that the file stores as such.
    Flag(bool),
    /// Letters in another encoding than the file should have; as far as they can be shown.
    Garbled(String),
}

/// What a column of a file holds.
#[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only typed files have them"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Text: every column of a CSV file.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with decimals.
    Number,
    /// Dates.
    Date,
    /// Yes or no.
    Flag,
    /// Something that no table of a ledger has, by its name.
    Other(String),
}

/// How a row was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// With a cell for every column.
    Whole,
    /// Damaged; the cells that can be told are there.
    Broken {
        /// What is wrong with it.
        message: String,
        /// How to mend it.
        help: String,
    },
}

/// A file that is read as a table.
pub(crate) trait TableReader {
    /// The names of its columns, trimmed and in NFC.
    fn header(&self) -> &[String];

    /// What a column holds.
    fn holds(&self, column: usize) -> Holds;

    /// Announces the columns that will be asked for.
    fn select(&mut self, columns: &[usize]) -> Result<(), Diagnostic>;

    /// Goes to the next row; `None` after the last one.
    ///
    /// # Errors
    /// A finding where the rest of the file cannot be read.
    fn advance(&mut self) -> Result<Option<Shape>, Diagnostic>;

    /// A cell of the present row.
    fn cell(&self, column: usize) -> Cell<'_>;

    /// The line of the present row; in a file without lines its number.
    fn line(&self) -> u64;

    /// The place of a cell of the present row, or of the row.
    fn place(&self, column: Option<usize>) -> DataPlace;
}
