//! Tests of a program: its `test` items (`S26`), its snapshot suites, and what of the program they reach.
//!
//! Everything here is computed from texts and ledgers in memory: reading suites and writing
//! snapshots is the command line's.


mod expect;
pub mod items;
mod rows;
mod story;



pub use items::{Played, play};
