//! The program as the last commit has it, and its run: made once, until there is another commit, ledger or day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dunlin::base::{Date, Severity};
use dunlin::disk::git::Repository;
use dunlin::plan::{self, Plan};
use dunlin::run::survey::{Survey, survey};
use dunlin::workspace::Workspace;

use super::books::{Books, Ledger};

/// The last commits, by the program's folder.
#[derive(Debug, Default)]
pub(crate) struct Heads(BTreeMap<PathBuf, Head>);

/// What is known of the last commit.
#[derive(Debug)]
struct Head {
    commit: String,
    workspace: Workspace,
    /// Nothing where it has errors.
    plan: Option<Plan>,
    run: Option<(Arc<Ledger>, Date, Survey)>,
}

impl Heads {
    /// The program of the last commit and what it gives on a date; nothing where there is none, where it has
    /// errors, where it says the same as `now`, and where `is_over` says so.
    pub(crate) fn run(
        &mut self,
        folder: &Path,
        now: &Workspace,
        books: &Books,
        date: Date,
        is_over: &(dyn Fn() -> bool + Sync),
    ) -> Option<(&Plan, &Survey)> {
        let head = self.head(folder)?;
        let plan = head.plan.as_ref().filter(|_| !says_the_same(&head.workspace, now))?;
        let ledger = books.ledger(folder, &plan.ledger).ok()?;
        let is_known = head.run.as_ref().is_some_and(|(of, on, _)| Arc::ptr_eq(of, &ledger) && *on == date);
        if !is_known {
            let survey = survey(plan, &ledger.snapshot, &ledger.memory, date, is_over)?;
            head.run = Some((ledger, date, survey));
        }
        head.run.as_ref().map(|(_, _, survey)| (plan, survey))
    }

    fn head(&mut self, folder: &Path) -> Option<&mut Head> {
        let repository = Repository::around(folder).ok()?;
        let commit = repository.commit("HEAD").ok()?;
        if self.0.get(folder).is_none_or(|known| known.commit != commit) {
            self.0.remove(folder);
            let revision = repository.program(&commit).ok()?;
            let workspace = revision.program.workspace;
            let unread = revision.program.findings;
            let is_sound = unread.iter().chain(&workspace.findings()).all(|it| it.severity() != Severity::Error);
            let plan = workspace.checked().program().filter(|_| is_sound).map(plan::from_check::lower);
            self.0.insert(folder.to_owned(), Head { commit, workspace, plan, run: None });
        }
        self.0.get_mut(folder)
    }
}

/// Whether two programs are the same, letter by letter.
fn says_the_same(one: &Workspace, other: &Workspace) -> bool {
    let texts = |path: &String| one.text(path) == other.text(path);
    let resources = one.wanted_resources();
    one.paths() == other.paths()
        && one.paths().iter().all(texts)
        && resources == other.wanted_resources()
        && resources.iter().all(texts)
}
