//! Dunlin: credit-collection procedures as text, checked, explained and run over a ledger.
//!
//! The stages, from the ground up; each may name only those above it in this list (`tests/layers.rs`).

pub mod base;
pub mod calendar;
pub mod schema;
pub mod syntax;

pub mod check;
pub mod format;
pub mod plan;

pub mod journal;
pub mod ledger;
pub mod run;

pub mod testing;
pub mod workspace;

pub mod compare;

#[cfg(feature = "disk")]
pub mod disk;
pub mod ide;
pub mod report;

#[cfg(feature = "cli")]
pub mod cli;
