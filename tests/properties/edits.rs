//! A program checked after every edit says what it would say if it were read anew.

use std::path::Path;

use dunlin::disk;
use dunlin::workspace::Workspace;
use proptest::prelude::*;

use super::parser::{config, mutated};

/// The programs that are edited: several files each, with templates and tests.
pub(super) const EXAMPLES: [&str; 3] = ["standard", "new_customers", "international"];

/// An example as it is on the disk, nothing of it checked yet.
pub(super) fn example(name: &str) -> Workspace {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let mut program = disk::program(&folder);
    let mut findings = program.findings;
    disk::resources(&folder, &mut program.workspace, &mut findings);
    program.workspace
}

/// An edit: which file, and what becomes of its text.
type Edit = (u8, Vec<(u8, u32)>);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let changes = prop::collection::vec((any::<u8>(), any::<u32>()), 0..3);
    prop::collection::vec((any::<u8>(), changes), 1..6)
}

/// What is wrong with one file may point into another, whose places move.
#[test]
fn a_circle_through_two_files_stays_one() {
    const ONE: &str = "define one = two + 1\nassign { none when one > 2 }\n";
    const TWO: &str = "define two = one + 1\n";
    let mut edited = Workspace::new([("a.proc", ONE), ("b.proc", TWO)]);
    for comment in ["# a", "# a longer one", ""] {
        let text = format!("{comment}\n{TWO}");
        let _ = edited.checked();
        edited.set_text("b.proc", &text);
        let anew = Workspace::new([("a.proc", ONE), ("b.proc", &text)]);
        assert_eq!(edited.findings(), anew.findings());
        assert!(edited.findings().iter().any(|finding| finding.code.id == "E0210"));
    }
}

/// A test sees the steps of a procedure in another file come, go and change what may be reported of them.
#[test]
fn who_names_a_procedure_sees_its_steps_change() {
    const ONE: &str = "ledger { currency EUR }\nassign { otherwise p }\nprocedure p {\n    start by assignment\n    \
                       timing dip\n    step a at day 7 { call customer\n    results yes_he_will }\n    \
                       step b at day 9 { call customer }\n}\n";
    const TWO: &str = "test \"t\" {\n    customer C1 { }\n    document F1 of C1 { due_date: 2026-02-01  amount: 5 EUR }\n    \
                       on 2026-02-08 expect C1 p.a\n    on 2026-02-08 done C1 p.a result yes_he_will\n    \
                       on 2026-02-10 expect C1 p.b\n}\n";
    let mut edited = Workspace::new([("a.proc", ONE), ("b.proc", TWO)]);
    let mut wrong = Vec::new();
    for (what, instead) in
        [("step b", "step c"), ("step a", "step aa"), ("yes_he_will", "no_never"), ("p {", "q {"), ("", "")]
    {
        let text = ONE.replacen(what, instead, 1);
        let _ = edited.checked();
        edited.set_text("a.proc", &text);
        let anew = Workspace::new([("a.proc", text.as_str()), ("b.proc", TWO)]);
        assert_eq!(edited.findings(), anew.findings(), "{what} becomes {instead}");
        assert_eq!(edited.checked().mentions, anew.checked().mentions, "{what} becomes {instead}");
        wrong.push(edited.findings().len());
    }
    // The last edit takes everything back: what is left is a remark on the first file.
    assert_eq!(wrong, [2, 3, 2, 5, 1]);
}

/// What cannot be read in a test stands against the program neither at first nor after an edit elsewhere.
#[test]
fn a_broken_test_stays_apart_from_the_program() {
    const ONE: &str = "ledger { currency EUR }\nassign { otherwise p }\nprocedure p { start by assignment timing dip step a at day 7 { call customer } }\n";
    const TWO: &str = "test \"t\" { customer C1 { } document F1 of C1 { due_date: 2026-02-01  amount:: 5 EUR }\n on 2026-02-08 expect C1 p.a }\n";
    let mut edited = Workspace::new([("a.proc", ONE), ("b.proc", TWO)]);
    let _ = edited.checked();
    let text = ONE.replace("day 7", "day 8");
    edited.set_text("a.proc", &text);
    let anew = Workspace::new([("a.proc", text.as_str()), ("b.proc", TWO)]);
    assert_eq!(edited.findings(), anew.findings());
    assert_eq!(edited.checked().program().is_some(), anew.checked().program().is_some());
}

