//! Working out what a program does: its tests, its run over the ledger, how that differs from the last commit.

use std::sync::Arc;

use dunlin::base::{Date, text};
use dunlin::check::tree::Program;
use dunlin::compare::people::Version;
use dunlin::ide::inlay_hints::Remarks;
use dunlin::ide::lens::{Figures, Run, Tested};
use dunlin::plan::{self, Plan};
use dunlin::run::survey::survey;
use dunlin::testing;
use dunlin::workspace::Workspace;
use rayon::ThreadPool;

use super::books::{Books, Ledger, NoLedger};
use super::head::Heads;
use super::known::Known;
use crate::program::Root;
use crate::worker::STACK;

/// A program to be looked at.
#[derive(Debug)]
pub(crate) struct Job {
    /// Which program.
    pub(crate) root: Root,
    /// Which state of it.
    pub(crate) number: u64,
    /// What it says; without errors.
    pub(crate) workspace: Workspace,
    /// What is wanted.
    pub(crate) wishes: Wishes,
}

/// What somebody wants to know of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// Whether the numbers above its parts are wanted.
    pub(crate) figures: bool,
    /// Whether the remarks within lines are wanted.
    pub(crate) remarks: bool,
    /// The document that they are for.
    pub(crate) document: Option<String>,
    /// The day that the user has set.
    pub(crate) date: Option<Date>,
    /// What day it is, where the clock can be believed.
    pub(crate) today: Option<Date>,
}

/// Who works it out, with what is kept from one time to the next.
#[derive(Debug)]
pub(crate) struct Reckoner {
    books: Arc<Books>,
    heads: Heads,
    /// Not all processors: whoever types needs one, too.
    threads: Option<ThreadPool>,
}

impl Reckoner {
    /// Nothing is kept yet.
    pub(crate) fn new(books: Arc<Books>) -> Self {
        let all = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = rayon::ThreadPoolBuilder::new().num_threads((all / 2).max(1)).stack_size(STACK);
        let threads = threads.thread_name(|number| format!("lens {number}")).build().ok();
        Self { books, heads: Heads::default(), threads }
    }

    /// What is known of a program; `None` where `is_over` says before the end that nobody wants to know.
    pub(crate) fn reckon(&mut self, job: Job, is_over: &(dyn Fn() -> bool + Sync)) -> Option<Known> {
        let Self { books, heads, threads } = self;
        match threads {
            Some(threads) => threads.install(|| reckon(books, heads, &job, is_over)),
            None => reckon(books, heads, &job, is_over),
        }
    }
}

fn reckon(books: &Books, heads: &mut Heads, job: &Job, is_over: &(dyn Fn() -> bool + Sync)) -> Option<Known> {
    let program = job.workspace.checked().program()?;
    let plan = plan::from_check::lower(program);
    let wishes = &job.wishes;
    let ledger = match job.root.folder() {
        Some(folder) => books.ledger(folder, &plan.ledger).and_then(|ledger| dated(ledger, wishes.date, wishes.today)),
        None => Err(NoLedger::None),
    };
    let remarks = ledger.as_ref().ok().filter(|_| wishes.remarks).map(|(ledger, date)| {
        let books = (&*ledger.snapshot, &ledger.memory);
        Remarks::new(&job.workspace, &plan, books, wishes.document.as_deref(), *date)
    });
    let figures = if wishes.figures {
        let tests = tests(&plan, program, &job.workspace);
        let run = match &ledger {
            Err(NoLedger::None) => None,
            Err(NoLedger::Unreadable(reason)) => Some(Err(format!("no numbers: {reason}"))),
            Ok((ledger, date)) => Some(Ok(run(books, heads, job, plan, ledger, *date, is_over)?)),
        };
        Figures::new(&job.workspace, run, tests)
    } else {
        Figures::default()
    };
    let ledger = ledger.ok().map(|(ledger, _)| ledger);
    let chosen = ledger.as_ref().zip(wishes.document.as_deref());
    let notice = chosen.and_then(|(ledger, document)| unknown(ledger, document));
    (!is_over()).then_some(Known { figures, ledger, remarks, notice })
}

/// What is said where the ledger has no such document.
fn unknown(ledger: &Ledger, document: &str) -> Option<String> {
    let ids = &ledger.snapshot.documents.id;
    let all = || (0..ids.len()).map(|row| ids.get(row));
    if all().any(|id| id == document) {
        return None;
    }
    let near = text::nearest(document, all()).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Some(format!("no dates are shown beside steps: the ledger has no document `{document}`{near}"))
}

/// A ledger, and the day that is looked at: the one that the user has set, else that of the settings, else today.
pub(crate) fn dated(
    ledger: Arc<Ledger>,
    set: Option<Date>,
    today: Option<Date>,
) -> Result<(Arc<Ledger>, Date), NoLedger> {
    match set.or(ledger.date).or(today) {
        Some(date) => Ok((ledger, date)),
        None => Err(NoLedger::Unreadable("the clock of this machine is wrong; set the date in dunlin.toml".to_owned())),
    }
}

/// The run of a program, beside that of the last commit.
fn run(
    books: &Books,
    heads: &mut Heads,
    job: &Job,
    plan: Plan,
    ledger: &Ledger,
    date: Date,
    is_over: &(dyn Fn() -> bool + Sync),
) -> Option<Run> {
    let now = survey(&plan, &ledger.snapshot, &ledger.memory, date, is_over)?;
    let before = match &job.root {
        Root::Tree(folder) => heads.run(folder, &job.workspace, books, date, is_over),
        // Of a file without a folder nobody knows what else belongs to it.
        Root::Folder(_) | Root::Alone(_) => None,
    };
    let before = before.map(|(plan, survey)| Version { plan, survey });
    Some(Run::new(plan, date, now, before))
}

/// What the tests of a program give.
fn tests(plan: &Plan, program: &Program, workspace: &Workspace) -> Vec<Tested> {
    let played = testing::play(plan, &program.tests, workspace.sources(), None);
    let tested = played.into_iter().filter_map(|played| {
        let path = workspace.sources().get(played.span.file)?.path.to_string();
        Some(Tested { path, title: played.title, findings: played.findings })
    });
    tested.collect()
}
