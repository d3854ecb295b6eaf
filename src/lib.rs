//! Dunlin.

pub mod base;
pub mod check;
pub mod format;
pub mod ledger;
pub mod plan;
pub mod run;
pub mod schema;
pub mod syntax;
