//! The worklist in every format. The columns and their order are in ONE place: here.

pub mod csv;
pub mod json;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod table;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use crate::run::worklist::{Row, RowMode};

/// The columns of a row, in their order (design, section 4).
pub const COLUMNS: [&str; 15] = [
    "id",
    "date",
    "customer",
    "procedure",
    "step",
    "action",
    "mode",
    "recipient",
    "language",
    "documents",
    "amount",
    "currency",
    "dip",
    "reached_on",
    "priority",
];

/// The word for who executes a row.
#[must_use]
pub const fn mode_word(mode: RowMode) -> &'static str {
    match mode {
        RowMode::Automatic => "automatic",
        RowMode::Manual => "manual",
    }
}

/// A row as texts, in the order of [`COLUMNS`]; empty where there is nothing.
fn cells(row: &Row) -> [String; 15] {
    [
        row.id.clone(),
        row.date.to_string(),
        row.customer.clone(),
        row.procedure.clone(),
        row.step.clone(),
        row.action.clone(),
        mode_word(row.mode).to_owned(),
        row.recipient.clone(),
        row.language.clone().unwrap_or_default(),
        row.documents.join(" "),
        row.amount.map(crate::base::Money::plain).unwrap_or_default(),
        row.amount.map(|amount| amount.currency.to_string()).unwrap_or_default(),
        row.dip.map(|dip| dip.to_string()).unwrap_or_default(),
        row.reached_on.to_string(),
        row.priority.map(|priority| priority.to_string()).unwrap_or_default(),
    ]
}
