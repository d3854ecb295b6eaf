//! Opening the tables of a ledger: finds the file of each, and ties its columns.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::base::text::enumeration;
use crate::base::{Code, DataPlace, Diagnostic, code};
use crate::ledger::config::{Config, TableMapping};
use crate::ledger::files::{Files, join};
use crate::ledger::formats::Encoding;
use crate::ledger::read::bind::Binder;
use crate::ledger::read::csv::CsvReader;
use crate::ledger::read::sheet::Sheet;
use crate::ledger::read::table::TableReader;
use crate::schema::{LedgerSchema, Table};

/// The tables of a ledger, open.
pub(crate) struct Opened {
    pub(crate) sheets: BTreeMap<Table, Sheet>,
    /// Findings that do not keep a table from being read.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// Opens every table there is.
///
/// # Errors
/// Everything that makes the ledger unusable: a table that is there but cannot be read counts too,
/// since a run without it would act on half the truth.
pub(crate) fn open(files: &dyn Files, config: &Config, schema: &LedgerSchema) -> Result<Opened, Vec<Diagnostic>> {
    let mut opening = Opening { files, config, contents: BTreeMap::new(), errors: Vec::new(), warnings: Vec::new() };
    let mut sheets = BTreeMap::new();
    let mut lacking: Vec<Table> = Vec::new();
    for table in Table::ALL {
        match opening.find(table) {
            Ok(Some(path)) => {
                if let Some(sheet) = opening.sheet(table, &path, schema) {
                    sheets.insert(table, sheet);
                }
            }
            Ok(None) if table.required() => lacking.push(table),
            Ok(None) => {}
            Err(finding) => opening.errors.push(finding),
        }
    }
    if !lacking.is_empty() {
        let finding = opening.lacking(&lacking);
        opening.errors.push(finding);
    }
    if opening.errors.is_empty() { Ok(Opened { sheets, warnings: opening.warnings }) } else { Err(opening.errors) }
}

/// The names of the columns in the file of a table; nothing where there is no such file.
///
/// # Errors
/// Why it cannot be read.
pub fn header(files: &dyn Files, config: &Config, table: Table) -> Result<Option<Vec<String>>, Diagnostic> {
    let mut opening = Opening { files, config, contents: BTreeMap::new(), errors: Vec::new(), warnings: Vec::new() };
    let Some(path) = opening.find(table)? else { return Ok(None) };
    let reader = opening.reader(&path, &config.table(table))?;
    Ok(Some(reader.header().to_vec()))
}

struct Opening<'a> {
    files: &'a dyn Files,
    config: &'a Config,
    /// What was read, by path: several tables may share a file.
    contents: BTreeMap<String, Bytes>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Opening<'_> {
    /// The path of a table's file; `None` if there is none and none is stated.
    fn find(&self, table: Table) -> Result<Option<String>, Diagnostic> {
        let path = |file: &str| join(&self.config.ledger, file);
        if let Some(stated) = self.config.tables.get(&table).and_then(|mapping| mapping.file.as_ref()) {
            let path = path(&stated.text);
            if self.files.exists(&path) {
                return Ok(Some(path));
            }
            let finding = Diagnostic::new(code::MISSING_TABLE, format!("there is no file `{path}`"));
            let help = format!("write the path as it is seen from the folder `{}`", self.config.ledger);
            return Err(finding.at_data(stated.place.clone(), "").help(help));
        }
        let name = table.name();
        let (csv, parquet) = (path(&format!("{name}.csv")), path(&format!("{name}.parquet")));
        match (self.files.exists(&csv), self.files.exists(&parquet)) {
            (true, true) => {
                let message = format!("the table `{name}` is there twice: `{csv}` and `{parquet}`");
                let help =
                    format!("take one away, or write `file = \"{name}.csv\"` below `[tables.{name}]` in `dunlin.toml`");
                Err(at_file(code::TWO_FILES, message, &csv).help(help))
            }
            (true, false) => Ok(Some(csv)),
            (false, true) => Ok(Some(parquet)),
            (false, false) if self.config.tables.contains_key(&table) && !table.required() => {
                let message = format!("`dunlin.toml` describes the table `{name}`, but there is no `{csv}`");
                Err(at_file(code::MISSING_TABLE, message, &self.config.path).help(self.how_to_provide(name)))
            }
            (false, false) => Ok(None),
        }
    }

    fn how_to_provide(&self, name: &str) -> String {
        let folder = &self.config.ledger;
        format!(
            "put `{name}.csv` or `{name}.parquet` into `{folder}`, or write `file = \"…\"` below `[tables.{name}]` in `dunlin.toml`"
        )
    }

