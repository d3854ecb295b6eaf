//! Text to syntax tree. Never fails: what cannot be read is kept, reported once, and the rest keeps its meaning.

pub mod ast;
