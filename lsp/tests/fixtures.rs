//! Each file `fixtures/FEATURE/NAME.md` is a program, a question about it, and the answer.
//!
//! The program's files stand in fenced blocks named by their paths. `$0` marks where something is asked (once
//! for each mark), `<|` and `|>` mark a stretch. A block `settings` holds the editor's settings, a block
//! `parameters` what else the request says. What comes back is compared with the block `answer`; with
//! `FIXTURES=overwrite` it is written there, to be read before it is committed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{self, Fixture};

#[test]
fn questions_are_answered_as_the_fixtures_say() {
    let overwrites = std::env::var("FIXTURES").is_ok_and(|value| value == "overwrite");
    let only = std::env::var("FIXTURE").unwrap_or_default();
    let mut wrong = Vec::new();
    for (feature, path) in files() {
        let name = path.display().to_string();
        if !name.contains(&only) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a fixture");
        let fixture = Fixture::read(&text);
        let answer = harness::answer(&feature, &fixture);
        if fixture.answer.as_deref() == Some(&*answer) {
            continue;
        }
        if overwrites {
            fs::write(&path, fixture.with_answer(&answer)).expect("a fixture");
        } else {
            let expected = fixture.answer.unwrap_or_default();
            wrong.push(format!("{name}\n{}", harness::difference(&expected, &answer)));
        }
    }
    assert!(wrong.is_empty(), "\n{}\nread it, then FIXTURES=overwrite writes it", wrong.join("\n"));
}

#[test]
fn every_feature_has_a_fixture() {
    let tried: Vec<String> = files().into_iter().map(|(feature, _)| feature).collect();
    let missing: Vec<&str> = harness::features().filter(|feature| !tried.iter().any(|it| it == feature)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// The fixtures, with the features they are about.
fn files() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = Vec::new();
    for folder in entries(&root) {
        let feature = folder.file_name().expect("a name").to_string_lossy().into_owned();
        files.extend(entries(&folder).into_iter().map(|path| (feature.clone(), path)));
    }
    assert!(!files.is_empty(), "the fixtures were not found");
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of fixtures");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
