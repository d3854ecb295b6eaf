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
            let mut anew = untouched.clone();
            for path in &paths {
                anew.set_text(path, edited.text(path).unwrap_or(""));
            }
            prop_assert_eq!(edited.findings(), anew.findings());
            prop_assert_eq!(&edited.checked().mentions, &anew.checked().mentions);
            prop_assert_eq!(edited.checked().program(), anew.checked().program());
        }
    }
}

proptest! {
    #![proptest_config(config(60))]

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
            let mut anew = untouched.clone();
            for path in &paths {
                anew.set_text(path, edited.text(path).unwrap_or(""));
            }
            prop_assert_eq!(edited.findings(), anew.findings());
            prop_assert_eq!(&edited.checked().mentions, &anew.checked().mentions);
            prop_assert_eq!(edited.checked().program(), anew.checked().program());
        }
    }
}
