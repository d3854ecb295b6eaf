//! The life of an instance as history and journal tell it (`S8`, `S10`, `S11`, `S25`): when it
//! started, when it ended, and which outcomes belong to it.

use crate::base::Date;
use crate::journal::Happening;
use crate::journal::memory::Kind;
use crate::ledger::DocumentRow;
use crate::ledger::snapshot::Outcome;
use crate::plan::{Procedure, Step};
use crate::run::customer::{Customer, Record};

/// What is known of the instances of one procedure for one subject.
#[derive(Debug, Clone, Default)]
pub(crate) struct Life<'a> {
    /// The one that runs.
    pub(crate) running: Option<Running<'a>>,
    /// The one that ended last.
    pub(crate) ended: Option<Ended<'a>>,
    /// Every outcome, whatever instance it belongs to.
    pub(crate) told: Vec<Told<'a>>,
}

/// An instance that runs.
#[derive(Debug, Clone)]
pub(crate) struct Running<'a> {
    /// The day from which it counts.
    pub(crate) since: Date,
    /// The day of the run that saw it start; `None` where only its outcomes tell that it runs.
    pub(crate) noted_on: Option<Date>,
    /// The condition by which it started, as written then.
    pub(crate) because: Option<&'a str>,
    /// Whether it is noted that its last step has an outcome.
    pub(crate) completed: bool,
    /// Whether it is noted that its start condition did not hold after that, so that it may start
    /// again (`S11`).
    pub(crate) resting: bool,
    /// Its outcomes.
    pub(crate) told: Vec<Told<'a>>,
}

/// An instance that ended.
#[derive(Debug, Clone)]
pub(crate) struct Ended<'a> {
    /// The day on which it ended.
    pub(crate) on: Date,
    /// Why.
    pub(crate) because: Option<&'a str>,
    /// Its outcomes, those reported after its end too.
    pub(crate) told: Vec<Told<'a>>,
}

/// An outcome of a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    /// Which step: its place among all steps of the procedure as written.
    pub(crate) step: usize,
    /// What was recorded.
    pub(crate) record: Record<'a>,
}

/// What history and journal say of `procedure` for one subject: the customer, or a document.
///
/// `dated` is the day that `start … from` gives today: while no start is noted, outcomes before it
/// belong to an earlier time.
pub(crate) fn of<'a>(
    customer: &Customer<'a>,
    procedure: &Procedure,
    subject: Option<DocumentRow>,
    dated: Option<Date>,
) -> Life<'a> {
    let mut sequence: Vec<(Date, u64, Part<'a>)> = outcomes(customer, procedure, subject)
        .map(|told| (told.record.entry.date, told.record.number, Part::Outcome(told)))
        .collect();
    let events = customer.events.iter().copied().filter(|event| concerns(procedure, subject, event));
    sequence.extend(events.map(|event| (event.date, event.number, Part::Event(event))));
    sequence.sort_by_key(|(date, number, _)| (*date, *number));
    let mut life = Life::default();
    for (date, _, part) in sequence {
        match part {
            Part::Outcome(told) => life.outcome(procedure, told),
            Part::Event(event) => life.event(date, &event.kind),
        }
    }
    life.forget_before(dated);
    life
}

/// Whether the journal says anything of `procedure` for a subject but outcomes.
pub(crate) fn is_noted(customer: &Customer<'_>, procedure: &Procedure, subject: Option<DocumentRow>) -> bool {
    customer.events.iter().any(|event| concerns(procedure, subject, event))
}

enum Part<'a> {
    Outcome(Told<'a>),
    Event(&'a Happening),
}

fn is_known(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known == name)
}

fn concerns(procedure: &Procedure, subject: Option<DocumentRow>, event: &Happening) -> bool {
    event.document == subject && event.procedure.as_ref().is_some_and(|name| is_known(&procedure.known_as, name))
}

