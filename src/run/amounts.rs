//! Money during a run: conversion, comparison, sums (`S16`), interest and payment plans (`S18`).
//!
//! Everything is exact but conversion, interest and averages, which round half to even to six
//! digits, once for each amount, so the order of rows does not matter.

use std::cmp::Ordering;

use crate::base::{Currency, Date, Decimal, Money};
use crate::ledger::Snapshot;
use crate::ledger::snapshot::Rates;
use crate::plan::Plan;
use crate::run::fault::{Fault, FaultKind};

/// The rates of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exchange<'a> {
    /// The table.
    pub(crate) rates: &'a Rates,
    /// The reporting currency.
    pub(crate) reporting: Currency,
    /// The run date.
    pub(crate) date: Date,
}

/// The amount, or a fault if it has more digits than money may have.
pub(crate) fn money(amount: Option<Decimal>, currency: Currency) -> Result<Money, Box<Fault>> {
    let fitting = amount.filter(|amount| amount.within(Decimal::MAX_MONEY));
    fitting.map(|amount| Money::new(amount, currency)).ok_or_else(Fault::out_of_range)
}

impl Exchange<'_> {
    /// What an amount is worth in the reporting currency. Nothing is worth nothing, whatever the rate.
    pub(crate) fn report(&self, value: Money) -> Result<Money, Box<Fault>> {
        if value.currency == self.reporting || value.amount == Decimal::ZERO {
            return Ok(Money::new(value.amount, self.reporting));
        }
        let rate = self.rates.on(value.currency, self.date);
        let (_, rate) = rate.ok_or_else(|| Fault::new(FaultKind::MissingRate(value.currency)))?;
        money(value.amount.times_ratio(rate, Rates::SCALE), self.reporting)
    }

    /// Both amounts in one currency: theirs if it is the same, else the reporting currency.
    pub(crate) fn align(&self, left: Money, right: Money) -> Result<(Decimal, Decimal, Currency), Box<Fault>> {
        if left.currency == right.currency {
            return Ok((left.amount, right.amount, left.currency));
        }
        Ok((self.report(left)?.amount, self.report(right)?.amount, self.reporting))
    }

    /// Which of two amounts is larger.
    pub(crate) fn compare(&self, left: Money, right: Money) -> Result<Ordering, Box<Fault>> {
        self.align(left, right).map(|(left, right, _)| left.cmp(&right))
    }
}

/// What an amount is worth in the reporting currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// So much.
    pub amount: Money,
    /// What one unit of its currency is worth.
    pub unit: Money,
    /// The date of the rate.
    pub since: Date,
}

/// What an amount is worth in the reporting currency on `date`, as a run converts it (`S16`); `None` if it is in
/// that currency, and where there is no rate.
#[must_use]
pub fn worth(plan: &Plan, snapshot: &Snapshot, value: Money, date: Date) -> Option<Worth> {
    let exchange = Exchange { rates: &snapshot.rates, reporting: plan.ledger.currency, date };
    if value.currency == exchange.reporting {
        return None;
    }
    let (since, _) = exchange.rates.on(value.currency, date)?;
    let report = |amount| exchange.report(Money::new(amount, value.currency)).ok();
    Some(Worth { amount: report(value.amount)?, unit: report(Decimal::whole(1))?, since })
}

/// Many amounts made into one: a sum, the least, the greatest. Amounts of one currency stay in it;
/// several are converted one by one, each rounded, then combined.
pub(crate) struct MoneyFold<'a> {
    exchange: Exchange<'a>,
    combine: fn(Decimal, Decimal) -> Option<Decimal>,
    first: Option<Currency>,
    mixed: bool,
    plain: Option<Decimal>,
    converted: Result<Option<Decimal>, Box<Fault>>,
}

impl<'a> MoneyFold<'a> {
    /// A fold that combines two amounts at a time by `combine`.
    pub(crate) fn new(exchange: Exchange<'a>, combine: fn(Decimal, Decimal) -> Option<Decimal>) -> Self {
        Self { exchange, combine, first: None, mixed: false, plain: None, converted: Ok(None) }
    }

    /// A sum.
    pub(crate) fn sum(exchange: Exchange<'a>) -> Self {
        Self::new(exchange, Decimal::plus)
    }

    /// Takes one more amount; a fault is kept until it is known whether conversion is needed.
    pub(crate) fn push(&mut self, value: Money, describe: impl FnOnce(Box<Fault>) -> Box<Fault>) {
        self.mixed |= *self.first.get_or_insert(value.currency) != value.currency;
        let join = |before: Option<Decimal>, next: Decimal| match before {
            None => Ok(Some(next)),
            Some(before) => (self.combine)(before, next).map(Some).ok_or_else(Fault::out_of_range),
        };
        if !self.mixed {
            self.plain = join(self.plain, value.amount).unwrap_or(Some(Decimal::from_millionths(i128::MAX)));
        }
        if let Ok(before) = &self.converted {
            let before = *before;
            let next = self.exchange.report(value).map_err(describe);
            self.converted = next.and_then(|next| join(before, next.amount));
        }
    }

    /// The result; `None` if there was no amount.
    pub(crate) fn finish(self) -> Result<Option<Money>, Box<Fault>> {
        let Some(first) = self.first else { return Ok(None) };
        let (amount, currency) =
            if self.mixed { (self.converted?, self.exchange.reporting) } else { (self.plain, first) };
        money(amount, currency).map(Some)
    }
}

/// Interest on an open amount (`S18`): amount × rate ÷ 100 × days ÷ 365, rounded once.
pub(crate) fn interest(open: Decimal, rate: Decimal, days_overdue: i64) -> Option<Decimal> {
    let numerator = rate.millionths().checked_mul(i128::from(days_overdue.max(0)))?;
    open.times_ratio(numerator, 100 * 1_000_000 * 365)
}

/// The instalments of a payment plan over `total`: equal monthly amounts in whole minor units, the
/// last one the rest; fewer than `count` where one would be less than `minimum`. The first is due
/// one month after `date`.
pub(crate) fn instalments(total: Money, count: i64, minimum: Option<Decimal>, date: Date) -> Vec<(Date, Money)> {
    let unit = 10i128.pow(6 - total.currency.minor_digits().min(6));
    let whole = total.amount.millionths();
    // A plan is written for at most 100,000 instalments; whatever a formula gives, it ends.
    let count = count.min(100_000);
    let most = minimum.filter(|least| *least > Decimal::ZERO).map_or(i128::MAX, |least| whole / least.millionths());
    let count = i128::from(count).min(most).max(1);
    let each = whole / count / unit * unit;
    (1..=count)
        .filter_map(|number| {
            let amount = if number == count { whole - each * (count - 1) } else { each };
            let due = months_later(date, i64::try_from(number).ok()?)?;
            Some((due, Money::new(Decimal::from_millionths(amount), total.currency)))
        })
        .collect()
}

/// The whole part of a number of instalments.
pub(crate) fn whole(count: Decimal) -> i64 {
    i64::try_from(count.millionths() / 1_000_000).unwrap_or(i64::MAX)
}

/// The same day so many months later, or the last day of that month.
fn months_later(date: Date, months: i64) -> Option<Date> {
    use chrono::Datelike;
    let plain = chrono::NaiveDate::from(date);
    let month = i64::from(plain.month0()) + months;
    let year = i32::try_from(i64::from(plain.year()) + month.div_euclid(12)).ok()?;
    let first = Date::new(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)?;
    let last = chrono::NaiveDate::from(first.end_of_month()).day();
    first.plus_days(i64::from(plain.day().min(last)) - 1)
}
