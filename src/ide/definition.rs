//! From a name to where it is declared, and to where the type of its value is.
//!
//! The *definition* of a name is its declaration; of an earlier name (`was`) the procedure or step that
//! has it; of `dip` the procedure's `timing`, of `leading` its `follow`; of a file's path the file.
//! A built-in action has its own in the prelude; fields and functions that are built in have none.
//!
//! The *type definition* answers what a value can be:
//! - of a value of a closed list, and of whatever holds one: the field or step that declares the list;
//! - of another declared field: its type; of another define: the expression it stands for;
//! - of the label of an argument: its parameter; of a step: its procedure;
//! - of `customer`, `document`, `leading` and the ids of a test: the fields in `ledger`;
//! - of anything else: its declaration.

use std::ops::Range;

use crate::check::mentions::{Mention, Symbol};
use crate::ide::declarations::{self, Declaration};
use crate::ide::nodes::{self, Node};
use crate::ide::{Location, links, name_at};
use crate::schema::{Owner, Type};
use crate::syntax::ast::{Block, Item, Procedure};
use crate::workspace::Workspace;

/// A name, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The bytes of the name that was asked about.
    pub origin: Range<usize>,
    /// Where it leads.
    pub declaration: Declaration,
}

/// Where the name at an offset is declared.
#[must_use]
pub fn definition(workspace: &Workspace, path: &str, offset: usize) -> Option<Target> {
    let Some(mention) = name_at(workspace, path, offset) else { return file_at(workspace, path, offset) };
    let declaration = match &mention.symbol {
        Symbol::Word(word) => clause(workspace, path, offset, word)?,
        symbol => declarations::of(workspace, now(symbol))?,
    };
    Some(Target { origin: mention.span.range(), declaration })
}

/// Where the type of the name at an offset is declared.
#[must_use]
pub fn type_definition(workspace: &Workspace, path: &str, offset: usize) -> Option<Target> {
    let mention = name_at(workspace, path, offset)?;
    let declaration = of_type(workspace, path, offset, mention)?;
    Some(Target { origin: mention.span.range(), declaration })
}

/// What has an earlier name goes by its name now.
pub(super) fn now(symbol: &Symbol) -> &Symbol {
    match symbol {
        Symbol::Former { of, .. } => of,
        other => other,
    }
}

fn of_type(workspace: &Workspace, path: &str, offset: usize, mention: &Mention) -> Option<Declaration> {
    if let Some(Type::List(list)) = mention.typed.as_ref().map(|typed| &typed.ty) {
        return declarations::of_list(workspace, list.of());
    }
    match &mention.symbol {
        Symbol::Value { list, .. } => declarations::of_list(workspace, list),
        Symbol::Member(..) => field_type(workspace, &mention.symbol),
        Symbol::Step { procedure, .. } => declarations::of(workspace, &Symbol::Procedure(procedure.clone())),
        Symbol::Record { .. } => table(workspace, kind_of_record(workspace, &mention.symbol)?),
        Symbol::Word("customer") => table(workspace, Owner::Customer),
        Symbol::Word("document" | "leading") => table(workspace, Owner::Document),
        Symbol::Word(word) => clause(workspace, path, offset, word),
        symbol => declarations::of(workspace, now(symbol)),
    }
}

/// What stands after the name of a declared field or define.
fn field_type(workspace: &Workspace, symbol: &Symbol) -> Option<Declaration> {
    let span = match nodes::of(workspace, symbol)? {
        Node::Field(field) => {
            let words = field.ty.first()?.span.to(field.ty.last()?.span);
            field.optional.map_or(words, |mark| words.to(mark.0))
        }
        Node::Define(define) => define.expr.at(),
        _ => return None,
    };
    Location::of(workspace, span).map(Declaration::alone)
}

/// `customer { … }` or `document { … }` in `ledger`.
fn table(workspace: &Workspace, owner: Owner) -> Option<Declaration> {
    let block = |item: &Item| match item {
        Item::Ledger(ledger) if owner == Owner::Customer => ledger.customer_block,
        Item::Ledger(ledger) => ledger.document_block,
        _ => None,
    };
    let Block { span, .. } = workspace.trees().flat_map(|tree| &tree.items).find_map(block)?;
    let start = span.start as usize;
    let whole = Location::of(workspace, span)?;
    Some(Declaration { whole, name: start..start + owner.word().len() })
}

/// Whether an id of a test is a customer's or a document's.
fn kind_of_record(workspace: &Workspace, symbol: &Symbol) -> Option<Owner> {
    let Node::Record(record) = nodes::of(workspace, symbol)? else { return None };
    [Owner::Customer, Owner::Document].into_iter().find(|owner| owner.word() == record.kind.value)
}

/// The clause that decides what a word means in the procedure around it.
fn clause(workspace: &Workspace, path: &str, offset: usize, word: &str) -> Option<Declaration> {
    let procedure = procedure_at(workspace, path, offset)?;
    let span = match word {
        "dip" => procedure.timing.as_ref()?.span.0,
        "leading" => procedure.follow.as_ref()?.span.0,
        _ => return None,
    };
    Location::of(workspace, span).map(Declaration::alone)
}

fn procedure_at<'w>(workspace: &'w Workspace, path: &str, offset: usize) -> Option<&'w Procedure> {
    let (file, _) = workspace.parsed(path)?;
    file.items.iter().find_map(|item| match item {
        Item::Procedure(procedure) if procedure.head.span.range().contains(&offset) => Some(&**procedure),
        _ => None,
    })
}

/// The file that the path at an offset names.
fn file_at(workspace: &Workspace, path: &str, offset: usize) -> Option<Target> {
    let link = links::links(workspace, path)
        .into_iter()
        .find(|link| link.range.start <= offset && offset <= link.range.end)
        .filter(|link| workspace.resource(&link.target).is_some())?;
    let declaration = Declaration::alone(Location { path: link.target, range: 0..0 });
    Some(Target { origin: link.range, declaration })
}
