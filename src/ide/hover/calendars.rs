//! Calendars: what they hold, which holidays come next, and why a day is none of their working days.

use crate::base::text::enumeration;
use crate::base::{Date, Span};
use crate::calendar::{self, Holiday};
use crate::ide::around::one_line;
use crate::ide::hover::literals::long;
use crate::ide::hover::page::Page;
use crate::schema::calendars::{WEEKDAYS, weekday};
use crate::syntax::ast::{Calendar, Holidays, Item};
use crate::syntax::tokens::Token;
use crate::workspace::Workspace;

/// How many holidays are told in advance.
const NEXT: usize = 5;

/// The calendars of a program.
pub(super) fn all(workspace: &Workspace) -> impl Iterator<Item = &Calendar> {
    workspace.trees().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Calendar(calendar) => Some(calendar),
        _ => None,
    })
}

/// What a calendar holds.
pub(super) fn page(workspace: &Workspace, calendar: &Calendar, today: Option<Date>) -> Page {
    let weekend: Vec<&str> = calendar.weekend.iter().map(|day| day.value.as_str()).collect();
    let off = (!weekend.is_empty()).then(|| format!("Off are {}", enumeration(&weekend)));
    let countries: Vec<&str> = codes(calendar).filter_map(calendar::place).collect();
    let holidays = (!countries.is_empty()).then(|| format!("the public holidays of {}", countries.join(", ")));
    let said: Vec<String> = off.into_iter().chain(holidays).collect();
    let page = Page::of_code(one_line(workspace, calendar.head.span)).say_some(calendar.head.doc.clone());
    let page = if said.is_empty() { page } else { page.say(format!("{}.", said.join(", and "))) };
    page.say_some(today.map(|today| next(codes(calendar), today)))
}

fn codes(calendar: &Calendar) -> impl Iterator<Item = &str> {
    calendar.holidays.iter().filter_map(|holidays| match holidays {
        Holidays::Country(code) => Some(code.value.as_str()),
        Holidays::File(_) => None,
    })
}

/// The holidays from a day on.
fn next<'c>(codes: impl Iterator<Item = &'c str>, today: Date) -> String {
    let mut coming: Vec<Holiday> = codes
        .flat_map(|code| [today.year(), today.year() + 1].into_iter().flat_map(|year| calendar::holidays(code, year)))
        .filter(|holiday| holiday.date >= today)
        .collect();
    coming.sort_unstable();
    coming.dedup_by_key(|holiday| holiday.date);
    let lines: Vec<String> = coming.iter().take(NEXT).map(|it| format!("- {}: {}", long(it.date), it.name)).collect();
    if lines.is_empty() { String::new() } else { format!("Next holidays:\n{}", lines.join("\n")) }
}

/// Why a day is no working day of a calendar.
pub(super) fn why_off(calendar: &Calendar, date: Date) -> Option<String> {
    let holiday = codes(calendar).flat_map(|code| calendar::holidays(code, date.year())).find(|it| it.date == date);
    let day = u8::try_from(date.weekday().num_days_from_monday()).ok()?;
    let is_weekend = calendar.weekend.iter().any(|off| weekday(&off.value) == Some(day));
    holiday.map(|it| it.name.to_owned()).or_else(|| is_weekend.then(|| "weekend".to_owned()))
}

/// A day of the week, or a country, in a calendar.
pub(super) fn of_word(workspace: &Workspace, path: &str, token: &Token<'_>, today: Option<Date>) -> Option<Page> {
    let here = Span::new(workspace.file(path)?, token.range.start, token.range.end);
    let calendar = all(workspace).find(|calendar| calendar.head.span.holds(here))?;
    if codes(calendar).any(|code| code == token.text) {
        let place = calendar::place(token.text)?;
        let page = Page::of_text(format!("The public holidays of {place}."));
        return Some(page.say_some(today.map(|today| next(std::iter::once(token.text), today))));
    }
    WEEKDAYS.contains(&token.text).then(|| Page::of_text("A day of the week without work."))
}
