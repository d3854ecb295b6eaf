//! What the parts of a program do on a ledger, to be shown above each: numbers, and who stands behind them.
//!
//! The numbers are made once of a run ([`Figures`]); where they are shown follows from the text as it is now,
//! by names. So they can be shown while newer ones are made: a line that went and came back while somebody types
//! would make the whole text jump.

mod figures;
mod lists;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use figures::{Figures, Run, Tested};
pub use lists::{List, MOST_ROWS};

use crate::compare::Part;
use crate::compare::people::{OTHERWISE, rule_names};
use crate::syntax::ast::{Assign, Item, Procedure};
use crate::workspace::Workspace;

/// A line above a part of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// What it is about, in the file.
    pub range: Range<usize>,
    /// What it says.
    pub title: String,
    /// What can be listed of it.
    pub behind: Option<Behind>,
}

/// What stands behind a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// What the line is about.
    pub place: Place,
    /// Which of it.
    pub what: What,
}

/// What can be listed of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Everybody whom it reaches.
    All,
    /// Those who are set aside because of their data (`S21`).
    SetAside,
    /// Those for whom it differs from the last commit.
    Against,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The whole program ([`Part::Ledger`]), a rule of assignment, a procedure, a step.
    Part(Part),
    /// A test, by its file and title.
    Test(String, String),
}

/// The lines of a file, in its order.
#[must_use]
pub fn lenses(workspace: &Workspace, path: &str, figures: &Figures) -> Vec<Lens> {
    let trouble = figures.trouble().filter(|_| workspace.parsed(path).is_some());
    let mut lenses = Vec::from_iter(trouble.map(|reason| Lens { range: 0..0, title: reason.to_owned(), behind: None }));
    let (places, ranges): (Vec<_>, Vec<_>) = places(workspace, path).into_iter().unzip();
    for (place, range) in figures.known_as(path, &places).into_iter().zip(ranges) {
        lenses.extend(figures.lines(place).map(|(title, behind)| Lens { range: range.clone(), title, behind }));
    }
    lenses
}

/// What lines can stand above in a file, in its order.
fn places(workspace: &Workspace, path: &str) -> Vec<(Place, Range<usize>)> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let home = home(workspace);
    let mut places = Vec::new();
    for (number, item) in file.items.iter().enumerate() {
        if home == Some((path, number)) {
            places.push((Place::Part(Part::Ledger), item.head().keyword.range()));
        }
        match item {
            Item::Assign(assign) => places.extend(rules(assign)),
            Item::Procedure(procedure) => places.extend(parts(procedure)),
            Item::Test(test) => {
                places.push((Place::Test(path.to_owned(), test.title.value.clone()), test.title.span.range()));
            }
            _ => {}
        }
    }
    places
}

fn rules(assign: &Assign) -> impl Iterator<Item = (Place, Range<usize>)> {
    let named = assign.rules.iter().map(|rule| rule.when.as_ref().map_or(OTHERWISE, |_| &*rule.procedure.value));
    let parts = rule_names(named).into_iter().map(|name| Place::Part(Part::Rule(name)));
    parts.zip(assign.rules.iter().map(|rule| rule.span.0.range()))
}

/// A procedure and its steps.
fn parts(procedure: &Procedure) -> impl Iterator<Item = (Place, Range<usize>)> {
    let name = &procedure.name.value;
    let steps = procedure.steps.iter().map(move |step| {
        let part = Part::Step(name.clone(), step.name.value.clone());
        (Place::Part(part), step.name.span.range())
    });
    std::iter::once((Place::Part(Part::Procedure(name.clone())), procedure.name.span.range())).chain(steps)
}

/// The declaration above which stands what is said of the program as a whole: `ledger`, else `assign`, else
/// the first one.
fn home(workspace: &Workspace) -> Option<(&str, usize)> {
    let all = || {
        workspace.paths().iter().flat_map(|path| {
            let items = workspace.parsed(path).into_iter().flat_map(|(file, _)| file.items.iter().enumerate());
            items.map(move |(number, item)| (path.as_str(), number, item))
        })
    };
    let wanted: [fn(&Item) -> bool; 3] =
        [|item| matches!(item, Item::Ledger(_)), |item| matches!(item, Item::Assign(_)), |_| true];
    let mut found = wanted.iter().filter_map(|is_wanted| all().find(|(.., item)| is_wanted(item)));
    found.next().map(|(path, number, _)| (path, number))
}
