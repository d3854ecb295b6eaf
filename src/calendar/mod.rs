//! Public holidays and working days (`S5`, `S23`): rules as data, computed for any year. No I/O.
//!
//! The holidays are those of present law. What changed since 2000 is in the rules with its years, so that a
//! ledger with history is replayed as it was; before 2000 the rules of then are carried back.
//! `tests/calendars` holds what another source says, and a test compares the two.

mod benelux;
mod easter;
mod france;
mod germany;
mod rules;
mod shared;
mod target;
mod united_states;
mod working;

#[cfg(test)]
mod tests;

pub use working::WorkingDays;

use crate::base::Date;
use rules::Rule;

/// A day off, and what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name in English.
    pub name: &'static str,
}

/// Every calendar that a program may name: its code, whose days off it has, and its rules, first those of the
/// country, then those of its part.
const CALENDARS: &[(&str, &str, &[&[Rule]])] = &[
    ("BE", "Belgium", &[benelux::BELGIUM]),
    ("NL", "Netherlands", &[benelux::NETHERLANDS]),
    ("DE", "Germany", &[germany::EVERYWHERE]),
    ("DE_BB", "Brandenburg", &[germany::EVERYWHERE, germany::BRANDENBURG]),
    ("DE_BE", "Berlin", &[germany::EVERYWHERE, germany::BERLIN]),
    ("DE_BW", "Baden-Württemberg", &[germany::EVERYWHERE, germany::BADEN_WUERTTEMBERG]),
    ("DE_BY", "Bavaria", &[germany::EVERYWHERE, germany::BAVARIA]),
    ("DE_HB", "Bremen", &[germany::EVERYWHERE, germany::BREMEN]),
    ("DE_HE", "Hesse", &[germany::EVERYWHERE, germany::HESSE]),
    ("DE_HH", "Hamburg", &[germany::EVERYWHERE, germany::HAMBURG]),
    ("DE_MV", "Mecklenburg-Vorpommern", &[germany::EVERYWHERE, germany::MECKLENBURG_VORPOMMERN]),
    ("DE_NI", "Lower Saxony", &[germany::EVERYWHERE, germany::LOWER_SAXONY]),
    ("DE_NW", "North Rhine-Westphalia", &[germany::EVERYWHERE, germany::NORTH_RHINE_WESTPHALIA]),
    ("DE_RP", "Rhineland-Palatinate", &[germany::EVERYWHERE, germany::RHINELAND_PALATINATE]),
    ("DE_SH", "Schleswig-Holstein", &[germany::EVERYWHERE, germany::SCHLESWIG_HOLSTEIN]),
    ("DE_SL", "Saarland", &[germany::EVERYWHERE, germany::SAARLAND]),
    ("DE_SN", "Saxony", &[germany::EVERYWHERE, germany::SAXONY]),
    ("DE_ST", "Saxony-Anhalt", &[germany::EVERYWHERE, germany::SAXONY_ANHALT]),
    ("DE_TH", "Thuringia", &[germany::EVERYWHERE, germany::THURINGIA]),
    ("FR", "France", &[france::FRANCE]),
    ("US", "United States", &[united_states::FEDERAL]),
    ("TARGET", "euro payment system", &[target::TARGET]),
];

/// The codes of the built-in calendars: countries, the German Länder, and the days on which the euro payment
/// system rests.
pub fn codes() -> impl Iterator<Item = &'static str> + Clone {
    CALENDARS.iter().map(|(code, ..)| *code)
}

/// Whose days off a calendar has, in English: `Lower Saxony`; `None` for a code that is not built in.
#[must_use]
pub fn place(code: &str) -> Option<&'static str> {
    CALENDARS.iter().find(|(known, ..)| *known == code).map(|(_, place, _)| *place)
}

/// The holidays of a calendar in a year, by date; none for a code that is not built in.
///
/// Two holidays may fall on one day: Ascension was on Labour Day in 2008.
#[must_use]
pub fn holidays(code: &str, year: i32) -> Vec<Holiday> {
    // A holiday may be kept in the year before its own: the New Year's Day of 2022 was, on 31 December 2021.
    let mut found: Vec<Holiday> = [year, year.saturating_add(1)]
        .into_iter()
        .flat_map(|of| holidays_of(code, of))
        .filter(|holiday| holiday.date.year() == year)
        .collect();
    found.sort_unstable();
    found
}

/// What the rules of a calendar give for one year, in their own order.
fn holidays_of(code: &str, year: i32) -> impl Iterator<Item = Holiday> {
    let rules = CALENDARS.iter().find(|(known, ..)| *known == code).map_or(&[][..], |(_, _, rules)| rules);
    let easter = easter::sunday(year);
    rules
        .iter()
        .copied()
        .flatten()
        .filter_map(move |rule| rule.date(year, easter).map(|date| Holiday { date, name: rule.name }))
}
