//! Lengths of time, and the calendar whose working days are meant.

use crate::base::text::{choice, enumeration, nearest};
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::expr::MOST_DAYS;
use crate::check::mentions::Symbol;
use crate::check::symbols::Kind;
use crate::check::tree::{Calendar, CalendarId, Interval};
use crate::schema::calendars::{WEEKDAYS, weekday};
use crate::syntax::ast::{self, DurationUnit, Holidays, Name};

impl Context<'_> {
    /// `3 days`, `2 weeks`, `5 working days of CAL`: at least `least` days.
    pub(super) fn interval(&self, written: &ast::Duration, least: i64) -> Option<Interval> {
        let (unit, each) = match &written.unit {
            DurationUnit::Weeks => ("weeks", 7),
            DurationUnit::Days => ("days", 1),
            DurationUnit::WorkingDays(_) => ("working days", 1),
        };
        let working = match &written.unit {
            DurationUnit::WorkingDays(calendar) => Some(self.working_days_of(calendar.as_ref(), written.span.0)),
            DurationUnit::Days | DurationUnit::Weeks => None,
        };
        let count = self.whole(&written.number, unit)?;
        self.within(count, least..=MOST_DAYS / each, written.number.span, unit)?;
        let working = match working {
            Some(calendar) => Some(calendar?),
            None => None,
        };
        Some(Interval { days: count.saturating_mul(each), working })
    }

    /// How often: `at most N times`, `at most N contacts`.
    pub(super) fn times(&self, number: &ast::Literal, what: &str) -> Option<u32> {
        let count = self.whole(number, what)?;
        self.within(count, 1..=MOST_DAYS, number.span, what)?;
        u32::try_from(count).ok()
    }

    /// The calendar of some working days: the one named, or the only one there is.
    pub(super) fn working_days_of(&self, named: Option<&Name>, span: Span) -> Option<CalendarId> {
        let calendars = &self.symbols.calendars;
        if let Some(name) = named {
            return self.refer(calendars, Kind::Calendar, name, Symbol::Calendar).map(CalendarId);
        }
        let names: Vec<&str> = calendars.names().collect();
        if let [only] = names.as_slice() {
            return self.find(calendars, Kind::Calendar, only).map(CalendarId);
        }
        // Each of them may be the one that is meant.
        for name in &names {
            self.find(calendars, Kind::Calendar, name);
        }
        let finding = match names.first() {
            None => Diagnostic::new(code::NO_CALENDAR, "working days need a calendar, and none is declared")
                .help("declare one: `calendar belgium { weekend saturday, sunday  holidays BE }`"),
            Some(first) => {
                Diagnostic::new(code::NO_CALENDAR, "there are several calendars: say whose working days these are")
                    .help(format!("write `working days of {first}`; the calendars are {}", enumeration(&names)))
            }
        };
        self.refuse(finding.label(span, "working days of which calendar?"))
    }

    /// The days of the week and the sources of holidays of a calendar; what its files say is added by `calendars`.
    pub(super) fn calendar(&self, written: &ast::Calendar) -> Calendar {
        let mut weekend: Vec<u8> = written.weekend.iter().filter_map(|day| self.day_of_week(day)).collect();
        weekend.sort_unstable();
        weekend.dedup();
        let countries = written.holidays.iter().filter_map(|source| match source {
            Holidays::Country(country) => Some(country.value.clone()),
            Holidays::File(_) => None,
        });
        Calendar { name: written.name.clone(), weekend, countries: countries.collect(), own_days: Vec::new() }
    }

    fn day_of_week(&self, day: &Name) -> Option<u8> {
        if let Some(place) = weekday(&day.value) {
            return Some(place);
        }
        let lower = day.value.to_lowercase();
        let short = WEEKDAYS.iter().find(|known| lower.len() >= 2 && known.starts_with(&lower)).copied();
        let finding = Diagnostic::new(code::UNKNOWN_WORD, format!("`{}` is not a day of the week", day.value))
            .label(day.span, "not a day");
        self.refuse(match short.or_else(|| nearest(&day.value, WEEKDAYS.iter().copied())) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), day.span, near)
            }
            None => finding.help(format!("write {}", choice(WEEKDAYS))),
        })
    }
}
