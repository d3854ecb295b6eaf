//! Changes of a `dunlin.toml`, for a program that calls something otherwise than its ledger does.
//!
//! The rest of the file stays as it is written, with its comments.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value, value};

use super::{ColumnMapping, ColumnSource, Config};
use crate::schema::Table;

/// What a program now calls otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renaming<'a> {
    /// A column.
    Column {
        /// Of this table.
        table: Table,
        /// Its name so far.
        old: &'a str,
        /// Its name from now on.
        new: &'a str,
    },
    /// What the cells of a column may hold.
    Value {
        /// The table of the column.
        table: Table,
        /// The name of the column.
        column: &'a str,
        /// What the cells were to say so far.
        old: &'a str,
        /// What they are to say from now on.
        new: &'a str,
    },
}

/// The text of a `dunlin.toml` with which a ledger is read under the new name as it was under the old one;
/// nothing where the file is written in a way in which that cannot be said.
#[must_use]
pub fn renamed(text: &str, renaming: Renaming<'_>) -> Option<String> {
    let before = Config::from_toml(text, "").ok()?;
    let mut document: DocumentMut = text.parse().ok()?;
    let (table, name) = match renaming {
        Renaming::Column { table, old, .. } => (table, old),
        Renaming::Value { table, column, .. } => (table, column),
    };
    let columns = child(child(child(document.as_item_mut(), "tables")?, table.name())?, "columns")?;
    match renaming {
        Renaming::Column { old, new, .. } => column(columns, old, new)?,
        Renaming::Value { column, old, new, .. } => cells(columns, column, old, new)?,
    }
    let text = document.to_string();
    // Whatever form the file has: what is offered is what it will be read as.
    let said = |config: &Config, name: &str| Said::of(config.table(table).columns.get(name), name);
    let (before, after) = (said(&before, name), Config::from_toml(&text, "").ok()?);
    let is_right = match renaming {
        Renaming::Column { old, new, .. } => {
            said(&after, new) == before && !after.table(table).columns.contains_key(old)
        }
        Renaming::Value { old, new, .. } => said(&after, name) == before.with(old, new),
    };
    is_right.then_some(text)
}

/// The table below a key, made where there is none.
fn child<'i>(parent: &'i mut Item, key: &str) -> Option<&'i mut Item> {
    if !parent.as_table_like()?.contains_key(key) {
        let mut table = toml_edit::Table::new();
        // It needs no line of its own unless something stands in it.
        table.set_implicit(true);
        insert(parent, key, if parent.is_value() { value(InlineTable::new()) } else { Item::Table(table) });
    }
    parent.as_table_like_mut()?.get_mut(key)
}

/// Adds an entry; within braces with the usual blanks.
fn insert(table: &mut Item, key: &str, item: Item) {
    if let Some(entries) = table.as_table_like_mut() {
        entries.insert(key, item);
    }
    if let Some(inline) = table.as_inline_table_mut() {
        inline.fmt();
    }
}

fn column(columns: &mut Item, old: &str, new: &str) -> Option<()> {
    let Some(known) = columns.as_table_like_mut()?.get_mut(old) else {
        insert(columns, new, value(old));
        return Some(());
    };
    if known.as_table_like().is_some_and(|settings| !settings.contains_key("column") && !settings.contains_key("value"))
    {
        insert(known, "column", value(old));
    }
    rename(columns.as_table_like_mut()?, old, new);
    Some(())
}

/// Gives a key another name, where it stands.
fn rename(table: &mut dyn TableLike, old: &str, new: &str) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let decor = table.key(&name).map(|key| key.leaf_decor().clone());
        let Some(item) = table.remove(&name) else { continue };
        let name = if name == old { new } else { &name };
        table.insert(name, item);
        if let (Some(mut key), Some(decor)) = (table.key_mut(name), decor) {
            *key.leaf_decor_mut() = decor;
        }
    }
}

fn cells(columns: &mut Item, column: &str, old: &str, new: &str) -> Option<()> {
    let Some(known) = columns.as_table_like_mut()?.get_mut(column) else {
        let mut settings = InlineTable::new();
        settings.insert("values", Value::InlineTable(InlineTable::from_iter([(old, new)])));
        insert(columns, column, value(settings));
        return Some(());
    };
    if let Some(name) = known.as_str() {
        let mut settings = Value::InlineTable(InlineTable::from_iter([("column", name)]));
        if let Some(written) = known.as_value() {
            *settings.decor_mut() = written.decor().clone();
        }
        *known = Item::Value(settings);
    }
    if let Some(constant) = known.as_table_like_mut()?.get_mut("value") {
        replace(constant, old, new);
        return Some(());
    }
    let values = child(known, "values")?;
    for (_, translation) in values.as_table_like_mut()?.iter_mut() {
        replace(translation, old, new);
    }
    if !values.as_table_like()?.contains_key(old) {
        insert(values, old, value(new));
    }
    Some(())
}

