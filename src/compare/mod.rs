//! Two versions of a program over one ledger: who gets something else, and which change of the source
//! makes it so.
//!
//! Both programs are run for each date, or played day by day from the first to the last, and their worklists
//! compared. Then the declarations that differ
//! are put into the older program, alone and together, and what follows is compared again: a difference
//! is put down to the change that brings it about. Nothing here reads or writes anything.

mod causes;
mod changes;
mod differences;
mod look;
mod parts;
pub mod people;
mod rename;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Date, Decimal, Diagnostic, Money};
use crate::compare::causes::{Course, Trials, Way};
use crate::compare::changes::Versions;
use crate::compare::look::Look;
use crate::compare::parts::Parts;
use crate::journal::Memory;
use crate::ledger::Snapshot;
use crate::run::play::Assumptions;
use crate::run::worklist::RowMode;
use crate::schema::LedgerSchema;
use crate::workspace::Workspace;

/// What the versions are run over: the ledger as a program of that schema reads it, and what the journal
/// says of its customers. It is asked for once for each schema.
pub type Ledger<'a> = dyn Fn(&LedgerSchema) -> Result<(Snapshot, Memory), Vec<Diagnostic>> + 'a;

/// Told how many runs are through, and how many there are to be, as far as is known by then: what has to
/// be tried for causes is known only when the differences are.
pub type Progress<'a> = dyn Fn(usize, usize) + 'a;

/// Two versions compared.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The dates, in order.
    pub dates: Vec<Date>,
    /// What is assumed of suggestions, where the days were played one after the other; `None` where each
    /// date is a run of its own.
    pub assumed: Option<Assumptions>,
    /// Whether the settings of the versions differ. Both were run with those of the newer one.
    pub settings_differ: bool,
    /// Customers of the ledger.
    pub customers: u64,
    /// What the source says differently.
    pub changes: Vec<Change>,
    /// What comes of it, by what causes it; causes with an effect only.
    pub causes: Vec<Cause>,
    /// The rows of both versions on all dates, by action.
    pub actions: BTreeMap<String, Totals>,
    /// The same by procedure and step: `standard.reminder`.
    pub steps: BTreeMap<String, Totals>,
    /// The customers for whom other steps are passed over, or since another day, on one of the dates.
    pub passed_over: BTreeSet<String>,
    /// The names of the customers that get something else, by id.
    pub names: BTreeMap<String, String>,
    /// Whether there were too many changes or customers to put every difference down to its cause.
    pub capped: bool,
}

/// A declaration that may change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `ledger`
    Ledger,
    /// A calendar, by name.
    Calendar(String),
    /// A define, by name: `document.large` where it is about a document.
    Define(String),
    /// A template, by name.
    Template(String),
    /// The text of a template or the days of a calendar, by path.
    Text(String),
    /// An action that the program declares, by name.
    Action(String),
    /// The order of the rules of `assign`.
    OrderOfRules,
    /// A rule of `assign`, by its procedure: the second one for it is `strict (2)`; or `otherwise`.
    Rule(String),
    /// A procedure without its steps, by name; with them where only one version has it.
    Procedure(String),
    /// The order of the steps of a procedure.
    OrderOfSteps(String),
    /// A step, by the names of procedure and step.
    Step(String, String),
    /// `contact_policy`
    ContactPolicy,
}

/// What happened to a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It has another name and says so (`was`).
    Renamed,
    /// Its parts stand in another order.
    Reordered,
}

/// A declaration that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened to it.
    pub how: How,
    /// Which one, by its present name.
    pub part: Part,
    /// As it was.
    pub old: Option<Written>,
    /// As it is.
    pub new: Option<Written>,
}

/// A declaration as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its text in canonical layout, without comments; ends in a line end.
    pub text: String,
    /// The file it stands in, relative to the program's folder; empty where that is not known.
    pub file: String,
    /// The line it begins on, counted from 1.
    pub line: usize,
}

/// How sure a cause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// The changes alone, made in the older version, bring the differences about. More than one where
    /// the first does not check without the others.
    Alone,
    /// Without any one of the changes the differences would not come about; none does it alone.
    Together,
    /// It was not found out which of the changes it is.
    NotTraced,
}

