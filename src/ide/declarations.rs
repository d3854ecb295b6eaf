//! Where names are declared, and how far each declaration reaches.

use std::ops::Range;

use crate::base::Span;
use crate::check::mentions::Symbol;
use crate::ide::Location;
use crate::ide::symbols::{self, outline};
use crate::schema::{ListOf, PRELUDE_PATH};
use crate::workspace::Workspace;

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The whole of it.
    pub whole: Location,
    /// Its name, in the same file.
    pub name: Range<usize>,
}

impl Declaration {
    /// A declaration that is no more than its name.
    pub(super) fn alone(place: Location) -> Self {
        Self { name: place.range.clone(), whole: place }
    }
}

/// Where a symbol is declared: a built-in action in the prelude; `None` for what else is built in.
#[must_use]
pub fn of(workspace: &Workspace, symbol: &Symbol) -> Option<Declaration> {
    let span = workspace.checked().mentions.declaration(symbol)?.span;
    let Some(place) = Location::of(workspace, span) else { return in_prelude(workspace, span) };
    let declared = outline(workspace, &place.path);
    let whole = innermost(&declared, &|it| it.name_range == place.range).map(|it| it.range.clone());
    match whole {
        Some(range) => Some(Declaration { name: place.range, whole: Location { path: place.path, range } }),
        None => Some(Declaration::alone(place)),
    }
}

fn in_prelude(workspace: &Workspace, span: Span) -> Option<Declaration> {
    let source = workspace.sources().get(span.file)?;
    let place = Location { path: PRELUDE_PATH.to_owned(), range: span.range() };
    (*source.path == *PRELUDE_PATH).then(|| Declaration::alone(place))
}

/// Where the values of a list are declared: the field that has them, or the step whose results they are.
#[must_use]
pub fn of_list(workspace: &Workspace, list: &ListOf) -> Option<Declaration> {
    match list {
        ListOf::Field(owner, name) => of(workspace, &Symbol::Member(*owner, name.clone())),
        ListOf::Results { procedure, step } => {
            of(workspace, &Symbol::Step { procedure: procedure.clone(), name: step.clone() })
        }
        ListOf::History(_) => None,
    }
}

/// The innermost declaration that `fits`.
pub(super) fn innermost<'a>(
    declared: &'a [symbols::Symbol],
    fits: &dyn Fn(&symbols::Symbol) -> bool,
) -> Option<&'a symbols::Symbol> {
    declared.iter().find_map(|one| innermost(&one.children, fits).or_else(|| fits(one).then_some(one)))
}
