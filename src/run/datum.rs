//! A value during a run: small, copied freely, its text borrowed from the plan or the snapshot.

use crate::base::{Date, Decimal, Money};
use crate::run::fault::Fault;
use crate::schema::{Type, Value};

/// A value that is there; the same kinds as [`Value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Datum<'a> {
    Text(&'a str),
    Number(Decimal),
    /// The figure before the `%`.
    Percent(Decimal),
    Money(Money),
    Date(Date),
    Days(i64),
    Flag(bool),
    /// The code of a value of a closed list.
    Choice(u16),
}

/// What evaluating gives: a value, nothing where it is missing, or a fault in the data.
pub(crate) type Answer<'a> = Result<Option<Datum<'a>>, Box<Fault>>;

impl<'a> Datum<'a> {
    /// A value of the plan.
    pub(crate) fn of(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Number(number) => Self::Number(*number),
            Value::Percent(percent) => Self::Percent(*percent),
            Value::Money(money) => Self::Money(*money),
            Value::Date(date) => Self::Date(*date),
            Value::Days(days) => Self::Days(*days),
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Choice(code) => Self::Choice(*code),
        }
    }

    /// As people read it; the type knows the words of a closed list.
    pub(crate) fn show(self, ty: &Type) -> String {
        match (self, ty) {
            (Self::Text(text), _) => format!("\"{text}\""),
            (Self::Number(number), _) => number.to_string(),
            (Self::Percent(percent), _) => format!("{percent} %"),
            (Self::Money(money), _) => money.to_string(),
            (Self::Date(date), _) => date.to_string(),
            (Self::Days(days), _) => crate::base::text::count(days, "day", "days"),
            (Self::Flag(flag), _) => (if flag { "yes" } else { "no" }).to_owned(),
            (Self::Choice(code), Type::List(list)) => list.value(code).to_owned(),
            (Self::Choice(code), _) => code.to_string(),
        }
    }
}
