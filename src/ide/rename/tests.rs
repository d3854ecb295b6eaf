//! New names: what changes, what is refused, and that nothing else changes.

use super::{Beside, prepare, rename};
use crate::base::Date;
use crate::check::mentions::Symbol;
use crate::ide::companies::{all, marked};
use crate::ide::{Edit, Location, spliced, trial};
use crate::journal::Memory;
use crate::ledger::{self, Config, MemoryFiles};
use crate::plan::from_check::lower;
use crate::run::run;
use crate::workspace::Workspace;

const PROGRAM: &str = r#"ledger {
    currency EUR
    customer { $0segment: $0large | small }
    recipient $0agency
}
define $0late = any(documents where days_overdue > 7 days)
assign { none when segment = small  otherwise standard }
procedure $0standard "Standard" for customer {
    start by assignment
    timing dip
    step $0first "First" at day 7 when late was $0very_first { call customer
        results $0promised | refused }
    step $0second "Second" at day 9 when (result of first or else refused) = refused { outsource agency }
}
test "names" {
    customer $0C1 { segment: large }
    document "F-1" of C1 { due_date: 2026-02-01  $0amount: 500 EUR }
    on 2026-02-08 expect C1 standard.first
    on 2026-02-08 done C1 standard.first result promised
    on 2026-02-09 paid $0"F-1"
}
"#;

/// The lines that a new name for the name at a mark changes, or why it does not.
fn renamed(mark: usize, new: &str) -> Vec<String> {
    let (workspace, marks) = marked(PROGRAM);
    let before = workspace.text("main.proc").unwrap_or("").to_owned();
    match rename(&workspace, "main.proc", marks[mark], new, None) {
        Err(why) => vec![why],
        Ok(None) => Vec::new(),
        Ok(Some(renamed)) => {
            let history = renamed.history.map(|history| history.edit);
            let edits: Vec<Edit> = renamed.edits.into_iter().chain(history).collect();
            let after = trial::applied(&workspace, &edits);
            assert!(after.findings().is_empty(), "{:?}", after.findings());
            let after = after.text("main.proc").unwrap_or("").to_owned();
            let lines = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
            lines.map(|(_, after)| after.trim().to_owned()).collect()
        }
    }
}

#[test]
fn a_name_changes_wherever_it_is_written() {
    assert_eq!(
        renamed(0, "size"),
        [
            "customer { size: large | small }",
            "assign { none when size = small  otherwise standard }",
            "customer C1 { size: large }"
        ]
    );
    assert_eq!(renamed(1, "is"), ["customer { segment: is | small }", "customer C1 { segment: is }"]);
    assert_eq!(renamed(2, "court").len(), 2);
    assert_eq!(renamed(3, "is_late").len(), 2);
    assert_eq!(renamed(7, "kept"), ["results kept | refused }", "on 2026-02-08 done C1 standard.first result kept"]);
    assert_eq!(renamed(9, "C2").len(), 4);
    assert_eq!(
        renamed(11, "F 2"),
        ["document \"F 2\" of C1 { due_date: 2026-02-01  amount: 500 EUR }", "on 2026-02-09 paid \"F 2\""]
    );
    assert_eq!(renamed(11, "F2").last().map(String::as_str), Some("on 2026-02-09 paid F2"));
}

#[test]
fn the_history_of_procedures_and_steps_goes_along() {
    assert_eq!(renamed(4, "main")[1], "procedure main \"Standard\" for customer was standard {");
    assert_eq!(renamed(5, "one")[0], "step one \"First\" at day 7 when late was first, very_first { call customer");
    assert_eq!(renamed(5, "very_first")[0], "step very_first \"First\" at day 7 when late was first { call customer");
    assert_eq!(
        renamed(8, "two"),
        [
            "step two \"Second\" at day 9 when (result of first or else refused) = refused was second { outsource agency }"
        ]
    );
}

#[test]
fn what_cannot_be_is_refused() {
    let why = |mark, new| {
        let mut said = renamed(mark, new);
        assert_eq!(said.len(), 1);
        said.remove(0)
    };
    assert_eq!(why(0, "name"), "it cannot be called `name`: every customer has `name` already");
    assert_eq!(why(0, "late"), "it cannot be called `late`: `late` is a field of the customer already");
    assert_eq!(why(1, "small"), "it cannot be called `small`: `small` stands twice in the list");
    assert_eq!(why(2, "customer"), "it cannot be called `customer`: `customer` is a recipient of every program");
    assert_eq!(why(3, "when"), "`when` cannot be a name: this word has a meaning of its own everywhere");
    assert_eq!(
        why(3, "too late"),
        "`too late` is not a name: a name has letters, digits and `_`, and begins with a letter"
    );
    assert_eq!(why(4, "none"), "it cannot be called `none`: no procedure may be called `none`");
    assert_eq!(why(5, "second"), "it cannot be called `second`: step `second` is declared twice");
    assert_eq!(why(8, "very_first"), "it cannot be called `very_first`: step `very_first` still exists");
    assert_eq!(why(6, "x"), "`very_first` is what the history calls this step: it stays");
    assert_eq!(why(10, "x"), "every document has `amount`: it keeps its name");
    assert_eq!(why(9, ""), "an id has at least one letter or digit");
    assert_eq!(renamed(4, "standard"), Vec::<String>::new());
}

