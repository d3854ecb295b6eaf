//! What is told of the steps and, of those suggested, of their rows (`S6` to `S13`, `S17`, `S18`).

use crate::base::{Date, text};
use crate::check::tree::Mode;
use crate::ledger::snapshot::Outcome;
use crate::plan::{Action, Clock, Step};
use crate::run::fault::Fault;
use crate::run::found::Found;
use crate::run::instance::Instance;
use crate::run::progress::{Progress, Verdict as Of};
use crate::run::rows;
use crate::run::why::conditions::{Words, written};
use crate::run::why::{Line, Teller, Verdict};
use crate::run::worklist::{Row, RowMode};

/// Covered documents that are told one by one.
const MOST_TOLD: usize = 12;

impl<'a> Teller<'_, 'a> {
    /// A line for each step, with its rows below it where it is suggested.
    pub(super) fn steps(&mut self, instance: &Instance<'a>, progress: &Progress) -> Result<Vec<Line>, Box<Fault>> {
        let mut lines = Vec::new();
        if let Some(started) = progress.started_on {
            let fresh = started == self.customer.run.date && instance.outcomes.is_empty();
            let text = if fresh { "it starts today".to_owned() } else { format!("it runs since {started}") };
            lines.push(Line::new(Verdict::Note, text));
        }
        let mut found = Found::default();
        crate::run::report(self.customer, instance, progress, &mut found)?;
        for (place, (step, verdict)) in instance.procedure.steps.iter().zip(&progress.steps).enumerate() {
            let mut line = self.step(instance, progress, place, step, *verdict)?;
            if let Of::Suggested(_) = verdict {
                line.details.extend(self.when(instance, step));
                line.details.extend(self.mode(instance, step));
                line.details.extend(self.rows(instance, &found, step));
            }
            lines.push(line.at(step.span));
        }
        self.found.append(found);
        Ok(lines)
    }

    fn step(
        &self,
        instance: &Instance<'a>,
        progress: &Progress,
        place: usize,
        step: &'a Step,
        verdict: Of,
    ) -> Result<Line, Box<Fault>> {
        let name = &step.name;
        let line = |verdict, told: String| Ok(Line::new(verdict, format!("step {name} {told}")));
        match verdict {
            Of::Suggested(since) => {
                line(Verdict::Suggested, format!("is suggested: {}", self.since(instance, step, since)))
            }
            Of::NotYet(on) => line(Verdict::NotYet, self.not_yet(instance, step, on)),
            Of::Absent => {
                let words = Words { env: instance.env(self.customer), sources: self.sources };
                let lacks = step.when.as_ref().map_or_else(String::new, |when| words.lacks(when, "the step"));
                line(Verdict::PassedOver, format!("is passed over: {lacks}"))
            }
            Of::PassedOver(since) => {
                let steps = instance.procedure.steps.iter().zip(&progress.steps).skip(place + 1);
                let mut later =
                    steps.filter(|(_, of)| matches!(of, Of::Suggested(_) | Of::Processed(..) | Of::Repeats(..)));
                let by = later
                    .next_back()
                    .map_or_else(|| "a later one".to_owned(), |(step, _)| format!("step {}", step.name));
                line(
                    Verdict::PassedOver,
                    format!(
                        "is passed over: it was reached on {since} and has no outcome since, and now it is the turn of {by}"
                    ),
                )
            }
            Of::Processed(on, outcome) => line(Verdict::Processed, format!("{} on {on}", past(outcome))),
            Of::Repeats(last, on) => {
                let again = on.map_or_else(
                    || "does not come again while days stand still".to_owned(),
                    |on| format!("comes again on {on}"),
                );
                line(Verdict::Processed, format!("has its last outcome on {last} and {again}"))
            }
            Of::OutOfTurn => {
                let past = instance.outcomes.iter().any(|outcome| outcome.step > step.place);
                match past {
                    true => line(Verdict::PassedOver, "is passed over: a step after it has an outcome".to_owned()),
                    false => line(Verdict::NotYet, "waits for the step before it".to_owned()),
                }
            }
        }
    }

    /// Why a step is suggested.
    fn since(&self, instance: &Instance<'a>, step: &Step, since: Date) -> String {
        let last = instance.outcomes_of(step.place, None).max();
        match (&instance.procedure.clock, step.at_day) {
            (Clock::Dip { .. }, Some(day)) => match last.filter(|last| last.date <= since) {
                Some(last) if step.repeat.is_some() => {
                    format!("its last outcome is of {}, and it comes again since {since}", last.date)
                }
                _ => format!("day {day} was reached on {since}, and it has no outcome since"),
            },
            _ => match last {
                Some(last) => format!("its last outcome is of {}, and it comes again since {since}", last.date),
                None => format!("it is due since {since}, and it has no outcome"),
            },
        }
    }

    /// When a step comes that is not suggested yet.
    fn not_yet(&self, instance: &Instance<'a>, step: &Step, on: Option<Date>) -> String {
        let day = step.at_day.map(|day| format!("day {day}"));
        match (on, day, &instance.procedure.clock) {
            (Some(on), Some(day), Clock::Dip { .. }) => format!("is not reached: {day} comes on {on}"),
            (Some(on), _, _) => {
                let after = step.after.map_or_else(String::new, |after| {
                    format!(", {} after the step before it", text::count(after.days, "day", "days"))
                });
                format!("waits: it is due on {on}{after}")
            }
            (None, Some(day), _) => {
                format!("is not reached: {day} does not come while nothing leads or days stand still")
            }
            (None, None, _) => "waits: days stand still".to_owned(),
        }
    }

    /// The condition of a step that holds.
    fn when(&self, instance: &Instance<'a>, step: &'a Step) -> Option<Line> {
        let when = step.when.as_ref()?;
        let words = Words { env: instance.env(self.customer), sources: self.sources };
        let text = format!("when {}: {}", written(self.sources, when.span), words.answer(when));
        Some(Line::new(Verdict::Holds, text).at(when.span))
    }

    /// The condition that decides who does a step.
    fn mode(&self, instance: &Instance<'a>, step: &'a Step) -> Option<Line> {
        let Mode::AutomaticIf(condition) = &step.mode else { return None };
        let words = Words { env: instance.env(self.customer), sources: self.sources };
        let answer = words.answer(condition);
        let verdict = if answer.starts_with("yes") { Verdict::Holds } else { Verdict::DoesNotHold };
        let text = format!("automatic if {}: {answer}", written(self.sources, condition.span));
        Some(Line::new(verdict, text).at(condition.span))
    }

    /// The rows of a suggested step, and those withheld.
    fn rows(&self, instance: &Instance<'a>, found: &Found, step: &'a Step) -> Vec<Line> {
        let mut rows: Vec<_> = found
            .rows
            .iter()
            .filter(|(place, _)| place.step == step.place)
            .map(|(place, row)| (*place, self.suggested(instance, step.actions.get(place.position), row)))
            .collect();
        let withheld = found.withheld.iter().filter(|(place, _)| place.step == step.place);
        rows.extend(withheld.map(|(place, withheld)| {
            let text = format!("{} is withheld: {}", self.row(&withheld.row), withheld.reason);
            (*place, Line::new(Verdict::Withheld, text))
        }));
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, line)| line).collect()
    }

    /// A row that is suggested, with the schedule of a payment plan below it.
    fn suggested(&self, instance: &Instance<'a>, action: Option<&'a Action>, row: &Row) -> Line {
        let mut line = Line::new(Verdict::Suggested, self.row(row));
        let schedule = action.and_then(|action| rows::schedule(self.customer, instance, action, row.amount?).ok());
        for (number, (due, amount)) in (1..).zip(schedule.unwrap_or_default()) {
            line.details.push(Line::new(Verdict::Note, format!("instalment {number}: {amount} by {due}")));
        }
        line
    }

    /// A row in words.
    fn row(&self, row: &Row) -> String {
        let mut told = row.action.clone();
        if !row.recipient.is_empty() {
            told = format!("{told} {}", row.recipient);
        }
        if let Some(language) = &row.language {
            told = format!("{told} in {language}");
        }
        told = format!("{told}, {}", if row.mode == RowMode::Automatic { "automatic" } else { "manual" });
        if let Some(amount) = row.amount {
            told = format!("{told}, {amount}");
        }
        if !row.documents.is_empty() {
            told = format!("{told}, covering {}", self.covered(&row.documents));
        }
        if let Some(priority) = row.priority {
            told = format!("{told}, priority {priority}");
        }
        told
    }

    /// The covered documents with their open amounts.
    fn covered(&self, documents: &[String]) -> String {
        let mut told: Vec<String> = documents
            .iter()
            .take(MOST_TOLD)
            .map(|id| {
                let places = 0..self.customer.documents.len();
                let mut matching = places.filter(|place| self.customer.document_id(*place) == id);
                let document = matching.next().and_then(|place| self.customer.documents.get(place));
                document.map_or_else(|| id.clone(), |document| format!("{id} ({})", document.claim()))
            })
            .collect();
        if documents.len() > MOST_TOLD {
            told.push(format!("{} more", documents.len() - MOST_TOLD));
        }
        told.join(", ")
    }
}

const fn past(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "was done",
        Outcome::Skipped => "was skipped",
        Outcome::Contact => "was a contact",
    }
}
