//! Every program of the repository: files, blocks of pages, and the compiler's list of typical mistakes.

use std::fs;
use std::path::{Path, PathBuf};

use super::here;

/// A program and where it stands.
pub(crate) struct Program {
    /// The path of its file; pages and lists have several.
    pub(crate) place: String,
    pub(crate) text: String,
}

/// All of them, in a fixed order.
pub(crate) fn all() -> Vec<Program> {
    let root = here().join("../../..").canonicalize().expect("the repository is there");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let programs = files.iter().flat_map(|file| {
        let place = file.strip_prefix(&root).unwrap_or(file).display().to_string();
        in_file(file).into_iter().map(move |text| Program { place: place.clone(), text })
    });
    programs.collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder can be read").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if !path.is_dir() {
            files.push(path);
        } else if name != "target" && name != "node_modules" && !name.as_encoded_bytes().starts_with(b".") {
            walk(&path, files);
        }
    }
}

/// Files of other encodings, which are there to be refused, have none.
fn in_file(file: &Path) -> Vec<String> {
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let text = || fs::read_to_string(file).unwrap_or_default();
    match name.rsplit_once('.') {
        Some((_, "proc")) => vec![text()],
        Some((_, "md")) => blocks(&text()),
        _ if name == "mistakes.txt" => mistakes(&text()),
        _ => Vec::new(),
    }
}

/// The blocks of a page that are programs.
fn blocks(page: &str) -> Vec<String> {
    page.split("\n```proc\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .map(|text| format!("{text}\n"))
        .collect()
}

/// The texts of `src/syntax/mistakes.txt`, each below the number of its findings.
fn mistakes(list: &str) -> Vec<String> {
    list.split("%%\n").skip(1).filter_map(|entry| entry.split_once('\n')).map(|(_, text)| text.to_owned()).collect()
}

#[test]
fn the_whole_repository_is_found() {
    let programs = all();
    for place in [
        "examples/",
        "tests/cases/",
        "docs/errors/",
        "docs/reference.md",
        "src/schema/prelude.proc",
        "src/syntax/mistakes.txt",
    ] {
        assert!(programs.iter().any(|program| program.place.starts_with(place)), "none in {place}");
    }
    assert!(programs.len() > 600, "only {} programs", programs.len());
}
