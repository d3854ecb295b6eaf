//! The ledger: tables read from files into a snapshot in columns.

pub mod as_of;
pub mod config;
pub mod dates;
pub mod files;
pub mod formats;
pub mod numbers;
mod read;
pub mod snapshot;
#[cfg(test)]
mod tests;

pub use as_of::DocumentState;
pub use config::Config;
pub use files::{DiskFiles, Files, MemoryFiles};
pub use read::{header, read};
pub use snapshot::{CustomerRow, DocumentRow, Snapshot};
