//! What is told of a procedure: whether it runs for this customer, and from when it counts.

use crate::check::tree::ProcedureId;
use crate::plan::{Clock, Procedure, Start};
use crate::run::fault::Fault;
use crate::run::follow::Following;
use crate::run::instance::{self, Instance};
use crate::run::life::Running;
use crate::run::progress::{Change, State, is_complete};
use crate::run::why::conditions::{Words, written};
use crate::run::why::{Line, Teller, Verdict};

impl<'a> Teller<'_, 'a> {
    /// The primary procedure, then the others that concern the customer.
    pub(super) fn procedures(&mut self, primary: Option<ProcedureId>) -> Result<(), Box<Fault>> {
        let (first, others): (Vec<&'a Procedure>, Vec<_>) =
            crate::run::procedures(self.customer, primary).into_iter().partition(|one| primary == Some(one.id));
        for procedure in first.into_iter().chain(others) {
            let role = match procedure.start {
                _ if primary == Some(procedure.id) => "primary",
                Start::Assignment { .. } => "no longer assigned",
                Start::Conditions { .. } => "secondary",
            };
            let title = if procedure.title == procedure.name {
                format!("procedure {} ({role})", procedure.name)
            } else {
                format!("procedure {}, \"{}\" ({role})", procedure.name, procedure.title)
            };
            let lines = self.procedure(procedure, primary)?;
            self.section(title, Some(procedure.span), lines);
        }
        Ok(())
    }

    fn procedure(&self, procedure: &'a Procedure, primary: Option<ProcedureId>) -> Result<Vec<Line>, Box<Fault>> {
        let mut instances = instance::of(self.customer, procedure, primary)?;
        let mut lines = self.documents(procedure, &instances)?;
        for instance in &mut instances {
            let (state, changes) = crate::run::settled_state(self.customer, instance)?;
            let told = self.instance(instance, &state, changes.last())?;
            match instance.document() {
                None => lines.extend(told),
                Some(place) if state == State::NotStarted || state == State::Stopped => {
                    lines.push(self.no_instance(instance, place, &state));
                }
                Some(place) => lines.push(self.of_document(instance, place, told)),
            }
        }
        Ok(lines)
    }

    /// The instance of a document: what the document is, then `told`.
    fn of_document(&self, instance: &Instance<'a>, place: usize, mut told: Vec<Line>) -> Line {
        let id = self.customer.document_id(place);
        let Some(document) = self.customer.documents.get(place) else { return Line::new(Verdict::NotFollowed, id) };
        let mut line = Line::new(Verdict::Followed, format!("document {id}: {}", self.described(document)));
        if let Some(left) = instance.following().filter(|following| *following != Following::Followed) {
            line.verdict = Verdict::NotFollowed;
            let text = format!("it is not followed: {}", self.not_followed(instance.procedure, place, document, left));
            told.insert(0, Line::new(Verdict::NotFollowed, text));
        }
        Line { details: told, ..line }
    }

    /// Why a document has no instance, in one line: most have none in most procedures.
    fn no_instance(&self, instance: &Instance<'a>, place: usize, state: &State) -> Line {
        let words = Words { env: instance.env(self.customer), sources: self.sources };
        let (because, source) = match &instance.procedure.start {
            Start::Assignment { .. } => ("the procedure is not assigned".to_owned(), None),
            Start::Conditions { stop: Some(stop), .. } if *state == State::Stopped => {
                (format!("it starts and stops at once: {}", words.facts(stop).join(", ")), Some(stop.span))
            }
            Start::Conditions { start, .. } => (words.lacks(start, "the start"), Some(start.span)),
        };
        let text = format!("document {} has no instance: {because}", self.customer.document_id(place));
        Line { source, ..Line::new(Verdict::NotRunning, text) }
    }

    /// What is told of one instance: its life, its conditions, its clock, its steps.
    fn instance(
        &self,
        instance: &Instance<'a>,
        state: &State,
        change: Option<&Change>,
    ) -> Result<Vec<Line>, Box<Fault>> {
        let mut lines = self.conditions(instance);
        lines.extend(self.clock(instance));
        lines.extend(self.life(instance, state, change));
        let told = match state {
            State::Running(_) | State::Ended(_) => {
                lines.extend(self.steps(instance, state)?);
                return Ok(lines);
            }
            State::Idle => "it is idle: it follows no document",
            State::NotStarted => "it does not run: its start condition does not hold",
            State::Unknown => {
                "it is not suggested: neither its start nor its stop condition holds, and there is no record that it was running"
            }
            State::Stopped => "it does not run: its stop condition holds",
            State::Suspended => {
                let what = if instance.life.running.is_some() {
                    "it is suspended"
                } else if instance.life.ended.is_some() {
                    "it ended, and what is left to do waits"
                } else {
                    "it does not run"
                };
                let told = format!("{what}: {}", self.on_hold(instance));
                lines.push(Line::new(Verdict::NotRunning, told));
                return Ok(lines);
            }
        };
        lines.push(Line::new(Verdict::NotRunning, told));
        Ok(lines)
    }

    /// What is on hold, so that an instance waits.
    fn on_hold(&self, instance: &Instance<'a>) -> &'static str {
        match instance.document() {
            _ if self.customer.held => "the customer is on hold",
            Some(_) => "the document is on hold",
            None => "what it would follow is on hold",
        }
    }

    /// Since when an instance runs and by which condition, or when and why it ended (`S8`, `S10`).
    fn life(&self, instance: &Instance<'a>, state: &State, change: Option<&Change>) -> Vec<Line> {
        let life = &instance.life;
        let because = |reason: Option<&str>| reason.map_or_else(String::new, |reason| format!(": {reason}"));
        let started = |running: &Running<'_>| match running.noted_on {
            Some(on) if on == running.since => format!("it runs since {on}{}", because(running.because)),
            Some(on) => format!("it started on {on} and counts from {}{}", running.since, because(running.because)),
            None => format!("it runs since {}, as its outcomes tell", running.since),
        };
        let ran = life.running.as_ref().map(|running| Line::new(Verdict::Note, started(running)));
        let now = match (state, change) {
            (_, Some(Change::Ends(end))) => {
                let why = crate::run::notices::in_words(self.customer.run.plan, end);
                Some(Line::new(Verdict::NotRunning, format!("it ends today: {why}")))
            }
            (_, Some(Change::Starts(since))) if life.running.is_none() => {
                let counts =
                    if *since == self.customer.run.date { String::new() } else { format!(" and counts from {since}") };
                Some(Line::new(Verdict::Note, format!("it starts today{counts}")))
            }
            (State::Ended(_), _) => life.ended.as_ref().map(|ended| {
                Line::new(Verdict::NotRunning, format!("it ended on {}{}", ended.on, because(ended.because)))
            }),
            _ if is_complete(instance, state) => Some(Line::new(Verdict::Note, Self::complete(instance))),
            _ => None,
        };
        if instance.has_life() { ran.into_iter().chain(now).collect() } else { Vec::new() }
    }

    /// What comes after the last step (`S11`).
    fn complete(instance: &Instance<'a>) -> &'static str {
        let resting = instance.life.running.as_ref().is_some_and(|running| running.resting);
        match instance.procedure.start {
            Start::Conditions { .. } if resting => "it is complete, and starts again when its start condition holds",
            Start::Conditions { .. } => {
                "it is complete: it starts again only when its start condition holds after it did not"
            }
            Start::Assignment { .. } => "it is complete",
        }
    }

    /// The start and stop conditions with their values.
    fn conditions(&self, instance: &Instance<'a>) -> Vec<Line> {
        let Start::Conditions { start, stop, .. } = &instance.procedure.start else { return Vec::new() };
        let words = Words { env: instance.env(self.customer), sources: self.sources };
        let told = |word: &str, condition: &'a crate::check::tree::Expr| {
            let answer = words.answer(condition);
            let verdict = if answer.starts_with("yes") { Verdict::Holds } else { Verdict::DoesNotHold };
            let text = format!("{word} when {}: {answer}", written(self.sources, condition.span));
            Line::new(verdict, text).at(condition.span)
        };
        std::iter::once(told("start", start)).chain(stop.as_ref().map(|stop| told("stop", stop))).collect()
    }

    /// How the days in procedure come about.
    fn clock(&self, instance: &Instance<'a>) -> Option<Line> {
        let leading = instance.leading?;
        let run = self.customer.run;
        let id = self.customer.document_id(leading.document);
        let (anchor, source) = match &instance.procedure.clock {
            Clock::Dip { anchor: Some(anchor), .. } => (written(self.sources, anchor.span), Some(anchor.span)),
            _ => ("due date".to_owned(), None),
        };
        let row = self.customer.documents.get(leading.document).map(|document| document.row);
        let counter = self.customer.counter(row, instance.procedure.clock.working());
        let frozen = if run.date > leading.anchor { counter.frozen_between(leading.anchor, run.date) } else { 0 };
        let less = if frozen == 0 { String::new() } else { format!(" - {frozen} frozen by holds") };
        let calendar = instance.procedure.clock.working().and_then(|id| run.plan.calendars.get(id.0));
        let text = match calendar {
            None => format!(
                "days in procedure {} = {} - {} ({anchor} of {id}){less}",
                leading.dip, run.date, leading.anchor
            ),
            Some(calendar) if leading.anchor > run.date => format!(
                "days in procedure {} = less the working days of {} after {}, up to {} ({anchor} of {id})",
                leading.dip, calendar.name, run.date, leading.anchor
            ),
            Some(calendar) => format!(
                "days in procedure {} = working days of {} after {} ({anchor} of {id}), up to {}{less}",
                leading.dip, calendar.name, leading.anchor, run.date
            ),
        };
        Some(Line { source, ..Line::new(Verdict::Note, text) })
    }
}
