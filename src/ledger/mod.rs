//! The ledger: tables read from files into a snapshot in columns.

pub mod as_of;
pub mod snapshot;

pub use snapshot::{CustomerRow, DocumentRow, Snapshot};
