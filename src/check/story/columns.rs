//! Which fields the records of a test have: the columns of the ledger's tables.

use crate::check::story::Part;
use crate::schema::fields::{self, FieldType};
use crate::schema::{ClosedList, ColumnType, LedgerSchema, ListOf, Origin, Owner, Table, Type};

/// A kind of record.
pub(super) struct Kind {
    /// The word for it.
    pub(super) word: &'static str,
    /// The table whose row it is.
    table: Table,
    /// What its id is, where it has one.
    pub(super) id: Option<&'static str>,
    /// Whose it is.
    pub(super) of: &'static [Part],
    /// Its columns that its first line gives.
    header: &'static [&'static str],
    /// Its fields without which it cannot be.
    needed: &'static [&'static str],
}

/// Every kind of record.
const KINDS: &[Kind] = &[
    Kind { word: "customer", table: Table::Customers, id: Some("id"), of: &[], header: &["id"], needed: &[] },
    Kind {
        word: "document",
        table: Table::Documents,
        id: Some("id"),
        of: &[Part::Customer],
        header: &["id", "customer"],
        needed: &["due_date", "amount"],
    },
    Kind {
        word: "payment",
        table: Table::Payments,
        id: None,
        of: &[Part::Document],
        header: &["document"],
        needed: &["date", "amount"],
    },
    Kind {
        word: "promise",
        table: Table::Promises,
        id: None,
        of: &[Part::Customer, Part::Document],
        header: &["customer", "document"],
        needed: &["made_on", "due_on"],
    },
    Kind {
        word: "hold",
        table: Table::Holds,
        id: None,
        of: &[Part::Customer, Part::Document],
        header: &["customer", "document"],
        needed: &[],
    },
    Kind {
        word: "history",
        table: Table::History,
        id: None,
        of: &[Part::Customer, Part::Document],
        header: &["customer", "document"],
        needed: &["date", "outcome"],
    },
    Kind {
        word: "rate",
        table: Table::Rates,
        id: Some("currency"),
        of: &[],
        header: &["currency"],
        needed: &["date", "rate"],
    },
];

/// The kind of record with this word.
pub(super) fn kind(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Holds {
    /// A value of this type.
    Value(Type),
    /// A currency code.
    Currency,
    /// A name or a text.
    Word,
}

/// A field of a record.
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// What it holds.
    pub(super) holds: Holds,
    /// Whether the record cannot be without it.
    pub(super) needed: bool,
    /// Why it cannot be given, if it cannot.
    pub(super) refused: Option<&'static str>,
}

/// The fields of a kind of record.
pub(super) fn columns(kind: &Kind, schema: &LedgerSchema) -> Vec<Column> {
    let mut columns: Vec<Column> = match kind.table {
        Table::Customers => of_owner(Owner::Customer, schema),
        Table::Documents => of_owner(Owner::Document, schema),
        other => of_table(other, schema),
    };
    for column in &mut columns {
        column.needed |= kind.needed.contains(&column.name.as_str());
        if kind.header.contains(&column.name.as_str()) {
            column.refused = Some("stands before the brace");
            column.needed = false;
        }
    }
    columns
}

/// The fields of a customer or a document, the computed ones too.
pub(super) fn of_owner(owner: Owner, schema: &LedgerSchema) -> Vec<Column> {
    let built_in = fields::of(owner).map(|spec| Column {
        name: spec.name.to_owned(),
        holds: match spec.ty {
            FieldType::Text => Holds::Value(Type::Text),
            FieldType::Money => Holds::Value(Type::Money),
            FieldType::Date => Holds::Value(Type::Date),
            FieldType::Days => Holds::Value(Type::Days),
            FieldType::Flag => Holds::Value(Type::Flag),
            FieldType::Currency => Holds::Currency,
            FieldType::Kind => Holds::Value(Type::List(schema.kinds.clone())),
            FieldType::Status => Holds::Value(Type::List(schema.statuses.clone())),
        },
        needed: false,
        refused: (spec.origin == Origin::Derived).then_some("is computed on every run"),
    });
    let declared = schema.declared(owner).iter().map(|field| Column {
        name: field.name.clone(),
        holds: Holds::Value(field.typed.ty.clone()),
        // What is not given has a usual value: see `testing::rows`.
        needed: false,
        refused: None,
    });
    built_in.chain(declared).collect()
}

fn of_table(table: Table, schema: &LedgerSchema) -> Vec<Column> {
    let columns = table.columns().into_iter().map(|column| Column {
        name: column.name.to_owned(),
        holds: match column.ty {
            ColumnType::Text if is_a_word(column.name) => Holds::Word,
            ColumnType::Text => Holds::Value(Type::Text),
            ColumnType::Decimal if table == Table::Rates => Holds::Value(Type::Number),
            ColumnType::Decimal => Holds::Value(Type::Money),
            ColumnType::Date => Holds::Value(Type::Date),
            ColumnType::Flag => Holds::Value(Type::Flag),
            ColumnType::Currency => Holds::Currency,
            ColumnType::Kind => Holds::Value(Type::List(schema.kinds.clone())),
            ColumnType::Status => Holds::Value(Type::List(schema.statuses.clone())),
            ColumnType::Outcome => {
                Holds::Value(Type::List(ClosedList::new(ListOf::History("outcome"), ["done", "skipped", "contact"])))
            }
        },
        needed: false,
        refused: None,
    });
    columns.collect()
}

/// Columns that hold names of the program.
fn is_a_word(column: &str) -> bool {
    matches!(column, "procedure" | "step" | "result")
}
