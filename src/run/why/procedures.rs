//! What is told of a procedure: whether it runs for this customer, and from when it counts.

use crate::check::tree::{ProcedureId, Scope};
use crate::plan::{Clock, Procedure, Start};
use crate::run::fault::Fault;
use crate::run::instance::{self, Instance};
use crate::run::progress::{self, State};
use crate::run::why::conditions::{Words, written};
use crate::run::why::{Line, Teller, Verdict};

impl<'a> Teller<'_, 'a> {
    /// The primary procedure, then those that start by conditions.
    pub(super) fn procedures(&mut self, primary: Option<ProcedureId>) -> Result<(), Box<Fault>> {
        let run = self.customer.run;
        let secondary = |procedure: &&Procedure| matches!(procedure.start, Start::Conditions { .. });
        let first = primary.and_then(|id| run.plan.procedures.get(id.0));
        let chosen: Vec<&'a Procedure> =
            first.into_iter().chain(run.plan.procedures.iter().filter(secondary)).collect();
        for procedure in chosen {
            let role = if primary == Some(procedure.id) { "primary" } else { "secondary" };
            let title = if procedure.title == procedure.name {
                format!("procedure {} ({role})", procedure.name)
            } else {
                format!("procedure {}, \"{}\" ({role})", procedure.name, procedure.title)
            };
            let lines = if run.left_out.get(procedure.id.0).copied().unwrap_or(false) {
                vec![Line::new(
                    Verdict::NotRunning,
                    "it is left out: it counts working days, which a run cannot do yet",
                )]
            } else {
                self.procedure(procedure)?
            };
            self.section(title, Some(procedure.span), lines);
        }
        Ok(())
    }

    fn procedure(&mut self, procedure: &'a Procedure) -> Result<Vec<Line>, Box<Fault>> {
        let instances = instance::of(self.customer, procedure)?;
        let leads = match (procedure.scope, instances.first()) {
            (Scope::Customer, Some(instance)) => instance.leading,
            _ => None,
        };
        let mut lines = self.documents(procedure, leads)?;
        for instance in &instances {
            let told = self.instance(instance)?;
            match instance.document() {
                None => lines.extend(told),
                Some(place) => {
                    let about = self.customer.documents.get(place).map(|document| self.described(document));
                    let text = format!("document {}: {}", self.customer.document_id(place), about.unwrap_or_default());
                    lines.push(Line { details: told, ..Line::new(Verdict::Followed, text) });
                }
            }
        }
        for step in &procedure.at_stop {
            let text = format!("step {} comes when the procedure stops, which a run cannot tell yet", step.name);
            lines.push(Line::new(Verdict::NotYet, text).at(step.span));
        }
        Ok(lines)
    }

    /// What is told of one instance: its conditions, its clock, its steps.
    fn instance(&mut self, instance: &Instance<'a>) -> Result<Vec<Line>, Box<Fault>> {
        let state = progress::state(self.customer, instance)?;
        let mut lines = self.conditions(instance);
        lines.extend(self.clock(instance));
        let told = match &state {
            State::Running(progress) => {
                lines.extend(self.steps(instance, progress)?);
                return Ok(lines);
            }
            State::Idle => "it is idle: it follows no document",
            State::NotStarted => "it does not run: its start condition does not hold",
            State::Unknown => {
                self.found.unknown_instance(instance.procedure.id.0, self.customer.id());
                "it is not suggested: neither its start nor its stop condition holds, and there is no record that it was running"
            }
            State::Stopped => "it does not run: its stop condition holds",
            State::Suspended => "it is suspended: the customer is on hold",
        };
        lines.push(Line::new(Verdict::NotRunning, told));
        Ok(lines)
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
        let frozen = run.date.days_since(leading.anchor) - leading.dip;
        let less = if frozen == 0 { String::new() } else { format!(" - {frozen} frozen by holds") };
        let text =
            format!("days in procedure {} = {} - {} ({anchor} of {id}){less}", leading.dip, run.date, leading.anchor);
        Some(Line { source, ..Line::new(Verdict::Note, text) })
    }
}
