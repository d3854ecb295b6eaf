//! One procedure looked at for one subject: what it follows, what leads, what history says of it.

use crate::base::Date;
use crate::check::tree::{Scope, StepId};
use crate::ledger::snapshot::Outcome;
use crate::plan::{Clock, Procedure, Start, Step};
use crate::run::clock::Frozen;
use crate::run::customer::Customer;
use crate::run::datum::{Answer, Datum};
use crate::run::evaluate::Env;
use crate::run::fault::{Fault, FaultKind};
use crate::run::follow::{self, Followed};

/// The leading document of an instance (`S5`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leading {
    /// Its place among the customer's documents.
    pub(crate) document: usize,
    /// Its anchor date.
    pub(crate) anchor: Date,
    /// Days in procedure, less frozen days.
    pub(crate) dip: i64,
}

/// An outcome of a step, as history has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StepOutcome<'a> {
    /// When.
    pub(crate) date: Date,
    /// Which step: its place among all steps of the procedure as written.
    pub(crate) step: usize,
    /// What was reported back.
    pub(crate) result: Option<&'a str>,
    /// Done or skipped.
    pub(crate) outcome: Outcome,
}

/// A procedure looked at for a customer or for a document.
pub(crate) struct Instance<'a> {
    /// Which procedure.
    pub(crate) procedure: &'a Procedure,
    /// The document of a procedure for document; it follows and is led by itself.
    own: Option<Followed>,
    /// The documents followed by a procedure for customer.
    many: Vec<Followed>,
    /// The leading document.
    pub(crate) leading: Option<Leading>,
    /// The outcomes of its steps, by date, then step.
    pub(crate) outcomes: Vec<StepOutcome<'a>>,
    /// The date that `start … from` gives.
    pub(crate) dated: Option<Date>,
}

/// Every instance a procedure may have for a customer: one, or one for each followed document (`S8`).
pub(crate) fn of<'a>(customer: &Customer<'a>, procedure: &'a Procedure) -> Result<Vec<Instance<'a>>, Box<Fault>> {
    let followed = follow::followed(customer, procedure)?;
    if procedure.scope == Scope::Customer {
        return Ok(vec![Instance::new(customer, procedure, None, followed)?]);
    }
    followed.into_iter().map(|own| Instance::new(customer, procedure, Some(own), Vec::new())).collect()
}

impl<'a> Instance<'a> {
    fn new(
        customer: &Customer<'a>,
        procedure: &'a Procedure,
        own: Option<Followed>,
        many: Vec<Followed>,
    ) -> Result<Self, Box<Fault>> {
        let mut instance = Self { procedure, own, many, leading: None, outcomes: Vec::new(), dated: None };
        instance.leading = follow::leading(customer, instance.followed())?;
        let (Start::Assignment { from } | Start::Conditions { from, .. }) = &procedure.start;
        if let Some(from) = from {
            instance.dated = Env { instance: None, ..instance.env(customer) }.date(from)?;
        }
        instance.outcomes = outcomes(customer, procedure, own, instance.dated);
        Ok(instance)
    }

    /// The documents it follows, by id.
    pub(crate) fn followed(&self) -> &[Followed] {
        self.own.as_ref().map_or(self.many.as_slice(), std::slice::from_ref)
    }

    /// The document of a procedure for document, by its place among the customer's.
    pub(crate) fn document(&self) -> Option<usize> {
        self.own.map(|own| own.document)
    }

