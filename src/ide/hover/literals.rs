//! Values as written: what they come to.

use crate::base::text::{count, enumeration};
use crate::base::{Currency, Date, Decimal, Money, Span};
use crate::ide::hover::calendars;
use crate::ide::hover::names::first_lines;
use crate::ide::hover::page::Page;
use crate::ide::hover::steps;
use crate::syntax::ast::{Expr, ExprKind, Holidays, Item, Unit};
use crate::syntax::tokens::{Kind, Token};
use crate::workspace::Workspace;

/// A day: its day of the week, and where it is no working day.
pub(super) fn date(workspace: &Workspace, text: &str) -> Option<Page> {
    let date = Date::parse(text)?;
    let off = calendars::all(workspace).filter_map(|calendar| {
        let why = calendars::why_off(calendar, date)?;
        Some(format!("No working day in `{}`: {why}.", calendar.name.value))
    });
    Some(Page::of_text(long(date)).say(off.collect::<Vec<_>>().join("  \n")))
}

/// `Monday, 2 March 2026`
pub(super) fn long(date: Date) -> String {
    chrono::NaiveDate::from(date).format("%A, %-d %B %Y").to_string()
}

/// A number with its unit, a currency, the day of a step, the file of a template.
pub(super) fn of(workspace: &Workspace, path: &str, token: &Token<'_>) -> Option<Page> {
    let file = workspace.file(path)?;
    let (tree, _) = workspace.parsed(path)?;
    let here = Span::new(file, token.range.start, token.range.end);
    let holds = |span: Span| span.holds(here);
    if let Some(code) = Currency::parse(token.text) {
        return Some(currency(workspace, path, here).unwrap_or_else(|| named(code)));
    }
    for item in &tree.items {
        match item {
            Item::Procedure(procedure) if token.kind == Kind::Number && holds(procedure.head.span) => {
                let step = procedure.steps.iter().find(|step| step.at_day.as_ref().is_some_and(|day| holds(day.span)));
                if let Some(step) = step {
                    let said = steps::described(workspace, procedure, step);
                    return Some(Page::of_text(said.first()?).rules(steps::rules(procedure, step)));
                }
            }
            Item::Template(template) => {
                if let Some((_, file)) = template.files.iter().find(|(_, file)| holds(file.span)) {
                    let there = first_lines(workspace, &file.value);
                    return Some(Page::of_text(there.unwrap_or_else(|| "This file is not there.".to_owned())));
                }
            }
            Item::Calendar(calendar) => {
                let is_here = |holidays: &&Holidays| matches!(holidays, Holidays::File(file) if holds(file.span));
                if let Some(Holidays::File(file)) = calendar.holidays.iter().find(is_here) {
                    return Some(own_days(workspace, &file.value));
                }
            }
            _ => {}
        }
    }
    // The unit itself is a word, which is explained as such.
    if token.kind == Kind::Number { currency(workspace, path, here) } else { None }
}

fn own_days(workspace: &Workspace, path: &str) -> Page {
    let Some(text) = workspace.resource(path) else { return Page::of_text("This file is not there.") };
    let dates = text.lines().filter_map(|line| Date::parse(line.split('#').next()?.split_whitespace().next()?));
    let days = i64::try_from(dates.count()).unwrap_or(i64::MAX);
    Page::of_text(format!("{} off, of the company's own.", count(days, "day", "days")))
}

fn named(currency: Currency) -> Page {
    Page::of_text(format!(
        "{}, with {} behind the point.",
        currency.name(),
        count(i64::from(currency.minor_digits()), "digit", "digits")
    ))
}

/// What a number with its unit comes to.
fn currency(workspace: &Workspace, path: &str, here: Span) -> Option<Page> {
    let (tree, _) = workspace.parsed(path)?;
    let around = crate::ide::places::around(tree, here.range().start);
    let expr = around.iter().rev().find_map(|span| number_at(tree, *span))?;
    let ExprKind::Number(number, unit) = &expr.kind else { return None };
    let amount = Decimal::parse(&number.value.replace('_', "")).ok()?;
    match unit.as_ref()? {
        Unit::Currency(code) => {
            let currency = Currency::parse(&code.value)?;
            Some(Page::of_text(format!("{} ({})", Money::new(amount, currency), currency.name())))
        }
        Unit::Weeks => {
            let weeks: i64 = number.value.replace('_', "").parse().ok()?;
            Some(Page::of_text(count(weeks.checked_mul(7)?, "day", "days")))
        }
        Unit::WorkingDays(calendar) => {
            let all: Vec<&str> = calendars::all(workspace).map(|calendar| calendar.name.value.as_str()).collect();
            let of = calendar.as_ref().map_or_else(|| enumeration(&all), |name| format!("`{}`", name.value));
            let of = if of.is_empty() { of } else { format!(" of {of}") };
            Some(Page::of_text(format!("{} working days{of}", number.value)).rules(&["S5"]))
        }
        Unit::Percent => Some(Page::of_text(format!("{} of every hundred", number.value))),
        Unit::Days | Unit::Other(_) => None,
    }
}

/// The number as written at exactly this stretch.
fn number_at(tree: &crate::syntax::ast::File, span: Span) -> Option<&Expr> {
    crate::ide::exprs::all(tree).into_iter().find(|expr| expr.at() == span && matches!(expr.kind, ExprKind::Number(..)))
}
