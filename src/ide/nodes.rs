//! The part of the tree that declares a symbol.

use crate::base::Span;
use crate::check::mentions::Symbol;
use crate::ide::Location;
use crate::schema::{ListOf, Owner};
use crate::syntax::ast::{
    ActionDecl, Calendar, Define, Field, Item, Name, Parameter, Procedure, Record, Step, Template, Test,
};
use crate::workspace::Workspace;

/// A part of the tree that declares something.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each variant holds the node that documents it")]
pub enum Node<'w> {
    Procedure(&'w Procedure),
    /// A step with its procedure.
    Step(&'w Procedure, &'w Step),
    Template(&'w Template),
    Calendar(&'w Calendar),
    Recipient(&'w Name),
    Action(&'w ActionDecl),
    Parameter(&'w Parameter),
    Field(&'w Field),
    Define(&'w Define),
    Value(&'w Name),
    Record(&'w Record),
}

impl<'w> Node<'w> {
    /// Where its name is written.
    #[must_use]
    pub fn name(&self) -> Span {
        match self {
            Self::Procedure(it) => it.name.span,
            Self::Step(_, it) => it.name.span,
            Self::Template(it) => it.name.span,
            Self::Calendar(it) => it.name.span,
            Self::Recipient(it) | Self::Value(it) => it.span,
            Self::Action(it) => it.name.span,
            Self::Parameter(it) => it.name.span,
            Self::Field(it) => it.name.span,
            Self::Define(it) => it.name.span,
            Self::Record(it) => it.id.as_ref().map_or(it.kind.span, |id| id.span),
        }
    }

    /// What its comment says.
    #[must_use]
    pub fn doc(&self) -> Option<&'w str> {
        match self {
            Self::Procedure(it) => it.head.doc.as_deref(),
            Self::Step(_, it) => it.head.doc.as_deref(),
            Self::Template(it) => it.head.doc.as_deref(),
            Self::Calendar(it) => it.head.doc.as_deref(),
            Self::Action(it) => it.head.doc.as_deref(),
            Self::Field(it) => it.doc.as_deref(),
            Self::Define(it) => it.head.doc.as_deref(),
            Self::Recipient(_) | Self::Value(_) | Self::Parameter(_) | Self::Record(_) => None,
        }
    }

    /// Its name's place; `None` for what is built in.
    #[must_use]
    pub fn location(&self, workspace: &Workspace) -> Option<Location> {
        Location::of(workspace, self.name()).filter(|place| workspace.parsed(&place.path).is_some())
    }
}

/// What declares a symbol: built-in actions have a node, built-in fields and words have none.
#[must_use]
pub fn of<'w>(workspace: &'w Workspace, symbol: &Symbol) -> Option<Node<'w>> {
    match symbol {
        Symbol::Former { of: now, .. } => of(workspace, now),
        Symbol::Language { template, .. } => of(workspace, &Symbol::Template(template.clone())),
        _ => workspace.trees().flat_map(|tree| &tree.items).find_map(|item| in_item(item, symbol)),
    }
}

fn in_item<'w>(item: &'w Item, symbol: &Symbol) -> Option<Node<'w>> {
    match (item, symbol) {
        (Item::Procedure(it), Symbol::Procedure(name)) if it.name.value == *name => Some(Node::Procedure(it)),
        (Item::Procedure(it), Symbol::Step { procedure, name }) if it.name.value == *procedure => {
            step(it, name).map(|step| Node::Step(it, step))
        }
        (Item::Procedure(it), Symbol::Value { list: ListOf::Results { procedure, step: name }, value })
            if it.name.value == *procedure =>
        {
            step(it, name)?.results.iter().find(|result| result.value == *value).map(Node::Value)
        }
        (Item::Template(it), Symbol::Template(name)) if it.name.value == *name => Some(Node::Template(it)),
        (Item::Calendar(it), Symbol::Calendar(name)) if it.name.value == *name => Some(Node::Calendar(it)),
        (Item::Action(it), Symbol::Action(name)) if it.name.value == *name => Some(Node::Action(it)),
        (Item::Action(it), Symbol::Parameter { action, name }) if it.name.value == *action => {
            it.parameters.iter().find(|parameter| parameter.name.value == *name).map(Node::Parameter)
        }
        (Item::Define(it), Symbol::Member(owner, name)) => {
            (it.name.value == *name && about(it) == *owner).then_some(Node::Define(it))
        }
        (Item::Ledger(it), Symbol::Recipient(name)) => {
            it.recipients.iter().find(|role| role.value == *name).map(Node::Recipient)
        }
        (Item::Ledger(_), Symbol::Member(owner, name)) => field(item, *owner, name).map(Node::Field),
        (Item::Ledger(_), Symbol::Value { list: ListOf::Field(owner, name), value }) => {
            field(item, *owner, name)?.ty.iter().find(|known| known.value == *value).map(Node::Value)
        }
        (Item::Test(it), Symbol::Record { test, id }) if it.title.span == *test => record(it, id).map(Node::Record),
        _ => None,
    }
}

/// What a define is about.
#[must_use]
pub fn about(define: &Define) -> Owner {
    let is_document = define.owner.as_ref().is_some_and(|owner| owner.value == "document");
    if is_document { Owner::Document } else { Owner::Customer }
}

fn step<'w>(procedure: &'w Procedure, name: &str) -> Option<&'w Step> {
    procedure.steps.iter().find(|step| step.name.value == name)
}

fn field<'w>(item: &'w Item, owner: Owner, name: &str) -> Option<&'w Field> {
    let Item::Ledger(ledger) = item else { return None };
    let fields = match owner {
        Owner::Customer => &ledger.customer,
        Owner::Document => &ledger.document,
        Owner::Promise | Owner::Contact => return None,
    };
    fields.iter().find(|field| field.name.value == name)
}

fn record<'w>(test: &'w Test, id: &str) -> Option<&'w Record> {
    let is_one = |record: &&Record| record.id.as_ref().is_some_and(|known| known.value == id);
    test.records.iter().filter(|record| matches!(record.kind.value.as_str(), "customer" | "document")).find(is_one)
}
