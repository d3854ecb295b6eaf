//! Counting days, less the days on which a hold froze the clock (`S5`, `S7`, `S19`).

use crate::base::Date;

/// The days on which a clock stood still: stretches, both ends included, in order, apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Frozen(Vec<(Date, Date)>);

impl Frozen {
    /// The union of stretches in any order, so that overlapping holds count once.
    pub(crate) fn new(mut stretches: Vec<(Date, Date)>) -> Self {
        stretches.retain(|(first, last)| first <= last);
        stretches.sort_unstable();
        let mut merged: Vec<(Date, Date)> = Vec::with_capacity(stretches.len());
        for (first, last) in stretches {
            match merged.last_mut() {
                Some((_, end)) if first <= *end => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Self(merged)
    }

    /// How many frozen days lie after `start`, up to and including `end`.
    pub(crate) fn between(&self, start: Date, end: Date) -> i64 {
        self.0.iter().map(|(first, last)| days_after(start, *first, end.min(*last))).sum()
    }

    /// Days from `start` to `end` as the clock counts them; before `start` every day counts.
    pub(crate) fn elapsed(&self, start: Date, end: Date) -> i64 {
        end.days_since(start) - if end > start { self.between(start, end) } else { 0 }
    }

    /// The first date on which so many days have elapsed since `start`; `None` if that never comes.
    pub(crate) fn reached_on(&self, start: Date, days: i64) -> Option<Date> {
        let mut date = start.plus_days(days)?;
        if days <= 0 {
            return Some(date);
        }
        for (first, last) in &self.0 {
            if *first > date {
                break;
            }
            date = date.plus_days(days_after(start, *first, *last))?;
        }
        Some(date)
    }
}

/// How many days of `first ..= last` lie after `start`.
fn days_after(start: Date, first: Date, last: Date) -> i64 {
    last.days_since(start).min(last.days_since(first) + 1).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> Date {
        Date::new(2026, 3, number).expect("a day of March")
    }

    #[test]
    fn overlapping_stretches_count_once() {
        let frozen = Frozen::new(vec![(day(4), day(8)), (day(2), day(5)), (day(20), day(10))]);
        assert_eq!(frozen.between(day(1), day(31)), 7);
        assert_eq!(frozen.between(day(3), day(5)), 2);
        assert_eq!(frozen.between(day(8), day(31)), 0);
    }

    #[test]
    fn the_day_reached_is_the_first_on_which_enough_has_elapsed() {
        let frozen = Frozen::new(vec![(day(4), day(8)), (day(12), day(13))]);
        for days in -5..15 {
            let reached = frozen.reached_on(day(6), days).expect("within the years");
            assert!(frozen.elapsed(day(6), reached) >= days, "day {days}");
            assert!(frozen.elapsed(day(6), reached.plus_days(-1).expect("a day")) < days, "day {days}");
        }
    }

    #[test]
    fn before_the_start_every_day_counts() {
        let frozen = Frozen::new(vec![(day(1), day(31))]);
        assert_eq!(frozen.elapsed(day(20), day(15)), -5);
        assert_eq!(frozen.elapsed(day(20), day(25)), 0);
    }
}