/// Changes of the source and what comes of them.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The changes, by their place in [`Comparison::changes`].
    pub changes: Vec<usize>,
    /// How sure it is.
    pub trace: Trace,
    /// What is different, by date, then customer.
    pub differences: BTreeSet<(Date, Difference)>,
}

/// Something that is different for a customer on a date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The customer's id; empty for rows of the ledger that tell none.
    pub customer: String,
    /// What.
    pub kind: Kind,
}

/// What is different.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The customer has another primary procedure: its name and step before and now.
    Reassigned {
        /// Before.
        old: Position,
        /// Now.
        new: Position,
    },
    /// Another step of a procedure is current, or it runs in one version only.
    Moves {
        /// The procedure.
        procedure: String,
        /// The document, in a procedure for document.
        document: Option<String>,
        /// Before; `None` where it did not run.
        old: Option<Position>,
        /// Now; `None` where it does not run.
        new: Option<Position>,
    },
    /// There is a row that was not there.
    Appears(Action, Facts),
    /// A row that was there is gone.
    Vanishes(Action, Facts),
    /// A row says something else.
    Changes {
        /// Which row.
        action: Action,
        /// What of it.
        what: Aspect,
        /// Before; empty for nothing.
        old: String,
        /// Now; empty for nothing.
        new: String,
    },
    /// The customer is set aside, with this message.
    SetAside(String),
    /// The customer was set aside, with this message.
    NoLongerSetAside(String),
}

/// Where a customer or document stands in a procedure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The procedure; `None` for no procedure.
    pub procedure: Option<String>,
    /// The step that is current; `None` where none is.
    pub step: Option<String>,
}

/// What makes a row the same row in both versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Action {
    /// The procedure, by its present name.
    pub procedure: String,
    /// The step, by its present name.
    pub step: String,
    /// The document, in a procedure for document.
    pub document: Option<String>,
    /// The action.
    pub action: String,
    /// `customer`, a role, or empty.
    pub recipient: String,
    /// The currency, where there is an amount.
    pub currency: Option<String>,
    /// Which one of several that are otherwise the same, counted from 0.
    pub nth: usize,
}

/// What may differ of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whether it is on the worklist.
    pub status: Status,
    /// Who executes it.
    pub mode: RowMode,
    /// The language of its text.
    pub language: Option<String>,
    /// The covered documents.
    pub documents: Vec<String>,
    /// What it claims or computes.
    pub amount: Option<Money>,
    /// Days in procedure.
    pub dip: Option<i64>,
    /// When its step was reached or fell due.
    pub reached_on: Date,
    /// The procedure's priority.
    pub priority: Option<Decimal>,
    /// The text of its template in its language.
    pub text: Option<Arc<str>>,
    /// Its other arguments, as they are written.
    pub arguments: String,
}

/// Whether a row is on the worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is.
    Suggested,
    /// The contact policy puts it off to that day.
    PutOff(Date),
    /// It would claim nothing.
    Withheld,
}

/// What of a row is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the facts of a row")]
pub enum Aspect {
    Status,
    Mode,
    Language,
    Documents,
    Amount,
    Dip,
    ReachedOn,
    Priority,
    Text,
    Arguments,
}

/// Rows of both versions, over all dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Suggested by the older version.
    pub old: u64,
    /// Suggested by the newer.
    pub new: u64,
    /// In the newer only.
    pub appear: u64,
    /// In the older only.
    pub vanish: u64,
    /// In both, and not the same.
    pub change: u64,
}

/// Why two versions cannot be compared: the ledger cannot be read for one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Whether that is the older one alone.
    pub is_older: bool,
    /// What stands against it.
    pub findings: Vec<Diagnostic>,
}

