//! What a procedure lacks, and what stands in it for nothing.

use super::{Here, Way, pieces};
use crate::syntax::ast::{Item, Procedure, Step};

/// `start by assignment`, where it is assigned; `start when status = dispute` for what is called as a status.
pub(super) fn start(here: &Here<'_>) -> Vec<Way> {
    let Some(procedure) = procedure(here) else { return Vec::new() };
    let of_status = format!("start when status = {}", procedure.name.value);
    let way = |clause: &str| Some((format!("Write `{clause}`"), vec![here.first_in(procedure.head.body, clause)?]));
    ["start by assignment", &of_status].into_iter().filter_map(way).collect()
}

/// `timing dip`, `timing after previous`
pub(super) fn timing(here: &Here<'_>) -> Vec<Way> {
    let Some(procedure) = procedure(here) else { return Vec::new() };
    let start = procedure.start.as_ref().map(|start| start.span.0);
    let follow = procedure.follow.as_ref().map(|follow| follow.span.0);
    let before = start.into_iter().chain(procedure.stop.as_ref().map(|stop| stop.at())).chain(follow);
    let last = before.max_by_key(|span| span.end);
    let edit = |clause: &str| match last {
        Some(last) => {
            let (at, before) = pieces::behind(here.text, &last.range());
            Some(here.edit(at..at, format!("{before}{clause}")))
        }
        None => here.first_in(procedure.head.body, clause),
    };
    let way = |clause: &str| Some((format!("Write `{clause}`"), vec![edit(clause)?]));
    ["timing dip", "timing after previous"].into_iter().filter_map(way).collect()
}

/// No `stop when …`.
pub(super) fn without_stop(here: &Here<'_>) -> Vec<Way> {
    let clause = pieces::with_words(here.text, here.span.range(), &["stop", "when"]);
    clause
        .map(|clause| ("Delete `stop`".to_owned(), vec![here.edit(pieces::whole(here.text, clause), "")]))
        .into_iter()
        .collect()
}

/// Either the other word about time or `at stop`.
pub(super) fn one_time(here: &Here<'_>) -> Vec<Way> {
    let Some(step) = steps(here).find(|step| step.head.span.holds(here.span)) else { return Vec::new() };
    let words: [&[&str]; 5] = [&[], &["at", "day"], &["after"], &["repeat"], &["from"]];
    let starts = ["at day", "after", "repeat", "from"];
    let range = here.span.range();
    let stretches = words.iter().filter_map(|words| pieces::with_words(here.text, range.clone(), words));
    let begins = |range: &std::ops::Range<usize>| {
        starts.iter().find(|word| here.text.get(range.clone()).is_some_and(|text| text.starts_with(**word)))
    };
    let other = stretches.filter_map(|range| Some((*begins(&range)?, range))).next();
    let own = step.at_stop.map(|at| ("at stop", at.0.range()));
    let way = |(what, range)| (format!("Delete `{what}`"), vec![here.edit(pieces::whole(here.text, range), "")]);
    other.into_iter().chain(own).map(way).collect()
}

/// No `automatic`.
pub(super) fn without_mode(here: &Here<'_>) -> Vec<Way> {
    let range = pieces::whole(here.text, here.span.range());
    vec![(format!("Delete `{}`", here.marked()), vec![here.edit(range, "")])]
}

/// `between 1 and 2` for `between 2 and 1`
pub(super) fn swapped(here: &Here<'_>) -> Vec<Way> {
    let both = here.marked();
    let and = both.match_indices("and").find(|(at, and)| {
        let (before, after) = (both.get(..*at).unwrap_or(""), both.get(at + and.len()..).unwrap_or(""));
        before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace)
    });
    let parts = and.and_then(|(at, and)| Some((both.get(..at)?.trim_end(), both.get(at + and.len()..)?.trim_start())));
    let Some((low, high)) = parts else { return Vec::new() };
    let start = here.span.range().start;
    let edits = vec![
        here.edit(start..start + low.len(), high),
        here.edit(start + both.len() - high.len()..start + both.len(), low),
    ];
    vec![(format!("Write `between {high} and {low}`"), edits)]
}

fn procedures<'w>(here: &Here<'w>) -> impl Iterator<Item = &'w Procedure> {
    here.workspace.trees().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Procedure(procedure) => Some(&**procedure),
        _ => None,
    })
}

fn procedure<'w>(here: &Here<'w>) -> Option<&'w Procedure> {
    procedures(here).find(|procedure| procedure.name.span == here.span)
}

fn steps<'w>(here: &Here<'w>) -> impl Iterator<Item = &'w Step> {
    procedures(here).flat_map(|procedure| &procedure.steps)
}
