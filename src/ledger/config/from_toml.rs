//! From the text of `dunlin.toml` to [`Config`].

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::walk::{Entry, Walk};
use super::{ColumnMapping, ColumnSource, Config, Stated, TableMapping};
use crate::base::text::canonical;
use crate::base::{Currency, Date, Diagnostic, code};
use crate::ledger::dates::DateFormat;
use crate::ledger::formats::{Encoding, Formats};
use crate::ledger::numbers::Negative;
use crate::schema::Table;

const PROJECT: &[&str] = &["date", "ledger", "journal", "format", "tables"];
const CELL_FORMAT: &[&str] = &["dates", "decimal", "thousands", "negative", "symbols"];
const FORMAT: &[&str] = &["dates", "decimal", "thousands", "negative", "symbols", "delimiter", "encoding"];
const TABLE: &[&str] = &["file", "columns", "format", "query", "credits"];
const COLUMN: &[&str] = &["column", "value", "values", "pad", "dates", "decimal", "thousands", "negative", "symbols"];

/// See [`Config::from_toml`].
pub(super) fn read(text: &str, path: &str) -> Result<Config, Vec<Diagnostic>> {
    let mut walk = Walk::new(text, path);
    let mut config = Config { path: path.to_owned(), ..Config::default() };
    match DeTable::parse(text) {
        Ok(document) => project(&mut walk, document.get_ref(), &mut config),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let reason = error.message().lines().next().unwrap_or("").to_owned();
            let finding = Diagnostic::new(code::TOML_SYNTAX, format!("`{path}` cannot be read here: {reason}"));
            let help = "write settings as `name = \"value\"`, groups of them below `[group]`";
            walk.findings.push(finding.at_data(walk.place(&span), "").help(help));
        }
    }
    if walk.findings.is_empty() { Ok(config) } else { Err(walk.findings) }
}

fn project(walk: &mut Walk, document: &DeTable<'_>, config: &mut Config) {
    let entries = Walk::entries(document);
    // `[format]` first: the tables start from it, wherever it is written.
    if let Some(entry) = entries.iter().find(|entry| entry.key == "format") {
        config.formats = format_group(walk, entry);
    }
    for entry in &entries {
        match entry.key {
            "date" => config.date = date(walk, entry),
            "ledger" => config.ledger = walk.text(entry).unwrap_or_default(),
            "journal" => config.journal = journal(walk, entry),
            "format" => {}
            "tables" => tables(walk, entry, config),
            _ => walk.unknown(entry, "the project", PROJECT),
        }
    }
}

fn date(walk: &mut Walk, entry: &Entry<'_, '_>) -> Option<Date> {
    let written = match entry.value.get_ref() {
        DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
        _ => walk.text(entry)?,
    };
    let date = Date::parse(&written);
    if date.is_none() {
        let help = "write it as `date = \"2026-03-02\"`";
        walk.refuse(&entry.value.span(), format!("`{written}` is no date"), help);
    }
    date
}

fn journal(walk: &mut Walk, entry: &Entry<'_, '_>) -> Option<String> {
    let written = walk.text(entry)?;
    if written.trim().is_empty() {
        let help = "write `journal = \".dunlin/journal.db\"`, or leave it out, which means the same";
        walk.refuse(&entry.value.span(), "`journal` names no place", help);
    }
    Some(written)
}

fn format_group(walk: &mut Walk, entry: &Entry<'_, '_>) -> Formats {
    let mut formats = Formats::default();
    if let Some(table) = walk.table(entry, "`[format]` on a line of its own, and the settings below it") {
        for entry in &Walk::entries(table) {
            match entry.key {
                "delimiter" => formats.delimiter = delimiter(walk, entry),
                "encoding" => {
                    let words = [("utf-8", Encoding::Utf8), ("windows-1252", Encoding::Windows1252)];
                    formats.encoding = walk.word(entry, &words);
                }
                key if CELL_FORMAT.contains(&key) => cell_format(walk, entry, &mut formats),
                _ => walk.unknown(entry, "`format`", FORMAT),
            }
        }
        separators_differ(walk, &formats, &entry.span);
    }
    formats
}

