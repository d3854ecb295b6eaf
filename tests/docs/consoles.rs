//! The consoles of the manual, run by trycmd in a folder of their own that holds the examples, and the programs of
//! the page whose fence names a file: `proc procedure large_debt.proc`.

use std::path::Path;

use crate::examples::copy_folder;

use super::{blocks, overwrite, path, text};

#[test]
fn the_readme() {
    run("README.md");
}

#[test]
fn the_reference() {
    run("docs/reference.md");
}

/// Runs the consoles of a page. The page is copied, for trycmd finds the folder to start in beside it.
fn run(page: &str) {
    let stage = tempfile::tempdir().expect("a folder for the run");
    let copy = stage.path().join("page.md");
    std::fs::copy(path(page), &copy).expect("the page can be copied");
    copy_folder(&path("examples"), &stage.path().join("page.in/examples"));
    for block in blocks::of(&text(page)) {
        if let Some(name) = block.info.split_whitespace().find(|word| word.ends_with(".proc")) {
            std::fs::write(stage.path().join("page.in").join(name), &block.text).expect("a program can be written");
        }
    }
    // trycmd copies the folder `.in` before it starts, and lets commands write, where there is an `.out`.
    std::fs::create_dir(stage.path().join("page.out")).expect("the mark of a sandbox");
    let cases = trycmd::TestCases::new();
    cases.register_bin("dunlin", Path::new(env!("CARGO_BIN_EXE_dunlin")));
    for tool in ["sed", "head", "cat", "ls", "mkdir", "cp", "mv"] {
        cases.register_bin(tool, Path::new("/bin").join(tool).as_path());
    }
    cases.env("CI", "").env("NO_COLOR", "1").env("COLUMNS", "120").env("USER", "ann").case(&copy);
    cases.run();
    if overwrite() {
        std::fs::copy(&copy, path(page)).expect("the page can be written");
    }
}
