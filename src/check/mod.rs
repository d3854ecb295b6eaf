//! Syntax trees to a checked program: names, types, the rules of procedures.

pub mod rules;
pub mod tree;
