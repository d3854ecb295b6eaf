//! Random edits and requests over a company's files, as an editor makes them; in the end everything is as if it
//! had been read afresh, every request was answered once, and the server is as large as it was.
//!
//! The ordinary run is short. `DUNLIN_SOAK=5000 cargo test -p dunlin-lsp soak -- --test-threads 1` makes 5,000 edits
//! and requests over 200 files at typing speed and prints what it measures; `DUNLIN_SOAK_SEED` gives another course.
//! The findings are also those of the command line where there is one: `DUNLIN`, or `dunlin` beside the server.

mod answers;
mod editor;
mod edits;
mod fresh;
mod random;
mod requests;
mod text;

use std::env;
use std::fs;
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Session, command_line, modern};
use crate::company::Company;
use editor::{Editor, PATIENCE};
use fresh::Copy;
use random::Random;
use text::Unit;

/// How a run is made.
struct Course {
    steps: usize,
    files: usize,
    lines: usize,
    seed: u64,
    /// After how many steps everything is compared.
    rest: usize,
    /// The longest pause of the person who types, in milliseconds.
    pause: usize,
    unit: Unit,
    /// Whether the editor asks for findings instead of having them sent.
    pulls: bool,
}

impl Course {
    fn new(unit: Unit, pulls: bool) -> Self {
        let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let seed = number("DUNLIN_SOAK_SEED").unwrap_or(1);
        match number("DUNLIN_SOAK").and_then(|steps| usize::try_from(steps).ok()) {
            Some(steps) => Self { steps, files: 200, lines: 90, seed, rest: 250, pause: 80, unit, pulls },
            None => Self { steps: 300, files: 20, lines: 60, seed, rest: 50, pause: 4, unit, pulls },
        }
    }

    fn is_long(&self) -> bool {
        self.steps > 1000
    }
}

#[test]
fn an_editor_that_is_sent_findings() {
    run(&Course::new(Unit::Utf16, false));
}

#[test]
fn an_editor_that_asks_for_findings() {
    run(&Course::new(Unit::Utf8, true));
}

fn run(course: &Course) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder").join("company é");
    let company = Company::new(course.files, course.lines);
    company.write(&root);
    let log = folder.path().join("log");
    let session = Session::start_with_log(fs::File::create(&log).expect("a file"));
    let mut editor = Editor::new(session, &root, course.unit, company.files);
    let greeting = editor.session.greet(&root, abilities(course), Value::Null);
    let offered = requests::offered(&greeting);
    let mut random = Random(course.seed);
    let mut copy = Copy::new();
    let started = Instant::now();
    let mut sizes = Vec::new();
    let mut at_hand = edits::open_another(&mut editor, &mut random, false, "");
    for step in 1..=course.steps {
        at_hand = take_a_step(&mut editor, &mut random, &offered, at_hand, course);
        if step % course.rest == 0 {
            if random.chance(50) || step % 1000 == 0 || step == course.steps {
                edits::mend_all(&mut editor, &mut random);
            }
            compare(&mut editor, &mut copy, course);
            requests::colours(&mut editor, &mut random, &offered, &at_hand);
            sizes.push(size(&editor));
        }
    }
    compare(&mut editor, &mut copy, course);
    let by_command = compare_with_command(&editor, &copy);
    let unanswered = editor.unanswered();
    assert!(unanswered.is_empty(), "never answered: {unanswered:?}");
    let log = fs::read_to_string(log).expect("a log");
    assert_eq!(log, "", "the server complains");
    if course.is_long() {
        let least = least_by_quarter(&sizes);
        report(course, &editor, &least, by_command, started.elapsed());
        is_flat(&least);
    }
}

