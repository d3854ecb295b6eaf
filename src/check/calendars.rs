//! Calendars and the contact policy: which days are off, and how often a customer is contacted.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::nearest;
use crate::base::{Date, Diagnostic, FileId, Span, Spanned, code};
use crate::calendar;
use crate::check::Resources;
use crate::check::items::Items;
use crate::check::named_files::no_file;
use crate::check::tree::Program;
use crate::schema::calendars::{WEEKDAYS, weekday};
use crate::syntax::ast::{self, Calendar, ContactLimit, ContactPolicy, DurationUnit, Holidays, Item, Name};

/// The days in the lists that calendars name, by path.
pub(super) type OwnDays = BTreeMap<String, Vec<Date>>;

/// Every finding about calendars and contact policies, in no particular order; and the days of the user's own lists
/// that could be read.
///
/// `resources` has the texts of these lists.
pub(super) fn findings(items: &Items<'_>, resources: &dyn Resources) -> (Vec<Diagnostic>, OwnDays) {
    let (mut out, mut days) = (Vec::new(), OwnDays::new());
    items.calendars.iter().for_each(|calendar| check_calendar(calendar, resources, &mut out, &mut days));
    items.policies.iter().for_each(|policy| check_policy(policy, &mut out));
    (out, days)
}

/// Fills in the days of the user's own lists.
pub(super) fn add_own_days(program: &mut Program, files: &[Arc<ast::File>], days: &OwnDays) {
    for item in files.iter().flat_map(|file| &file.items) {
        let Item::Calendar(written) = item else { continue };
        let Some(calendar) = program.calendars.iter_mut().find(|calendar| calendar.name == written.name) else {
            continue;
        };
        for holidays in &written.holidays {
            if let Holidays::File(path) = holidays {
                calendar.own_days.extend(days.get(&path.value).into_iter().flatten());
            }
        }
        calendar.own_days.sort_unstable();
        calendar.own_days.dedup();
    }
}

/// The days in a user's own list: one date per line, `#` starts a comment. Lines that are no date
/// are reported.
fn own_days(file: FileId, text: &str) -> Result<Vec<Date>, Vec<Diagnostic>> {
    let mut days = Vec::new();
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let written = line.split('#').next().unwrap_or("").trim_start_matches('\u{feff}');
        let trimmed = written.trim();
        if let Some(date) = Date::parse(trimmed) {
            days.push(date);
        } else if !trimmed.is_empty() {
            let at = start + line.find(trimmed).unwrap_or(0);
            out.push(
                Diagnostic::new(code::HOLIDAY_LINE, format!("`{trimmed}` is not a date"))
                    .label(Span::new(file, at, at + trimmed.len()), "not a date")
                    .help("write one date a line, like `2026-12-24`; a remark starts with `#`"),
            );
        }
        start += line.len();
    }
    if out.is_empty() { Ok(days) } else { Err(out) }
}

fn check_calendar(calendar: &Calendar, resources: &dyn Resources, out: &mut Vec<Diagnostic>, days: &mut OwnDays) {
    let mut off: Vec<u8> = calendar.weekend.iter().filter_map(|day| weekday(&day.value)).collect();
    off.sort_unstable();
    off.dedup();
    if off.len() == WEEKDAYS.len() {
        out.push(
            Diagnostic::new(code::NO_WORKING_DAY, format!("calendar `{}` has no working day", calendar.name.value))
                .label(calendar.name.span, "every day of the week is off")
                .help("name only the days off: `weekend saturday, sunday`"),
        );
    }
    if calendar.weekend.is_empty() && !calendar.head.damaged {
        out.push(
            Diagnostic::new(
                code::NO_WEEKEND,
                format!("in calendar `{}` Saturdays and Sundays are working days", calendar.name.value),
            )
            .label(calendar.name.span, "it names no days off")
            .help("write `weekend saturday, sunday` in it"),
        );
    }
    for holidays in &calendar.holidays {
        match holidays {
            Holidays::Country(name) => out.extend(unknown_country(name)),
            Holidays::File(path) => match own_file(path, resources.file(&path.value)) {
                Ok(own) => drop(days.insert(path.value.clone(), own)),
                Err(findings) => out.extend(findings),
            },
        }
    }
}

fn unknown_country(name: &Name) -> Option<Diagnostic> {
    if calendar::codes().any(|known| known == name.value) {
        return None;
    }
    let finding = Diagnostic::new(code::UNKNOWN_HOLIDAYS, format!("no built-in holidays are called `{}`", name.value))
        .label(name.span, "not built in");
    let upper = name.value.to_uppercase().replace('-', "_");
    let near = calendar::codes().find(|known| *known == upper);
    Some(match near.or_else(|| nearest(&name.value, calendar::codes()).filter(|_| name.value.len() > 2)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), name.span, near),
        None => finding.help(
            "there are BE, NL, DE, DE_BY and the other Länder, FR, US and TARGET; for others write the name of a file with one date a line: `holidays \"holidays.txt\"`",
        ),
    })
}

fn own_file(path: &Spanned<String>, file: Option<(FileId, Arc<str>)>) -> Result<Vec<Date>, Vec<Diagnostic>> {
    match file {
        None => Err(vec![no_file(code::HOLIDAY_FILE_MISSING, path)]),
        Some((id, text)) => own_days(id, &text),
    }
}

fn check_policy(policy: &ContactPolicy, out: &mut Vec<Diagnostic>) {
    for (place, limit) in policy.limits.iter().enumerate() {
        let others = policy.limits.iter().enumerate().filter(|(other, _)| *other != place);
        let stricter = others.map(|(other, stricter)| (other < place, stricter)).find(|(is_before, stricter)| {
            // Of two that come to the same, the later one is too much.
            is_implied(limit, stricter) && (*is_before || !is_implied(stricter, limit))
        });
        if let Some((_, stricter)) = stricter {
            out.push(
                Diagnostic::new(code::LIMIT_WITHOUT_EFFECT, "this limit is never reached")
                    .label(limit.span.0, "it allows all that the other one allows")
                    .label(stricter.span.0, "this one is stricter")
                    .help("remove it, or write a smaller number or a longer time"),
            );
        }
    }
}

/// Whether a limit allows everything that another allows: at most N every M days is at most
/// N × ⌈P / M⌉ every P days.
fn is_implied(limit: &ContactLimit, by: &ContactLimit) -> bool {
    let number = |text: &str| text.replace('_', "").parse::<u64>().ok();
    let parts = |limit: &ContactLimit| {
        let days = number(&limit.every.number.value)?;
        let days = match limit.every.unit {
            DurationUnit::Days => days,
            DurationUnit::Weeks => days.checked_mul(7)?,
            DurationUnit::WorkingDays(_) => return None,
        };
        Some((number(&limit.at_most.value)?, days))
    };
    let (Some((count, days)), Some((by_count, by_days))) = (parts(limit), parts(by)) else { return false };
    by_days > 0 && by_count.checked_mul(days.div_ceil(by_days)).is_some_and(|most| count >= most)
}
