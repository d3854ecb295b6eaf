//! Remarks within the lines, for one document that the user has chosen: the date on which each `at day`
//! falls for it, and what amounts in other currencies are in the reporting currency.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::decimal::round_half_even;
use crate::base::{Currency, Date, Decimal, Money};
use crate::calendar::WorkingDays;
use crate::check::mentions::Symbol;
use crate::ide::exprs;
use crate::ide::nodes::{self, Node};
use crate::ledger::snapshot::{DocumentRow, Rates, Snapshot};
use crate::schema::calendars::weekday;
use crate::syntax::ast::{
    BinaryOp, Calendar, Counting, Expr, ExprKind, Holidays, Item, Procedure, Step, TimingKind, Unit,
};
use crate::workspace::Workspace;

/// The document that the hints are for, as the ledger has it, and today's rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its id.
    pub id: String,
    /// The day on which it is to be paid.
    pub due_date: Date,
    /// The date on it.
    pub issue_date: Date,
    /// What is open of it.
    pub open_amount: Money,
    /// What one unit of a currency is in the reporting currency.
    pub rates: BTreeMap<Currency, Decimal>,
}

impl Chosen {
    /// The document with this id as it stands on `date`, and what currencies are worth then.
    #[must_use]
    pub fn find(snapshot: &Snapshot, id: &str, date: Date) -> Option<Self> {
        let documents = &snapshot.documents;
        let place = (0..documents.id.len()).find(|place| documents.id.get(*place) == id)?;
        let row = DocumentRow(u32::try_from(place).ok()?);
        let currency = *documents.currency.get(place)?;
        let open_amount = match snapshot.document_at(row, date) {
            Some(state) => state.open_amount,
            None => *documents.open_amount.get(place)?,
        };
        // Later ones replace earlier ones.
        let rates = snapshot.rates.rows.iter().filter(|(_, day, _)| *day <= date);
        let rates = rates.filter_map(|(currency, _, rate)| {
            let millionths = round_half_even(*rate, Rates::SCALE.checked_div(Decimal::whole(1).millionths())?)?;
            Some((*currency, Decimal::from_millionths(millionths)))
        });
        Some(Self {
            id: id.to_owned(),
            due_date: *documents.due_date.get(place)?,
            issue_date: *documents.issue_date.get(place)?,
            open_amount: Money::new(open_amount, currency),
            rates: rates.collect(),
        })
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
pub fn inlay_hints(workspace: &Workspace, path: &str, range: &Range<usize>, chosen: &Chosen) -> Vec<Hint> {
    let Some((tree, _)) = workspace.parsed(path) else { return Vec::new() };
    let reporting = reporting_currency(workspace);
    let mut hints = Vec::new();
    for item in &tree.items {
        if let Item::Procedure(procedure) = item {
            hints.extend(days(workspace, procedure, chosen));
        }
    }
    hints.extend(exprs::all(tree).into_iter().filter_map(|expr| amount(expr, reporting?, chosen)));
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

fn reporting_currency(workspace: &Workspace) -> Option<Currency> {
    workspace.trees().flat_map(|tree| &tree.items).find_map(|item| match item {
        Item::Ledger(ledger) => Currency::parse(&ledger.currency.as_ref()?.value),
        _ => None,
    })
}

/// The dates on which the days of a procedure fall.
fn days(workspace: &Workspace, procedure: &Procedure, chosen: &Chosen) -> Vec<Hint> {
    let (from, counting) = match procedure.timing.as_ref().map(|timing| &timing.kind) {
        Some(TimingKind::Dip { from, counting }) => (from.as_ref(), counting.as_ref()),
        _ => (None, None),
    };
    let working = counting.map(|counting| working_days(workspace, counting));
    let date = |step: &Step| {
        let anchor = match step.from.as_ref().or(from) {
            Some(from) => anchor(from, chosen)?,
            None => chosen.due_date,
        };
        let day = step.at_day.as_ref()?;
        let date = match &working {
            Some(working) => working.as_ref()?.first_with(working.as_ref()?.up_to(anchor).checked_add(day.value)?)?,
            None => anchor.plus_days(day.value)?,
        };
        let tooltip = format!("day {} of {}, counted from {anchor}", day.value, chosen.id);
        Some(Hint { offset: day.span.range().end, text: format!("{} {date}", date.weekday()), tooltip })
    };
    procedure.steps.iter().filter_map(date).collect()
}

/// The working days of the calendar that is named, or of the only one; of files of own days nothing is known here.
fn working_days(workspace: &Workspace, counting: &Counting) -> Option<WorkingDays> {
    let calendar: &Calendar = match &counting.calendar {
        Some(name) => match nodes::of(workspace, &Symbol::Calendar(name.value.clone()))? {
            Node::Calendar(calendar) => calendar,
            _ => return None,
        },
        None => workspace.trees().flat_map(|tree| &tree.items).find_map(|item| match item {
            Item::Calendar(calendar) => Some(calendar),
            _ => None,
        })?,
    };
    let weekend: Vec<u8> = calendar.weekend.iter().filter_map(|day| weekday(&day.value)).collect();
    let countries = calendar.holidays.iter().map(|holidays| match holidays {
        Holidays::Country(name) => Some(name.value.clone()),
        Holidays::File(_) => None,
    });
    Some(WorkingDays::new(&weekend, &countries.collect::<Option<Vec<_>>>()?, &[]))
}

/// The date of the chosen document that an expression gives, where it is a simple one.
fn anchor(from: &Expr, chosen: &Chosen) -> Option<Date> {
    match &from.kind {
        ExprKind::Name(name) if name == "due_date" => Some(chosen.due_date),
        ExprKind::Name(name) if name == "issue_date" => Some(chosen.issue_date),
        ExprKind::Member(subject, name) if subject.value == "document" => {
            anchor(&Expr { kind: ExprKind::Name(name.value.clone()), span: from.span }, chosen)
        }
        ExprKind::Paren(inner) => anchor(inner, chosen),
        ExprKind::Call(name, arguments) if name.value == "end_of_month" => {
            anchor(arguments.first()?, chosen).map(Date::end_of_month)
        }
        ExprKind::Binary(op, date, days) => {
            let ExprKind::Number(number, Some(unit)) = &days.kind else { return None };
            let each = match unit {
                Unit::Days => 1,
                Unit::Weeks => 7,
                _ => return None,
            };
            let days: i64 = number.value.replace('_', "").parse().ok()?;
            let days = days.checked_mul(each)?;
            match op.value {
                BinaryOp::Add => anchor(date, chosen)?.plus_days(days),
                BinaryOp::Subtract => anchor(date, chosen)?.plus_days(-days),
                _ => None,
            }
        }
        _ => None,
    }
}

/// An amount in another currency, in the reporting one.
fn amount(expr: &Expr, reporting: Currency, chosen: &Chosen) -> Option<Hint> {
    let ExprKind::Number(number, Some(Unit::Currency(code))) = &expr.kind else { return None };
    let currency = Currency::parse(&code.value).filter(|currency| *currency != reporting)?;
    let rate = chosen.rates.get(&currency)?;
    let amount = Decimal::parse(&number.value.replace('_', "")).ok()?.times(*rate)?;
    Some(Hint {
        offset: expr.at().range().end,
        text: format!("= {}", Money::new(amount, reporting)),
        tooltip: format!(
            "1 {currency} is {} {reporting} in the ledger",
            rate.to_places(6).trim_end_matches('0').trim_end_matches('.')
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_on_dates_and_amounts_are_converted() {
        let text = "ledger { currency EUR }\nprocedure p {\n    timing dip\n    step a at day 7 when total_due > 100 USD { call customer }\n    step b at day -5 from end_of_month(issue_date) { call customer }\n}\n";
        let workspace = Workspace::new([("a.proc", text)]);
        let usd = Currency::parse("USD").expect("a currency");
        let chosen = Chosen {
            id: "F1".into(),
            due_date: Date::new(2026, 2, 1).expect("a date"),
            issue_date: Date::new(2026, 1, 2).expect("a date"),
            open_amount: Money::new(Decimal::whole(5), Currency::EUR),
            rates: [(usd, Decimal::parse("0.9").expect("a rate"))].into(),
        };
        let hints = inlay_hints(&workspace, "a.proc", &(0..text.len()), &chosen);
        let shown: Vec<&str> = hints.iter().map(|hint| hint.text.as_str()).collect();
        assert_eq!(shown, ["Sun 2026-02-08", "= 90.00 EUR", "Mon 2026-01-26"]);
    }
}
