//! One procedure looked at for one subject: what it follows, what leads, what was recorded of it.

use crate::base::Date;
use crate::check::tree::{CalendarId, ProcedureId, Scope, StepId};
use crate::plan::{Clock, Procedure, Start, Step};
use crate::run::clock::Counter;
use crate::run::customer::{Customer, Record};
use crate::run::datum::{Answer, Datum};
use crate::run::evaluate::Env;
use crate::run::fault::{Fault, FaultKind};
use crate::run::follow::{self, Followed, Following};
use crate::run::life::{self, Life, Told};
use crate::run::rounds::{Rounds, StepOutcome, rounds};

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

/// A procedure looked at for a customer or for a document.
pub(crate) struct Instance<'a> {
    /// Which procedure.
    pub(crate) procedure: &'a Procedure,
    /// Whether assignment names it for this customer.
    pub(crate) assigned: bool,
    /// The document of a procedure for document, and whether it is followed.
    subject: Option<(usize, Following)>,
    /// The documents it follows; that of a procedure for document is its own.
    followed: Vec<Followed>,
    /// Whether it would follow a document that is on hold.
    pub(crate) held_back: bool,
    /// The leading document.
    pub(crate) leading: Option<Leading>,
    /// The date that `start … from` gives today.
    pub(crate) dated: Option<Date>,
    /// Its earlier and present instances.
    pub(crate) life: Life<'a>,
    /// The outcomes that count for its steps on this run.
    pub(crate) told: Vec<Told<'a>>,
    /// Steps of which every row that is left has an outcome, though others were there before.
    pub(crate) settled: Vec<usize>,
}

/// Every instance a procedure may have for a customer: one, or one for each followed document
/// (`S8`) and for each of which the journal says more.
pub(crate) fn of<'a>(
    customer: &Customer<'a>,
    procedure: &'a Procedure,
    primary: Option<ProcedureId>,
) -> Result<Vec<Instance<'a>>, Box<Fault>> {
    let assigned = primary == Some(procedure.id);
    let judged = follow::judged(customer, procedure)?;
    if procedure.scope == Scope::Customer {
        return Ok(vec![Instance::new(customer, procedure, assigned, None, &judged)?]);
    }
    let mut instances = Vec::new();
    for (place, following) in judged.iter().copied().enumerate() {
        let row = customer.documents.get(place).map(|document| document.row);
        if following == Following::Followed || life::is_noted(customer, procedure, row) {
            instances.push(Instance::new(customer, procedure, assigned, Some((place, following)), &judged)?);
        }
    }
    Ok(instances)
}

impl<'a> Instance<'a> {
    /// The procedure looked at as if it followed this document and no other.
    pub(crate) fn led_by(
        customer: &Customer<'a>,
        procedure: &'a Procedure,
        document: usize,
    ) -> Result<Self, Box<Fault>> {
        let subject = (procedure.scope == Scope::Document).then_some((document, Following::Followed));
        let judged = |place| if place == document { Following::Followed } else { Following::OtherStatus };
        let judged: Vec<Following> = (0..customer.documents.len()).map(judged).collect();
        Self::new(customer, procedure, false, subject, &judged)
    }

    fn new(
        customer: &Customer<'a>,
        procedure: &'a Procedure,
        assigned: bool,
        subject: Option<(usize, Following)>,
        judged: &[Following],
    ) -> Result<Self, Box<Fault>> {
        let own = |place: &usize| subject.is_none_or(|(own, _)| own == *place);
        let mut followed = Vec::new();
        for (place, following) in judged.iter().enumerate().filter(|(place, _)| own(place)) {
            if *following == Following::Followed {
                followed.extend(follow::anchored(customer, procedure, place)?);
            }
        }
        let mut instance = Self {
            procedure,
            assigned,
            subject,
            leading: follow::leading(customer, procedure, &followed)?,
            followed,
            held_back: judged.iter().enumerate().any(|(place, of)| own(&place) && *of == Following::Held),
            dated: None,
            life: Life::default(),
            told: Vec::new(),
            settled: Vec::new(),
        };
        let (Start::Assignment { from } | Start::Conditions { from, .. }) = &procedure.start;
        if let Some(from) = from {
            instance.dated = Env { instance: None, ..instance.env(customer) }.date(from)?;
        }
        let row = instance.document().and_then(|place| customer.documents.get(place)).map(|document| document.row);
        instance.life = life::of(customer, procedure, row, instance.dated);
        Ok(instance)
    }

