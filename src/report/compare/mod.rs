//! A comparison of two versions in every format. The sentences that formats share are in ONE place: here.

pub mod json;
pub mod markdown;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Date;
use crate::base::money::grouped;
use crate::compare::{
    Action, Aspect, Cause, Change, Comparison, Difference, Facts, How, Kind, Position, Status, Trace,
};
use crate::report::number;
use crate::report::simulation::assumed_from;

/// The first line, which says it all.
#[must_use]
pub fn headline(comparison: &Comparison) -> String {
    let when = when(&comparison.dates);
    let everybody = number(comparison.customers, "customer", "customers");
    if comparison.is_empty() {
        let changes = comparison.changes.len() as u64;
        let why = match changes {
            0 => "the programs say the same".to_owned(),
            _ => format!("{} of the source without effect", number(changes, "change", "changes")),
        };
        return format!("No change of behaviour for {everybody} {when}: {why}{}", passed_over(comparison));
    }
    let differences = comparison.differences();
    let customers: BTreeSet<&str> = differences.iter().map(|(_, difference)| difference.customer.as_str()).collect();
    let get = if customers.len() == 1 { "gets" } else { "get" };
    let dates: BTreeSet<Date> = differences.iter().map(|(date, _)| *date).collect();
    let on = match comparison.dates.len() {
        1 => when,
        _ => format!("on {} of {}", dates.len(), when.trim_start_matches("on ")),
    };
    format!(
        "{} of {everybody} {get} something else {on}: {}{}",
        grouped(&customers.len().to_string()),
        tallied(differences.iter().map(|(_, difference)| difference)).join(", "),
        passed_over(comparison),
    )
}

/// What is to be known besides, in sentences.
#[must_use]
pub fn remarks(comparison: &Comparison) -> Vec<String> {
    let mut said = Vec::new();
    // What says the same behaves the same, whatever is assumed.
    match (comparison.assumed, comparison.dates.as_slice()) {
        _ if comparison.changes.is_empty() => {}
        (Some(assumed), [first, ..]) => said.push(assumed_from(*first, assumed)),
        (None, [date])
            if comparison.is_empty() && comparison.changes.iter().any(|change| change.how != How::Renamed) =>
        {
            let end = date.plus_days(30).unwrap_or(*date);
            said.push(format!("What shows only later is seen over a period: `--from {date} --to {end}`."));
        }
        _ => {}
    }
    if comparison.settings_differ {
        said.push("`dunlin.toml` differs; both versions were run with the newer one.".to_owned());
    }
    said
}

/// That steps which are passed over differ, as snapshots show it.
fn passed_over(comparison: &Comparison) -> String {
    match comparison.passed_over.len() as u64 {
        0 => String::new(),
        customers => format!("; what is passed over differs for {}", number(customers, "customer", "customers")),
    }
}

/// `on 2026-03-02`; `30 days from 2026-03-01 to 2026-03-30`.
fn when(dates: &[Date]) -> String {
    match dates {
        [] => String::new(),
        [date] => format!("on {date}"),
        [first, .., last] => format!("on {} from {first} to {last}", number(dates.len() as u64, "day", "days")),
    }
}

