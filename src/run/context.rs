//! What every customer of one run shares.

use crate::base::Date;
use crate::calendar::WorkingDays;
use crate::check::tree::{CalendarId, Expr, ExprKind, Recipient};
use crate::journal::Memory;
use crate::ledger::Snapshot;
use crate::ledger::snapshot::HistoryEntry;
use crate::plan::{Action, Plan};
use crate::run::amounts::Exchange;
use crate::run::customer::Record;
use crate::run::recorder::Recorder;

/// Plan, snapshot and date of a run, and what is looked up once.
#[derive(Clone)]
pub(crate) struct Context<'a> {
    /// The plan.
    pub(crate) plan: &'a Plan,
    /// The ledger.
    pub(crate) snapshot: &'a Snapshot,
    /// The run date.
    pub(crate) date: Date,
    /// The day of which the ledger is seen (`S2`): the run date, or the day on which a planned run
    /// was planned (`S27`).
    pub(crate) ledger_date: Date,
    /// The last day whose history is seen: outcomes after it are planned or assumed.
    pub(crate) recorded_until: Date,
    /// Whether a run was committed on or before the date, so that the journal would know what runs.
    pub(crate) remembers: bool,
    /// The code of the kind `invoice`.
    pub(crate) invoice: Option<u16>,
    /// Defines that are worth remembering for each document: they ask a question or use another
    /// define, so that a chain of them would be computed over and over. By `DefineId`.
    pub(crate) costly_defines: Vec<bool>,
    /// Notes what is used of the program, where somebody wants to know.
    pub(crate) recorder: Option<&'a Recorder>,
}

impl<'a> Context<'a> {
    /// The context of a run on `date`.
    pub(crate) fn new(plan: &'a Plan, snapshot: &'a Snapshot, memory: &Memory, date: Date) -> Self {
        Self {
            plan,
            snapshot,
            date,
            ledger_date: date,
            recorded_until: date,
            remembers: !memory.commits(date).is_empty(),
            invoice: plan.ledger.kinds.code("invoice"),
            costly_defines: plan.defines.iter().map(|define| is_costly(&define.expr)).collect(),
            recorder: None,
        }
    }

    /// The context of the first of the days that are played: what history and journal record on or after
    /// it is left out, and what is assumed takes its place.
    pub(crate) fn opening(plan: &'a Plan, snapshot: &'a Snapshot, memory: &Memory, date: Date) -> Self {
        let before = date.plus_days(-1).unwrap_or(date);
        let remembers = !memory.commits(before).is_empty();
        Self { recorded_until: before, remembers, ..Self::new(plan, snapshot, memory, date) }
    }

    /// The same, noting in `recorder` what is used of the program.
    pub(crate) fn recorded(self, recorder: Option<&'a Recorder>) -> Self {
        Self { recorder, ..self }
    }

    /// The same on a later day, with the ledger of that day; outcomes are those of before, and what is
    /// assumed since. A run was committed in between.
    pub(crate) fn played(&self, date: Date) -> Self {
        Self { date, ledger_date: date, remembers: true, ..self.clone() }
    }

    /// The same on a later day, with the ledger as it is (`S27`); a run was committed in between.
    pub(crate) fn planned(&self, date: Date) -> Self {
        Self { date, remembers: true, ..self.clone() }
    }

    /// The working days of a calendar.
    pub(crate) fn calendar(&self, calendar: CalendarId) -> Option<&'a WorkingDays> {
        self.plan.calendars.get(calendar.0).map(|calendar| &*calendar.working)
    }

    /// The rates of the run.
    pub(crate) const fn exchange(&self) -> Exchange<'a> {
        Exchange { rates: &self.snapshot.rates, reporting: self.plan.ledger.currency, date: self.ledger_date }
    }

    /// The step that an entry is about, by procedure and place, whatever they were called then.
    pub(crate) fn step_of(&self, entry: &HistoryEntry) -> Option<(usize, usize)> {
        let (procedure, step) = (entry.procedure.as_ref()?, entry.step.as_ref()?);
        let known = |names: &[String], name: &str| names.iter().any(|known| known == name);
        let procedure = self.plan.procedures.iter().find(|candidate| known(&candidate.known_as, procedure))?;
        let mut steps = procedure.steps.iter().chain(&procedure.at_stop);
        steps.find(|candidate| known(&candidate.known_as, step)).map(|step| (procedure.id.0, step.place))
    }

    /// Whether a record is of a step or row that reaches the customer (`S22`). A row of a step that the
    /// program does not have any more, to the customer, counts as one: rather one contact too few.
    pub(crate) fn reaches_customer(&self, record: &Record<'_>) -> bool {
        let (Some(procedure), Some(step)) = (&record.entry.procedure, &record.entry.step) else { return false };
        let known = |names: &[String], name: &str| names.iter().any(|known| known == name);
        let procedures = self.plan.procedures.iter().filter(|candidate| known(&candidate.known_as, procedure));
        let steps = procedures.flat_map(|procedure| procedure.steps.iter().chain(&procedure.at_stop));
        let mut actions = steps.filter(|candidate| known(&candidate.known_as, step)).flat_map(|step| &step.actions);
        match record.row {
            None => actions.any(|action| action.contact),
            Some(row) => {
                let same = |action: &&Action| action.name == row.action && recipient(action) == row.recipient;
                let is_known = actions.clone().any(|action| same(&action));
                if is_known {
                    actions.any(|action| same(&action) && action.contact)
                } else {
                    row.recipient == "customer"
                }
            }
        }
    }
}

/// The recipient of an action as rows name it: `customer`, a role, or nothing.
pub(crate) fn recipient(action: &Action) -> &str {
    match &action.recipient {
        None => "",
        Some(Recipient::Customer) => "customer",
        Some(Recipient::Role(role)) => role,
    }
}

fn is_costly(expr: &Expr) -> bool {
    let mut costly = false;
    expr.walk(&mut |inner| costly |= matches!(inner.kind, ExprKind::Define(..) | ExprKind::Question(_)));
    costly
}