    /// The documents it follows, by id.
    pub(crate) fn followed(&self) -> &[Followed] {
        &self.followed
    }

    /// The document of a procedure for document, by its place among the customer's.
    pub(crate) fn document(&self) -> Option<usize> {
        self.subject.map(|(place, _)| place)
    }

    /// Whether the document of a procedure for document is followed; `None` for a customer.
    pub(crate) fn following(&self) -> Option<Following> {
        self.subject.map(|(_, following)| following)
    }

    /// Whether it starts and ends on its own days: a dip procedure by assignment carries nothing over
    /// and does not (`S15`), unless a step waits for its end (`S10`).
    pub(crate) const fn has_life(&self) -> bool {
        let carries_over = matches!(self.procedure.clock, Clock::AfterPrevious) || !self.procedure.at_stop.is_empty();
        carries_over || matches!(self.procedure.start, Start::Conditions { .. })
    }

    /// What names in its conditions refer to.
    pub(crate) fn env<'v>(&'v self, customer: &'v Customer<'a>) -> Env<'v, 'a> {
        Env { customer, document: self.document(), element: None, leading: self.leading, instance: Some(self) }
    }

    /// How the waiting of its subject is counted (`S19`).
    pub(crate) fn counter(&self, customer: &Customer<'a>, working: Option<CalendarId>) -> Counter<'a> {
        let own = self.document().and_then(|place| customer.documents.get(place));
        customer.counter(own.map(|document| document.row), working)
    }

    /// The date from which a document's days of a step are counted: by the step's own clock where it
    /// has one, else its anchor (`S6`).
    pub(crate) fn anchor(
        &self,
        customer: &Customer<'a>,
        step: &'a Step,
        followed: Followed,
    ) -> Result<Option<Date>, Box<Fault>> {
        let Some(from) = &step.from else { return Ok(Some(followed.anchor)) };
        let Some(document) = customer.documents.get(followed.document) else { return Ok(None) };
        let env = Env { instance: None, ..self.env(customer).about(followed.document) };
        env.date(from).map_err(|fault| fault.about(document.row))
    }

    /// How the days in procedure of a document are counted (`S5`).
    pub(crate) fn clock(&self, customer: &Customer<'a>, document: usize) -> Counter<'a> {
        let row = customer.documents.get(document).map(|document| document.row);
        customer.counter(row, self.procedure.clock.working())
    }

    /// The date on which a document reaches the day of a step (`S7`). `None` for a step without a day and
    /// where that day never comes.
    pub(crate) fn reached_on(
        &self,
        customer: &Customer<'a>,
        step: &'a Step,
        followed: Followed,
    ) -> Result<Option<Date>, Box<Fault>> {
        let Some(day) = step.at_day else { return Ok(None) };
        let Some(anchor) = self.anchor(customer, step, followed)? else { return Ok(None) };
        Ok(self.clock(customer, followed.document).reached_on(anchor, day))
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

    /// The outcomes of the rows of a step dated on or after a day, by the times it was suggested.
    pub(crate) fn rounds(&self, step: usize, since: Option<Date>) -> Rounds<'a> {
        let mut rounds = rounds(&self.told, step, since);
        if self.settled.contains(&step) {
            rounds.close(step);
        }
        rounds
    }

    /// Every time a step was processed on or after a day.
    pub(crate) fn outcomes_of(&self, step: usize, since: Option<Date>) -> Vec<StepOutcome<'a>> {
        self.rounds(step, since).closed
    }

    /// Every time one of its steps, but those at the stop, was processed.
    pub(crate) fn outcomes(&self) -> Vec<StepOutcome<'a>> {
        self.procedure.steps.iter().flat_map(|step| self.outcomes_of(step.place, None)).collect()
    }

    /// The rows of a step that have an outcome, while others of it have none (`S24`).
    pub(crate) fn done_rows(&self, customer: &Customer<'a>, step: &'a Step) -> Result<Vec<Record<'a>>, Box<Fault>> {
        let since = match self.procedure.clock {
            Clock::AfterPrevious => None,
            Clock::Dip { .. } => self.leading_reached_on(customer, step)?,
        };
        Ok(self.rounds(step.place, since).open)
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
        let entries = self.told.iter().filter(|told| told.step == step.place).map(|told| told.record.entry);
        let entries = entries.filter(|entry| since.is_none_or(|since| since <= entry.date));
        // By date; of one day the one recorded last.
        let last = entries.filter_map(|entry| Some((entry.date, entry.result.as_deref()?))).next_back();
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
