//! The columns of a table, tied to the columns of a file: by `dunlin.toml`, otherwise by name.

use std::collections::BTreeMap;

use crate::base::text::{choice, enumeration, nearest};
use crate::base::{Code, DataPlace, Diagnostic, code};
use crate::ledger::config::{ColumnMapping, ColumnSource, TableMapping};
use crate::ledger::formats::Formats;
use crate::ledger::read::cells;
use crate::ledger::read::column::{CellType, Column, From};
use crate::ledger::read::table::{Holds, TableReader};
use crate::schema::{ClosedList, ColumnType, LedgerSchema, ListOf, Owner, Table, Type};

/// The columns of a table before they are tied: the built-in ones, then the program's own.
/// The flag says whether the table cannot be read without it.
fn wanted(table: Table, schema: &LedgerSchema, formats: &Formats) -> Vec<(Column, bool)> {
    let column = |name: &str, ty: CellType, optional: bool| Column {
        name: name.to_owned(),
        table,
        ty,
        optional,
        from: From::Nothing,
        in_file: name.to_owned(),
        values: BTreeMap::new(),
        pad: None,
        formats: formats.clone(),
    };
    let built_in = table.columns().into_iter().map(|spec| {
        let ty = match spec.ty {
            ColumnType::Text => CellType::Text,
            ColumnType::Decimal if table == Table::Rates => CellType::Rate,
            ColumnType::Decimal => CellType::Money,
            ColumnType::Date => CellType::Date,
            ColumnType::Flag => CellType::Flag,
            ColumnType::Currency => CellType::Currency,
            ColumnType::Kind => CellType::List(schema.kinds.clone()),
            ColumnType::Status => CellType::List(schema.statuses.clone()),
            ColumnType::Outcome => {
                CellType::List(ClosedList::new(ListOf::History("outcome"), ["done", "skipped", "contact"]))
            }
        };
        (column(spec.name, ty, spec.optional), spec.required)
    });
    let owner = match table {
        Table::Customers => Some(Owner::Customer),
        Table::Documents => Some(Owner::Document),
        _ => None,
    };
    let declared = owner.map_or(&[][..], |owner| schema.declared(owner)).iter().map(|field| {
        let ty = match &field.typed.ty {
            Type::Text => CellType::Text,
            Type::Number => CellType::Number,
            Type::Percent => CellType::Percent,
            Type::Money => CellType::Money,
            Type::Date => CellType::Date,
            Type::Days => CellType::Days,
            Type::Flag => CellType::Flag,
            Type::List(list) => CellType::List(list.clone()),
        };
        (column(&field.name, ty, field.typed.optional), !field.typed.optional)
    });
    built_in.chain(declared).collect()
}

