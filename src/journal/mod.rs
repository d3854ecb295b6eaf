//! The journal (`S25`): what was started, stopped, put off and done, one entry after the other.
//!
//! Entries are only ever added. The stores keep them; a run sees them as a [`Memory`].

pub mod columns;
pub mod entry;
mod error;
mod import;
pub mod memory;
mod open;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod store;
pub mod text;

pub use entry::{Entry, Event, RowKey};
pub use error::{JournalError, Problem};
pub use import::missing;
pub use memory::{Happening, Memory};
pub use open::{open, open_existing};
pub use store::{Appended, Journal, Location};
