//! What a holiday rule is: a name, the day it falls on, and the years in which it holds.

use chrono::Weekday;

use crate::base::Date;

/// One holiday: at most one date a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Its name in English.
    pub(super) name: &'static str,
    day: Day,
    moved: Moved,
    first_year: i32,
    last_year: i32,
    every_years: i32,
}

#[derive(Debug, Clone, Copy)]
enum Day {
    /// Month and day.
    Fixed(u32, u32),
    /// So many days after Easter Sunday, or before it.
    Easter(i64),
    /// The first such day of the week on or after a month and day: so the third Monday of a month is the
    /// first from the 15th.
    FirstFrom(Weekday, u32, u32),
}

/// Where a holiday is kept that falls on a weekend.
#[derive(Debug, Clone, Copy)]
enum Moved {
    No,
    /// Instead of Sunday on the Saturday before.
    SundayToSaturday,
    /// For Saturday on the Friday before, for Sunday on the Monday after; otherwise there is no such day.
    OnlyFromWeekend,
}

/// A holiday on the same date every year.
pub(super) const fn fixed(name: &'static str, month: u32, day: u32) -> Rule {
    Rule::new(name, Day::Fixed(month, day))
}

/// A holiday so many days after Easter Sunday, or before it.
pub(super) const fn easter(name: &'static str, days: i64) -> Rule {
    Rule::new(name, Day::Easter(days))
}

/// A holiday on the first such day of the week on or after a month and day.
pub(super) const fn first_from(name: &'static str, weekday: Weekday, month: u32, day: u32) -> Rule {
    Rule::new(name, Day::FirstFrom(weekday, month, day))
}

impl Rule {
    const fn new(name: &'static str, day: Day) -> Self {
        Self { name, day, moved: Moved::No, first_year: i32::MIN, last_year: i32::MAX, every_years: 1 }
    }

    /// From that year on.
    pub(super) const fn since(mut self, year: i32) -> Self {
        self.first_year = year;
        self
    }

    /// Up to and including that year.
    pub(super) const fn until(mut self, year: i32) -> Self {
        self.last_year = year;
        self
    }

    /// Once, in that year.
    pub(super) const fn only_in(self, year: i32) -> Self {
        self.since(year).until(year)
    }

    /// In the years that this number divides.
    pub(super) const fn every(mut self, years: i32) -> Self {
        self.every_years = years;
        self
    }

    /// Kept on Saturday where it falls on Sunday.
    pub(super) const fn sunday_to_saturday(mut self) -> Self {
        self.moved = Moved::SundayToSaturday;
        self
    }

    /// Not the day itself, but the Friday before or the Monday after it, where it falls on a weekend.
    pub(super) const fn only_from_weekend(mut self) -> Self {
        self.moved = Moved::OnlyFromWeekend;
        self
    }

    /// The date for a year, whose Easter Sunday is given; `None` if there is none, or it lies outside the years of [`Date`].
    pub(super) fn date(&self, year: i32, easter: Option<Date>) -> Option<Date> {
        if year < self.first_year || year > self.last_year || year % self.every_years != 0 {
            return None;
        }
        let date = match self.day {
            Day::Fixed(month, day) => Date::new(year, month, day)?,
            Day::Easter(days) => easter?.plus_days(days)?,
            Day::FirstFrom(weekday, month, day) => {
                let from = Date::new(year, month, day)?;
                from.plus_days(i64::from(weekday.days_since(from.weekday())))?
            }
        };
        match (self.moved, date.weekday()) {
            (Moved::No, _) => Some(date),
            (Moved::SundayToSaturday, Weekday::Sun) => date.plus_days(-1),
            (Moved::SundayToSaturday, _) => Some(date),
            (Moved::OnlyFromWeekend, Weekday::Sat) => date.plus_days(-1),
            (Moved::OnlyFromWeekend, Weekday::Sun) => date.plus_days(1),
            (Moved::OnlyFromWeekend, _) => None,
        }
    }
}
