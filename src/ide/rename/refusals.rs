//! Names that are not the program's to give.

use crate::check::mentions::Symbol;
use crate::ide::Location;
use crate::schema::{ListOf, Owner, fields};
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
        return None;
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

fn built_in(what: &str, name: &str) -> String {
    format!("`{name}` is a built-in {what}: it keeps its name")
}

fn earlier(of: &Symbol, name: &str) -> String {
    let what = if matches!(of, Symbol::Procedure(_)) { "procedure" } else { "step" };
    format!("`{name}` is what the history calls this {what}: it stays")
}
