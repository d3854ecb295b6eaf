//! The grammar of the editors is held against the language.
//!
//! After a change of `grammar.js` or of `queries/highlights.scm`, `GRAMMAR=overwrite cargo test -p tree-sitter-dunlin`
//! writes what is made of them.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod agreement;
mod corpus;
mod differences;
mod generated;
mod mutants;
mod programs;
mod queries;
mod typing;

use std::path::PathBuf;

use tree_sitter::{Language, Parser, Tree};

/// The folder of this crate.
fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether what is made is written instead of compared.
fn overwrite() -> bool {
    std::env::var_os("GRAMMAR").is_some_and(|mode| mode == "overwrite")
}

fn language() -> Language {
    tree_sitter_dunlin::LANGUAGE.into()
}

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&language()).expect("the library takes the grammar");
    parser
}

fn tree(parser: &mut Parser, text: &str) -> Tree {
    parser.parse(text, None).expect("nothing cancels the parser")
}
