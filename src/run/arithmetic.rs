//! Operators and functions on values that are there (design, section 2, types).
//!
//! `+` and `-` are exact, `*` and `/` round half to even to six digits, once. A result that has
//! more digits than its type allows is a fault of the data.

use std::cmp::Ordering;

use crate::base::{Decimal, decimal::round_half_even};
use crate::check::tree::BinaryOp;
use crate::run::amounts::{Exchange, money};
use crate::run::datum::{Answer, Datum};
use crate::run::fault::Fault;
use crate::schema::Function;

/// Millionths in one hundred: what a percentage is a part of.
const HUNDRED: i128 = 100_000_000;
/// Days in the longest length of time that can be computed with: more than 1900 to 2999.
const MOST_DAYS: i64 = 100_000_000;

/// A number or percentage, or a fault if it has too many digits.
pub(super) fn number(value: Option<Decimal>) -> Result<Decimal, Box<Fault>> {
    value.filter(|value| value.within(Decimal::MAX_NUMBER)).ok_or_else(Fault::out_of_range)
}

/// A length of time, or a fault if it is too long.
pub(super) fn days(value: Option<i64>) -> Result<i64, Box<Fault>> {
    value.filter(|value| value.abs() <= MOST_DAYS).ok_or_else(Fault::out_of_range)
}

/// The value of `left op right`; `and` and `or` are the evaluator's.
pub(super) fn binary<'a>(exchange: &Exchange<'_>, op: BinaryOp, left: Datum<'a>, right: Datum<'a>) -> Answer<'a> {
    let compared =
        |wanted: fn(Ordering) -> bool| Ok(compare(exchange, left, right)?.map(|order| Datum::Flag(wanted(order))));
    match op {
        BinaryOp::And | BinaryOp::Or => Ok(None),
        BinaryOp::Equal => compared(Ordering::is_eq),
        BinaryOp::NotEqual => compared(Ordering::is_ne),
        BinaryOp::Less => compared(Ordering::is_lt),
        BinaryOp::LessOrEqual => compared(Ordering::is_le),
        BinaryOp::Greater => compared(Ordering::is_gt),
        BinaryOp::GreaterOrEqual => compared(Ordering::is_ge),
        BinaryOp::Add => add(exchange, left, right),
        BinaryOp::Subtract => add(exchange, left, negated(right)),
        BinaryOp::Multiply => multiply(left, right),
        BinaryOp::Divide => divide(exchange, left, right),
    }
}

/// The order of two values of one type; `None` for values that have none.
pub(super) fn compare(
    exchange: &Exchange<'_>,
    left: Datum<'_>,
    right: Datum<'_>,
) -> Result<Option<Ordering>, Box<Fault>> {
    use Datum::{Choice, Date, Days, Flag, Money, Number, Percent, Text};
    Ok(Some(match (left, right) {
        (Money(left), Money(right)) => exchange.compare(left, right)?,
        (Text(left), Text(right)) => left.as_bytes().cmp(right.as_bytes()),
        (Number(left), Number(right)) | (Percent(left), Percent(right)) => left.cmp(&right),
        (Date(left), Date(right)) => left.cmp(&right),
        (Days(left), Days(right)) => left.cmp(&right),
        (Flag(left), Flag(right)) => left.cmp(&right),
        (Choice(left), Choice(right)) => left.cmp(&right),
        _ => return Ok(None),
    }))
}