#[test]
fn of_two_with_the_same_name_one_is_renamed() {
    let text = "procedure p { step $0a at day 1 { call customer } step a at day 2 when result of $0a is missing { call customer } }";
    let (workspace, marks) = marked(text);
    let places = |at| rename(&workspace, "main.proc", at, "b", None).map(|it| it.map(|it| it.edits.len()));
    assert_eq!(places(marks[0]), Ok(Some(1)));
    assert_eq!(places(marks[1]), Ok(Some(3)));
}

/// Every declared name that may have another one, with its place.
fn renameable(workspace: &Workspace) -> Vec<(Location, Symbol)> {
    let declared = workspace.checked().mentions.iter().filter(|mention| mention.is_declaration);
    declared
        .filter_map(|mention| Some((Location::of(workspace, mention.span)?, mention.symbol.clone())))
        .filter(|(place, _)| matches!(prepare(workspace, &place.path, place.range.start), Ok(Some(_))))
        .collect()
}

#[test]
fn every_name_of_every_example_may_have_another_one() {
    for (company, workspace) in all() {
        let names = renameable(&workspace);
        assert!(names.len() > 20, "{company}: only {} names", names.len());
        let codes = |workspace: &Workspace| workspace.findings().iter().map(|it| it.code.id).collect::<Vec<_>>();
        let places = |workspace: &Workspace| workspace.checked().mentions.iter().count();
        for (Location { path, range }, symbol) in names {
            let renamed = rename(&workspace, &path, range.start, "renamed_x", None);
            let renamed = renamed.expect("a new name").expect("a name");
            let after = trial::applied(&workspace, &renamed.edits);
            assert_eq!(codes(&after), codes(&workspace), "{company}: {symbol:?}");
            assert_eq!(places(&after), places(&workspace), "{company}: {symbol:?}");
            let is_known = matches!(symbol, Symbol::Procedure(_) | Symbol::Step { .. });
            assert_eq!(renamed.history.is_some(), is_known, "{company}: {symbol:?}");
            let with_history: Vec<Edit> =
                renamed.edits.into_iter().chain(renamed.history.map(|history| history.edit)).collect();
            let after = trial::applied(&workspace, &with_history);
            assert_eq!(codes(&after), codes(&workspace), "{company}: {symbol:?}");
            assert_eq!(places(&after), places(&workspace) + usize::from(is_known), "{company}: {symbol:?}");
        }
    }
}

const OF_LEDGER: &str = r#"ledger {
    currency EUR
    customer { $0segment: $0large | small }
    document { status: open | $0dispute | closed  branch: text? }
    recipient $0agency
}
assign { none when segment = small  otherwise standard }
procedure standard {
    start by assignment
    follow documents where status in (open, dispute)
    timing dip
    step first at day 7 when any(documents where status = dispute) { our_notify agency text "Late" }
    step second at day 90 { our_notify customer text "Late" }
}
action our_notify(to: recipient, text: text)
"#;

fn files_of_ledger() -> MemoryFiles {
    MemoryFiles::default()
        .with("ledger/customers.csv", "id,segment\nC1,large\nC2,small\n")
        .with("ledger/recipients.csv", "customer,role,email\nC1,agency,a@example.com\n")
        .with("ledger/status_history.csv", "document,date,status\nF1,2026-02-20,dispute\n")
        .with(
            "ledger/documents.csv",
            "id,customer,status,issue_date,due_date,amount\nF1,C1,dispute,2026-01-01,2026-02-20,100\nF2,C2,open,2026-01-01,2026-02-20,100\n",
        )
}

/// The rows of a run, without their ids: these name the recipient.
fn rows(workspace: &Workspace, settings: &str) -> Vec<String> {
    let program = workspace.checked().program().expect("a program");
    let config = Config::from_toml(settings, "dunlin.toml").expect("settings");
    let snapshot = ledger::read(&files_of_ledger(), &config, &program.ledger).expect("a ledger");
    let date = Date::new(2026, 3, 2).expect("a day");
    let worklist = run(&lower(program), &snapshot, &Memory::default(), date);
    assert!(worklist.set_aside.is_empty() && worklist.findings.is_empty(), "{worklist:?}");
    worklist.rows.iter().map(|row| format!("{} {} {:?}", row.customer, row.step, row.documents)).collect()
}

#[test]
fn the_ledger_is_read_as_before() {
    let (workspace, marks) = marked(OF_LEDGER);
    let before = rows(&workspace, "");
    assert_eq!(before.len(), 1);
    let settings = "# Ours.\n[tables.customers]\nfile = \"customers.csv\"\n";
    for (mark, new) in [(0, "size"), (1, "big"), (2, "contested"), (3, "court")] {
        for settings in [None, Some(settings)] {
            let files = files_of_ledger();
            let beside = Beside { path: "dunlin.toml", settings, files: &files };
            let renamed = rename(&workspace, "main.proc", marks[mark], new, Some(beside)).expect("a new name");
            let renamed = renamed.expect("a name");
            let mapping = renamed.mapping.expect("what the ledger calls it");
            assert_eq!(mapping.is_new_file, settings.is_none());
            assert_eq!(renamed.caution.is_some(), mark == 3);
            let said = spliced(settings.unwrap_or(""), [&mapping.edit]).expect("settings");
            let after = trial::applied(&workspace, &renamed.edits);
            assert_eq!(rows(&after, &said), before, "{said}");
        }
    }
}
