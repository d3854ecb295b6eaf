//! The journal (`S25`): what was started, stopped, put off and done, one entry after the other.
//!
//! Entries are only ever added. The stores keep them; a run sees them as a [`Memory`](memory).

pub mod entry;

pub use entry::{Entry, Event, RowKey};
