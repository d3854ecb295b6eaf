//! Holidays against what another source says (`tests/calendars`); working days against counting one by one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::{WorkingDays, codes, easter, holidays};
use crate::base::Date;

/// The years of `tests/calendars/expected.py`.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2035;

/// The dates that a file of `tests/calendars` begins its lines with.
fn expected(name: &str) -> BTreeSet<Date> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendars").join(format!("{name}.txt"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| Date::parse(&line[..10]).expect("a date")).collect()
}

#[test]
fn holidays_are_those_of_the_other_source() {
    for code in codes() {
        let ours: BTreeSet<Date> = YEARS.flat_map(|year| holidays(code, year)).map(|holiday| holiday.date).collect();
        let theirs = expected(code);
        let dates = |days: Vec<&Date>| days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let (extra, missing) = (ours.difference(&theirs).collect(), theirs.difference(&ours).collect());
        assert_eq!((dates(extra), dates(missing)), (String::new(), String::new()), "{code}: (extra, missing)");
    }
}

#[test]
fn easter_is_right_for_every_year() {
    let ours: BTreeSet<Date> = (Date::FIRST_YEAR..=Date::LAST_YEAR).filter_map(easter::sunday).collect();
    assert_eq!(ours.len(), 1100);
    assert_eq!(ours, expected("easter"));
}

#[test]
fn every_calendar_has_holidays_in_every_year() {
    for code in codes() {
        for year in Date::FIRST_YEAR..=Date::LAST_YEAR {
            let days = holidays(code, year);
            assert!((6..=16).contains(&days.len()), "{code} {year}: {}", days.len());
            assert!(days.is_sorted() && days.iter().all(|day| day.date.year() == year), "{code} {year}");
        }
    }
}

#[test]
fn an_unknown_code_has_no_holidays() {
    assert_eq!(holidays("XX", 2026), []);
    assert!(working(&[], &["XX"], &[]).is_working(day("2026-12-25")));
}

#[test]
fn the_new_year_may_be_kept_in_the_old() {
    let names = |year| holidays("US", year).iter().map(|day| format!("{} {}", day.date, day.name)).collect::<Vec<_>>();
    assert_eq!(names(2021).last().map(String::as_str), Some("2021-12-31 New Year's Day"));
    assert_eq!(names(2022).first().map(String::as_str), Some("2022-01-01 New Year's Day"));
    assert!(!working(&[5, 6], &["US"], &[]).is_working(day("2021-12-31")));
}

#[test]
fn working_days_around_a_long_weekend() {
    // Easter 2026: Good Friday is worked in Belgium, Easter Monday, 6 April, is not.
    let belgium = working(&[5, 6], &["BE"], &[]);
    assert_eq!(belgium.up_to(day("2026-04-07")) - belgium.up_to(day("2026-04-03")), 1);
    assert_eq!(belgium.up_to(day("2026-04-06")), belgium.up_to(day("2026-04-03")));
    assert_eq!(belgium.next(day("2026-04-03")), Some(day("2026-04-03")));
    assert_eq!(belgium.next(day("2026-04-04")), Some(day("2026-04-07")));
    assert_eq!(belgium.plus(day("2026-04-03"), 1), Some(day("2026-04-07")));
    assert_eq!(belgium.plus(day("2026-04-07"), -1), Some(day("2026-04-03")));
    assert_eq!(belgium.plus(day("2026-04-05"), -1), Some(day("2026-04-03")));
    assert_eq!(belgium.plus(day("2026-04-05"), 0), Some(day("2026-04-05")));
    assert_eq!(belgium.first_with(belgium.up_to(day("2026-04-03")) + 1), Some(day("2026-04-07")));
}

