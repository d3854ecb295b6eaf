//! Dunlin.

pub mod base;
pub mod schema;
pub mod syntax;
