//! Columns in the making: values in the order of the file, brought into the order of the snapshot at the end.

use std::borrow::Cow;

use crate::base::{Date, Decimal};
use crate::ledger::read::cells::Amount;
use crate::ledger::read::column::CellType;
use crate::ledger::read::intern::Pool;
use crate::ledger::read::sheet::{ColumnId, Sheet};
use crate::ledger::snapshot::{Column, Interned};

/// A value of any column, read from its cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Held<'a> {
    Text(Cow<'a, str>),
    Decimal(Decimal),
    Money(Amount),
    Date(Date),
    Days(i64),
    Flag(bool),
    Code(u16),
}

/// Reads a cell by the type of its column.
pub(crate) fn read_cell<'s>(sheet: &'s Sheet, id: ColumnId, ty: &CellType) -> Option<Held<'s>> {
    match ty {
        CellType::Text => sheet.text(id).map(Held::Text),
        CellType::Currency => sheet.currency(id).map(|currency| Held::Text(currency.code().to_owned().into())),
        CellType::Number | CellType::Percent | CellType::Rate => sheet.number(id).map(Held::Decimal),
        CellType::Money => sheet.amount(id).map(Held::Money),
        CellType::Date => sheet.date(id).map(Held::Date),
        CellType::Days => sheet.days(id).map(Held::Days),
        CellType::Flag => sheet.flag(id).map(Held::Flag),
        CellType::List(_) => sheet.listed(id).map(Held::Code),
    }
}

/// A column in the making.
pub(crate) enum Values {
    Text(TextColumn),
    Number(Vec<Option<Decimal>>),
    Percent(Vec<Option<Decimal>>),
    Money(Vec<Option<Decimal>>),
    Date(Vec<Option<Date>>),
    Days(Vec<Option<i64>>),
    Flag(Vec<Option<bool>>),
    Choice(Vec<Option<u16>>),
}

/// Texts in the making.
#[derive(Default)]
pub(crate) struct TextColumn {
    pool: Pool,
    rows: Vec<u32>,
}

impl TextColumn {
    /// The column in a new order.
    pub(crate) fn gather(self, order: &[u32]) -> Interned {
        self.pool.gather(&self.rows, order)
    }
}

impl Values {
    /// An empty column for cells of this type.
    pub(crate) fn new(ty: &CellType) -> Self {
        match ty {
            CellType::Text | CellType::Currency => Self::Text(TextColumn::default()),
            CellType::Number | CellType::Rate => Self::Number(Vec::new()),
            CellType::Percent => Self::Percent(Vec::new()),
            CellType::Money => Self::Money(Vec::new()),
            CellType::Date => Self::Date(Vec::new()),
            CellType::Days => Self::Days(Vec::new()),
            CellType::Flag => Self::Flag(Vec::new()),
            CellType::List(_) => Self::Choice(Vec::new()),
        }
    }

    /// Adds a missing value.
    pub(crate) fn push_missing(&mut self) {
        match self {
            Self::Text(column) => column.rows.push(u32::MAX),
            Self::Number(rows) | Self::Percent(rows) | Self::Money(rows) => rows.push(None),
            Self::Date(rows) => rows.push(None),
            Self::Days(rows) => rows.push(None),
            Self::Flag(rows) => rows.push(None),
            Self::Choice(rows) => rows.push(None),
        }
    }

    /// Adds a value.
    pub(crate) fn push(&mut self, value: Option<&Held<'_>>) {
        self.push_missing();
        let last = self.len().saturating_sub(1);
        self.set(last, value);
    }

