//! Tests of a program: its `test` items (`S26`), its snapshot suites, and what of the program they reach.
//!
//! Everything here is computed from texts and ledgers in memory: reading suites and writing
//! snapshots is the command line's.

pub mod coverage;
mod expect;
pub mod items;
pub mod mutants;
pub mod results;
mod rows;
mod story;
pub mod suites;

pub use coverage::Coverage;
pub use items::{Played, play};
pub use results::Results;