/// `2 actions appear`, `1 vanishes`: what is the same on several dates counts once.
fn tallied<'d>(differences: impl Iterator<Item = &'d Difference>) -> Vec<String> {
    let mut sets: [BTreeSet<(&str, Option<&Action>)>; 6] = std::array::from_fn(|_| BTreeSet::new());
    for difference in differences {
        let (place, what) = match &difference.kind {
            Kind::Appears(action, _) => (0, Some(action)),
            Kind::Vanishes(action, _) => (1, Some(action)),
            Kind::Changes { action, .. } => (2, Some(action)),
            Kind::Reassigned { .. } | Kind::Moves { .. } => (3, None),
            Kind::SetAside(_) => (4, None),
            Kind::NoLongerSetAside(_) => (5, None),
        };
        if let Some(set) = sets.get_mut(place) {
            set.insert((&difference.customer, what));
        }
    }
    let [appear, vanish, change, move_, aside, no_longer] = sets.map(|set| set.len() as u64);
    let mut parts = Vec::new();
    let mut word = "action";
    for (rows, one, many) in
        [(appear, "appears", "appear"), (vanish, "vanishes", "vanish"), (change, "changes", "change")]
    {
        if rows > 0 {
            let plural = if rows == 1 || word.is_empty() { "" } else { "s" };
            let noun = if word.is_empty() { String::new() } else { format!(" {word}{plural}") };
            parts.push(format!("{}{noun} {}", grouped(&rows.to_string()), if rows == 1 { one } else { many }));
            word = "";
        }
    }
    let customers = [
        (move_, "customer moves", "customers move"),
        (aside, "customer is set aside", "customers are set aside"),
        (no_longer, "customer is set aside no more", "customers are set aside no more"),
    ];
    parts.extend(customers.into_iter().filter(|(of, ..)| *of > 0).map(|(of, one, many)| number(of, one, many)));
    parts
}

/// `changed: step standard.reminder`
#[must_use]
pub fn title(change: &Change) -> String {
    format!("{}: {}", how_word(change.how), change.part)
}

/// The word for what happened to a declaration.
#[must_use]
pub const fn how_word(how: How) -> &'static str {
    match how {
        How::Added => "added",
        How::Removed => "removed",
        How::Changed => "changed",
        How::Renamed => "renamed",
        How::Reordered => "reordered",
    }
}

/// Where a change stands: in the newer version, or in the older where it is gone from there.
#[must_use]
pub fn place(change: &Change) -> String {
    let written = change.new.as_ref().or(change.old.as_ref()).filter(|written| !written.file.is_empty());
    written.map_or_else(String::new, |written| format!("{}:{}", written.file, written.line))
}

/// The lines that differ, `-` before those of the older version and `+` before those of the newer;
/// at most `most` of each, then how many more there are.
#[must_use]
pub fn lines(change: &Change, most: usize) -> Vec<String> {
    let of = |written: &Option<crate::compare::Written>| -> Vec<String> {
        written.iter().flat_map(|written| written.text.lines()).map(str::to_owned).collect()
    };
    let (old, new) = (of(&change.old), of(&change.new));
    let same = old.iter().zip(&new).take_while(|(left, right)| left == right).count();
    let rest = old.len().min(new.len()) - same;
    let below = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(left, right)| left == right).count();
    let mut out = Vec::new();
    for (sign, lines) in [('-', old), ('+', new)] {
        let differ = lines.get(same..lines.len() - below).unwrap_or(&[]);
        out.extend(differ.iter().take(most).map(|line| format!("{sign} {line}").trim_end().to_owned()));
        if differ.len() > most {
            out.push(format!("{sign} … {}", number((differ.len() - most) as u64, "more line", "more lines")));
        }
    }
    out
}

/// How sure a cause is, where that is to be said.
#[must_use]
pub fn trace(cause: &Cause) -> Option<&'static str> {
    match cause.trace {
        Trace::Alone if cause.changes.len() > 1 => Some("together: the first does not work without the others"),
        Trace::Alone => None,
        Trace::Together => Some("together: none of them does it alone"),
        Trace::NotTraced => Some("which of the changes it is was not found out"),
    }
}

/// Differences of a cause that can be told in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The sentence without who it is about: `standard.reminder: email customer appears`.
    pub what: String,
    /// What a case is called, and several: a customer may have several actions or documents.
    pub of: (&'static str, &'static str),
    /// Whom it is about, by customer.
    pub cases: Vec<Case>,
}

/// A customer of an effect, with one of the actions or documents that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The customer's id.
    pub customer: String,
    /// What more there is to tell, as it is on the first of the dates; may be empty.
    pub detail: String,
    /// The dates.
    pub dates: Vec<Date>,
}

