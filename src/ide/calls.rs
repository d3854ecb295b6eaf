//! Who leads to what: assignment → procedure → step → template and action.
//!
//! The built-in actions are left out: they stand in no file.

use std::ops::Range;

use crate::check::mentions::{Mention, Symbol};
use crate::ide::declarations::innermost;
use crate::ide::symbols::{self, Kind, outline};
use crate::ide::{Location, declarations, name_at};
use crate::workspace::Workspace;

/// An assignment, procedure, step, template or action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its file.
    pub path: String,
    /// Its declaration, without those in it.
    pub declared: symbols::Symbol,
    /// What it is part of: the procedure of a step.
    pub container: Option<String>,
}

/// One leads to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The other one.
    pub node: Node,
    /// Where the one that leads names the one it leads to: bytes of the file of the one that leads.
    pub ranges: Vec<Range<usize>>,
}

/// What the name at an offset stands for; where it is none of them, the step, procedure or assignment around it.
#[must_use]
pub fn node_at(workspace: &Workspace, path: &str, offset: usize) -> Option<Node> {
    let named = name_at(workspace, path, offset).and_then(|mention| of_symbol(workspace, &mention.symbol));
    named.or_else(|| around(workspace, path, offset))
}

/// What leads to the one whose name stands at an offset.
#[must_use]
pub fn incoming(workspace: &Workspace, path: &str, offset: usize) -> Vec<Call> {
    let Some(mention) = name_at(workspace, path, offset) else { return Vec::new() };
    if let Symbol::Step { procedure, .. } = &mention.symbol {
        let name = declarations::of(workspace, &mention.symbol).map(|declaration| declaration.name);
        let node = of_symbol(workspace, &Symbol::Procedure(procedure.clone()));
        return node.map(|node| Call { node, ranges: name.into_iter().collect() }).into_iter().collect();
    }
    let mut calls = Vec::new();
    for other in workspace.checked().mentions.of(&mention.symbol).filter(|other| !other.is_declaration) {
        let place = Location::of(workspace, other.span);
        let node = place.as_ref().and_then(|place| around(workspace, &place.path, place.range.start));
        if let Some((node, place)) = node.zip(place) {
            add(&mut calls, node, place.range);
        }
    }
    calls
}

/// What the one whose name stands at an offset leads to.
#[must_use]
pub fn outgoing(workspace: &Workspace, path: &str, offset: usize) -> Vec<Call> {
    let (Some(node), Some(file)) = (node_at(workspace, path, offset), workspace.file(path)) else { return Vec::new() };
    let mut calls = Vec::new();
    for mention in workspace.checked().mentions.in_file(file).iter().filter(|it| leads(node.declared.kind, it)) {
        let range = mention.span.range();
        if node.declared.range.start <= range.start
            && range.end <= node.declared.range.end
            && let Some(other) = of_symbol(workspace, &mention.symbol)
        {
            add(&mut calls, other, range);
        }
    }
    calls
}

/// Whether a name in a declaration of that kind is something that it leads to.
const fn leads(kind: Kind, mention: &Mention) -> bool {
    match (kind, &mention.symbol) {
        (Kind::Assign, Symbol::Procedure(_)) => true,
        (Kind::Procedure, Symbol::Step { .. }) => mention.is_declaration,
        (Kind::Step, Symbol::Template(_) | Symbol::Action(_)) => true,
        (Kind::Action, Symbol::Template(_)) => !mention.is_declaration,
        _ => false,
    }
}

fn add(calls: &mut Vec<Call>, node: Node, range: Range<usize>) {
    match calls.iter_mut().find(|call| call.node == node) {
        Some(call) => call.ranges.push(range),
        None => calls.push(Call { node, ranges: vec![range] }),
    }
}

fn of_symbol(workspace: &Workspace, symbol: &Symbol) -> Option<Node> {
    let container = match symbol {
        Symbol::Step { procedure, .. } => Some(procedure.clone()),
        Symbol::Procedure(_) | Symbol::Template(_) | Symbol::Action(_) => None,
        _ => return None,
    };
    let place = Location::of(workspace, workspace.checked().mentions.declaration(symbol)?.span)?;
    let declared = outline(workspace, &place.path);
    let declared = innermost(&declared, &|it| it.name_range == place.range)?;
    Some(node(place.path, declared, container))
}

/// The assignment, procedure, step or action around a place.
fn around(workspace: &Workspace, path: &str, offset: usize) -> Option<Node> {
    let declared = outline(workspace, path);
    let holds = |it: &symbols::Symbol| it.range.start <= offset && offset <= it.range.end;
    let fits = |it: &symbols::Symbol| {
        holds(it) && matches!(it.kind, Kind::Assign | Kind::Procedure | Kind::Step | Kind::Template | Kind::Action)
    };
    let found = innermost(&declared, &fits)?;
    let procedure = declared.iter().find(|it| found.kind == Kind::Step && it.kind == Kind::Procedure && holds(it));
    Some(node(path.to_owned(), found, procedure.map(|it| it.name.clone())))
}

fn node(path: String, declared: &symbols::Symbol, container: Option<String>) -> Node {
    Node { path, declared: symbols::Symbol { children: Vec::new(), ..declared.clone() }, container }
}
