//! The manual is tested: its programs check without a finding, its settings are accepted, its
//! tables say what `src/schema` says, and its consoles show what the program prints.
//!
//! After a change of the tables or of the output, `DOCS=overwrite cargo test docs` writes them anew.

mod blocks;
mod completed;
mod consoles;
mod tables;

use std::path::{Path, PathBuf};

use blocks::Block;
use dunlin::base::Diagnostic;
use dunlin::ledger::{self, Config, MemoryFiles};
use dunlin::workspace::Workspace;

/// The pages whose blocks are run, and whose tables are compared.
const PAGES: &[&str] = &["README.md", "docs/reference.md", "CONTRIBUTING.md"];
/// The files that the programs of the manual refer to.
const RESOURCES: &[(&str, &str)] = &[
    ("letter.md", "Dear customer\n"),
    ("letter.nl.md", "Geachte klant\n"),
    ("shutdown.txt", "2026-12-24\n2026-12-31\n"),
];

fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(page)
}

fn text(page: &str) -> String {
    std::fs::read_to_string(path(page)).expect("a page of the manual is there")
}

fn overwrite() -> bool {
    std::env::var_os("DOCS").is_some_and(|mode| mode == "overwrite")
}

/// The blocks of all pages whose first word is `language`, with the page they stand on.
fn all(language: &str) -> Vec<(&'static str, Block)> {
    let of_page = |page: &&'static str| {
        let page = *page;
        blocks::of(&text(page)).into_iter().map(move |block| (page, block))
    };
    PAGES.iter().flat_map(of_page).filter(|(_, block)| block.language() == language).collect()
}

fn findings(program: &str) -> (Vec<Diagnostic>, Workspace) {
    let mut workspace = Workspace::new([("manual.proc", program)]);
    for (name, content) in RESOURCES {
        workspace.set_resource(name, Some(content));
    }
    let findings = workspace.findings();
    (findings, workspace)
}

#[test]
fn programs_of_the_manual_have_no_findings() {
    let blocks = all("proc");
    assert!(blocks.len() > 15, "only {} programs", blocks.len());
    let mut wrong = Vec::new();
    for (page, block) in blocks {
        for program in completed::programs(&block) {
            let (findings, _) = findings(&program);
            let said: Vec<String> = findings.iter().map(|f| format!("  {}: {}", f.code.id, f.message)).collect();
            if !said.is_empty() {
                wrong.push(format!("{page}:{}\n{}\n{program}", block.line, said.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn settings_of_the_manual_are_accepted() {
    for (page, block) in all("toml") {
        if let Err(findings) = Config::from_toml(&block.text, "dunlin.toml") {
            panic!("{page}:{}: {findings:#?}", block.line);
        }
    }
}

#[test]
fn tables_of_ledgers_in_the_manual_can_be_read() {
    let blocks = all("csv");
    assert!(!blocks.is_empty(), "the manual shows no ledger");
    let mut files = MemoryFiles::default();
    for (_, block) in &blocks {
        files.insert(&format!("ledger/{}.csv", block.second_word()), block.text.clone().into_bytes());
    }
    let (_, workspace) = findings(&completed::world());
    let program = workspace.checked().program().expect("the world of the manual is right");
    let snapshot = ledger::read(&files, &Config::default(), &program.ledger).expect("the tables can be read");
    assert!(snapshot.faults.is_empty(), "{:#?}", snapshot.faults);
}

#[test]
fn tables_of_the_manual_say_what_the_program_knows() {
    for page in PAGES {
        let written = text(page);
        let wanted = tables::renewed(&written);
        if overwrite() {
            std::fs::write(path(page), &wanted).expect("the page can be written");
        } else {
            assert_eq!(written, wanted, "{page} has drifted; `DOCS=overwrite cargo test docs` mends it");
        }
    }
}
