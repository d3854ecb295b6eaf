//! `dunlin.toml` as plain data: where the ledger lies and how an export becomes its tables.
//!
//! Reading the file is `from_toml`'s; what its columns mean is settled when a table is opened.
//! Everything in it may be left out:
//!
//! ```toml
//! date = "2026-03-02"                    # the run date
//! ledger = "ledger"                      # the folder of the tables, seen from this file
//! journal = ".dunlin/journal.db"         # or "postgres://name@host/database"
//!
//! [format]                               # how cells are written
//! dates = "D.M.YYYY"                     # D DD M MM YY YYYY; `*` at the end lets a time follow
//! decimal = ","                          # `.` or `,`
//! thousands = "."                        # `.` `,` `'` or a space
//! negative = "trailing"                  # `12.00-`; or "brackets": `(12.00)`
//! symbols = { "€" = "EUR" }              # what may stand beside an amount
//! delimiter = ";"                        # `,` `;` `|` or a tabulator
//! encoding = "windows-1252"              # or "utf-8"
//!
//! [tables.documents]
//! file = "export/invoices.csv"           # seen from the ledger's folder; tables may share a file
//! credits = "positive"                   # credit notes come without their minus sign
//! format = { delimiter = "," }           # what this file does otherwise
//!
//! [tables.documents.columns]             # our name = how it comes
//! id = { column = "invoiceNumber", pad = 10 }
//! kind = { value = "invoice" }           # the same in every row
//! status = { column = "Disputed", values = { Yes = "dispute", No = "open", "" = "open" } }
//! amount = "InvoiceAmount"
//! due_date = { column = "DueDate", dates = "DD/MM/YYYY" }
//! ```

pub mod edit;
mod from_toml;
pub(crate) mod walk;

use std::collections::BTreeMap;

use crate::base::{DataPlace, Date, Diagnostic};
use crate::ledger::formats::Formats;
use crate::schema::Table;

/// The settings of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How the file is called in messages.
    pub path: String,
    /// The run date, where the project fixes one.
    pub date: Option<Date>,
    /// The folder of the ledger, relative to the project's folder; the command line may replace it.
    pub ledger: String,
    /// Where the journal lies, if it is stated: a file, relative to the project's folder, or the
    /// address of a database. See `journal::Location::parse`.
    pub journal: Option<String>,
    /// `[format]`: how cells are written unless a table or column says otherwise.
    pub formats: Formats,
    /// `[tables.…]`: the tables that are not simply `<table>.csv` with our own column names.
    pub tables: BTreeMap<Table, TableMapping>,
}

/// How one table comes about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableMapping {
    /// Its file, relative to the folder of the ledger.
    pub file: Option<Stated>,
    /// How its cells are written, `[format]` included.
    pub formats: Formats,
    /// Whether credit notes and payments on account come with positive amounts, to be turned.
    pub positive_credits: bool,
    /// How its columns come about, by our names.
    pub columns: BTreeMap<String, ColumnMapping>,
}

/// How one column comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMapping {
    /// From where.
    pub source: ColumnSource,
    /// What a cell is replaced by, before it is read.
    pub values: BTreeMap<String, String>,
    /// The width up to which zeros are put before a number made of digits.
    pub pad: Option<usize>,
    /// How its cells are written; the table's settings and `[format]` included.
    pub formats: Formats,
    /// Where it is stated.
    pub place: DataPlace,
}

/// Where the cells of a column come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnSource {
    /// A column of the file, by its name there.
    Column(Stated),
    /// The same value in every row.
    Value(Stated),
}

/// A text and the place where it is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The text.
    pub text: String,
    /// Where it stands in `dunlin.toml`.
    pub place: DataPlace,
}

impl Config {
    /// The folder of the ledger where none is stated.
    pub const LEDGER: &'static str = "ledger";

    /// Reads a `dunlin.toml`, called `path` in messages.
    ///
    /// # Errors
    /// Everything in it that cannot be understood.
    pub fn from_toml(text: &str, path: &str) -> Result<Self, Vec<Diagnostic>> {
        from_toml::read(text, path)
    }

    /// How a table comes about; the default where nothing is stated about it.
    #[must_use]
    pub fn table(&self, table: Table) -> TableMapping {
        let default = || TableMapping { formats: self.formats.clone(), ..TableMapping::default() };
        self.tables.get(&table).cloned().unwrap_or_else(default)
    }
}

/// Whether two texts of a `dunlin.toml` state the same, whatever their layout and comments.
#[must_use]
pub fn state_the_same(one: &str, other: &str) -> bool {
    let read = |text: &str| text.parse::<toml::Table>().ok();
    read(one) == read(other)
}

/// A project without a `dunlin.toml`.
impl Default for Config {
    fn default() -> Self {
        Self {
            path: "dunlin.toml".to_owned(),
            date: None,
            ledger: Self::LEDGER.to_owned(),
            journal: None,
            formats: Formats::default(),
            tables: BTreeMap::new(),
        }
    }
}
