//! Expressions as pieces of text: a line may be broken between two of them.

use super::lines::{prefixed, suffixed};
use crate::syntax::ast::{BinaryOp, Duration, DurationUnit, Expr, ExprKind, Literal, QuestionExpr, Unit};

/// An expression, breakable before each `and` and `or`, and behind the commas of `in (…)`.
pub(super) fn pieces(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) if matches!(operator.value, BinaryOp::And | BinaryOp::Or) => {
            let mut all = pieces(left);
            all.extend(prefixed(&format!("{} ", operator.value.sign()), pieces(right)));
            all
        }
        ExprKind::Paren(inner) => suffixed(prefixed("(", pieces(inner)), ")"),
        ExprKind::Not(inner) => prefixed("not ", pieces(inner)),
        ExprKind::In(value, values) => {
            let values = suffixed(with_commas(values.iter().map(text).collect()), ")");
            prefixed(&format!("{} in (", text(value)), values)
        }
        _ => vec![whole(expr)],
    }
}

/// An expression on one line.
pub(super) fn text(expr: &Expr) -> String {
    pieces(expr).join(" ")
}

/// Values with a comma behind each but the last; without any one that is empty.
fn with_commas(mut values: Vec<String>) -> Vec<String> {
    let last = values.len().saturating_sub(1);
    values.iter_mut().take(last).for_each(|value| value.push(','));
    if values.is_empty() { vec![String::new()] } else { values }
}

/// An expression that is no condition of several.
fn whole(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) => format!("{} {} {}", text(left), operator.value.sign(), text(right)),
        ExprKind::Negate(inner) => format!("-{}", text(inner)),
        ExprKind::OrElse(left, right) => format!("{} or else {}", text(left), text(right)),
        ExprKind::Between(value, low, high) => format!("{} between {} and {}", text(value), text(low), text(high)),
        ExprKind::IsMissing(value) => format!("{} is missing", text(value)),
        ExprKind::IsPresent(value) => format!("{} is present", text(value)),
        ExprKind::Question(question) => asked(question),
        ExprKind::Call(name, arguments) => {
            format!("{}({})", name.value, arguments.iter().map(text).collect::<Vec<_>>().join(", "))
        }
        _ => word(expr),
    }
}

/// An expression of one word.
fn word(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(literal, unit) => number(literal, unit.as_ref()),
        ExprKind::Date(date) => date.to_string(),
        ExprKind::Text(value) => quoted(value),
        ExprKind::Flag(value) => (if *value { "yes" } else { "no" }).to_owned(),
        ExprKind::Name(name) => name.clone(),
        ExprKind::Member(owner, name) => format!("{}.{}", owner.value, name.value),
        ExprKind::ResultOf(step) => format!("result of {}", step.value),
        _ => String::new(),
    }
}

/// `sum(open_amount of documents where overdue)`
fn asked(question: &QuestionExpr) -> String {
    let element = question.element.as_ref().map_or_else(String::new, |element| format!("{} of ", text(element)));
    let filter = question.filter.as_ref().map_or_else(String::new, |filter| format!(" where {}", text(filter)));
    format!("{}({element}{}{filter})", question.name.value, question.collection.value.word())
}

fn number(literal: &Literal, unit: Option<&Unit>) -> String {
    let number = &literal.value;
    match unit {
        None => number.clone(),
        Some(Unit::Percent) => format!("{number} %"),
        Some(Unit::Days) => format!("{number} {}", plural(number, "day")),
        Some(Unit::Weeks) => format!("{number} {}", plural(number, "week")),
        Some(Unit::WorkingDays(calendar)) => working_days(number, calendar.as_ref().map(|name| name.value.as_str())),
        Some(Unit::Currency(name) | Unit::Other(name)) => format!("{number} {}", name.value),
    }
}

/// `3 days`
pub(super) fn duration(duration: &Duration) -> String {
    let number = &duration.number.value;
    match &duration.unit {
        DurationUnit::Days => format!("{number} {}", plural(number, "day")),
        DurationUnit::Weeks => format!("{number} {}", plural(number, "week")),
        DurationUnit::WorkingDays(calendar) => working_days(number, calendar.as_ref().map(|name| name.value.as_str())),
    }
}

fn working_days(number: &str, calendar: Option<&str>) -> String {
    let of = calendar.map_or_else(String::new, |calendar| format!(" of {calendar}"));
    format!("{number} working {}{of}", plural(number, "day"))
}

fn plural(number: &str, word: &str) -> String {
    if number == "1" { word.to_owned() } else { format!("{word}s") }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
