//! What the parts of a program do on a ledger, to be shown above each: numbers, and who stands behind them.
//!
//! The numbers are made once of a run ([`Figures`]); where they are shown follows from the text as it is now,
//! by names. So they can be shown while newer ones are made.

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
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let mut lenses = Vec::new();
    if let Some(reason) = figures.trouble() {
        lenses.push(Lens { range: 0..0, title: reason.to_owned(), behind: None });
    }
    let mut add = |place: Place, range: Range<usize>| {
        lenses.extend(figures.lines(&place).map(|(title, behind)| Lens { range: range.clone(), title, behind }));
    };
    let home = home(workspace);
    for (number, item) in file.items.iter().enumerate() {
        if home == Some((path, number)) {
            add(Place::Part(Part::Ledger), item.head().keyword.range());
        }
        match item {
            Item::Assign(assign) => rules(assign).for_each(|(rule, range)| add(rule, range)),
            Item::Procedure(procedure) => parts(procedure).for_each(|(part, range)| add(part, range)),
            Item::Test(test) => add(Place::Test(path.to_owned(), test.title.value.clone()), test.title.span.range()),
            _ => {}
        }
    }
    lenses
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