/// Ties columns to one file and gathers what is wrong with that.
pub(crate) struct Binder<'a> {
    pub(crate) table: Table,
    /// The file as messages call it.
    pub(crate) file: &'a str,
    pub(crate) mapping: &'a TableMapping,
    pub(crate) reader: &'a dyn TableReader,
    /// What makes the table unreadable.
    pub(crate) errors: Vec<Diagnostic>,
    /// What is worth knowing.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Binder<'_> {
    /// The columns of the table, tied; the errors tell whether they can be used.
    pub(crate) fn bind(&mut self, schema: &LedgerSchema) -> Vec<Column> {
        let mut wanted = wanted(self.table, schema, &self.mapping.formats);
        self.unknown_names(&wanted);
        let mut lacking: Vec<String> = Vec::new();
        for (column, required) in &mut wanted {
            match self.mapping.columns.get(&column.name) {
                Some(mapping) => self.tie_as_stated(column, mapping),
                None => match self.position(&column.name) {
                    Ok(Some(position)) => column.from = From::File(position),
                    Ok(None) if *required => lacking.push(column.name.clone()),
                    Ok(None) => {}
                    Err(finding) => self.errors.push(finding),
                },
            }
            if let From::File(position) = column.from {
                self.check_kind(column, position);
            }
        }
        let columns: Vec<Column> = wanted.into_iter().map(|(column, _)| column).collect();
        if lacking.is_empty() {
            self.near_misses(&columns);
        } else {
            let finding = self.lacking(&lacking);
            self.errors.push(finding);
        }
        columns
    }

    fn place(&self) -> DataPlace {
        DataPlace { file: self.file.to_owned(), ..DataPlace::default() }
    }

    fn finding(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::new(code, message).at_data(self.place(), "")
    }

    fn below(&self) -> String {
        format!("below `[tables.{}.columns]` in `dunlin.toml`", self.table.name())
    }

    /// The position of a column of the file; a finding where it has two of that name.
    fn position(&self, name: &str) -> Result<Option<usize>, Diagnostic> {
        let mut positions = self.reader.header().iter().enumerate().filter(|(_, known)| *known == name);
        let first = positions.next().map(|(position, _)| position);
        if positions.next().is_some() {
            let message = format!("`{}` has two columns `{name}`", self.file);
            let finding = self.finding(code::MISSING_COLUMN, message);
            return Err(finding.help("give each column of the export a name of its own"));
        }
        Ok(first)
    }

    fn tie_as_stated(&mut self, column: &mut Column, mapping: &ColumnMapping) {
        column.values = mapping.values.clone();
        column.pad = mapping.pad;
        column.formats = mapping.formats.clone();
        match &mapping.source {
            ColumnSource::Value(constant) => {
                if let Some(problem) = column.refuses(&constant.text) {
                    let message = format!("the value of `{}` cannot be used: {}", column.name, problem.message);
                    let finding = Diagnostic::new(code::BAD_SETTING, message).at_data(constant.place.clone(), "");
                    self.errors.push(finding.help(constant_help(column)));
                }
                column.from = From::Constant(constant.text.trim().to_owned());
            }
            ColumnSource::Column(name) => {
                column.in_file = name.text.clone();
                match self.position(&crate::base::text::canonical(&name.text)) {
                    Ok(Some(position)) => column.from = From::File(position),
                    Ok(None) => {
                        let message = format!("`{}` has no column `{}`", self.file, name.text);
                        let finding = Diagnostic::new(code::MISSING_COLUMN, message).at_data(name.place.clone(), "");
                        self.errors.push(finding.help(self.other_names(&name.text)));
                    }
                    Err(finding) => self.errors.push(finding),
                }
            }
        }
    }

    fn other_names(&self, name: &str) -> String {
        let header = self.reader.header();
        match nearest(name, header.iter().map(String::as_str)) {
            Some(near) => format!("write `{near}`"),
            None => format!("its columns are {}", self.known_names()),
        }
    }

    fn known_names(&self) -> String {
        const MOST: usize = 20;
        let names: Vec<&String> = self.reader.header().iter().filter(|name| !name.is_empty()).collect();
        match names.get(..MOST) {
            Some(first) if names.len() > MOST => format!("{} and {} more", enumeration(first), names.len() - MOST),
            _ => enumeration(&names),
        }
    }

    fn unknown_names(&mut self, wanted: &[(Column, bool)]) {
        let names: Vec<&str> = wanted.iter().map(|(column, _)| column.name.as_str()).collect();
        for (name, mapping) in &self.mapping.columns {
            if !names.contains(&name.as_str()) {
                let message = format!("the table `{}` has no column `{name}`", self.table.name());
                let help = nearest(name, names.iter().copied()).map_or_else(
                    || format!("on the left stands our name: {}, or a field that the program declares", choice(&names)),
                    |near| format!("write `{near}`"),
                );
                let finding = Diagnostic::new(code::UNKNOWN_SETTING, message);
                self.errors.push(finding.at_data(mapping.place.clone(), "").help(help));
            }
        }
    }

    /// One finding for all columns that the file lacks.
    fn lacking(&self, lacking: &[String]) -> Diagnostic {
        let word = if lacking.len() == 1 { "column" } else { "columns" };
        let message = format!("the table `{}` lacks the {word} {}", self.table.name(), enumeration(lacking));
        let mut place = self.place();
        place.line = Some(1);
        place.excerpt = Some(self.reader.header().join(","));
        let finding = Diagnostic::new(code::MISSING_COLUMN, message).at_data(place, "");
        let header = self.reader.header();
        if let [only] = header
            && let Some(found) = [';', '\t', '|', ','].into_iter().find(|delimiter| only.contains(*delimiter))
        {
            let delimiter = found.escape_default();
            return finding.help(format!(
                "if `{delimiter}` separates the columns, write `delimiter = \"{delimiter}\"` below `[format]` in `dunlin.toml`"
            ));
        }
        let lines: Vec<String> = lacking
            .iter()
            .map(|name| {
                let near = nearest(name, header.iter().map(String::as_str)).unwrap_or("…");
                format!("`{name} = \"{near}\"`")
            })
            .collect();
        finding.help(format!(
            "write {} {}; the names in `{}` are {}",
            lines.join(", "),
            self.below(),
            self.file,
            self.known_names()
        ))
    }

    /// A column that may be left out and is probably only misspelt.
    fn near_misses(&mut self, columns: &[Column]) {
        /// Shorter names have too many neighbours.
        const SHORTEST: usize = 5;
        let used = |name: &String| {
            columns.iter().any(|column| matches!(column.from, From::File(_)) && column.in_file == *name)
        };
        let free: Vec<&str> = self.reader.header().iter().filter(|name| !used(name)).map(String::as_str).collect();
        for column in columns.iter().filter(|column| column.from == From::Nothing && column.name.len() >= SHORTEST) {
            if let Some(near) = nearest(&column.name, free.iter().copied()) {
                let message = format!("the column `{near}` is not read: did you mean `{}`?", column.name);
                let finding = self.finding(code::MISSPELT_COLUMN, message);
                let help = format!("write `{} = \"{near}\"` {} if so", column.name, self.below());
                self.warnings.push(finding.help(help));
            }
        }
    }

    fn check_kind(&mut self, column: &Column, position: usize) {
        let holds = self.reader.holds(position);
        if column.suits(&holds) {
            return;
        }
        let found = match &holds {
            Holds::Text => "text",
            Holds::Whole => "whole numbers",
            Holds::Number => "numbers with decimals",
            Holds::Date => "dates",
            Holds::Flag => "yes or no",
            Holds::Other(name) => name,
        };
        let message = format!("the column `{}` holds {found}, not {}", column.in_file, column.described());
        let place = DataPlace { field: Some(column.in_file.clone()), ..self.place() };
        let finding = Diagnostic::new(code::UNSUITABLE_COLUMN, message).at_data(place, "");
        let help = match (&holds, &column.ty) {
            (Holds::Whole, CellType::Date) => {
                "write `dates = \"YYYYMMDD\"` below `[format]` in `dunlin.toml` if they are like 20260131".to_owned()
            }
            _ => format!(
                "export it as {0}, or name another column: `{1} = \"…\"` {2}",
                column.described(),
                column.name,
                column.below()
            ),
        };
        self.errors.push(finding.help(help));
    }
}

fn constant_help(column: &Column) -> String {
    match &column.ty {
        CellType::Date => "write a date as `2026-03-02`".to_owned(),
        CellType::Flag => "write `yes` or `no`".to_owned(),
        CellType::Currency => "write the three capital letters of a currency, as in `EUR`".to_owned(),
        CellType::List(list) => format!("write {}", cells::shortened_choice(list.values())),
        CellType::Text => "write a text".to_owned(),
        _ => "write a number with a point, as in `1234.50`".to_owned(),
    }
}
