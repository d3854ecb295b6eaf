//! Dates that are not written year, month, day.

use super::Walk;
use crate::base::{Date, Diagnostic, code, text::choice};

/// Three numbers with the same sign between them: how long they are, and what they are.
struct Parts {
    length: usize,
    digits: [usize; 3],
    numbers: [u32; 3],
}

impl Walk<'_> {
    /// Reads a date, right or wrong; `false` if the text here is none.
    pub(super) fn date(&mut self) -> bool {
        let Some(parts) = parts(self.rest()) else { return false };
        let text = self.rest().get(..parts.length).unwrap_or("");
        if Date::parse(text).is_some() {
            self.at += parts.length;
            return true;
        }
        let span = self.span(self.at, self.at + parts.length);
        let readings = readings(&parts);
        let range = self.at..self.at + parts.length;
        match readings.as_slice() {
            [] => {
                let finding = Diagnostic::new(code::IMPOSSIBLE_DATE, format!("there is no date `{text}`"))
                    .label(span, impossible(&parts))
                    .help("write an existing day of the years 1900 to 2999 as year-month-day: `2026-03-05`");
                self.mend(range, &nearest_date(&parts), Some(finding));
            }
            [only] => {
                let finding = wrong_order(text).label(span, format!("write `{only}`"));
                self.mend_and_offer(range, only, finding.help(format!("write `{only}`")));
            }
            [first, ..] => {
                let finding = wrong_order(text).label(span, "day and month cannot be told apart");
                let finding = finding.help(format!("write {}", choice(&readings)));
                let offer = |finding: Diagnostic, date: &String| finding.fix(format!("write `{date}`"), span, date);
                self.mend(range, first, Some(readings.iter().fold(finding, offer)));
            }
        }
        true
    }
}

fn wrong_order(text: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_DATE, format!("`{text}` is not how a date is written: year, month and day, all digits"))
}

/// `2026-3-5`, `05/03/2026`, `5.3.2026` at the start of a text.
fn parts(text: &str) -> Option<Parts> {
    let first = digits(text)?;
    let sign = text.get(first..)?.chars().next().filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let rest = text.get(first + 1..)?;
    let second = digits(rest)?;
    let rest = rest.get(second..)?.strip_prefix(sign)?;
    let third = digits(rest)?;
    let after = rest.get(third..)?.chars().next();
    if after.is_some_and(|next| super::is_word(next) || next == sign) {
        return None;
    }
    let year_first = first == 4 && second <= 2 && third <= 2;
    let year_last = first <= 2 && second <= 2 && third == 4;
    let length = first + second + third + 2;
    let mut numbers = text.get(..length)?.split(sign).map(|part| part.parse::<u32>().unwrap_or(0));
    let numbers = [numbers.next()?, numbers.next()?, numbers.next()?];
    (year_first || year_last).then_some(Parts { length, digits: [first, second, third], numbers })
}

fn digits(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&length).then_some(length)
}

/// The dates it may mean, as they are written: at most two.
fn readings(parts: &Parts) -> Vec<String> {
    let [a, b, c] = parts.numbers;
    let orders = if parts.digits[0] == 4 { vec![(a, b, c)] } else { vec![(c, b, a), (c, a, b)] };
    let dates = orders.into_iter().filter_map(|(year, month, day)| Date::new(i32::try_from(year).ok()?, month, day));
    let mut dates: Vec<String> = dates.map(|date| date.to_string()).collect();
    dates.dedup();
    dates
}

/// Year, month and day, where the year is told by its four digits.
const fn year_month_day(parts: &Parts) -> (u32, u32, u32) {
    let [a, b, c] = parts.numbers;
    if parts.digits[0] == 4 { (a, b, c) } else { (c, b, a) }
}

fn impossible(parts: &Parts) -> String {
    let (year, month, day) = year_month_day(parts);
    if !(1900..=2999).contains(&year) {
        return "the year must lie in 1900 to 2999".into();
    }
    if !(1..=12).contains(&month) {
        return format!("there is no month {month}");
    }
    format!("this month has no day {day}")
}

/// An existing date to go on with.
fn nearest_date(parts: &Parts) -> String {
    let (year, month, day) = year_month_day(parts);
    let year = i32::try_from(year).unwrap_or(0).clamp(Date::FIRST_YEAR, Date::LAST_YEAR);
    let month = month.clamp(1, 12);
    let date = Date::new(year, month, day.max(1)).or_else(|| Date::new(year, month, 1).map(Date::end_of_month));
    date.map_or_else(|| "2000-01-01".to_owned(), |date| date.to_string())
}