/// One of the settings [`CELL_FORMAT`], which a whole file and a single column may have.
fn cell_format(walk: &mut Walk, entry: &Entry<'_, '_>, formats: &mut Formats) {
    let signs = |list: &'static [char]| list.iter().map(|sign| (sign.to_string(), *sign)).collect::<Vec<_>>();
    match entry.key {
        "dates" => formats.dates = date_format(walk, entry),
        "decimal" => formats.numbers.decimal = sign(walk, entry, &signs(&['.', ','])),
        "thousands" => formats.numbers.thousands = sign(walk, entry, &signs(&['.', ',', ' ', '\''])),
        "negative" => {
            let words = [("brackets", Negative::Brackets), ("trailing", Negative::Trailing)];
            formats.numbers.negative = walk.word(entry, &words);
        }
        _ => formats.symbols = symbols(walk, entry),
    }
}

fn sign(walk: &mut Walk, entry: &Entry<'_, '_>, signs: &[(String, char)]) -> Option<char> {
    let words: Vec<(&str, char)> = signs.iter().map(|(text, sign)| (text.as_str(), *sign)).collect();
    walk.word(entry, &words)
}

fn date_format(walk: &mut Walk, entry: &Entry<'_, '_>) -> Option<DateFormat> {
    let written = walk.text(entry)?;
    match DateFormat::parse(&written) {
        Ok(format) => Some(format),
        Err(reason) => {
            let help =
                "write for example `DD/MM/YYYY`, `M/D/YYYY` or `YYYYMMDD`; `*` at the end lets a time of day follow";
            walk.refuse(&entry.value.span(), format!("the form of dates `{written}` {reason}"), help);
            None
        }
    }
}

fn delimiter(walk: &mut Walk, entry: &Entry<'_, '_>) -> Option<u8> {
    walk.word(entry, &[(",", b','), (";", b';'), ("\t", b'\t'), ("|", b'|')])
}

fn symbols(walk: &mut Walk, entry: &Entry<'_, '_>) -> Vec<(String, Currency)> {
    let mut symbols = Vec::new();
    let Some(table) = walk.table(entry, "`symbols = { \"€\" = \"EUR\" }`") else {
        return symbols;
    };
    for entry in &Walk::entries(table) {
        let Some(written) = walk.text(entry) else { continue };
        let symbol = canonical(entry.key).into_owned();
        match Currency::parse(&written) {
            Some(currency) if !symbol.is_empty() => symbols.push((symbol, currency)),
            Some(_) => walk.refuse(&entry.span, "a currency sign is empty", "write it, as in `\"€\" = \"EUR\"`"),
            None => {
                let help = "write the three capital letters of the currency, as in `\"€\" = \"EUR\"`";
                walk.refuse(&entry.value.span(), format!("`{written}` is no currency"), help);
            }
        }
    }
    symbols.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    symbols
}

fn separators_differ(walk: &mut Walk, formats: &Formats, span: &Range<usize>) {
    let numbers = formats.numbers;
    if numbers.thousands.is_some() && numbers.thousands == Some(numbers.decimal.unwrap_or('.')) {
        let help = "state both, as in `decimal = \",\"` and `thousands = \".\"`";
        walk.refuse(span, "decimals and thousands have the same sign", help);
    }
}

fn tables(walk: &mut Walk, entry: &Entry<'_, '_>, config: &mut Config) {
    let Some(table) = walk.table(entry, "`[tables.documents]` on a line of its own") else {
        return;
    };
    let names = Table::ALL.map(Table::name);
    for entry in &Walk::entries(table) {
        match Table::ALL.iter().find(|table| table.name() == entry.key) {
            Some(known) => {
                let mapping = table_mapping(walk, entry, *known, &config.formats);
                config.tables.insert(*known, mapping);
            }
            None => walk.unknown(entry, "`tables`", &names),
        }
    }
}

