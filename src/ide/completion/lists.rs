//! What is the same in every program, or nearly so: collections, types, currencies, countries, days of the week.

use std::collections::BTreeSet;

use crate::base::Currency;
use crate::calendar;
use crate::check::mentions::Symbol;
use crate::ide::completion::{Completion, Kind};
use crate::schema::calendars::WEEKDAYS;
use crate::schema::functions::COLLECTIONS;
use crate::syntax::ast::Item;
use crate::syntax::places::Place;
use crate::syntax::words::Word;
use crate::workspace::Workspace;

/// The collections that can be asked about.
pub(super) fn collections() -> impl Iterator<Item = Completion> {
    COLLECTIONS
        .iter()
        .map(|(word, says)| Completion::plain(*word, Kind::Name, *says).from(Symbol::Collection(word).into()))
}

/// What an action may cover.
pub(super) fn coverage() -> Vec<Completion> {
    let said = |word: &'static str, detail: &str| Completion::plain(word, Kind::Value, detail);
    let mut items = vec![
        said("overdue", "the followed documents that are overdue"),
        said("reached", "those whose days in procedure have reached the step's day"),
        said("documents where", "the customer's documents for which a condition holds"),
    ];
    items.extend(collections().filter(|item| item.label.ends_with("documents")));
    items
}

/// What an action may compute.
pub(super) fn computed() -> Vec<Completion> {
    let words = Place::File.words().filter_map(|word| Some((word, word.phrase.strip_prefix("computes ")?)));
    words.map(|(word, what)| Completion::plain(what, Kind::Value, word.does).from(word.into())).collect()
}

/// The types of fields, or of parameters.
pub(super) fn types(of_parameter: bool) -> Vec<Completion> {
    let of = |place: Place| place.words().filter(|word| word.is_type()).collect::<Vec<_>>();
    let words = if of_parameter { of(Place::File) } else { of(Place::Entity) };
    let item = |word: &'static Word| Completion::plain(word.phrase, Kind::Type, word.does).from(word.into());
    words.into_iter().map(item).collect()
}

/// Currencies: that of the ledger, those that the program uses, the usual ones.
pub(super) fn currencies(workspace: &Workspace) -> Vec<Completion> {
    let mut codes: Vec<String> = workspace
        .trees()
        .flat_map(|tree| &tree.items)
        .filter_map(|item| match item {
            Item::Ledger(ledger) => ledger.currency.as_ref().map(|code| code.value.clone()),
            _ => None,
        })
        .collect();
    codes.extend(Currency::COMMON.iter().map(|code| (*code).to_owned()));
    let mut seen = BTreeSet::new();
    codes.retain(|code| seen.insert(code.clone()));
    let named = |code: &String| Some(Completion::plain(code, Kind::Unit, Currency::parse(code)?.name()));
    codes.iter().filter_map(named).collect()
}

/// The countries, and parts of them, whose holidays are known.
pub(super) fn countries() -> Vec<Completion> {
    let country = |code: &'static str| Completion::plain(code, Kind::Value, calendar::place(code).unwrap_or(""));
    calendar::codes().map(country).collect()
}

/// The days of the week, those that are mostly off first.
pub(super) fn weekdays() -> Vec<Completion> {
    WEEKDAYS.iter().rev().map(|day| Completion::plain(*day, Kind::Value, "day of the week")).collect()
}

/// Names that are known by nothing but themselves.
pub(super) fn plain(names: &[String], kind: Kind, detail: &str) -> Vec<Completion> {
    names.iter().map(|name| Completion::plain(name, kind, detail)).collect()
}
