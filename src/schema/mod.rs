//! What the language knows before a program is read: types, fields, tables, functions, actions.
//!
//! Each in ONE table that every stage reads: the checker, the ledger's readers, the interpreter,
//! the compiler to SQL, the editor and the manual.

pub mod calendars;
pub mod fields;
pub mod functions;
pub mod ledger;
pub mod rules;
pub mod tables;
pub mod types;
pub mod value;

pub use fields::{Field, FieldSpec, Origin, Owner};
pub use functions::{Function, Question};
pub use ledger::{DeclaredField, LedgerSchema};
pub use tables::{ColumnSpec, ColumnType, Table};
pub use types::{ClosedList, ListOf, Type, Typed};
pub use value::Value;

/// The status whose documents a procedure follows that does not say what it follows (`S4`).
pub const FOLLOWED: &str = "open";

/// The declarations of the built-in actions, in the language itself.
pub const PRELUDE: &str = include_str!("prelude.proc");
/// How the prelude is called in messages.
pub const PRELUDE_PATH: &str = "<prelude>";
/// The statuses of a document in a program that declares none.
pub const DEFAULT_STATUSES: &[&str] = &[FOLLOWED, "dispute", "promised", "plan", "outsourcing", "legal"];
/// The kinds of document (`S4`).
pub const KINDS: &[&str] = &["invoice", "credit_note", "payment"];