fn replace(item: &mut Item, old: &str, new: &str) {
    if item.as_str() == Some(old)
        && let Some(written) = item.as_value_mut()
    {
        let decor = written.decor().clone();
        *written = Value::from(new);
        *written.decor_mut() = decor;
    }
}

/// What a column is read from, and how.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    column: Option<String>,
    constant: Option<String>,
    values: BTreeMap<String, String>,
    pad: Option<usize>,
}

impl Said {
    fn of(mapping: Option<&ColumnMapping>, name: &str) -> Self {
        let source = mapping.map(|mapping| &mapping.source);
        let (column, constant) = match source {
            Some(ColumnSource::Value(stated)) => (None, Some(stated.text.clone())),
            Some(ColumnSource::Column(stated)) => (Some(stated.text.clone()), None),
            None => (Some(name.to_owned()), None),
        };
        let values = mapping.map(|mapping| mapping.values.clone()).unwrap_or_default();
        Self { column, constant, values, pad: mapping.and_then(|mapping| mapping.pad) }
    }

    /// The same, with cells that say `new` where they said `old`.
    fn with(mut self, old: &str, new: &str) -> Self {
        let translated = |text: String| if text == old { new.to_owned() } else { text };
        if self.column.is_some() {
            self.values.entry(old.to_owned()).or_insert_with(|| old.to_owned());
        }
        self.constant = self.constant.map(translated);
        self.values = self.values.into_iter().map(|(cell, text)| (cell, translated(text))).collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(text: &str) -> String {
        let renaming = Renaming::Column { table: Table::Customers, old: "segment", new: "size" };
        renamed(text, renaming).unwrap_or_else(|| "nothing".to_owned())
    }

    fn cells(text: &str) -> String {
        let renaming = Renaming::Value { table: Table::Customers, column: "segment", old: "small", new: "tiny" };
        renamed(text, renaming).unwrap_or_else(|| "nothing".to_owned())
    }

    #[test]
    fn a_column_keeps_what_it_is_read_from() {
        let head = "[tables.customers.columns]\n";
        assert_eq!(column(""), format!("{head}size = \"segment\"\n"));
        assert_eq!(
            column("date = \"2026-03-02\" # a day\n\n[format]\ndecimal = \",\"\n"),
            format!("date = \"2026-03-02\" # a day\n\n[format]\ndecimal = \",\"\n\n{head}size = \"segment\"\n")
        );
        assert_eq!(
            column(&format!("{head}id = \"No\" # one\nsegment = \"Group\" # two\nname = \"Name\"\n")),
            format!("{head}id = \"No\" # one\nsize = \"Group\" # two\nname = \"Name\"\n")
        );
        assert_eq!(
            column(&format!("{head}segment = {{ values = {{ A = \"large\" }} }}\n")),
            format!("{head}size = {{ values = {{ A = \"large\" }}, column = \"segment\" }}\n")
        );
        assert_eq!(
            column("[tables.customers]\nfile = \"a.csv\"\ncolumns = { id = \"No\" }\n"),
            "[tables.customers]\nfile = \"a.csv\"\ncolumns = { id = \"No\", size = \"segment\" }\n"
        );
        assert_eq!(
            column("tables = { customers = { file = \"a.csv\" } }"),
            "tables = { customers = { file = \"a.csv\", columns = { size = \"segment\" } } }\n"
        );
        assert_eq!(
            column(&format!("{head}segment.values = {{ A = \"large\" }}\nsegment.pad = 3\n")),
            format!("{head}size.values = {{ A = \"large\" }}\nsize.pad = 3\nsize.column = \"segment\"\n")
        );
        assert_eq!(column("tables = 1"), "nothing");
    }

    #[test]
    fn cells_are_translated() {
        let head = "[tables.customers.columns]\n";
        assert_eq!(cells(""), format!("{head}segment = {{ values = {{ small = \"tiny\" }} }}\n"));
        assert_eq!(
            cells(&format!("{head}segment = \"Group\" # theirs\n")),
            format!("{head}segment = {{ column = \"Group\", values = {{ small = \"tiny\" }} }} # theirs\n")
        );
        assert_eq!(
            cells(&format!("{head}segment = {{ column = \"Group\", values = {{ A = \"large\", B = \"small\" }} }}\n")),
            format!(
                "{head}segment = {{ column = \"Group\", values = {{ A = \"large\", B = \"tiny\", small = \"tiny\" }} }}\n"
            )
        );
        assert_eq!(
            cells(&format!("{head}segment = {{ value = \"small\" }}\n")),
            format!("{head}segment = {{ value = \"tiny\" }}\n")
        );
        assert_eq!(
            cells(&format!("{head}segment = {{ values = {{ small = \"large\" }} }}\n")),
            format!("{head}segment = {{ values = {{ small = \"large\" }} }}\n")
        );
    }
}
