//! The example companies: each folder of `examples/` is a test of its own.
//!
//! A new company is a new folder; nothing is to be written here. `TRYCMD=overwrite cargo test
//! examples` writes worklists and consoles anew: read what has changed before it is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folders of the companies, by name.
fn companies() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(root).expect("the examples are there").flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    // Files for continuous integration: see tests/ci.rs.
    folders.retain(|path| !path.ends_with("ci"));
    folders.sort();
    assert!(folders.len() >= 3, "only {} companies", folders.len());
    folders
}

/// The folders of the companies, and of the one that `dunlin new` writes.
fn with_the_starter() -> Vec<PathBuf> {
    let mut folders = companies();
    folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter"));
    folders
}

fn dunlin(company: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dunlin"));
    command.current_dir(company).env("NO_COLOR", "1").args(arguments).output().expect("dunlin starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("dunlin writes UTF-8")
}

fn overwrite() -> bool {
    std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite")
}

/// The worklists a company expects, with their dates.
fn expected(company: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(company.join("expected")).expect("a company has worklists it expects").flatten();
    let mut lists: Vec<(String, PathBuf)> = entries
        .map(|entry| {
            let name = text(entry.file_name().as_encoded_bytes());
            let date = name.strip_prefix("worklist-").and_then(|rest| rest.strip_suffix(".csv"));
            (date.expect("a worklist is called worklist-DATE.csv").to_owned(), entry.path())
        })
        .collect();
    lists.sort();
    assert!(!lists.is_empty(), "{} expects no worklist", company.display());
    lists
}

#[test]
fn checking_a_company_finds_nothing_not_even_a_hint() {
    for company in with_the_starter() {
        let output = dunlin(&company, &["check", "--format", "json"]);
        assert_eq!(text(&output.stdout).trim(), "[]", "{}\n{}", company.display(), text(&output.stderr));
        assert!(output.status.success(), "{}", company.display());
    }
}

#[test]
fn companies_are_in_the_canonical_layout() {
    for company in with_the_starter() {
        let output = dunlin(&company, &["fmt", "--check"]);
        assert!(output.status.success(), "{}: {}", company.display(), text(&output.stdout));
    }
}

#[test]
fn each_company_gets_the_worklists_it_expects() {
    for company in companies() {
        for (date, file) in expected(&company) {
            let output = dunlin(&company, &["run", "--format", "csv", "--date", &date]);
            assert!(output.status.success(), "{} on {date}: {}", company.display(), text(&output.stderr));
            if overwrite() {
                fs::write(&file, &output.stdout).expect("the worklist can be written");
            }
            let wanted = fs::read(&file).expect("the worklist can be read");
            assert_eq!(text(&output.stdout), text(&wanted), "{} on {date}", company.display());
        }
    }
}

#[test]
fn the_readme_of_each_company_shows_what_the_program_prints() {
    for company in with_the_starter() {
        let page = company.join("README.md");
        let stage = tempfile::tempdir().expect("a folder for the run");
        let copy = stage.path().join("page.md");
        fs::copy(&page, &copy).expect("a company has a README.md");
        // trycmd starts commands in a copy of the folder `.in` where there is an `.out`.
        copy_folder(&company, &stage.path().join("page.in"));
        fs::create_dir(stage.path().join("page.out")).expect("the mark of a sandbox");
        let cases = trycmd::TestCases::new();
        cases.register_bin("dunlin", Path::new(env!("CARGO_BIN_EXE_dunlin")));
        cases.env("CI", "").env("NO_COLOR", "1").env("COLUMNS", "132").env("USER", "ann").case(&copy);
        cases.run();
        if overwrite() {
            fs::copy(&copy, &page).expect("the README can be written");
        }
    }
}

/// Copies a folder with all it holds, for a test that writes there.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be listed").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
