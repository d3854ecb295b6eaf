//! The ledger: tables read from files into a snapshot in columns.

pub mod snapshot;

pub use snapshot::{CustomerRow, DocumentRow, Snapshot};
