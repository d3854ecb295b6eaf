//! Expressions as pieces of text: a line may be broken between two of them.

use super::lines::Piece;
use crate::syntax::ast::{BinaryOp, Duration, DurationUnit, Expr, ExprKind, Literal, QuestionExpr, Unit};

/// An expression, breakable before each `and` and `or`, and behind the commas of `in (…)`; where comments
/// stand also before the other parts of a longer expression.
pub(super) fn pieces(expr: &Expr) -> Vec<Piece> {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) if matches!(operator.value, BinaryOp::And | BinaryOp::Or) => {
            let mut all = pieces(left);
            all.extend(prefixed(&format!("{} ", operator.value.sign()), pieces(right)));
            all
        }
        ExprKind::Paren(inner) => enclosed(expr, "(", pieces(inner), ")"),
        ExprKind::Not(inner) => enclosed(expr, "not ", pieces(inner), ""),
        ExprKind::In(value, values) => {
            let all = values.iter().map(pieces).map(glued).collect();
            enclosed(expr, "", joined(suffixed(glued(pieces(value)), " in ("), listed(expr, all, ")")), "")
        }
        _ => glued(parts(expr)),
    }
}

/// An expression on one line.
pub(super) fn text(expr: &Expr) -> String {
    pieces(expr).into_iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
}

/// Pieces with `prefix` before the first.
pub(super) fn prefixed(prefix: &str, mut pieces: Vec<Piece>) -> Vec<Piece> {
    if let Some(first) = pieces.first_mut() {
        first.text.insert_str(0, prefix);
    }
    pieces
}

fn suffixed(mut pieces: Vec<Piece>, suffix: &str) -> Vec<Piece> {
    if let Some(last) = pieces.last_mut() {
        last.text.push_str(suffix);
    }
    pieces
}

/// Pieces with what stands before and behind them; together they are `whole`.
fn enclosed(whole: &Expr, before: &str, pieces: Vec<Piece>, behind: &str) -> Vec<Piece> {
    let mut all = suffixed(prefixed(before, pieces), behind);
    let span = whole.at();
    if let Some(place) = all.first_mut().and_then(|first| first.place.as_mut()) {
        place.start = span.start;
    }
    if let Some(place) = all.last_mut().and_then(|last| last.place.as_mut()) {
        place.end = span.end;
    }
    all
}

/// Pieces, and directly behind the last of them others.
fn joined(mut left: Vec<Piece>, right: Vec<Piece>) -> Vec<Piece> {
    let mut right = right.into_iter();
    match (left.last_mut(), right.next()) {
        (Some(last), Some(first)) => {
            last.text.push_str(&first.text);
            last.place = last.place.zip(first.place).map(|(last, first)| last.to(first));
        }
        (_, first) => left.extend(first),
    }
    left.extend(right);
    left
}

/// Values in a row with commas, then `end`; breakable behind the commas.
fn listed(whole: &Expr, values: Vec<Vec<Piece>>, end: &str) -> Vec<Piece> {
    let last = values.len().saturating_sub(1);
    let values = values.into_iter().enumerate();
    let mut all: Vec<Piece> =
        values.flat_map(|(at, value)| suffixed(value, if at == last { "" } else { "," })).collect();
    if all.is_empty() {
        all.push(Piece::at(String::new(), whole.at()));
    }
    suffixed(all, end)
}

/// Pieces that are broken only where a comment stands, but before the first.
fn glued(pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.into_iter().enumerate().map(|(at, piece)| if at == 0 { piece } else { piece.glued() }).collect()
}

/// What an expression is made of that is no condition of several.
fn parts(expr: &Expr) -> Vec<Piece> {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) => {
            let sign = operator.value.sign();
            let adds = matches!(operator.value, BinaryOp::Add | BinaryOp::Subtract);
            let (mut left, right) = (pieces(left), pieces(right));
            if adds {
                left.extend(prefixed(&format!("{sign} "), right));
                left
            } else {
                joined(suffixed(left, &format!(" {sign} ")), right)
            }
        }
        ExprKind::Negate(inner) => enclosed(expr, "-", pieces(inner), ""),
        ExprKind::OrElse(left, right) => joined(suffixed(pieces(left), " or else "), pieces(right)),
        ExprKind::Between(value, low, high) => {
            let low = joined(suffixed(pieces(value), " between "), pieces(low));
            joined(suffixed(low, " and "), pieces(high))
        }
        ExprKind::IsMissing(value) => enclosed(expr, "", pieces(value), " is missing"),
        ExprKind::IsPresent(value) => enclosed(expr, "", pieces(value), " is present"),
        ExprKind::Question(question) => enclosed(expr, "", asked(question), ")"),
        ExprKind::Call(name, arguments) => {
            let arguments = listed(expr, arguments.iter().map(pieces).collect(), ")");
            enclosed(expr, &format!("{}(", name.value), arguments, "")
        }
        ExprKind::Paren(_) | ExprKind::Not(_) | ExprKind::In(..) => pieces(expr),
        _ => vec![Piece::at(word(expr), expr.at())],
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

/// `sum(open_amount of documents where overdue`
fn asked(question: &QuestionExpr) -> Vec<Piece> {
    let collection = Piece::at(question.collection.value.word().to_owned(), question.collection.span);
    let mut all = match &question.element {
        Some(element) => joined(suffixed(pieces(element), " of "), vec![collection]),
        None => vec![collection],
    };
    all.extend(question.filter.iter().flat_map(|filter| prefixed("where ", pieces(filter))));
    prefixed(&format!("{}(", question.name.value), all)
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
