//! What is made of `grammar.js` is what is committed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tree_sitter_generate::{ABI_VERSION_MAX, OptLevel, generate_parser_in_directory};

use super::{here, overwrite};

const FILES: &[&str] = &[
    "grammar.json",
    "node-types.json",
    "parser.c",
    "tree_sitter/alloc.h",
    "tree_sitter/array.h",
    "tree_sitter/parser.h",
];

/// `grammar.js` is run by Node. Without it, only the second half is tried: grammar.json to parser.
#[test]
fn the_parser_is_made_of_the_grammar() {
    let source = here().join("src");
    let folder = tempfile::tempdir().expect("a folder that goes away");
    let target = if overwrite() { source.as_path() } else { folder.path() };
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    assert!(node || !overwrite(), "`grammar.js` is run by Node, which is not there");
    let grammar = (!node).then(|| source.join("grammar.json"));
    let mut warnings = Vec::new();
    let made = generate_parser_in_directory(
        here(),
        Some(target),
        grammar,
        ABI_VERSION_MAX,
        None,
        None,
        true,
        OptLevel::default(),
        &mut warnings,
    );
    made.expect("the grammar has no conflicts");
    assert!(warnings.is_empty(), "the grammar has conflicts that are none");
    for file in FILES.iter().filter(|file| node || **file != "grammar.json") {
        assert!(read(&source, file) == read(target, file), "src/{file} is older than grammar.js; see README.md");
    }
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("the file is there")
}