/// What cases are called.
const CUSTOMERS: (&str, &str) = ("customer", "customers");
const ACTIONS: (&str, &str) = ("action", "actions");
const DOCUMENTS: (&str, &str) = ("document", "documents");

/// A difference as it is told.
struct Told {
    /// By which sentences are sorted.
    rank: u8,
    /// The sentence.
    what: String,
    /// What its cases are called.
    cases: (&'static str, &'static str),
    /// What it is about besides the customer.
    of: String,
    /// What more there is to tell.
    detail: String,
}

/// What comes of a cause: moves first, then rows by procedure and step.
#[must_use]
pub fn effects(cause: &Cause) -> Vec<Effect> {
    let mut told: Vec<(Told, &str, Date)> = Vec::new();
    for (date, difference) in &cause.differences {
        told.extend(plain(&difference.kind).map(|told| (told, difference.customer.as_str(), *date)));
    }
    for ((date, customer, action), aspects) in changed(cause) {
        let words: Vec<&str> = aspects.iter().map(|(what, ..)| aspect_word(*what)).collect();
        let what = format!("{}: other {}", named(action), words.join(", "));
        let details: Vec<String> = aspects.iter().filter_map(|aspect| detail_of_change(*aspect)).collect();
        told.push((
            Told { rank: 4, what, cases: ACTIONS, of: key(action), detail: details.join("; ") },
            customer,
            date,
        ));
    }
    let mut found: BTreeMap<(u8, String), (_, Cases<'_>)> = BTreeMap::new();
    for (told, customer, date) in told {
        let new = || Case { customer: customer.to_owned(), detail: told.detail, dates: Vec::new() };
        let (_, cases) = found.entry((told.rank, told.what)).or_insert_with(|| (told.cases, Cases::new()));
        cases.entry((customer, told.of)).or_insert_with(new).dates.push(date);
    }
    let effect =
        |((_, what), (of, cases)): (_, (_, Cases<'_>))| Effect { what, of, cases: cases.into_values().collect() };
    found.into_iter().map(effect).collect()
}

/// By customer and what else it is about.
type Cases<'c> = BTreeMap<(&'c str, String), Case>;
type Changed<'c> = BTreeMap<(Date, &'c str, &'c Action), Vec<(Aspect, &'c str, &'c str)>>;

/// What changes of each row.
fn changed(cause: &Cause) -> Changed<'_> {
    let mut rows: Changed<'_> = BTreeMap::new();
    for (date, difference) in &cause.differences {
        if let Kind::Changes { action, what, old, new } = &difference.kind {
            rows.entry((*date, &difference.customer, action)).or_default().push((*what, old, new));
        }
    }
    rows
}

/// A difference by itself; `None` for what changes of a row, which is told together.
fn plain(kind: &Kind) -> Option<Told> {
    let of_customer = |rank: u8, what: &str, detail: String| Told {
        rank,
        what: what.to_owned(),
        cases: CUSTOMERS,
        of: String::new(),
        detail,
    };
    let of_row = |verb: &str, action: &Action, facts: &Facts| {
        let what = format!("{} {verb}", status(action, facts));
        Told { rank: 3, what, cases: ACTIONS, of: key(action), detail: row(facts) }
    };
    Some(match kind {
        Kind::SetAside(message) => of_customer(0, "set aside", message.clone()),
        Kind::NoLongerSetAside(message) => of_customer(0, "no longer set aside", message.clone()),
        Kind::Reassigned { old, new } => {
            let step = |position: &Position| position.step.clone().unwrap_or_else(|| "no step".to_owned());
            let what = format!("primary procedure {} instead of {}", procedure(new), procedure(old));
            let detail = if old.step.is_none() && new.step.is_none() {
                String::new()
            } else {
                format!("{} instead of {}", step(new), step(old))
            };
            of_customer(1, &what, detail)
        }
        Kind::Moves { procedure, document, old, new } => {
            let at = |position: &Position| match &position.step {
                Some(step) => format!("at {step}"),
                None => "before its first step".to_owned(),
            };
            let what = match (old, new) {
                (Some(old), Some(new)) => format!("{procedure}: {} instead of {}", at(new), at(old)),
                (None, Some(new)) => format!("{procedure}: runs, {}", at(new)),
                (Some(old), None) => format!("{procedure}: does not run, instead of {}", at(old)),
                (None, None) => procedure.clone(),
            };
            let cases = if document.is_some() { DOCUMENTS } else { CUSTOMERS };
            let of = document.clone().unwrap_or_default();
            Told { rank: 2, what, cases, detail: of.clone(), of }
        }
        Kind::Appears(action, facts) => of_row("appears", action, facts),
        Kind::Vanishes(action, facts) => of_row("vanishes", action, facts),
        Kind::Changes { .. } => return None,
    })
}

fn procedure(position: &Position) -> String {
    position.procedure.clone().unwrap_or_else(|| "none".to_owned())
}

fn status(action: &Action, facts: &Facts) -> String {
    match facts.status {
        Status::Suggested => named(action),
        Status::PutOff(_) => format!("{} (put off)", named(action)),
        Status::Withheld => format!("{} (withheld)", named(action)),
    }
}

/// `standard.reminder: email customer`
fn named(action: &Action) -> String {
    let gap = if action.recipient.is_empty() { "" } else { " " };
    format!("{}.{}: {}{gap}{}", action.procedure, action.step, action.action, action.recipient)
}

fn key(action: &Action) -> String {
    format!("{:?} {:?} {}", action.document, action.currency, action.nth)
}

/// What there is to tell of a row.
fn row(facts: &Facts) -> String {
    let mut parts: Vec<String> = facts.amount.map(|amount| amount.to_string()).into_iter().collect();
    if !facts.documents.is_empty() {
        parts.push(format!("({})", facts.documents.join(" ")));
    }
    if let Status::PutOff(until) = facts.status {
        parts.push(format!("to {until}"));
    }
    parts.join(" ")
}

/// The word for what of a row is different.
#[must_use]
pub const fn aspect_word(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Status => "state",
        Aspect::Mode => "mode",
        Aspect::Language => "language",
        Aspect::Documents => "documents",
        Aspect::Amount => "amount",
        Aspect::Dip => "day",
        Aspect::ReachedOn => "date reached",
        Aspect::Priority => "priority",
        Aspect::Text => "text",
        Aspect::Arguments => "arguments",
    }
}

