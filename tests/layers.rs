//! The order of the house: a module may name only what stands below it.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up; modules of one row do not name each other.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["calendar"],
    &["schema", "syntax"],
    &["check", "format"],
    &["plan"],
    &["ledger"],
    &["journal"],
    &["run"],
    &["workspace"],
    &["compare", "disk", "testing"],
    &["ide", "report"],
    &["cli"],
];

/// A crate or part of the standard library, and the only places that may name it.
const KEPT: &[(&str, &[&str])] = &[
    ("miette", &["report/human.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("ignore", &["disk/"]),
    ("indicatif", &["cli/"]),
    ("minijinja", &["check/"]),
    ("pest", &["syntax/"]),
    ("pest_derive", &["syntax/"]),
    ("postgres", &["journal/postgres/"]),
    ("rusqlite", &["journal/sqlite.rs"]),
    ("rust_xlsxwriter", &["report/worklist/xlsx.rs"]),
    ("rustls", &["journal/postgres/"]),
    ("rustls_native_certs", &["journal/postgres/"]),
    ("similar", &["report/diff.rs"]),
    ("std::fs", &["cli/", "disk/", "journal/sqlite.rs", "ledger/files.rs"]),
    ("tokio_postgres_rustls", &["journal/postgres/"]),
];

#[test]
fn modules_name_only_what_stands_below_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = path.split(['/', '.']).next().unwrap_or("").to_owned();
        let Some(own) = rank(&module) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{path}: `{module}` is in no layer; add it to LAYERS");
            continue;
        };
        for (line, code) in code_lines(&text) {
            for named in named_modules(code) {
                let is_below = rank(&named).is_some_and(|rank| rank < own);
                if named != module && !is_below {
                    wrong.push(format!("src/{path}:{line}: `{module}` names `{named}`, which does not stand below it"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn crates_are_named_only_in_their_place() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (line, code) in code_lines(&text) {
            for (name, places) in KEPT {
                if names(code, name) && !places.iter().any(|place| path.starts_with(place)) {
                    wrong.push(format!("src/{path}:{line}: `{name}` belongs to {}", places.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Every Rust file below `src` that is no test: its path there, and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder of the sources");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
            let is_test = name.ends_with("/tests.rs") || name.contains("/tests/");
            if name.ends_with(".rs") && !is_test {
                found.push((name, fs::read_to_string(&path).expect("a source text")));
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The lines that are no comments, with their numbers.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules that a line names: `crate::base::Date` and `crate::{base, syntax}`.
fn named_modules(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(list) => found.extend(list.split('}').next().unwrap_or("").split(',').map(|part| word(part.trim()))),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// Whether a line names a crate: `miette::…` or `use miette;`.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let is_start = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.' && c != ':' && c != '"');
        is_start && (after.starts_with("::") || (code.contains("use ") && after.starts_with(';')))
    })
}