    /// What names in its conditions refer to.
    pub(crate) fn env<'v>(&'v self, customer: &'v Customer<'a>) -> Env<'v, 'a> {
        Env { customer, document: self.document(), element: None, leading: self.leading, instance: Some(self) }
    }

    /// The days on which holds froze the waiting of its subject (`S19`).
    pub(crate) fn frozen(&self, customer: &Customer<'a>) -> Frozen {
        let own = self.document().and_then(|place| customer.documents.get(place));
        customer.frozen(own.map(|document| document.row))
    }

    /// The date on which a document reaches the day of a step: by the step's own clock where it
    /// has one, else from `anchor` (`S6`, `S7`). `None` for a step without a day and where that day never comes.
    pub(crate) fn reached_on(
        &self,
        customer: &Customer<'a>,
        step: &'a Step,
        followed: Followed,
    ) -> Result<Option<Date>, Box<Fault>> {
        let (Some(day), Some(document)) = (step.at_day, customer.documents.get(followed.document)) else {
            return Ok(None);
        };
        let anchor = match &step.from {
            None => Some(followed.anchor),
            Some(from) => Env { instance: None, ..self.env(customer).about(followed.document) }
                .date(from)
                .map_err(|fault| fault.about(document.row))?,
        };
        Ok(anchor.and_then(|anchor| customer.frozen(Some(document.row)).reached_on(anchor, day)))
    }

    /// The date on which the leading document reaches the day of a step.
    pub(crate) fn leading_reached_on(
        &self,
        customer: &Customer<'a>,
        step: &'a Step,
    ) -> Result<Option<Date>, Box<Fault>> {
        let Some(leading) = self.leading else { return Ok(None) };
        self.reached_on(customer, step, Followed { document: leading.document, anchor: leading.anchor })
    }

    /// The outcomes of a step dated on or after a day.
    pub(crate) fn outcomes_of(&self, step: usize, since: Option<Date>) -> impl Iterator<Item = &StepOutcome<'a>> {
        let wanted =
            move |outcome: &&StepOutcome<'a>| outcome.step == step && since.is_none_or(|since| since <= outcome.date);
        self.outcomes.iter().filter(wanted)
    }

    /// The result last reported for a step: in this instance, and in dip timing since the day on
    /// which the step was reached under the present leading document (`S13`).
    pub(crate) fn result_of(&self, customer: &Customer<'a>, step: StepId) -> Answer<'a> {
        let mut steps = self.procedure.steps.iter().chain(&self.procedure.at_stop);
        let Some(step) = steps.find(|candidate| candidate.place == step.0) else { return Ok(None) };
        let since = match self.procedure.clock {
            Clock::AfterPrevious => None,
            Clock::Dip { .. } => {
                let reached = self.leading_reached_on(customer, step)?;
                let Some(reached) = reached.filter(|reached| *reached <= customer.run.date) else { return Ok(None) };
                Some(reached)
            }
        };
        let last =
            self.outcomes_of(step.place, since).filter_map(|outcome| Some((outcome.date, outcome.result?))).max();
        let (Some((date, result)), Some(known)) = (last, &step.results) else {
            return Ok(last.map(|(_, result)| Datum::Text(result)));
        };
        let code = known.code(result).ok_or_else(|| {
            Fault::new(FaultKind::UnknownResult {
                step: step.name.clone(),
                result: result.to_owned(),
                known: known.values().to_vec(),
                date,
            })
        })?;
        Ok(Some(Datum::Choice(code)))
    }
}

/// What history says of the steps of a procedure for one subject: rows without a document for a
/// customer, rows with the document for a document (`S7`, `S25`).
fn outcomes<'a>(
    customer: &Customer<'a>,
    procedure: &'a Procedure,
    own: Option<Followed>,
    since: Option<Date>,
) -> Vec<StepOutcome<'a>> {
    let subject = own.and_then(|own| customer.documents.get(own.document)).map(|document| document.row);
    let known = |names: &[String], name: &str| names.iter().any(|known| known == name);
    let steps = || procedure.steps.iter().chain(&procedure.at_stop);
    let mut outcomes = Vec::new();
    for entry in customer.history {
        let (Some(of), Some(step)) = (&entry.procedure, &entry.step) else { continue };
        let concerns = entry.outcome != Outcome::Contact && entry.document == subject && known(&procedure.known_as, of);
        if !concerns || since.is_some_and(|since| entry.date < since) {
            continue;
        }
        if let Some(step) = steps().find(|candidate| known(&candidate.known_as, step)) {
            let result = entry.result.as_deref();
            outcomes.push(StepOutcome { date: entry.date, step: step.place, result, outcome: entry.outcome });
        }
    }
    outcomes.sort_unstable();
    outcomes
}
