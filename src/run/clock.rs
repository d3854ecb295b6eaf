//! Counting days, less the days on which a hold froze the clock (`S5`, `S7`, `S19`).

use crate::base::Date;
use crate::calendar::WorkingDays;

/// How days are counted: every day or working days, without those on which the clock stood still.
pub(crate) struct Counter<'a> {
    /// The working days, where those count; `None` for calendar days.
    working: Option<&'a WorkingDays>,
    /// Stretches on which the clock stood still: both ends included, in order, apart from each other.
    frozen: Vec<(Date, Date)>,
}

impl<'a> Counter<'a> {
    /// Counts with frozen stretches in any order; overlapping ones count once.
    pub(crate) fn new(working: Option<&'a WorkingDays>, mut frozen: Vec<(Date, Date)>) -> Self {
        frozen.retain(|(first, last)| first <= last);
        frozen.sort_unstable();
        let mut merged: Vec<(Date, Date)> = Vec::with_capacity(frozen.len());
        for (first, last) in frozen {
            match merged.last_mut() {
                Some((_, end)) if first <= *end => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Self { working, frozen: merged }
    }

    /// The days from `start` to `end` that count, frozen or not.
    fn days(&self, start: Date, end: Date) -> i64 {
        match self.working {
            None => end.days_since(start),
            Some(working) => working.up_to(end) - working.up_to(start),
        }
    }

    /// How many days that count lie frozen after `start`, up to and including `end`.
    pub(crate) fn frozen_between(&self, start: Date, end: Date) -> i64 {
        let inside = self.frozen.iter().filter_map(|(first, last)| {
            let before = start.max(first.plus_days(-1).unwrap_or(*first));
            let last = end.min(*last);
            (before < last).then(|| self.days(before, last))
        });
        inside.sum()
    }

    /// Days from `start` to `end` as the clock counts them; before `start` nothing is frozen.
    pub(crate) fn elapsed(&self, start: Date, end: Date) -> i64 {
        self.days(start, end) - if end > start { self.frozen_between(start, end) } else { 0 }
    }

    /// The first date on which so many days have elapsed since `start`; `None` if that never comes.
    pub(crate) fn reached_on(&self, start: Date, days: i64) -> Option<Date> {
        let mut wanted = days;
        let mut date = self.after(start, wanted)?;
        if date <= start {
            return Some(date);
        }
        for (first, last) in &self.frozen {
            if *first > date {
                break;
            }
            let before = start.max(first.plus_days(-1).unwrap_or(*first));
            wanted += if before < *last { self.days(before, *last) } else { 0 };
            date = self.after(start, wanted)?;
        }
        Some(date)
    }

    /// The first date `days` after `start`, frozen or not.
    fn after(&self, start: Date, days: i64) -> Option<Date> {
        match self.working {
            None => start.plus_days(days),
            Some(working) => working.first_with(working.up_to(start).checked_add(days)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> Date {
        Date::new(2026, 3, number).expect("a day of March")
    }

    #[test]
    fn overlapping_stretches_count_once() {
        let frozen = Counter::new(None, vec![(day(4), day(8)), (day(2), day(5)), (day(20), day(10))]);
        assert_eq!(frozen.frozen_between(day(1), day(31)), 7);
        assert_eq!(frozen.frozen_between(day(3), day(5)), 2);
        assert_eq!(frozen.frozen_between(day(8), day(31)), 0);
    }

    #[test]
    fn the_day_reached_is_the_first_on_which_enough_has_elapsed() {
        let frozen = Counter::new(None, vec![(day(4), day(8)), (day(12), day(13))]);
        for days in -5..15 {
            let reached = frozen.reached_on(day(6), days).expect("within the years");
            assert!(frozen.elapsed(day(6), reached) >= days, "day {days}");
            assert!(frozen.elapsed(day(6), reached.plus_days(-1).expect("a day")) < days, "day {days}");
        }
    }

    #[test]
    fn before_the_start_every_day_counts() {
        let frozen = Counter::new(None, vec![(day(1), day(31))]);
        assert_eq!(frozen.elapsed(day(20), day(15)), -5);
        assert_eq!(frozen.elapsed(day(20), day(25)), 0);
    }
}