/// One thing that a person does, at the speed of a person.
fn take_a_step(editor: &mut Editor, random: &mut Random, offered: &[&str], at_hand: String, course: &Course) -> String {
    let at_hand = match editor.text(&at_hand) {
        Some(_) if !random.chance(6) => at_hand,
        _ => edits::open_another(editor, random, false, &at_hand),
    };
    let mut next = at_hand.clone();
    match random.below(100) {
        0..=64 => next = edits::edit(editor, random, &at_hand),
        65..=94 => requests::ask(editor, random, offered, &at_hand),
        _ => requests::ask_and_apply(editor, random, offered, &at_hand),
    }
    if course.pulls {
        if random.chance(60) && editor.text(&next).is_some() {
            requests::pull_one(editor, &next);
        }
        if editor.is_to_ask_again || random.chance(3) {
            requests::pull(editor, random.chance(30));
        }
    }
    editor.take_in(Duration::ZERO);
    if random.chance(70) {
        thread::sleep(Duration::from_millis(random.below(course.pause) as u64));
    }
    next
}

/// What the editor says of itself.
fn abilities(course: &Course) -> Value {
    let mut abilities = modern();
    abilities["general"]["positionEncodings"] = json!([course.unit.name(), "utf-16"]);
    abilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    if course.pulls {
        abilities["textDocument"]["diagnostic"] = json!({});
        abilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    }
    abilities
}

/// What the editor holds is what a program has that is read now.
fn compare(editor: &mut Editor, copy: &mut Copy, course: &Course) {
    editor.take_in(Duration::from_millis(20));
    copy.write(editor);
    let fresh = copy.findings();
    let deadline = Instant::now() + PATIENCE;
    loop {
        if course.pulls {
            requests::pull(editor, true);
        }
        let difference = fresh::difference(&copy.held_by(editor), &fresh);
        if difference.is_none() && editor.unanswered().is_empty() {
            // And stays so.
            editor.take_in(Duration::from_millis(60));
            if !editor.is_to_ask_again && fresh::difference(&copy.held_by(editor), &fresh).is_none() {
                return;
            }
        } else if Instant::now() > deadline {
            editor.fail(&format!("{}\n{:?}", difference.unwrap_or_default(), editor.unanswered()));
        }
        editor.take_in(Duration::from_millis(20));
    }
}

fn compare_with_command(editor: &Editor, copy: &Copy) -> bool {
    let Some(dunlin) = command_line() else { return false };
    let difference = fresh::difference(&copy.held_by(editor), &copy.checked_by(&dunlin));
    if let Some(difference) = difference {
        editor.fail(&format!("{} has others (is it of the same state?)\n{difference}", dunlin.display()));
    }
    true
}

/// The memory that the server has, in kB; 0 where the system does not tell.
fn size(editor: &Editor) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", editor.session.process())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// The least memory that the server had in each quarter of the time: what it needs. What it has at one moment depends on
/// what is open, and on how much of what was freed lies ready.
fn least_by_quarter(sizes: &[u64]) -> Vec<u64> {
    let quarters = sizes.chunks(sizes.len().div_ceil(4).max(1));
    quarters.filter_map(|quarter| quarter.iter().min().copied()).collect()
}

/// In the first quarter the server is not yet warm; from then on a tenth more would be growth.
fn is_flat(least: &[u64]) {
    let (warm, last) = (least.get(1).copied().unwrap_or(0), least.last().copied().unwrap_or(0));
    assert!(last <= warm + warm / 10, "the server grows: {least:?} kB");
}

fn report(course: &Course, editor: &Editor, least: &[u64], by_command: bool, time: Duration) {
    let Course { steps, files, seed, pulls, .. } = course;
    let asked = editor.asked.len();
    let command = if by_command { "and of `dunlin check`" } else { "(no `dunlin` to compare with)" };
    let mut out = std::io::stdout();
    let _ = writeln!(
        out,
        "soak: {steps} steps over {files} files, seed {seed}, {}, {asked} requests, {} s: findings as read afresh {command}; \
         the least memory in each quarter was {least:?} kB",
        if *pulls { "findings asked for" } else { "findings sent" },
        time.as_secs(),
    );
}