    /// Replaces a value. One of another type than the column's cannot be: both come from its type.
    pub(crate) fn set(&mut self, row: usize, value: Option<&Held<'_>>) {
        match (self, value) {
            (Self::Text(column), value) => {
                let number = match value {
                    Some(Held::Text(text)) => column.pool.number(text),
                    _ => u32::MAX,
                };
                replace(&mut column.rows, row, number);
            }
            (Self::Number(rows) | Self::Percent(rows) | Self::Money(rows), value) => {
                let decimal = match value {
                    Some(Held::Decimal(decimal)) => Some(*decimal),
                    Some(Held::Money(amount)) => Some(amount.value),
                    _ => None,
                };
                replace(rows, row, decimal);
            }
            (Self::Date(rows), value) => {
                replace(rows, row, if let Some(Held::Date(date)) = value { Some(*date) } else { None });
            }
            (Self::Days(rows), value) => {
                replace(rows, row, if let Some(Held::Days(days)) = value { Some(*days) } else { None });
            }
            (Self::Flag(rows), value) => {
                replace(rows, row, if let Some(Held::Flag(flag)) = value { Some(*flag) } else { None });
            }
            (Self::Choice(rows), value) => {
                replace(rows, row, if let Some(Held::Code(code)) = value { Some(*code) } else { None });
            }
        }
    }

    /// Whether the value at `row` is missing.
    pub(crate) fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Text(column) => column.rows.get(row).is_none_or(|number| *number == u32::MAX),
            Self::Number(rows) | Self::Percent(rows) | Self::Money(rows) => absent(rows, row),
            Self::Date(rows) => absent(rows, row),
            Self::Days(rows) => absent(rows, row),
            Self::Flag(rows) => absent(rows, row),
            Self::Choice(rows) => absent(rows, row),
        }
    }

    /// Whether the value at `row` is this one.
    pub(crate) fn is(&mut self, row: usize, value: &Held<'_>) -> bool {
        match (self, value) {
            (Self::Text(column), Held::Text(text)) => {
                let number = column.pool.number(text);
                column.rows.get(row) == Some(&number)
            }
            (Self::Number(rows) | Self::Percent(rows), Held::Decimal(decimal)) => same(rows, row, *decimal),
            (Self::Money(rows), Held::Money(amount)) => same(rows, row, amount.value),
            (Self::Date(rows), Held::Date(date)) => same(rows, row, *date),
            (Self::Days(rows), Held::Days(days)) => same(rows, row, *days),
            (Self::Flag(rows), Held::Flag(flag)) => same(rows, row, *flag),
            (Self::Choice(rows), Held::Code(code)) => same(rows, row, *code),
            _ => false,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(column) => column.rows.len(),
            Self::Number(rows) | Self::Percent(rows) | Self::Money(rows) => rows.len(),
            Self::Date(rows) => rows.len(),
            Self::Days(rows) => rows.len(),
            Self::Flag(rows) => rows.len(),
            Self::Choice(rows) => rows.len(),
        }
    }

    /// The texts of a column of text; none of another.
    pub(crate) fn into_texts(self) -> TextColumn {
        if let Self::Text(column) = self { column } else { TextColumn::default() }
    }

    /// The decimals of a column that has them; none of another.
    pub(crate) fn into_decimals(self) -> Vec<Option<Decimal>> {
        if let Self::Number(rows) | Self::Percent(rows) | Self::Money(rows) = self { rows } else { Vec::new() }
    }

    /// The column in a new order.
    pub(crate) fn gather(self, order: &[u32]) -> Column {
        match self {
            Self::Text(column) => Column::Text(column.gather(order)),
            Self::Number(rows) => Column::Number(gather(&rows, order)),
            Self::Percent(rows) => Column::Percent(gather(&rows, order)),
            Self::Money(rows) => Column::Money(gather(&rows, order)),
            Self::Date(rows) => Column::Date(gather(&rows, order)),
            Self::Days(rows) => Column::Days(gather(&rows, order)),
            Self::Flag(rows) => Column::Flag(gather(&rows, order)),
            Self::Choice(rows) => Column::Choice(gather(&rows, order)),
        }
    }
}

fn replace<T>(rows: &mut [T], row: usize, value: T) {
    if let Some(slot) = rows.get_mut(row) {
        *slot = value;
    }
}

fn absent<T>(rows: &[Option<T>], row: usize) -> bool {
    rows.get(row).is_none_or(Option::is_none)
}

fn same<T: PartialEq>(rows: &[Option<T>], row: usize, value: T) -> bool {
    rows.get(row) == Some(&Some(value))
}

/// The values of `rows` in a new order.
pub(crate) fn gather<T: Copy>(rows: &[T], order: &[u32]) -> Vec<T> {
    order.iter().filter_map(|row| rows.get(*row as usize).copied()).collect()
}