#[test]
fn working_days_end_with_the_years_that_can_be_written() {
    let all = working(&[], &[], &[]);
    let (first, last) = (day("1900-01-01"), day("2999-12-31"));
    assert_eq!((all.up_to(first), all.first_with(1), all.first_with(0)), (1, Some(first), None));
    assert_eq!((all.first_with(all.up_to(last)), all.first_with(all.up_to(last) + 1)), (Some(last), None));
    assert_eq!((all.plus(last, 1), all.plus(first, -1), all.next(last)), (None, None, Some(last)));
    assert_eq!((all.plus(last, i64::MAX), all.plus(first, i64::MIN)), (None, None));
    let none = working(&[0, 1, 2, 3, 4, 5, 6], &[], &[]);
    assert_eq!((none.next(first), none.plus(first, 1), none.plus(last, -1), none.up_to(last)), (None, None, None, 0));
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn working(weekend: &[u8], countries: &[&str], own_days: &[Date]) -> WorkingDays {
    let countries: Vec<String> = countries.iter().map(ToString::to_string).collect();
    WorkingDays::new(weekend, &countries, own_days)
}

/// A calendar as it is written, asked day by day.
#[derive(Debug)]
struct Naive {
    weekend: Vec<u8>,
    countries: Vec<String>,
    own_days: Vec<Date>,
}

impl Naive {
    fn is_working(&self, date: Date) -> bool {
        let is_weekend = self.weekend.iter().any(|day| u32::from(*day) == date.weekday().num_days_from_monday());
        let is_holiday = |code: &String| holidays(code, date.year()).iter().any(|holiday| holiday.date == date);
        !is_weekend && !self.countries.iter().any(is_holiday) && !self.own_days.contains(&date)
    }

    /// The working days after one date, up to and including another.
    fn between(&self, after: Date, up_to: Date) -> i64 {
        days(after, 1).take_while(|date| *date <= up_to).map(|date| i64::from(self.is_working(date))).sum()
    }

    fn plus(&self, date: Date, count: i64) -> Option<Date> {
        let Some(further) = usize::try_from(count.abs()).expect("a small number").checked_sub(1) else {
            return Some(date);
        };
        days(date, count.signum()).filter(|date| self.is_working(*date)).nth(further)
    }
}

/// The days after a date, or before it, as far as dates go.
fn days(date: Date, step: i64) -> impl Iterator<Item = Date> {
    std::iter::successors(date.plus_days(step), move |date| date.plus_days(step))
}

/// Any date, and more often one at either end.
fn dates() -> impl Strategy<Value = Date> {
    let first = day("1900-01-01");
    let last = day("2999-12-31").days_since(first);
    let places = prop_oneof![0..=last, 0..=40_i64, last - 40..=last];
    places.prop_map(move |place| first.plus_days(place).expect("a date in range"))
}

fn calendars() -> impl Strategy<Value = Naive> {
    // At most five days of the week are off, or the search day by day would not end soon.
    let weekend = prop::collection::vec(0..7_u8, 0..=5);
    let countries = prop::sample::subsequence(codes().map(str::to_owned).collect::<Vec<_>>(), 0..=2);
    let own_days = prop::collection::vec(dates(), 0..20);
    (weekend, countries, own_days).prop_map(|(weekend, countries, own_days)| Naive { weekend, countries, own_days })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn working_days_are_those_counted_one_by_one(
        mut naive in calendars(),
        date in dates(),
        near in prop::collection::vec(-20..20_i64, 0..10),
        count in -30..30_i64,
        span in 0..60_i64,
    ) {
        naive.own_days.extend(near.iter().filter_map(|days| date.plus_days(*days)));
        let days = WorkingDays::new(&naive.weekend, &naive.countries, &naive.own_days);
        prop_assert_eq!(days.is_working(date), naive.is_working(date));
        prop_assert_eq!(days.plus(date, count), naive.plus(date, count));
        let next = if naive.is_working(date) { Some(date) } else { naive.plus(date, 1) };
        prop_assert_eq!(days.next(date), next);
        if let Some(later) = date.plus_days(span) {
            prop_assert_eq!(days.up_to(later) - days.up_to(date), naive.between(date, later));
        }
        let target = days.up_to(date) + count;
        if let Some(first) = days.first_with(target) {
            prop_assert_eq!(days.up_to(first), target);
            prop_assert!(days.is_working(first));
        } else {
            prop_assert!(target < 1 || target > days.up_to(day("2999-12-31")));
        }
    }
}