/// The negative of a value; a date stands for itself, so that `date - date` reads as a difference.
pub(super) fn negated(value: Datum<'_>) -> Datum<'_> {
    match value {
        Datum::Number(number) => Datum::Number(number.negated()),
        Datum::Percent(percent) => Datum::Percent(percent.negated()),
        Datum::Money(money) => Datum::Money(crate::base::Money::new(money.amount.negated(), money.currency)),
        Datum::Days(days) => Datum::Days(-days),
        other => other,
    }
}

/// A sum; of two dates the days from the second to the first.
fn add<'a>(exchange: &Exchange<'_>, left: Datum<'a>, right: Datum<'a>) -> Answer<'a> {
    use Datum::{Date, Days, Money, Number, Percent};
    Ok(Some(match (left, right) {
        (Number(left), Number(right)) => Number(number(left.plus(right))?),
        (Percent(left), Percent(right)) => Percent(number(left.plus(right))?),
        (Money(left), Money(right)) => {
            let (left, right, currency) = exchange.align(left, right)?;
            Money(money(left.plus(right), currency)?)
        }
        (Days(left), Days(right)) => Days(days(left.checked_add(right))?),
        (Date(date), Days(days)) => Date(date.plus_days(days).ok_or_else(Fault::out_of_range)?),
        (Date(left), Date(right)) => Days(left.days_since(right)),
        _ => return Ok(None),
    }))
}

fn multiply<'a>(left: Datum<'a>, right: Datum<'a>) -> Answer<'a> {
    use Datum::{Days, Money, Number, Percent};
    Ok(Some(match (left, right) {
        (Number(left), Number(right)) => Number(number(left.times(right))?),
        (Money(value), Number(factor)) | (Number(factor), Money(value)) => {
            Money(money(value.amount.times(factor), value.currency)?)
        }
        (Money(value), Percent(part)) | (Percent(part), Money(value)) => {
            Money(money(value.amount.times_ratio(part.millionths(), HUNDRED), value.currency)?)
        }
        (Days(count), Number(factor)) | (Number(factor), Days(count)) => {
            let product = factor.millionths().checked_mul(i128::from(count));
            let whole = product.and_then(|product| round_half_even(product, 1_000_000));
            Days(days(whole.and_then(|whole| i64::try_from(whole).ok()))?)
        }
        _ => return Ok(None),
    }))
}

/// A quotient; missing where the divisor is 0.
fn divide<'a>(exchange: &Exchange<'_>, left: Datum<'a>, right: Datum<'a>) -> Answer<'a> {
    use Datum::{Days, Money, Number, Percent};
    let part_of = |part: i128, whole: i128| {
        let percent = Decimal::from_millionths(part).times_ratio(HUNDRED, whole);
        number(percent).map(Percent)
    };
    Ok(Some(match (left, right) {
        (_, Number(Decimal::ZERO) | Days(0)) => return Ok(None),
        (Number(left), Number(right)) => Number(number(left.over(right))?),
        (Percent(left), Number(right)) => Percent(number(left.over(right))?),
        (Money(left), Number(right)) => Money(money(left.amount.over(right), left.currency)?),
        (Money(left), Money(right)) => {
            let (left, right, _) = exchange.align(left, right)?;
            if right == Decimal::ZERO {
                return Ok(None);
            }
            part_of(left.millionths(), right.millionths())?
        }
        (Days(left), Days(right)) => part_of(i128::from(left), i128::from(right))?,
        _ => return Ok(None),
    }))
}

/// The value of a function.
pub(super) fn call<'a>(exchange: &Exchange<'_>, function: Function, arguments: &[Datum<'a>]) -> Answer<'a> {
    match (function, arguments) {
        (Function::EndOfMonth, [Datum::Date(date)]) => Ok(Some(Datum::Date(date.end_of_month()))),
        (Function::Min, [left, right]) => extreme(exchange, *left, *right, Ordering::is_le),
        (Function::Max, [left, right]) => extreme(exchange, *left, *right, Ordering::is_ge),
        _ => Ok(None),
    }
}

/// The one of two values that stands first by `first`; amounts of two currencies are converted first.
fn extreme<'a>(exchange: &Exchange<'_>, left: Datum<'a>, right: Datum<'a>, first: fn(Ordering) -> bool) -> Answer<'a> {
    if let (Datum::Money(left), Datum::Money(right)) = (left, right) {
        let (left, right, currency) = exchange.align(left, right)?;
        let amount = if first(left.cmp(&right)) { left } else { right };
        return Ok(Some(Datum::Money(crate::base::Money::new(amount, currency))));
    }
    Ok(compare(exchange, left, right)?.map(|order| if first(order) { left } else { right }))
}
