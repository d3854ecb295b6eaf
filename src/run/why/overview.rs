//! What is told of the customer as a whole, and of the assignment (`S15`, `S17`, `S19`, `S20`).

use crate::base::{Date, text};
use crate::check::tree::ProcedureId;
use crate::ledger::snapshot::Hold;
use crate::run::assign;
use crate::run::customer::is_on;
use crate::run::evaluate::Env;
use crate::run::fault::Fault;
use crate::run::why::conditions::{Words, written};
use crate::run::why::{Line, Teller, Verdict};

impl Teller<'_, '_> {
    /// Totals, holds and promises.
    pub(super) fn overview(&mut self) {
        let customer = self.customer;
        let open = customer.documents.iter().filter(|document| document.open).count();
        let overdue = customer.overdue().count();
        let count = text::count(i64::try_from(open).unwrap_or(i64::MAX), "document is", "documents are");
        let told = match (customer.total_due(), customer.overdue_total()) {
            (Ok(due), Ok(late)) => format!("{count} open, {overdue} overdue; {due} due in all, {late} overdue"),
            // Nothing may have asked for the totals, so this alone sets nobody aside.
            _ => format!("{count} open, {overdue} overdue; the totals need a rate that is not there"),
        };
        let mut lines = vec![Line::new(Verdict::Note, told)];
        lines.extend(
            customer
                .contacts()
                .last()
                .map(|last| Line::new(Verdict::Note, format!("the last contact was on {}", last.entry.date))),
        );
        let today = customer.run.date;
        for hold in customer.holds.iter().filter(|hold| is_on(hold, today) || hold.freezes) {
            let what = match hold.document {
                Some(row) => format!("document {}", customer.run.snapshot.documents.id.get(row.0 as usize)),
                None => "the customer".to_owned(),
            };
            lines.push(Line::new(Verdict::Note, format!("{what} {}", held(hold, today))));
        }
        for (place, document) in customer.documents.iter().enumerate().filter(|(_, document)| document.open) {
            let Some(promise) = customer.promise_of(document) else { continue };
            let state = if customer.promise_open(document) { "the promise is open" } else { "the promise was broken" };
            lines.push(Line::new(
                Verdict::Note,
                format!(
                    "payment of document {} by {} was promised on {}: {state}",
                    customer.document_id(place),
                    promise.due_on,
                    promise.made_on
                ),
            ));
        }
        self.section(format!("customer {}", customer.id()), None, lines);
    }

    /// The rules of assignment up to the one that holds.
    pub(super) fn assignment(&mut self) -> Result<Option<ProcedureId>, Box<Fault>> {
        let run = self.customer.run;
        let assigned = assign::assign(self.customer)?;
        if run.plan.assignment.is_empty() {
            return Ok(None);
        }
        let words = Words { env: Env::customer(self.customer), sources: self.sources };
        let last = assigned.rule.unwrap_or(run.plan.assignment.len());
        let mut lines = Vec::new();
        for (place, rule) in run.plan.assignment.iter().enumerate().take(last.saturating_add(1)) {
            let named = rule.procedure.and_then(|id| run.plan.procedures.get(id.0));
            let name = named.map_or("none", |procedure| procedure.name.as_str());
            let verdict = if assigned.rule == Some(place) { Verdict::Holds } else { Verdict::DoesNotHold };
            let told = match &rule.when {
                None => format!("otherwise {name}"),
                Some(when) => format!("{name} when {}: {}", written(self.sources, when.span), words.answer(when)),
            };
            lines.push(Line::new(verdict, told).at(rule.span));
        }
        let primary = assigned.procedure.and_then(|id| run.plan.procedures.get(id.0));
        lines.push(Line::new(
            Verdict::Note,
            match (primary, assigned.rule) {
                (Some(procedure), _) => format!("{} is the primary procedure", procedure.name),
                (None, Some(_)) => "no procedure is assigned, on purpose".to_owned(),
                (None, None) => "no rule holds, so no procedure is assigned".to_owned(),
            },
        ));
        self.section("assignment", None, lines);
        Ok(assigned.procedure)
    }
}

/// What a hold says: `is on hold from 2026-02-01 until 2026-02-20 (dispute), days in procedure stand still`.
pub(super) fn held(hold: &Hold, today: Date) -> String {
    let (tense, stand) = if is_on(hold, today) {
        ("is on hold", "stand still")
    } else if hold.until.is_some_and(|until| until < today) {
        ("was on hold", "stood still")
    } else {
        ("will be on hold", "will stand still")
    };
    let from = hold.from.map_or(String::new(), |from| format!(" from {from}"));
    let until = hold.until.map_or(String::new(), |until| format!(" until {until}"));
    let reason = hold.reason.as_ref().map_or(String::new(), |reason| format!(" ({reason})"));
    let freezes = if hold.freezes { format!(", and days in procedure {stand}") } else { String::new() };
    format!("{tense}{from}{until}{reason}{freezes}")
}
