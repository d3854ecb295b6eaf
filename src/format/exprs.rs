//! Expressions as pieces of text: a line may be broken between two of them.

use crate::syntax::ast::{BinaryOp, Duration, DurationUnit, Expr, ExprKind, Literal, QuestionExpr, Unit};

/// An expression, breakable before each `and` and `or`, and behind the commas of `in (…)`.
pub(super) fn pieces(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) if matches!(operator.value, BinaryOp::And | BinaryOp::Or) => {
            let mut all = pieces(left);
            all.extend(prefixed(&format!("{} ", operator.value.sign()), pieces(right)));
            all
        }
        ExprKind::Paren(inner) => prefixed("(", suffixed(pieces(inner), ")")),
        ExprKind::Not(inner) => prefixed("not ", pieces(inner)),
        ExprKind::In(value, values) => {
            let last = values.len().saturating_sub(1);
            let listed = values
                .iter()
                .enumerate()
                .map(|(at, value)| format!("{}{}", text(value), if at == last { ")" } else { "," }));
            let mut all: Vec<String> = listed.collect();
            match all.first_mut() {
                Some(first) => *first = format!("{} in ({first}", text(value)),
                None => all.push(format!("{} in ()", text(value))),
            }
            all
        }
        _ => vec![flat(expr)],
    }
}

/// An expression on one line.
pub(super) fn text(expr: &Expr) -> String {
    pieces(expr).join(" ")
}

/// Pieces with `prefix` before the first.
pub(super) fn prefixed(prefix: &str, mut pieces: Vec<String>) -> Vec<String> {
    if let Some(first) = pieces.first_mut() {
        first.insert_str(0, prefix);
    }
    pieces
}

fn suffixed(mut pieces: Vec<String>, suffix: &str) -> Vec<String> {
    if let Some(last) = pieces.last_mut() {
        last.push_str(suffix);
    }
    pieces
}

fn flat(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(literal, unit) => number(literal, unit.as_ref()),
        ExprKind::Date(date) => date.to_string(),
        ExprKind::Text(value) => quoted(value),
        ExprKind::Flag(value) => (if *value { "yes" } else { "no" }).to_owned(),
        ExprKind::Name(name) => name.clone(),
        ExprKind::Member(owner, name) => format!("{}.{}", owner.value, name.value),
        ExprKind::ResultOf(step) => format!("result of {}", step.value),
        ExprKind::Negate(inner) => format!("-{}", text(inner)),
        ExprKind::Binary(operator, left, right) => format!("{} {} {}", text(left), operator.value.sign(), text(right)),
        ExprKind::OrElse(left, right) => format!("{} or else {}", text(left), text(right)),
        ExprKind::Between(value, low, high) => format!("{} between {} and {}", text(value), text(low), text(high)),
        ExprKind::IsMissing(value) => format!("{} is missing", text(value)),
        ExprKind::IsPresent(value) => format!("{} is present", text(value)),
        ExprKind::Question(question) => asked(question),
        ExprKind::Call(name, arguments) => {
            format!("{}({})", name.value, arguments.iter().map(text).collect::<Vec<_>>().join(", "))
        }
        ExprKind::Paren(_) | ExprKind::Not(_) | ExprKind::In(..) => text(expr),
        ExprKind::Unreadable => String::new(),
    }
}

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
