//! The contact policy: how often a customer is contacted, and on which days (`S22`, `S23`).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::base::{Date, Decimal, text};
use crate::check::tree::{ContactPolicy, Interval, ProcedureId};
use crate::journal::memory::Kind;
use crate::run::context::Context;
use crate::run::customer::{Customer, Record};
use crate::run::found::{Found, Place};
use crate::run::notices;
use crate::run::worklist::{Deferred, Row};

/// Days looked ahead for one on which a contact is allowed.
const MOST_DAYS_AHEAD: usize = 200_000;

/// A contact that was made or has its day.
struct Contact {
    on: Date,
    /// As it is told: `email of standard.reminder`.
    what: String,
}

/// The rows of one run that make one contact (`S22`).
struct Wish {
    rows: Vec<(Place, Row)>,
    /// Since which entry of the journal it is put off.
    put_off: Option<u64>,
    rank: Rank,
}

/// Who goes first: what a committed run put off to this day, then the primary procedure, then by priority, then by name.
type Rank = (Reverse<bool>, u64, Reverse<bool>, Reverse<Option<Decimal>>, String, usize, usize);

/// Puts off the rows that the policy does not allow on the run date.
///
/// Who may go today is decided first, so that what was suggested and not done yet is not taken back
/// for what has its day later. Of those that have to wait, what was put off first chooses its day first.
pub(super) fn apply(customer: &Customer<'_>, primary: Option<ProcedureId>, found: &mut Found) {
    let Some(policy) = &customer.run.plan.policy else { return };
    let (contacts, others) = std::mem::take(&mut found.rows).into_iter().partition(|(_, row)| row.contact);
    found.rows = others;
    let mut wishes = wishes(customer, primary, contacts);
    wishes.sort_by(|one, other| one.rank.cmp(&other.rank));
    let days = Days { run: customer.run, policy };
    let mut taken: Vec<Contact> = customer.contacts().iter().map(made).collect();
    let mut waiting = Vec::new();
    for wish in wishes {
        if wish.is_made_today(customer) {
            found.rows.extend(wish.rows);
        } else if days.obstacle(&taken, customer.run.date).is_none() {
            taken.push(wish.contact(customer.run.date));
            found.rows.extend(wish.rows);
        } else {
            waiting.push(wish);
        }
    }
    waiting.sort_by(|one, other| one.waits().cmp(&other.waits()));
    for wish in waiting {
        let (on, reason) = days.first_allowed(&taken);
        taken.push(wish.contact(on));
        defer(customer, wish, on, &reason.unwrap_or_default(), found);
    }
}

/// Puts the rows of a contact off, and notes it where that is new.
fn defer(customer: &Customer<'_>, wish: Wish, on: Date, reason: &str, found: &mut Found) {
    for (place, row) in wish.rows {
        let deferred = Deferred { row, until: on, reason: reason.to_owned() };
        if last_put_off(customer, &deferred.row) != Some(on) {
            notices::deferral(customer, &deferred, found);
        }
        found.deferred.push((place, deferred));
    }
}

impl Wish {
    /// The contact it makes on a day.
    fn contact(&self, on: Date) -> Contact {
        let what = self.rows.first().map(|(_, row)| format!("{} of {}.{}", row.action, row.procedure, row.step));
        Contact { on, what: what.unwrap_or_default() }
    }

    /// Who chooses his day first: what was put off before, the longest first, then as for today.
    fn waits(&self) -> (bool, Option<u64>, &Rank) {
        (self.put_off.is_none(), self.put_off, &self.rank)
    }

    /// Whether the contact was made on the run date already, by another row of it.
    fn is_made_today(&self, customer: &Customer<'_>) -> bool {
        let Some((place, row)) = self.rows.first() else { return false };
        customer.contacts().iter().any(|contact| {
            contact.entry.date == customer.run.date
                && customer.run.step_of(contact.entry) == Some((place.procedure, place.step))
                && contact.row.is_some_and(|made| made.action == row.action && made.recipient == row.recipient)
        })
    }
}

fn wishes(customer: &Customer<'_>, primary: Option<ProcedureId>, rows: Vec<(Place, Row)>) -> Vec<Wish> {
    // By procedure, step, action and recipient.
    let mut wishes: BTreeMap<_, Vec<(Place, Row)>> = BTreeMap::new();
    for (place, row) in rows {
        let key = (place.procedure, place.step, row.action.clone(), row.recipient.clone());
        wishes.entry(key).or_default().push((place, row));
    }
    let ranked = wishes.into_iter().map(|((procedure, step, ..), rows)| {
        let put_off = |until| rows.iter().filter_map(|(_, row)| first_put_off(customer, row, until)).min();
        let due = put_off(Some(customer.run.date));
        let put_off = put_off(None);
        let priority = rows.iter().filter_map(|(_, row)| row.priority).max();
        let name = rows.first().map_or_else(String::new, |(_, row)| row.procedure.clone());
        let is_primary = primary == Some(ProcedureId(procedure));
        let position = rows.first().map_or(0, |(place, _)| place.position);
        let rank =
            (Reverse(due.is_some()), due.unwrap_or(0), Reverse(is_primary), Reverse(priority), name, step, position);
        Wish { rows, put_off, rank }
    });
    ranked.collect()
}