/// Files with one text after the other, checked after each: as often as it is asked, it is what a new reading gives.
fn is_checked_as_anew(start: &[(&str, &str)], edits: &[(&str, &str)]) {
    let mut edited = Workspace::new(start.iter().copied());
    for (path, text) in edits {
        let _ = edited.checked();
        edited.set_text(path, text);
        let texts: Vec<(String, String)> =
            edited.paths().iter().map(|path| (path.clone(), edited.text(path).unwrap_or("").to_owned())).collect();
        let anew = Workspace::new(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let told = |workspace: &Workspace| {
            let findings = workspace.findings();
            findings.iter().map(|it| (it.code.id, it.message.clone(), it.labels.len())).collect::<Vec<_>>()
        };
        assert_eq!(told(&edited), told(&anew), "{path}: {text}");
        assert_eq!(edited.checked().program().is_some(), anew.checked().program().is_some(), "{path}: {text}");
        // A file that came later has another id than one that was there from the start, and so have its places.
        if edited.paths().len() == start.len() {
            assert_eq!(edited.checked().program(), anew.checked().program(), "{path}: {text}");
        }
    }
}

const PROCEDURE: &str = "procedure p { start by assignment timing dip step a at day 7 { call customer } }\n";

/// What builds on a name that was not known is otherwise once it is, however far away.
#[test]
fn a_name_that_was_missing_is_seen_by_all_that_build_on_it() {
    let assign = |rule: &str| format!("assign {{ none when {rule}  otherwise p }}\n{PROCEDURE}");
    for rule in ["two > 5", "two > 2 EUR"] {
        let assign = assign(rule);
        let start = [
            ("a.proc", "ledger { currency EUR }\ndefine other = 1\n"),
            ("b.proc", "define two = one + 1\n"),
            ("c.proc", assign.as_str()),
        ];
        let (with, without) = ("ledger { currency EUR }\ndefine one = 1\n", start[0].1);
        is_checked_as_anew(&start, &[("a.proc", with), ("a.proc", without), ("a.proc", with)]);
    }
}

/// Where a circle begins, and what is too deep, does not depend on what was written first.
#[test]
fn circles_and_depths_have_no_history() {
    let ring = "define a = b + 1\ndefine b = a + c\ndefine c = b + 1\n";
    is_checked_as_anew(
        &[("a.proc", "define c = 1\n")],
        &[("a.proc", ring), ("a.proc", "define b = 1\n"), ("a.proc", ring)],
    );
    let long: String = (0..30).map(|at| format!("define d{at:02} = d{:02} + 1\n", (at + 1) % 30)).collect();
    let chain = long.replace("define d29 = d00", "define d29 = 0");
    is_checked_as_anew(&[("a.proc", "define d29 = 1\n")], &[("a.proc", &long), ("a.proc", &chain), ("a.proc", &long)]);
    // A file that comes later, before the others by its path.
    is_checked_as_anew(&[("b.proc", "define two = one + 1\n")], &[("a.proc", "define one = two + 1\n")]);
}

/// What a step leaves out stands in the action, and its place moves.
#[test]
fn a_default_is_where_it_stands() {
    let pay = |text: &str| format!("action pay(to: recipient,{text}, note: text?)\n");
    let (one, other) = (pay(" amount: money = 5 EUR "), pay("  amount: money = 5 EUR"));
    let rest = format!("ledger {{ currency EUR }}\nassign {{ otherwise p }}\n{}", PROCEDURE.replace("call", "pay"));
    is_checked_as_anew(&[("a.proc", &one), ("b.proc", &rest)], &[("a.proc", &other), ("a.proc", &one)]);
}

/// The text of a file with one of its names written otherwise: as another name of the program, or as a new one.
pub(super) fn renamed(program: &Workspace, path: &str, which: u32, instead: u32) -> String {
    let text = program.text(path).unwrap_or("").to_owned();
    let Some(file) = program.file(path) else { return text };
    let all = &program.checked().mentions;
    let here = all.in_file(file);
    let words: Vec<&str> = all.iter().map(|mention| program.sources().slice(mention.span)).collect();
    let Some(mention) = here.get(which as usize % here.len().max(1)) else { return text };
    let word = words.get(instead as usize % (words.len() + words.len() / 2 + 1)).copied().unwrap_or("quite_new");
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    [&text[..start], word, &text[end..]].concat()
}

/// An edited program against the same texts, put over the files as they were and checked for the first time.
fn says_what_a_new_reading_says(edited: &Workspace, untouched: &Workspace) -> Result<(), TestCaseError> {
    let mut anew = untouched.clone();
    for path in edited.paths() {
        anew.set_text(path, edited.text(path).unwrap_or(""));
    }
    prop_assert_eq!(edited.findings(), anew.findings());
    prop_assert_eq!(&edited.checked().mentions, &anew.checked().mentions);
    prop_assert_eq!(edited.checked().program(), anew.checked().program());
    Ok(())
}

/// A file and two numbers that choose what is written otherwise in it.
type Renaming = (u8, u32, u32);

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_name_that_is_written_otherwise_is_checked_wherever_it_is_seen(
        name in prop::sample::select(&EXAMPLES[..]),
        edits in prop::collection::vec(any::<Renaming>(), 1..6),
    ) {
        let untouched = example(name);
        let mut edited = untouched.clone();
        let paths = edited.paths().to_vec();
        for (file, which, instead) in edits {
            let path = &paths[usize::from(file) % paths.len()];
            // A third of the edits take everything back in a file.
            let text = match file % 3 {
                0 => untouched.text(path).unwrap_or("").to_owned(),
                _ => renamed(&edited, path, which, instead),
            };
            let _ = edited.checked();
            edited.set_text(path, &text);
            says_what_a_new_reading_says(&edited, &untouched)?;
        }
    }

    #[test]
    fn an_edit_is_checked_as_a_new_program_is(name in prop::sample::select(&EXAMPLES[..]), edits in edits()) {
        let untouched = example(name);
        let mut edited = untouched.clone();
        let paths = edited.paths().to_vec();
        prop_assert!(paths.len() > 1);
        let _ = edited.checked();
        for (file, changes) in edits {
            let path = &paths[usize::from(file) % paths.len()];
            // Half of the edits begin from the original text, so that mistakes go away again.
            let before = if file % 2 == 0 { untouched.text(path) } else { edited.text(path) };
            let text = mutated(before.unwrap_or(""), &changes);
            edited.set_text(path, &text);
            says_what_a_new_reading_says(&edited, &untouched)?;
        }
    }
}
