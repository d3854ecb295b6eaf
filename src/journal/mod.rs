//! The journal (`S25`): what was started, stopped, put off and done, one entry after the other.
//!
//! Entries are only ever added. The stores keep them; a run sees them as a [`Memory`].

pub mod entry;
pub mod memory;

pub use entry::{Entry, Event, RowKey};
pub use memory::{Happening, Memory};