fn table_mapping(walk: &mut Walk, entry: &Entry<'_, '_>, table: Table, project: &Formats) -> TableMapping {
    let mut mapping = TableMapping { formats: project.clone(), ..TableMapping::default() };
    let example = format!("`[tables.{}]` on a line of its own", entry.key);
    let Some(settings) = walk.table(entry, &example) else {
        return mapping;
    };
    let entries = Walk::entries(settings);
    if let Some(entry) = entries.iter().find(|entry| entry.key == "format") {
        mapping.formats = format_group(walk, entry).over(project);
        separators_differ(walk, &mapping.formats, &entry.span);
    }
    for entry in &entries {
        match entry.key {
            "file" => mapping.file = stated(walk, entry),
            "format" => {}
            "columns" => mapping.columns = columns(walk, entry, &mapping.formats),
            "credits" if table == Table::Documents => {
                let words = [("negative", false), ("positive", true)];
                mapping.positive_credits = walk.word(entry, &words).unwrap_or_default();
            }
            "query" => {
                let finding = Diagnostic::new(code::NOT_READ_YET, "tables cannot be read from a database yet");
                let help = "export the table to a CSV or Parquet file and write `file = \"…\"`";
                walk.findings.push(finding.at_data(walk.place(&entry.span), "").help(help));
            }
            _ => {
                // `credits`, the last, is a setting of the documents alone.
                let known = TABLE.strip_suffix(&["credits"]).filter(|_| table != Table::Documents).unwrap_or(TABLE);
                walk.unknown(entry, &format!("`tables.{}`", table.name()), known);
            }
        }
    }
    mapping
}

fn stated(walk: &mut Walk, entry: &Entry<'_, '_>) -> Option<Stated> {
    let text = walk.text(entry)?;
    Some(Stated { text, place: walk.place(&entry.value.span()) })
}

fn columns(walk: &mut Walk, entry: &Entry<'_, '_>, table: &Formats) -> BTreeMap<String, ColumnMapping> {
    let mut columns = BTreeMap::new();
    if let Some(settings) = walk.table(entry, "`columns = { amount = \"InvoiceAmount\" }`") {
        for entry in &Walk::entries(settings) {
            if let Some(mapping) = column(walk, entry, table) {
                columns.insert(entry.key.to_owned(), mapping);
            }
        }
    }
    columns
}

fn column(walk: &mut Walk, entry: &Entry<'_, '_>, table: &Formats) -> Option<ColumnMapping> {
    let place = walk.place(&entry.span);
    let plain = |source| ColumnMapping {
        source,
        values: BTreeMap::new(),
        pad: None,
        formats: table.clone(),
        place: place.clone(),
    };
    if entry.value.get_ref().is_str() {
        return stated(walk, entry).map(|name| plain(ColumnSource::Column(name)));
    }
    let example =
        format!("`{0} = \"…\"` with the name of a column of the export, or `{0} = {{ value = \"…\" }}`", entry.key);
    let settings = walk.table(entry, &example)?;
    let mut mapping = plain(ColumnSource::Column(Stated { text: entry.key.to_owned(), place: place.clone() }));
    let mut own = Formats::default();
    let (mut from_column, mut from_value) = (None, None);
    for entry in &Walk::entries(settings) {
        match entry.key {
            "column" => from_column = stated(walk, entry),
            "value" => {
                let place = walk.place(&entry.value.span());
                from_value = walk.cell(entry).map(|text| Stated { text, place });
            }
            "values" => mapping.values = values(walk, entry),
            "pad" => mapping.pad = pad(walk, entry),
            key if CELL_FORMAT.contains(&key) => cell_format(walk, entry, &mut own),
            _ => walk.unknown(entry, "a column", COLUMN),
        }
    }
    mapping.formats = own.over(table);
    if own != Formats::default() {
        separators_differ(walk, &mapping.formats, &entry.span);
    }
    match (from_column, from_value) {
        (Some(_), Some(_)) => {
            let message = format!("`{}` has both a `column` and a `value`", entry.key);
            walk.refuse(
                &entry.span,
                message,
                "keep one: `column` for a column of the export, `value` for the same in every row",
            );
        }
        (Some(name), None) => mapping.source = ColumnSource::Column(name),
        (None, Some(value)) => mapping.source = ColumnSource::Value(value),
        (None, None) => {}
    }
    Some(mapping)
}

fn values(walk: &mut Walk, entry: &Entry<'_, '_>) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    if let Some(table) = walk.table(entry, "`values = { Yes = \"dispute\", No = \"open\" }`") {
        for entry in &Walk::entries(table) {
            if let Some(text) = walk.cell(entry) {
                values.insert(canonical(entry.key).into_owned(), canonical(&text).into_owned());
            }
        }
    }
    values
}

fn pad(walk: &mut Walk, entry: &Entry<'_, '_>) -> Option<usize> {
    let number = entry.value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
    let width = number.filter(|width| (1..=100).contains(width));
    if width.is_none() {
        walk.refuse(&entry.value.span(), "`pad` is no width", "write the number of digits, as in `pad = 10`");
    }
    width
}
