//! Civil dates, without time and zone.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

/// A day of the calendar. Data dates lie in 1900 to 2999 (design, section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The first date a ledger may hold.
    pub const FIRST_YEAR: i32 = 1900;
    /// The last year a ledger may hold.
    pub const LAST_YEAR: i32 = 2999;

    /// The date of a year, month and day; `None` if there is no such day or the year is outside 1900 to 2999.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let in_range = (Self::FIRST_YEAR..=Self::LAST_YEAR).contains(&year);
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| in_range).map(Self)
    }

    /// Reads `2026-03-05` and nothing looser.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let digits = |bytes: &[&u8]| {
            bytes.iter().try_fold(0u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(**byte - b'0')))
        };
        let year = i32::try_from(digits(&[y1, y2, y3, y4])?).ok()?;
        Self::new(year, digits(&[m1, m2])?, digits(&[d1, d2])?)
    }

    /// The date `days` later (earlier, if negative); `None` outside the years that can be written.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let shift = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(shift) } else { self.0.checked_add_days(shift) };
        moved.filter(|date| (Self::FIRST_YEAR..=Self::LAST_YEAR).contains(&date.year())).map(Self)
    }

    /// Days from `other` to `self`: negative if `self` is earlier.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.0.signed_duration_since(other.0).num_days()
    }

    /// The last day of its month.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        let days = u32::from(self.0.num_days_in_month());
        Self(self.0.with_day(days).unwrap_or(self.0))
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Days since 1970-01-01: the form columns and Parquet keep.
    #[must_use]
    pub fn to_epoch_days(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The date that many days after 1970-01-01; `None` outside 1900 to 2999.
    #[must_use]
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        NaiveDate::from_epoch_days(days)
            .filter(|date| (Self::FIRST_YEAR..=Self::LAST_YEAR).contains(&date.year()))
            .map(Self)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
