//! Walking through a TOML text: values with their places, and a finding for each that does not fit.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::text::{choice, nearest};
use crate::base::{DataPlace, Diagnostic, Source, code};

/// A value with its place in the text.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// An entry of a table: its key, where the key stands, its value.
pub(crate) struct Entry<'a, 't> {
    pub(crate) key: &'a str,
    pub(crate) span: Range<usize>,
    pub(crate) value: &'a Value<'t>,
}

/// The text that is walked through and what was found in it.
pub(crate) struct Walk {
    source: Source,
    pub(crate) findings: Vec<Diagnostic>,
}

impl Walk {
    pub(crate) fn new(text: &str, path: &str) -> Self {
        Self { source: Source::new(path, text), findings: Vec::new() }
    }

    /// The place of a stretch of bytes.
    pub(crate) fn place(&self, span: &Range<usize>) -> DataPlace {
        let (line, column) = self.source.line_column(span.start);
        DataPlace {
            file: self.source.path.to_string(),
            line: u64::try_from(line).ok(),
            column: u64::try_from(column).ok(),
            field: None,
            excerpt: Some(self.source.line(line).to_owned()),
        }
    }

    /// Notes that a setting cannot be used.
    pub(crate) fn refuse(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let finding = Diagnostic::new(code::BAD_SETTING, message).at_data(self.place(span), "");
        self.findings.push(finding.help(help));
    }

    /// The entries of a table in written order.
    pub(crate) fn entries<'a, 't>(table: &'a DeTable<'t>) -> Vec<Entry<'a, 't>> {
        let entry =
            |(key, value): (&'a Spanned<_>, &'a Value<'t>)| Entry { key: Self::key(key), span: key.span(), value };
        let mut entries: Vec<_> = table.iter().map(entry).collect();
        entries.sort_by_key(|entry| entry.span.start);
        entries
    }

    fn key<'a>(key: &'a Spanned<std::borrow::Cow<'_, str>>) -> &'a str {
        key.get_ref()
    }

    /// Notes a key that means nothing at this place.
    pub(crate) fn unknown(&mut self, entry: &Entry<'_, '_>, owner: &str, known: &[&str]) {
        let finding = Diagnostic::new(code::UNKNOWN_SETTING, format!("{owner} has no setting `{}`", entry.key));
        let help = nearest(entry.key, known.iter().copied())
            .map_or_else(|| format!("it may have {}", choice(known)), |near| format!("write `{near}`"));
        self.findings.push(finding.at_data(self.place(&entry.span), "").help(help));
    }

    /// The value as a table.
    pub(crate) fn table<'a, 't>(&mut self, entry: &Entry<'a, 't>, example: &str) -> Option<&'a DeTable<'t>> {
        let table = entry.value.get_ref().as_table();
        if table.is_none() {
            self.refuse(
                &entry.value.span(),
                format!("`{}` cannot be a single value", entry.key),
                format!("write {example}"),
            );
        }
        table
    }

    /// The value as a text.
    pub(crate) fn text(&mut self, entry: &Entry<'_, '_>) -> Option<String> {
        let text = entry.value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            let help = format!("write it in quotation marks, as in `{} = \"…\"`", entry.key);
            self.refuse(&entry.value.span(), format!("`{}` is no text", entry.key), help);
        }
        text
    }

    /// The value as one of some words.
    pub(crate) fn word<T: Copy>(&mut self, entry: &Entry<'_, '_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(entry)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            // A tabulator is shown as it is written.
            let known: Vec<String> = words.iter().map(|(word, _)| word.replace('\t', "\\t")).collect();
            let message = format!("`{}` cannot be `{}`", entry.key, text.replace('\t', "\\t"));
            self.refuse(&entry.value.span(), message, format!("write {}", choice(&known)));
        }
        found
    }

    /// The value as the text of a cell: a text, a number, a date, `yes` or `no`.
    pub(crate) fn cell(&mut self, entry: &Entry<'_, '_>) -> Option<String> {
        let text = match entry.value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().replace('_', ""),
            DeValue::Float(number) => number.as_str().replace('_', ""),
            DeValue::Boolean(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                let help = format!("write a text, as in `{} = \"…\"`", entry.key);
                self.refuse(&entry.value.span(), format!("`{}` is no single value", entry.key), help);
                return None;
            }
        };
        Some(text)
    }
}
