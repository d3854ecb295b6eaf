//! Names that are not the program's to give.

use crate::check::mentions::Symbol;
use crate::ide::Location;
use crate::schema::{FOLLOWED, ListOf, Owner, fields};
use crate::syntax::ast::{Item, Procedure};
use crate::workspace::Workspace;

/// Why a symbol keeps its name, if it does.
pub(super) fn refusal(workspace: &Workspace, symbol: &Symbol) -> Option<String> {
    match symbol {
        Symbol::Member(owner, name) if fields::of(*owner).any(|spec| spec.name == name) => {
            return Some(format!("every {} has `{name}`: it keeps its name", owner.word()));
        }
        Symbol::Former { of, name } => return Some(earlier(of, name)),
        Symbol::Function(name) => return Some(built_in("function", name)),
        Symbol::Question(name) => return Some(built_in("question", name)),
        Symbol::Collection(name) | Symbol::Word(name) => return Some(built_in("word", name)),
        _ => {}
    }
    let declaration = workspace.checked().mentions.declaration(symbol);
    if declaration.and_then(|it| Location::of(workspace, it.span)).is_some() {
        return followed(workspace, symbol);
    }
    Some(match symbol {
        Symbol::Action(name) => built_in("action", name),
        Symbol::Parameter { action, name } => {
            format!("`{name}` belongs to the built-in action `{action}`: it keeps its name")
        }
        Symbol::Value { list: ListOf::Field(Owner::Document, field), value } if field == "status" => format!(
            "`{value}` is a status of every program that declares none: declare yours in `ledger {{ document {{ status: … }} }}`"
        ),
        Symbol::Value { list, value } => {
            format!("`{value}` is a value of the built-in list `{list}`: it keeps its name")
        }
        _ => "it is not declared anywhere".to_owned(),
    })
}

/// The status that a procedure follows without saying so stays as long as there is such a procedure.
fn followed(workspace: &Workspace, symbol: &Symbol) -> Option<String> {
    let Symbol::Value { list: ListOf::Field(Owner::Document, field), value } = symbol else { return None };
    if (field.as_str(), value.as_str()) != ("status", FOLLOWED) {
        return None;
    }
    let items = workspace.trees().flat_map(|tree| &tree.items);
    let names = items.filter_map(|item| match item {
        Item::Procedure(procedure) if procedure.follow.is_none() && !is_for_document(procedure) => {
            Some(procedure.name.value.as_str())
        }
        _ => None,
    });
    let name = names.min()?;
    Some(format!(
        "procedure `{name}` follows the documents of status `{FOLLOWED}` without saying so: write `follow documents where status = {FOLLOWED}` in it first"
    ))
}

fn is_for_document(procedure: &Procedure) -> bool {
    procedure.scope.as_ref().is_some_and(|scope| scope.value == "document")
}

fn built_in(what: &str, name: &str) -> String {
    format!("`{name}` is a built-in {what}: it keeps its name")
}

fn earlier(of: &Symbol, name: &str) -> String {
    let what = if matches!(of, Symbol::Procedure(_)) { "procedure" } else { "step" };
    format!("`{name}` is what the history calls this {what}: it stays")
}
