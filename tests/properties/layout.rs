//! The canonical layout of whatever text: the same tree, the same comments in the same order, each behind the
//! word that it stood behind, and nothing changes a second time.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dunlin::base::FileId;
use dunlin::format::{keeps, print};
use dunlin::syntax::tokens::{Kind, tokens};
use dunlin::syntax::{Parsed, parse};
use proptest::prelude::*;

use super::programs::program;

fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// Whether a text has findings; if it has none, everything holds that is promised about its layout.
pub(super) fn printing_keeps(text: &str) -> Result<(), TestCaseError> {
    let first = read(text);
    if !first.findings.is_empty() {
        return Ok(());
    }
    let printed = print(&first.file, text);
    let second = read(&printed);
    prop_assert_eq!(&second.findings, &[], "{}", printed);
    prop_assert_eq!(&first.file.items, &second.file.items, "{}", printed);
    let comments =
        |parsed: &Parsed| -> Vec<String> { parsed.file.comments.iter().map(|one| one.text.value.clone()).collect() };
    prop_assert_eq!(comments(&first), comments(&second), "{}", printed);
    prop_assert!(keeps(&first.file, &printed));
    prop_assert_eq!(&printed, &print(&second.file, &printed), "{}", text);
    let ((words, places), (printed_words, printed_places)) =
        (comments_among_words(text), comments_among_words(&printed));
    // Where the printer writes other words, or words in another order, nobody can say where a comment belongs.
    if words == printed_words {
        prop_assert_eq!(places, printed_places, "{}\n{}", text, printed);
    }
    prop_assert!(!printed.contains('\r') && !printed.contains("\n\n\n") && !printed.contains(" \n"), "{}", printed);
    Ok(())
}

/// Every `.proc` file of the examples and the cases.
fn corpus() -> &'static [String] {
    static CORPUS: OnceLock<Vec<String>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<PathBuf> = Vec::new();
        let mut folders = vec![root.join("examples"), root.join("tests/cases"), root.join("src/cli/starter")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else if entry.extension().is_some_and(|ending| ending == "proc") {
                    paths.push(entry);
                }
            }
        }
        paths.sort();
        let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).expect("a text")).collect();
        assert!(texts.len() > 120, "only {} programs", texts.len());
        texts
    })
}

#[test]
fn the_corpus_is_kept() -> Result<(), TestCaseError> {
    corpus().iter().try_for_each(|text| printing_keeps(text))
}

#[test]
fn what_would_say_something_else_is_refused() {
    let file = read("# one\ndefine a = b\n").file;
    assert!(keeps(&file, "# one\ndefine a   =   b\n"));
    for other in ["# one\ndefine a = c\n", "define a = b\n", "# one\n\ndefine a = b\n", "# one\ndefine a =\n", ""] {
        assert!(!keeps(&file, other), "{other}");
    }
}

/// Deletes, doubles, swaps or joins lines.
fn lines_mutated(text: &str, changes: &[(u8, u32)]) -> String {
    let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
    for (kind, place) in changes {
        if lines.is_empty() {
            break;
        }
        let at = *place as usize % lines.len();
        match kind % 5 {
            0 => {
                lines.remove(at);
            }
            1 => lines.insert(at, lines[at].clone()),
            2 => {
                let other = (at + 1) % lines.len();
                lines.swap(at, other);
            }
            3 => lines[at] = lines[at].replace('\n', " "),
            _ => lines.insert(at, "\n".to_owned()),
        }
    }
    lines.concat()
}

/// The words of a text, and how many of them stand before each comment.
fn comments_among_words(text: &str) -> (Vec<&str>, Vec<usize>) {
    let (mut words, mut places) = (Vec::new(), Vec::new());
    for token in tokens(text) {
        match token.kind {
            Kind::Comment => places.push(words.len()),
            _ => words.push(token.text),
        }
    }
    (words, places)
}

/// Puts a comment behind words by chance, or on a line of its own below them.
fn commented(text: &str, places: &[(u32, bool)]) -> String {
    let all = tokens(text);
    let mut ends: Vec<(usize, bool)> = places
        .iter()
        .filter_map(|(place, below)| Some((all.get(*place as usize % all.len().max(1))?.range.end, *below)))
        .collect();
    ends.sort_unstable();
    ends.dedup_by_key(|(end, _)| *end);
    let mut text = text.to_owned();
    for (end, below) in ends.into_iter().rev() {
        text.insert_str(end, if below { "\n# below\n" } else { " # behind\n" });
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_by_chance_are_kept(numbers in prop::collection::vec(any::<u32>(), 0..600)) {
        let text = program(&numbers);
        prop_assert_eq!(read(&text).findings, &[], "{}", text);
        printing_keeps(&text)?;
    }

    #[test]
    fn mutated_lines_are_kept(
        text in any::<prop::sample::Index>(), changes in prop::collection::vec((any::<u8>(), any::<u32>()), 1..6),
    ) {
        printing_keeps(&lines_mutated(text.get(corpus()).as_str(), &changes))?;
    }

    #[test]
    fn comments_stay_behind_their_words(
        text in any::<prop::sample::Index>(), places in prop::collection::vec(any::<(u32, bool)>(), 1..4),
    ) {
        let text: &String = text.get(corpus());
        printing_keeps(&commented(text, &places))?;
    }
}