/// The entries of the journal that put off a row: number, day, to when.
fn put_off<'v>(customer: &'v Customer<'_>, row: &'v Row) -> impl Iterator<Item = (u64, Date, Date)> + 'v {
    customer.events.iter().filter_map(|event| match &event.kind {
        Kind::Deferred { row: key, until, .. } if key.id == row.id => Some((event.number, event.date, *until)),
        _ => None,
    })
}

/// Since which entry of an earlier day a row is put off, to `until` at the latest: one of the same day
/// gives no precedence, or a second run would differ from the first.
fn first_put_off(customer: &Customer<'_>, row: &Row, until: Option<Date>) -> Option<u64> {
    let is_early = |to: Date| until.is_none_or(|until| to <= until);
    let earlier = put_off(customer, row).filter(|(_, on, to)| *on < customer.run.date && is_early(*to));
    earlier.map(|(number, ..)| number).min()
}

/// To which day the journal says last that a row is put off.
fn last_put_off(customer: &Customer<'_>, row: &Row) -> Option<Date> {
    put_off(customer, row).max().map(|(_, _, until)| until)
}

fn made(record: &Record<'_>) -> Contact {
    let entry = record.entry;
    let what = match (&entry.procedure, &entry.step, record.row) {
        (Some(procedure), Some(step), Some(row)) => format!("{} of {procedure}.{step}", row.action),
        (Some(procedure), Some(step), None) => format!("{procedure}.{step}"),
        _ => "a contact".to_owned(),
    };
    Contact { on: entry.date, what }
}

/// On which days a contact is allowed.
struct Days<'v, 'a> {
    run: &'v Context<'a>,
    policy: &'v ContactPolicy,
}

impl Days<'_, '_> {
    /// The first day, from the run date on, on which one more contact is allowed, and why not before:
    /// what stands against it today, and what on the last day before.
    fn first_allowed(&self, taken: &[Contact]) -> (Date, Option<String>) {
        let mut on = self.run.date;
        let mut reasons: Option<(String, String)> = None;
        for _ in 0..MOST_DAYS_AHEAD {
            let Some((next, why)) = self.obstacle(taken, on) else { break };
            let first = reasons.map_or_else(|| why.clone(), |(first, _)| first);
            reasons = Some((first, why));
            on = next;
        }
        let told = reasons.map(|(first, last)| if first == last { first } else { format!("{first}; then {last}") });
        (on, told)
    }

    /// What stands against a contact on `on`, and the next day to try.
    fn obstacle(&self, taken: &[Contact], on: Date) -> Option<(Date, String)> {
        if let Some(calendar) = self.policy.only_on.and_then(|id| self.run.calendar(id))
            && !calendar.is_working(on)
        {
            let name = self.policy.only_on.and_then(|id| self.run.plan.calendars.get(id.0));
            let name = name.map_or("", |calendar| calendar.name.as_str());
            return Some((calendar.next(on)?, format!("{on} is no working day of {name}")));
        }
        self.policy.limits.iter().find_map(|(most, interval)| self.too_many(taken, on, *most, *interval))
    }

    /// Whether one more contact on `on` makes more than `most` in any stretch of an interval.
    fn too_many(&self, taken: &[Contact], on: Date, most: u32, interval: Interval) -> Option<(Date, String)> {
        let most = usize::try_from(most).ok()?;
        let mut ends: Vec<Date> = taken.iter().map(|contact| contact.on).filter(|day| *day > on).collect();
        ends.sort_unstable();
        for end in std::iter::once(on).chain(ends) {
            let inside = |day: Date| day <= end && self.distance(day, end, interval) < interval.days;
            if !inside(on) {
                break;
            }
            let mut others: Vec<&Contact> = taken.iter().filter(|contact| inside(contact.on)).collect();
            others.sort_by_key(|contact| contact.on);
            if others.len() < most {
                continue;
            }
            // When the one after which too many are left has gone out of sight.
            let gone = others.get(others.len() - most)?;
            let next = if end == on { self.later(gone.on, interval)? } else { end.plus_days(1)? };
            return Some((next.max(on.plus_days(1)?), self.reason(most, interval, gone, others.len())));
        }
        None
    }

    fn reason(&self, most: usize, interval: Interval, contact: &Contact, known: usize) -> String {
        let limit = text::count(i64::try_from(most).unwrap_or(i64::MAX), "contact", "contacts");
        let every = match interval.working {
            None => text::count(interval.days, "day", "days"),
            Some(_) => text::count(interval.days, "working day", "working days"),
        };
        let on = if contact.on == self.run.date { "today".to_owned() } else { format!("on {}", contact.on) };
        let word = if known > 1 { "the earliest that counts is" } else { "there is" };
        format!("at most {limit} every {every}: {word} {} {on}", contact.what)
    }

    /// How far `day` lies before `end`, in the days of an interval.
    fn distance(&self, day: Date, end: Date, interval: Interval) -> i64 {
        match interval.working.and_then(|id| self.run.calendar(id)) {
            Some(calendar) => calendar.up_to(end) - calendar.up_to(day),
            None => end.days_since(day),
        }
    }

    /// The first day that lies a whole interval after `day`.
    fn later(&self, day: Date, interval: Interval) -> Option<Date> {
        match interval.working.and_then(|id| self.run.calendar(id)) {
            Some(calendar) => calendar.first_with(calendar.up_to(day).checked_add(interval.days)?),
            None => day.plus_days(interval.days),
        }
    }
}
