//! The ledger: tables read from files into a snapshot in columns.

pub mod snapshot;

pub use snapshot::{CustomerRow, DocumentRow, Snapshot};
/// STUB
#[derive(Default, Clone)]
pub struct Config { /// x
 pub date: Option<crate::base::Date>, /// x
 pub ledger: String }
impl Config { /// x
 /// # Errors
 /// x
 pub fn from_toml(_: &str, _: &str) -> Result<Self, Vec<crate::base::Diagnostic>> { Ok(Self::default()) } }
