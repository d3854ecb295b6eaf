//! Remarks within the lines: on which date each `at day` falls for a document that the user has chosen, and what
//! amounts in other currencies are in the reporting currency.
//!
//! What they say is worked out once as a run does it ([`Remarks`]); where they stand follows from the text as it
//! is now. So they can be shown while newer ones are made.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::base::text::count;
use crate::base::{Currency, Date, Decimal, Money};
use crate::ide::exprs;
use crate::journal::Memory;
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::{Reached, Worth, reached, worth};
use crate::syntax::ast::{Expr, ExprKind, Item, Procedure, Step, Unit};
use crate::workspace::Workspace;

/// What a ledger says of a program's days and amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The chosen document.
    document: String,
    /// When it reaches the days of steps, by procedure and step.
    days: BTreeMap<(String, String), Reached>,
    amounts: HashMap<Money, Worth>,
}

impl Remarks {
    /// What a ledger says on `date` of the amounts that a program writes, and of its days for a document.
    #[must_use]
    pub fn new(
        workspace: &Workspace,
        plan: &Plan,
        (snapshot, memory): (&Snapshot, &Memory),
        document: Option<&str>,
        date: Date,
    ) -> Self {
        let written = workspace.trees().flat_map(exprs::all).filter_map(amount);
        Self {
            document: document.unwrap_or_default().to_owned(),
            days: document.map(|id| reached(plan, snapshot, memory, id, date)).unwrap_or_default(),
            amounts: written.filter_map(|money| Some((money, worth(plan, snapshot, money, date)?))).collect(),
        }
    }
}

/// A remark within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The byte behind which it stands.
    pub offset: usize,
    /// What it says.
    pub text: String,
    /// What is said when it is pointed at.
    pub tooltip: String,
}

/// The remarks within a range of a file.
#[must_use]
pub fn inlay_hints(workspace: &Workspace, path: &str, range: &Range<usize>, remarks: &Remarks) -> Vec<Hint> {
    let Some((tree, _)) = workspace.parsed(path) else { return Vec::new() };
    let procedures = tree.items.iter().filter_map(|item| match item {
        Item::Procedure(procedure) => Some(procedure),
        _ => None,
    });
    let mut hints: Vec<Hint> = procedures.flat_map(|procedure| dates(procedure, remarks)).collect();
    hints.extend(exprs::all(tree).into_iter().filter_map(|expr| conversion(expr, remarks)));
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// The dates behind the days of a procedure.
fn dates(procedure: &Procedure, remarks: &Remarks) -> Vec<Hint> {
    let of_step = |step: &Step| {
        let written = step.at_day.as_ref()?;
        let known = remarks.days.get(&(procedure.name.value.clone(), step.name.value.clone()))?;
        // Another day was written since: its date is not known yet.
        (known.day == written.value).then(|| date(known, &remarks.document, written.span.range().end))
    };
    procedure.steps.iter().filter_map(of_step).collect()
}

fn date(known: &Reached, document: &str, offset: usize) -> Hint {
    let Reached { day, anchor, calendar, frozen, on } = known;
    let text = on.map_or_else(|| "never".to_owned(), |on| format!("{} {on}", on.weekday()));
    let mut tooltip = format!("day {day} of {document}, counted from {anchor}");
    tooltip.extend(calendar.iter().map(|calendar| format!(" in working days of {calendar}")));
    if on.is_none() {
        tooltip.push_str(", does not come: a hold without an end stops the clock");
    } else if *frozen > 0 {
        tooltip.push_str(&format!(", without {} on hold", count(*frozen, "day", "days")));
    }
    Hint { offset, text, tooltip }
}

/// An amount in another currency, in the reporting one.
fn conversion(expr: &Expr, remarks: &Remarks) -> Option<Hint> {
    let written = amount(expr)?;
    let Worth { amount, unit, since } = remarks.amounts.get(&written)?;
    let rate = unit.amount.to_places(6);
    let rate = rate.trim_end_matches('0').trim_end_matches('.');
    Some(Hint {
        offset: expr.at().range().end,
        text: format!("= {amount}"),
        tooltip: format!("1 {} is {rate} {} since {since} in the ledger", written.currency, unit.currency),
    })
}

/// The amount that an expression is, where it is one as written.
fn amount(expr: &Expr) -> Option<Money> {
    let ExprKind::Number(number, Some(Unit::Currency(code))) = &expr.kind else { return None };
    let figure = Decimal::parse(&number.value.replace('_', "")).ok()?;
    Some(Money::new(figure, Currency::parse(&code.value)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_was_changed_has_no_date_until_it_is_known() {
        let program = |day| format!("procedure p {{\n    step a at day {day} {{ call customer }}\n}}\n");
        let date = Date::new(2026, 2, 1).expect("a date");
        let known = Reached { day: 7, anchor: date, calendar: None, frozen: 0, on: date.plus_days(7) };
        let remarks = Remarks { days: [(("p".to_owned(), "a".to_owned()), known)].into(), ..Remarks::default() };
        let shown = |day| {
            let workspace = Workspace::new([("a.proc", &*program(day))]);
            let hints = inlay_hints(&workspace, "a.proc", &(0..1000), &remarks);
            hints.into_iter().map(|hint| hint.text).collect::<Vec<_>>()
        };
        assert_eq!(shown(7), ["Sun 2026-02-08"]);
        assert!(shown(8).is_empty());
    }
}
