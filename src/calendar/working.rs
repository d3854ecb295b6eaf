//! Counting working days: one table of how many there are up to each day, from 1900 to 2999.

use crate::base::Date;

use super::holidays_of;

/// The working days of one calendar: every day that is neither weekend nor holiday.
///
/// Made once per program; every question is a look into the table, or a search in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// The day before the first that a ledger may hold, in days since 1970: the first place of the table.
    origin: i32,
    /// How many working days lie after the origin, up to and including the day of each place.
    counts: Vec<u32>,
}

impl WorkingDays {
    /// The working days of a calendar: `weekend` are the days of the week off (Monday = 0), `countries` codes of
    /// built-in holidays (see [`codes`](super::codes); an unknown one has none), `own_days` further days off.
    #[must_use]
    pub fn new(weekend: &[u8], countries: &[String], own_days: &[Date]) -> Self {
        let years = Date::FIRST_YEAR..=Date::LAST_YEAR;
        let (first, last) = (Date::new(*years.start(), 1, 1), Date::new(*years.end(), 12, 31));
        let (Some(first), Some(last)) = (first, last) else { return Self { origin: 0, counts: Vec::new() } };
        let origin = first.to_epoch_days() - 1;
        let mut is_off = vec![true];
        is_off.extend(weekends(first, last, weekend));
        let holidays = countries.iter().flat_map(|code| years.clone().flat_map(move |year| holidays_of(code, year)));
        for date in holidays.map(|holiday| holiday.date).chain(own_days.iter().copied()) {
            if let Some(off) = place(origin, date).and_then(|place| is_off.get_mut(place)) {
                *off = true;
            }
        }
        let mut count = 0;
        let counts = is_off.into_iter().map(|off| {
            count += u32::from(!off);
            count
        });
        Self { origin, counts: counts.collect() }
    }

    /// Whether a day is a working day.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        self.up_to(date) > self.before(date)
    }

    /// W of `S5`: the number of working days up to and including a day, counted from 1900.
    ///
    /// The working days after one date up to and including another are the difference of their W.
    #[must_use]
    pub fn up_to(&self, date: Date) -> i64 {
        place(self.origin, date).and_then(|place| self.counts.get(place)).copied().map_or(0, i64::from)
    }

    /// The first date up to which there are so many working days ([`up_to`](Self::up_to)): always a working day.
    ///
    /// `None` if it lies outside 1900 to 2999; so for a count below 1.
    #[must_use]
    pub fn first_with(&self, count: i64) -> Option<Date> {
        if count < 1 {
            return None;
        }
        let place = self.counts.partition_point(|up_to| i64::from(*up_to) < count);
        Date::from_epoch_days(i32::try_from(place).ok()?.checked_add(self.origin)?)
    }

    /// The day itself if it is a working day, else the next one; `None` after the last of 2999.
    #[must_use]
    pub fn next(&self, date: Date) -> Option<Date> {
        self.first_with(self.before(date) + 1)
    }

    /// `date ± N working days`: the N-th working day after the date, or before it if negative; 0 gives the date
    /// itself, working day or not. `None` if there is no such day in 1900 to 2999.
    #[must_use]
    pub fn plus(&self, date: Date, days: i64) -> Option<Date> {
        match days {
            0 => Some(date),
            1.. => self.first_with(self.up_to(date).checked_add(days)?),
            // The first working day before it is the one with the count of the day before.
            ..0 => self.first_with(self.before(date).checked_add(days)?.checked_add(1)?),
        }
    }

    /// The number of working days up to the day before.
    fn before(&self, date: Date) -> i64 {
        date.plus_days(-1).map_or(0, |before| self.up_to(before))
    }
}

/// The place of a date in a table that begins at `origin`.
fn place(origin: i32, date: Date) -> Option<usize> {
    usize::try_from(date.to_epoch_days() - origin).ok()
}

/// For every day from `first` to `last`, whether it is a day of the week that is off.
fn weekends(first: Date, last: Date, weekend: &[u8]) -> impl Iterator<Item = bool> {
    let first_day = first.weekday().num_days_from_monday();
    let week = (0..7).map(move |day| weekend.iter().any(|off| u32::from(*off) == (first_day + day) % 7));
    let days = usize::try_from(last.days_since(first) + 1).unwrap_or(0);
    week.collect::<Vec<bool>>().into_iter().cycle().take(days)
}