    /// One finding for all required tables that are not there.
    fn lacking(&self, lacking: &[Table]) -> Diagnostic {
        let folder = &self.config.ledger;
        let names: Vec<&str> = lacking.iter().map(|table| table.name()).collect();
        if !self.files.exists(folder) {
            let help = "put `customers.csv` and `documents.csv` there, or write `ledger = \"…\"` in `dunlin.toml` with the folder that has them";
            return at_file(code::MISSING_TABLE, format!("there is no folder `{folder}`"), folder).help(help);
        }
        let word = if names.len() == 1 { "table" } else { "tables" };
        let message = format!("the ledger lacks the {word} {}", enumeration(&names));
        at_file(code::MISSING_TABLE, message, folder).help(self.how_to_provide(names.first().copied().unwrap_or("")))
    }

    fn sheet(&mut self, table: Table, path: &str, schema: &LedgerSchema) -> Option<Sheet> {
        let mapping = self.config.table(table);
        let reader = match self.reader(path, &mapping) {
            Ok(reader) => reader,
            Err(finding) => {
                // A file that several tables share is reported once.
                if !self.errors.contains(&finding) {
                    self.errors.push(finding);
                }
                return None;
            }
        };
        let mut binder =
            Binder { table, file: path, mapping: &mapping, reader: &*reader, errors: Vec::new(), warnings: Vec::new() };
        let columns = binder.bind(schema);
        let Binder { errors, warnings, .. } = binder;
        self.warnings.extend(warnings);
        if !errors.is_empty() {
            self.errors.extend(errors);
            return None;
        }
        let sheet = Sheet::open(table, path.to_owned(), mapping.positive_credits, reader, columns);
        sheet.map_err(|finding| self.errors.push(finding)).ok()
    }

    fn content(&mut self, path: &str) -> Result<Bytes, Diagnostic> {
        if let Some(known) = self.contents.get(path) {
            return Ok(known.clone());
        }
        let content = self.files.read(path).map_err(|error| {
            let message = format!("`{path}` cannot be read: {error}");
            at_file(code::UNREADABLE_FILE, message, path).help("check that it is a file and that you may read it")
        })?;
        self.contents.insert(path.to_owned(), content.clone());
        Ok(content)
    }

    fn reader(&mut self, path: &str, mapping: &TableMapping) -> Result<Box<dyn TableReader>, Diagnostic> {
        let content = self.content(path)?;
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let workbook = matches!(ending.as_str(), "xlsx" | "xls" | "ods") || content.starts_with(b"PK\x03\x04");
        if workbook {
            let message = format!("`{path}` is a workbook, which cannot be read yet");
            return Err(at_file(code::NOT_READ_YET, message, path).help("save its sheet as CSV (UTF-8)"));
        }
        if ending == "parquet" {
            return parquet(path, content);
        }
        let decoded = mapping.formats.encoding.unwrap_or(Encoding::Utf8).decode(&content);
        let text = decoded.map_or(content, Bytes::from);
        if text.starts_with(b"\xff\xfe")
            || text.starts_with(b"\xfe\xff")
            || text.iter().take(1000).any(|byte| *byte == 0)
        {
            let message = format!("`{path}` is no CSV file in UTF-8");
            let help = "export it as CSV in UTF-8; a file in UTF-16 (`Unicode text`) cannot be read";
            return Err(at_file(code::UNREADABLE_FILE, message, path).help(help));
        }
        let delimiter = mapping.formats.delimiter.unwrap_or(b',');
        match CsvReader::open(path, text, delimiter) {
            Some(reader) => Ok(Box::new(reader)),
            None => Err(at_file(code::UNREADABLE_FILE, format!("`{path}` is empty"), path)
                .help("write the names of its columns into its first line")),
        }
    }
}

#[cfg(feature = "parquet")]
fn parquet(path: &str, content: Bytes) -> Result<Box<dyn TableReader>, Diagnostic> {
    Ok(Box::new(super::parquet::ParquetReader::open(path, content)?))
}

#[cfg(not(feature = "parquet"))]
fn parquet(path: &str, _: Bytes) -> Result<Box<dyn TableReader>, Diagnostic> {
    let message = format!("`{path}` cannot be read: this build of Dunlin reads no Parquet files");
    Err(at_file(code::NOT_READ_YET, message, path).help("export it as CSV"))
}

fn at_file(code: Code, message: String, file: &str) -> Diagnostic {
    Diagnostic::new(code, message).at_data(DataPlace { file: file.to_owned(), ..DataPlace::default() }, "")
}
