//! Dunlin.

pub mod base;
pub mod ledger;
pub mod schema;
pub mod syntax;