/// Compares what two programs give on each of `dates`, in order: each date on its own; or, with `assumed`, both
/// programs played day by day from the first date to the last, where what is done in between counts to the next of
/// the dates. Both have to be without errors; `None` otherwise.
///
/// # Errors
/// If the ledger cannot be read for one of them.
pub fn compare(
    old: &Workspace,
    new: &Workspace,
    ledger: &Ledger<'_>,
    dates: &[Date],
    assumed: Option<Assumptions>,
    progress: &Progress<'_>,
) -> Result<Option<Comparison>, Unreadable> {
    let (before, after) = (Parts::of(old), Parts::of(new));
    let (Some(old_ready), Some(new_ready)) = (before.ready(), after.ready()) else { return Ok(None) };
    let versions = Versions::new(&before, after, (old.sources(), new.sources()));
    let changes = versions.changes();
    let way = assumed.map_or(Way::Apart, |assumed| Way::Played(dates, assumed));
    let mut trials = Trials::new(&versions, &changes, ledger, way, progress);
    let unreadable = |is_older| move |findings| Unreadable { is_older, findings };
    let new_read = trials.read(&new_ready.plan).map_err(unreadable(false))?;
    let old_read = trials.read(&old_ready.plan).map_err(unreadable(true))?;
    let (mut old_course, mut new_course) =
        (Course::new(&old_ready, &old_read, way), Course::new(&new_ready, &new_read, way));
    trials.expect(2 * dates.len());
    let mut comparison = Comparison { dates: dates.to_vec(), assumed, ..Comparison::default() };
    let mut differences = BTreeMap::new();
    let mut looks = BTreeMap::new();
    for date in dates {
        let mut old_look = trials.look(&mut old_course, *date);
        old_look.rename(&versions.names);
        let new_look = trials.look(&mut new_course, *date);
        let found = differences::between(&old_look, &new_look);
        comparison.count(&old_look, &new_look, &found);
        comparison.passed_over.extend(differences::passed_over(&old_look, &new_look));
        if !found.is_empty() {
            differences.insert(*date, found);
            looks.insert(*date, old_look);
        }
    }
    comparison.causes = trials.causes(&differences, &looks);
    comparison.capped = trials.capped;
    comparison.customers = new_read.0.customers.len() as u64;
    comparison.names = names(&new_read.0, differences.values().flatten());
    comparison.changes = changes;
    Ok(Some(comparison))
}

/// The names of the customers that differences are about, by id.
fn names<'d>(snapshot: &Snapshot, differences: impl Iterator<Item = &'d Difference>) -> BTreeMap<String, String> {
    let ids: BTreeSet<&String> = differences.map(|difference| &difference.customer).collect();
    let customers = &snapshot.customers;
    let name = |id: &String| Some(customers.name.get(customers.find(id)?.0 as usize)?.to_string());
    ids.into_iter().filter_map(|id| Some((id.clone(), name(id)?))).collect()
}

impl Comparison {
    /// Whether anybody gets something else.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty()
    }

    /// Every difference, by date, then customer.
    pub fn differences(&self) -> BTreeSet<&(Date, Difference)> {
        self.causes.iter().flat_map(|cause| &cause.differences).collect()
    }

    /// The changes that have no effect on the dates, by their places.
    #[must_use]
    pub fn without_effect(&self) -> Vec<usize> {
        let named: BTreeSet<usize> = self.causes.iter().flat_map(|cause| cause.changes.iter().copied()).collect();
        (0..self.changes.len()).filter(|place| !named.contains(place)).collect()
    }

    fn count(&mut self, old: &Look, new: &Look, found: &BTreeSet<Difference>) {
        let mut tally = |action: &Action, add: &dyn Fn(&mut Totals)| {
            add(self.actions.entry(action.action.clone()).or_default());
            add(self.steps.entry(format!("{}.{}", action.procedure, action.step)).or_default());
        };
        for ((_, action), _) in old.suggested() {
            tally(action, &|totals| totals.old += 1);
        }
        for ((_, action), _) in new.suggested() {
            tally(action, &|totals| totals.new += 1);
        }
        let mut changed = BTreeSet::new();
        for difference in found {
            match &difference.kind {
                Kind::Appears(action, _) => tally(action, &|totals| totals.appear += 1),
                Kind::Vanishes(action, _) => tally(action, &|totals| totals.vanish += 1),
                Kind::Changes { action, .. } if changed.insert((&difference.customer, action)) => {
                    tally(action, &|totals| totals.change += 1);
                }
                _ => {}
            }
        }
    }
}
