//! The canonical layout of whatever text: the same tree, the same comments in the same order, and nothing
//! changes a second time.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dunlin::base::FileId;
use dunlin::format::{keeps, print};
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
    let printed = print(&first.file);
    let second = read(&printed);
    prop_assert_eq!(&second.findings, &[], "{}", printed);
    prop_assert_eq!(&first.file.items, &second.file.items, "{}", printed);
    let comments =
        |parsed: &Parsed| -> Vec<String> { parsed.file.comments.iter().map(|one| one.text.value.clone()).collect() };
    prop_assert_eq!(comments(&first), comments(&second), "{}", printed);
    prop_assert!(keeps(&first.file, &printed));
    prop_assert_eq!(&printed, &print(&second.file), "{}", text);
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

/// A condition over several lines with a comment behind or above each part of it, by chance: the parts are
/// called `a0_`, `a1_` and so on, and each comment names the one that it is about.
fn commented_condition(choices: &[(u8, u8, u8)]) -> String {
    let mut text = String::new();
    let mut inside = false;
    for (at, (form, comment, group)) in choices.iter().enumerate() {
        let word = if inside { "or" } else { "and" };
        let (name, last) = (format!("a{at}_"), at + 1 == choices.len());
        if at > 0 {
            if comment & 8 != 0 {
                text += &format!("\n  # above {name}\n");
            }
            text += &format!(" {word} ");
            let behind = choices[at - 1].1 % 4;
            if behind > 1 && comment & 8 == 0 {
                text += &format!(" # behind a{}_\n   ", at - 1);
            }
        }
        if group % 4 == 1 && !inside && !last {
            text += "(";
            inside = true;
        }
        text += &match form % 7 {
            0 => name.clone(),
            1 => format!("{name} > 5 EUR"),
            2 => format!("not {name}"),
            3 => format!("{name} in (x, y)"),
            4 => format!("count(documents where {name}) > 3"),
            5 => format!("{name} - 5 days < 3 days"),
            _ => format!("(not {name})"),
        };
        let closes = inside && (group % 4 == 2 || last);
        if comment % 4 == 1 || last && comment % 4 > 1 {
            text += &format!(" # behind {name}\n");
        }
        if closes {
            text += ")";
            inside = false;
        }
    }
    text
}

/// Whether each comment stands behind the part that it names, or above it.
fn comments_are_about_the_same(printed: &str) -> Result<(), TestCaseError> {
    let is_part =
        |word: &&str| word.starts_with('a') && word.ends_with('_') && word[1..word.len() - 1].parse::<u8>().is_ok();
    let words = |line: &str| -> Vec<String> {
        let words = line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
        words.filter(is_part).map(str::to_owned).collect()
    };
    let lines: Vec<&str> = printed.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let (before, comment) = line.split_once('#').unwrap_or((line, ""));
        match comment.trim().split_once(' ') {
            Some(("behind", part)) => {
                let own = words(before);
                prop_assert_eq!(own.last().map(String::as_str), Some(part), "{}", printed);
            }
            Some(("above", part)) => {
                let next = lines[at..].iter().find(|line| !line.trim_start().starts_with('#')).copied().unwrap_or("");
                let own = words(next.split('#').next().unwrap_or(""));
                prop_assert!(before.trim().is_empty(), "{}", printed);
                prop_assert_eq!(own.first().map(String::as_str), Some(part), "{}", printed);
            }
            _ => {}
        }
    }
    Ok(())
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
    fn comments_in_conditions_stay_with_their_part(
        choices in prop::collection::vec(any::<(u8, u8, u8)>(), 1..12), form in 0u8..7,
    ) {
        let condition = commented_condition(&choices);
        let text = match form {
            0 => format!("define x = {condition}\n"),
            1 => format!("assign {{ p when {condition}\n otherwise q }}\n"),
            2 => format!("procedure p {{ start when {condition}\n timing dip step a at day 7 {{ call customer }} }}\n"),
            3 => format!("procedure p {{ follow documents where {condition}\n timing dip step a at day 7 {{ call x }} }}\n"),
            4 => format!("procedure p {{ timing dip step a \"A\" at day 7 when {condition}\n automatic {{ call x }} }}\n"),
            5 => format!("procedure p {{ timing dip step a at day 7 {{ call x covering documents where {condition}\n }} }}\n"),
            _ => format!("procedure p {{ timing dip step a manual when {condition}\n at day 7 {{ }} }}\n"),
        };
        prop_assert_eq!(read(&text).findings, &[], "{}", text);
        printing_keeps(&text)?;
        comments_are_about_the_same(&print(&read(&text).file))?;
    }
}
