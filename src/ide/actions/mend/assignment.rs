//! Who gets a procedure, and who gets none.

use super::{Here, Way, pieces};
use crate::ide::{Edit, Location};
use crate::syntax::ast::{Assign, Item, Procedure};

/// How many procedures are offered for everyone who is left.
const MOST_OFFERED: usize = 4;

/// `otherwise standard`, for each procedure that it could be, and `otherwise none`.
pub(super) fn otherwise(here: &Here<'_>) -> Vec<Way> {
    let Some(assign) = assigns(here).find(|assign| assign.head.keyword == here.span) else { return Vec::new() };
    let assigned = |name: &str| assigns(here).flat_map(|it| &it.rules).any(|rule| rule.procedure.value == name);
    let mut names: Vec<&str> = by_assignment(here).collect();
    names.sort_by_key(|name| assigned(name));
    names.into_iter().take(MOST_OFFERED).chain(["none"]).filter_map(|name| last_rule(here, assign, name)).collect()
}

/// A rule for a procedure that has none.
pub(super) fn assigned(here: &Here<'_>) -> Vec<Way> {
    let name = here.marked();
    let way = match assigns(here).next() {
        Some(assign) => last_rule(here, assign, name),
        None => procedures(here).find(|procedure| procedure.name.span == here.span).map(|procedure| {
            let end = procedure.head.span.range().end;
            let item = format!("assign {{ otherwise {name} }}");
            (format!("Write `{item}`"), vec![here.edit(end..end, format!("\n\n{item}"))])
        }),
    };
    way.into_iter().collect()
}

/// `otherwise` as the last rule.
pub(super) fn otherwise_last(here: &Here<'_>) -> Vec<Way> {
    let is_here = |assign: &&Assign| assign.head.span.holds(here.span);
    let Some((assign, last)) = assigns(here).find(is_here).and_then(|it| Some((it, it.rules.last()?))) else {
        return Vec::new();
    };
    let Some(otherwise) = assign.rules.iter().find(|rule| rule.when.is_none()) else { return Vec::new() };
    let moved = pieces::with_comment(here.text, otherwise.span.0.range());
    let rule = here.text.get(moved.clone()).unwrap_or("");
    let (at, before) = pieces::behind(here.text, &last.span.0.range());
    let edits = vec![here.edit(pieces::whole(here.text, moved), ""), here.edit(at..at, format!("{before}{rule}"))];
    vec![("Move `otherwise` to the end".to_owned(), edits)]
}

/// `otherwise NAME` behind the other rules.
fn last_rule(here: &Here<'_>, assign: &Assign, name: &str) -> Option<Way> {
    let clause = format!("otherwise {name}");
    let edit = match assign.rules.last() {
        None => here.first_in(assign.head.body, &clause)?,
        Some(last) => {
            let Location { path, range } = Location::of(here.workspace, last.span.0)?;
            let (at, before) = pieces::behind(here.workspace.text(&path)?, &range);
            Edit::new(&path, at..at, format!("{before}{clause}"))
        }
    };
    Some((format!("Write `{clause}`"), vec![edit]))
}

fn assigns<'w>(here: &Here<'w>) -> impl Iterator<Item = &'w Assign> {
    here.workspace.trees().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Assign(assign) => Some(assign),
        _ => None,
    })
}

fn procedures<'w>(here: &Here<'w>) -> impl Iterator<Item = &'w Procedure> {
    here.workspace.trees().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Procedure(procedure) => Some(&**procedure),
        _ => None,
    })
}

/// The names of those that start by assignment.
fn by_assignment<'w>(here: &Here<'w>) -> impl Iterator<Item = &'w str> {
    let is_one = |it: &&Procedure| it.start.as_ref().is_some_and(|start| start.when.is_none());
    procedures(here).filter(is_one).map(|procedure| procedure.name.value.as_str())
}
