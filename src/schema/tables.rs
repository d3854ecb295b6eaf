//! The tables of a ledger and their columns (design, section 5), in ONE table.

use crate::schema::fields::{self, FieldType, Origin, Owner};

/// A table of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of design section 5 and say it")]
pub enum Table {
    Customers,
    Documents,
    Payments,
    Recipients,
    Promises,
    Holds,
    Rates,
    StatusHistory,
    History,
}

/// What a cell of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// A decimal: an amount whose currency stands in its own column, a rate.
    Decimal,
    /// A date.
    Date,
    /// `yes` or `no`.
    Flag,
    /// A currency code.
    Currency,
    /// A kind of document.
    Kind,
    /// A status of the program.
    Status,
    /// `done`, `skipped` or `contact`.
    Outcome,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub ty: ColumnType,
    /// Whether the table cannot be read without it.
    pub required: bool,
    /// Whether a cell may be empty.
    pub optional: bool,
}

impl Table {
    /// Every table, the required ones first.
    pub const ALL: [Self; 9] = [
        Self::Customers,
        Self::Documents,
        Self::Payments,
        Self::Recipients,
        Self::Promises,
        Self::Holds,
        Self::Rates,
        Self::StatusHistory,
        Self::History,
    ];

    /// Its name: of its file without the ending, and of its section in `dunlin.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Documents => "documents",
            Self::Payments => "payments",
            Self::Recipients => "recipients",
            Self::Promises => "promises",
            Self::Holds => "holds",
            Self::Rates => "rates",
            Self::StatusHistory => "status_history",
            Self::History => "history",
        }
    }

    /// Whether a ledger must have it.
    #[must_use]
    pub const fn required(self) -> bool {
        matches!(self, Self::Customers | Self::Documents)
    }

    /// Its built-in columns in the order of the design; a company's own fields come on top.
    #[must_use]
    pub fn columns(self) -> Vec<ColumnSpec> {
        match self {
            Self::Customers => owner_columns(Owner::Customer),
            Self::Documents => owner_columns(Owner::Document),
            other => other.own_columns().to_vec(),
        }
    }

    const fn own_columns(self) -> &'static [ColumnSpec] {
        match self {
            Self::Customers | Self::Documents => &[],
            Self::Payments => PAYMENTS,
            Self::Recipients => RECIPIENTS,
            Self::Promises => PROMISES,
            Self::Holds => HOLDS,
            Self::Rates => RATES,
            Self::StatusHistory => STATUS_HISTORY,
            Self::History => HISTORY,
        }
    }
}

use ColumnType::{Currency, Date, Decimal, Flag, Outcome, Status, Text};

const PAYMENTS: &[ColumnSpec] =
    &[needed("document", Text), needed("date", Date), needed("amount", Decimal), free("currency", Currency)];

const RECIPIENTS: &[ColumnSpec] = &[
    needed("customer", Text),
    needed("role", Text),
    free("name", Text),
    free("email", Text),
    free("phone", Text),
    free("language", Text),
];

const PROMISES: &[ColumnSpec] = &[
    needed("customer", Text),
    free("document", Text),
    free("amount", Decimal),
    free("currency", Currency),
    needed("made_on", Date),
    needed("due_on", Date),
];

const HOLDS: &[ColumnSpec] = &[
    needed("customer", Text),
    free("document", Text),
    free("from", Date),
    free("until", Date),
    free("reason", Text),
    free("freezes", Flag),
];

const RATES: &[ColumnSpec] = &[needed("currency", Currency), needed("date", Date), needed("rate", Decimal)];

const STATUS_HISTORY: &[ColumnSpec] = &[needed("document", Text), needed("date", Date), needed("status", Status)];

const HISTORY: &[ColumnSpec] = &[
    needed("date", Date),
    needed("customer", Text),
    free("document", Text),
    free("procedure", Text),
    free("step", Text),
    needed("outcome", Outcome),
    free("result", Text),
    free("by", Text),
    free("reason", Text),
];

const fn needed(name: &'static str, ty: ColumnType) -> ColumnSpec {
    ColumnSpec { name, ty, required: true, optional: false }
}

const fn free(name: &'static str, ty: ColumnType) -> ColumnSpec {
    ColumnSpec { name, ty, required: false, optional: true }
}

fn owner_columns(owner: Owner) -> Vec<ColumnSpec> {
    let columns = fields::of(owner).filter(|spec| spec.origin != Origin::Derived);
    columns
        .map(|spec| ColumnSpec {
            name: spec.name,
            ty: match spec.ty {
                FieldType::Text => ColumnType::Text,
                FieldType::Money | FieldType::Days => ColumnType::Decimal,
                FieldType::Date => ColumnType::Date,
                FieldType::Flag => ColumnType::Flag,
                FieldType::Currency => ColumnType::Currency,
                FieldType::Kind => ColumnType::Kind,
                FieldType::Status => ColumnType::Status,
            },
            required: spec.origin == Origin::RequiredColumn,
            optional: spec.optional,
        })
        .collect()
}
