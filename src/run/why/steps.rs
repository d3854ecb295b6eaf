//! What is told of the steps and, of those suggested, of their rows (`S6` to `S13`, `S17`, `S18`).

use crate::base::{Date, text};
use crate::check::tree::Mode;
use crate::ledger::snapshot::Outcome;
use crate::plan::{Action, Clock, Step};
use crate::run::customer::Record;
use crate::run::fault::Fault;
use crate::run::found::Place;
use crate::run::instance::Instance;
use crate::run::progress::{State, Verdict as Of};
use crate::run::rows;
use crate::run::why::conditions::{Words, written};
use crate::run::why::{Line, Teller, Verdict};
use crate::run::worklist::{Row, RowMode};

/// Covered documents that are told one by one.
const MOST_TOLD: usize = 12;

impl<'a> Teller<'_, 'a> {
    /// A line for each step, with its rows below it where it is suggested.
    pub(super) fn steps(&self, instance: &Instance<'a>, state: &State) -> Result<Vec<Line>, Box<Fault>> {
        let steps = crate::run::steps(instance, state);
        let mut lines = Vec::new();
        for (place, (step, verdict)) in steps.iter().enumerate() {
            let later = steps.get(place + 1..).unwrap_or(&[]);
            let mut line = match (state, verdict) {
                (State::Ended(_), Of::Suggested(on)) => {
                    let text =
                        format!("step {} is suggested: the procedure ended on {on}, and it has no outcome", step.name);
                    Line::new(Verdict::Suggested, text)
                }
                _ => self.step(instance, later, step, *verdict),
            };
            if let Of::Suggested(_) = verdict {
                line.details.extend(self.when(instance, step));
                line.details.extend(self.mode(instance, step));
                line.details.extend(self.done_rows(instance, step)?);
                line.details.extend(self.rows(instance, step));
                let rows = || line.details.iter().map(|detail| detail.verdict);
                if rows().any(|of| of == Verdict::Deferred) && !rows().any(|of| of == Verdict::Suggested) {
                    line.verdict = Verdict::Deferred;
                    line.text = line.text.replacen(" is suggested:", " is put off:", 1);
                }
            }
            lines.push(line.at(step.span));
        }
        Ok(lines)
    }

    /// The rows of a step that have an outcome already.
    fn done_rows(&self, instance: &Instance<'a>, step: &'a Step) -> Result<Vec<Line>, Box<Fault>> {
        let done = instance.done_rows(self.customer, step)?;
        let line = |record: &Record<'a>| {
            let row = record.row?;
            let what =
                if row.recipient.is_empty() { row.action.clone() } else { format!("{} {}", row.action, row.recipient) };
            let currency = row.currency.map_or_else(String::new, |currency| format!(" in {currency}"));
            let text = format!("{what}{currency} {} on {}", past(record.entry.outcome), record.entry.date);
            Some(Line::new(Verdict::Processed, text))
        };
        Ok(done.iter().filter_map(line).collect())
    }

    fn step(&self, instance: &Instance<'a>, later: &[(&'a Step, Of)], step: &'a Step, verdict: Of) -> Line {
        let name = &step.name;
        let line = |verdict, told: String| Line::new(verdict, format!("step {name} {told}"));
        match verdict {
            Of::Suggested(since) => {
                line(Verdict::Suggested, format!("is suggested: {}", self.since(instance, step, since)))
            }
            Of::NotYet(on) => line(Verdict::NotYet, self.not_yet(instance, step, on)),
            Of::Absent => {
                let words = Words { env: instance.env(self.customer), sources: self.sources };
                let lacks = step.when.as_ref().map_or_else(String::new, |when| words.lacks(when, "the step"));
                line(Verdict::PassedOver, format!("is left out: {lacks}"))
            }
            Of::PassedOver(since) => {
                let mut later =
                    later.iter().filter(|(_, of)| matches!(of, Of::Suggested(_) | Of::Processed(..) | Of::Repeats(..)));
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
                let past = instance.outcomes().iter().any(|outcome| outcome.step > step.place);
                match past {
                    true => line(Verdict::PassedOver, "is passed over: a step after it has an outcome".to_owned()),
                    false => line(Verdict::NotYet, "waits for the step before it".to_owned()),
                }
            }
        }
    }

    /// Why a step is suggested.
    fn since(&self, instance: &Instance<'a>, step: &Step, since: Date) -> String {
        let last = instance.outcomes_of(step.place, None).into_iter().max();
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
                    let days = match after.working {
                        None => text::count(after.days, "day", "days"),
                        Some(_) => text::count(after.days, "working day", "working days"),
                    };
                    let base = if instance.told.is_empty() { "the start" } else { "the step before it" };
                    format!(", {days} after {base}")
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

    /// The rows of a suggested step, those put off, and those withheld.
    fn rows(&self, instance: &Instance<'a>, step: &'a Step) -> Vec<Line> {
        let own = |place: &Place| {
            place.procedure == instance.procedure.id.0
                && place.step == step.place
                && place.document == instance.document()
        };
        let found = &self.found;
        let suggested = found.rows.iter().filter(|(place, _)| own(place));
        let deferred = found.deferred.iter().filter(|(place, _)| own(place));
        let withheld = found.withheld.iter().filter(|(place, _)| own(place));
        let mut rows: Vec<(Place, Line)> = suggested
            .map(|(place, row)| (*place, self.suggested(instance, step.actions.get(place.position), row)))
            .collect();
        rows.extend(deferred.map(|(place, deferred)| {
            let text = format!("{} is put off to {}: {}", self.row(&deferred.row), deferred.until, deferred.reason);
            (*place, Line::new(Verdict::Deferred, text))
        }));
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