/// The outcomes of the steps of a procedure for one subject: rows without a document for a
/// customer, rows with the document for a document.
fn outcomes<'v, 'a>(
    customer: &'v Customer<'a>,
    procedure: &'v Procedure,
    subject: Option<DocumentRow>,
) -> impl Iterator<Item = Told<'a>> + 'v {
    customer.records.iter().filter_map(move |record| {
        let (of, name) = (record.entry.procedure.as_ref()?, record.entry.step.as_ref()?);
        let concerns = record.entry.outcome != Outcome::Contact
            && record.entry.document == subject
            && is_known(&procedure.known_as, of);
        let step = all_steps(procedure).find(|step| concerns && is_known(&step.known_as, name))?;
        Some(Told { step: step.place, record: *record })
    })
}

fn all_steps(procedure: &Procedure) -> impl Iterator<Item = &Step> {
    procedure.steps.iter().chain(&procedure.at_stop)
}

impl<'a> Life<'a> {
    fn event(&mut self, date: Date, kind: &'a Kind) {
        match kind {
            Kind::Started { since, because } => self.started(date, *since, because.as_deref()),
            Kind::Ended { because } => {
                // Of an instance that only its outcomes tell of nobody waits for the end.
                if let Some(running) = self.running.take().filter(|running| running.noted_on.is_some()) {
                    self.ended = Some(Ended { on: date, because: because.as_deref(), told: running.told });
                }
            }
            Kind::Completed { resting } => {
                if let Some(running) = &mut self.running {
                    running.completed = true;
                    running.resting |= resting;
                }
            }
            Kind::Deferred { .. } | Kind::Outcome { .. } | Kind::Undone(_) => {}
        }
    }

    /// The start of an instance is noted: of the one that outcomes already tell of, or of a new one.
    /// Outcomes before the day from which it counts belong to an earlier time.
    fn started(&mut self, date: Date, since: Date, because: Option<&'a str>) {
        let mut running = self.running.take().filter(|running| !running.resting).unwrap_or(Running::new(since));
        if running.noted_on.is_none() {
            running.noted_on = Some(date);
            running.because = because;
            running.since = since;
            running.told.retain(|told| since <= told.record.entry.date);
        }
        self.running = Some(running);
    }

    /// An outcome belongs to the instance that runs. To the one that ended last belong those of its
    /// steps at the stop, and of rows suggested before its end where the one that runs began later.
    /// Any other starts an instance of its own (`S8`).
    fn outcome(&mut self, procedure: &Procedure, told: Told<'a>) {
        self.told.push(told);
        let at_stop = procedure.at_stop.iter().any(|step| step.place == told.step);
        let before_end = |ended: &Ended<'_>| told.record.since.map_or(at_stop, |since| since <= ended.on);
        let began_later = |on: Date| self.running.as_ref().is_none_or(|running| running.since > on);
        let late = self.ended.as_ref().is_some_and(|ended| before_end(ended) && (at_stop || began_later(ended.on)));
        match (&mut self.running, &mut self.ended) {
            (_, Some(ended)) if late => ended.told.push(told),
            (Some(running), _) => running.told.push(told),
            // That it ended is all that it tells.
            (None, _) if at_stop => {}
            (None, _) => {
                let mut running = Running::new(told.record.entry.date);
                running.told.push(told);
                self.running = Some(running);
            }
        }
    }

    /// Leaves out the outcomes before `dated` of an instance of which only outcomes are known.
    fn forget_before(&mut self, dated: Option<Date>) {
        let (Some(dated), Some(running)) = (dated, &mut self.running) else { return };
        if running.noted_on.is_none() {
            running.since = dated;
            running.told.retain(|told| dated <= told.record.entry.date);
            if running.told.is_empty() {
                self.running = None;
            }
        }
    }
}

impl Running<'_> {
    const fn new(since: Date) -> Self {
        Self { since, noted_on: None, because: None, completed: false, resting: false, told: Vec::new() }
    }
}
