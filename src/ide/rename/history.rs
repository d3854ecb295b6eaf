//! `was old_name`: what was done under a procedure's or step's old name counts for the new one.
//!
//! - The old name goes to the end of the header, after `was`, or to the front of the names that stand there.
//! - It can be left out: whoever renames a step that was never used wants no history of it.
//! - Where the new name is one of the earlier ones, the two change places, and nothing can be left out:
//!   nothing may have a name and have had it, too.

use crate::base::Span;
use crate::check::mentions::Symbol;
use crate::ide::Edit;
use crate::ide::nodes::{self, Node};
use crate::ide::rename::History;
use crate::syntax::ast::{Name, Procedure, Step};
use crate::workspace::Workspace;

/// What becomes of the clause.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// What must be done.
    pub(super) needed: Vec<Edit>,
    /// What is worth doing.
    pub(super) offered: Option<History>,
}

/// The change of the clause when a symbol gets a new name; nothing for what no history knows.
pub(super) fn change(workspace: &Workspace, symbol: &Symbol, new: &str) -> Change {
    found(workspace, symbol).map_or_else(Change::default, |header| header.change(workspace, new))
}

/// The header of a procedure or step.
struct Header<'w> {
    what: &'static str,
    name: &'w Name,
    was: &'w [Name],
    /// Where it ends, `was` left out.
    end: Span,
}

impl Header<'_> {
    fn change(&self, workspace: &Workspace, new: &str) -> Change {
        let old = self.name.value.clone();
        if let Some(earlier) = self.was.iter().find(|name| name.value == new) {
            return Change { needed: Edit::of(workspace, earlier.span, old).into_iter().collect(), offered: None };
        }
        let edit = match self.was.first() {
            Some(first) => Edit::of(workspace, first.span.before(), format!("{old}, ")),
            None => Edit::of(workspace, self.end.after(), format!(" was {old}")),
        };
        Change { needed: Vec::new(), offered: edit.map(|edit| History { what: self.what, old, edit }) }
    }
}

fn found<'w>(workspace: &'w Workspace, symbol: &Symbol) -> Option<Header<'w>> {
    match nodes::of(workspace, symbol)? {
        Node::Procedure(procedure) => Some(of_procedure(procedure)),
        Node::Step(_, step) => Some(of_step(step)),
        _ => None,
    }
}

fn of_procedure(written: &Procedure) -> Header<'_> {
    let parts = written.title.iter().map(|title| title.span).chain(written.scope.iter().map(|scope| scope.span));
    Header { what: "procedure", name: &written.name, was: &written.was, end: last(written.name.span, parts) }
}

fn of_step(written: &Step) -> Header<'_> {
    let conditions = written.from.iter().chain(&written.when).map(|expr| expr.at());
    let parts = written
        .title
        .iter()
        .map(|title| title.span)
        .chain(written.at_day.iter().map(|day| day.span))
        .chain(written.after.iter().map(|after| after.span.0))
        .chain(written.at_stop.iter().map(|at| at.0))
        .chain(written.repeat.iter().map(|repeat| repeat.span.0))
        .chain(written.mode.iter().map(|mode| mode.span.0))
        .chain(conditions);
    Header { what: "step", name: &written.name, was: &written.was, end: last(written.name.span, parts) }
}

/// The part that ends last.
fn last(name: Span, parts: impl Iterator<Item = Span>) -> Span {
    parts.fold(name, |last, part| if part.end > last.end { part } else { last })
}