/// `60.00 EUR instead of 40.00 EUR`; a text is too long to be told.
fn detail_of_change((what, old, new): (Aspect, &str, &str)) -> Option<String> {
    let or_nothing = |told: &str| if told.is_empty() { "nothing".to_owned() } else { told.to_owned() };
    let word = if what == Aspect::Dip { "day " } else { "" };
    (what != Aspect::Text).then(|| format!("{word}{} instead of {}", or_nothing(new), or_nothing(old)))
}

/// `2026-03-02`, `2026-03-02 to 2026-03-05`, `4 days from 2026-03-02 to 2026-03-09`.
#[must_use]
pub fn span(dates: &[Date]) -> String {
    match dates {
        [] => String::new(),
        [date] => date.to_string(),
        [first, .., last] => {
            let days = dates.len() as u64;
            let unbroken = last.days_since(*first) + 1 == i64::try_from(days).unwrap_or(0);
            let number = if unbroken { String::new() } else { format!("{days} days from ") };
            format!("{number}{first} to {last}")
        }
    }
}

/// The id and, where it is another, the name.
#[must_use]
pub fn customer(comparison: &Comparison, id: &str) -> String {
    match comparison.names.get(id).filter(|name| *name != id && !name.is_empty()) {
        Some(name) => format!("{id} {name}"),
        None if id.is_empty() => "(no customer)".to_owned(),
        None => id.to_owned(),
    }
}
