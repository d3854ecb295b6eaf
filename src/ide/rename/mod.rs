//! Giving a name another one, wherever it is written: in the program and in its templates.
//!
//! What a new name may be is asked of the checker: the program is checked with it, and where that makes
//! a mistake, the mistake is the answer. Procedures and steps are known to journals and to `history` by
//! their names, so renaming one also says `was old_name` (see `history`). What the ledger calls a field, a
//! value or a role is written into `dunlin.toml` (see `ledger`). A file in canonical layout keeps it (see `ide::layout`).

mod history;
mod ledger;
mod refusals;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::check::mentions::{Mention, Symbol};
use crate::ide::{Edit, layout, name_at, trial};
use crate::syntax;
use crate::workspace::Workspace;

pub use ledger::Beside;

/// A name that can be given another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renameable {
    /// Where it is written.
    pub range: Range<usize>,
    /// The name.
    pub name: String,
}

/// The changes that give a name another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The name, wherever it is written.
    pub edits: Vec<Edit>,
    /// So that what was done under the old name still counts: may be left out.
    pub history: Option<History>,
    /// So that the ledger is read as before.
    pub mapping: Option<Mapping>,
    /// What the new name changes for the worse, and nothing of this helps.
    pub caution: Option<Caution>,
}

/// What the ledger calls it, written into `dunlin.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What it does, in a few words.
    pub label: String,
    /// How.
    pub description: String,
    /// What writes it.
    pub edit: Edit,
    /// Whether there is no such file yet.
    pub is_new_file: bool,
}

/// Something to think about before the name is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// What happens, in a few words.
    pub label: String,
    /// What that means and what to do.
    pub description: String,
}

impl Renamed {
    const fn only(edits: Vec<Edit>) -> Self {
        Self { edits, history: None, mapping: None, caution: None }
    }
}

/// What `was old_name` is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// `step` or `procedure`.
    pub what: &'static str,
    /// Its old name.
    pub old: String,
    /// What writes it.
    pub edit: Edit,
}

/// The name at an offset; nothing where there is no name.
///
/// # Errors
/// Why it cannot be renamed.
pub fn prepare(workspace: &Workspace, path: &str, offset: usize) -> Result<Option<Renameable>, String> {
    let Some(mention) = name_at(workspace, path, offset) else { return Ok(None) };
    let name = own_name(workspace, &mention.symbol)?;
    Ok(Some(Renameable { range: mention.span.range(), name: name.to_owned() }))
}

/// Gives the name at an offset another one; nothing where there is no name. `beside` is what the program's folder
/// holds, where it has one.
///
/// # Errors
/// Why it cannot be renamed, or cannot be called so.
pub fn rename(
    workspace: &Workspace,
    path: &str,
    offset: usize,
    new: &str,
    beside: Option<Beside<'_>>,
) -> Result<Option<Renamed>, String> {
    let Some(mention) = name_at(workspace, path, offset) else { return Ok(None) };
    let symbol = &mention.symbol;
    let old = own_name(workspace, symbol)?.to_owned();
    let new = new.trim();
    let written = spelled(symbol, new)?;
    if unquoted(new) == old {
        return Ok(Some(Renamed::only(Vec::new())));
    }
    let places: Vec<&Mention> = workspace.checked().mentions.of(symbol).collect();
    if mention.is_declaration && places.iter().filter(|place| place.is_declaration).count() > 1 {
        // One of two with the same name: the other one keeps it, and what it was used for.
        return Ok(Some(Renamed::only(Edit::of(workspace, mention.span, written).into_iter().collect())));
    }
    let mut edits: Vec<Edit> = places.iter().filter_map(|it| Edit::of(workspace, it.span, &*written)).collect();
    let history::Change { needed, offered: mut history } = history::change(workspace, symbol, new);
    edits.extend(needed);
    let all: Vec<Edit> = edits.iter().cloned().chain(history.iter().map(|it| it.edit.clone())).collect();
    let after = trial::applied(workspace, &all);
    if let Some(mistake) = trial::new_mistake(workspace, &after) {
        return Err(format!("it cannot be called `{new}`: {}", mistake.message));
    }
    layout::keep(workspace, &after, &mut edits, history.as_mut().map(|it| &mut it.edit));
    let ledger::Change { mapping, caution } = ledger::change(workspace, symbol, new, beside);
    Ok(Some(Renamed { edits, history, mapping, caution }))
}

/// What the program itself calls a symbol.
fn own_name<'s>(workspace: &Workspace, symbol: &'s Symbol) -> Result<&'s str, String> {
    if let Some(why) = refusals::refusal(workspace, symbol) {
        return Err(why);
    }
    Ok(match symbol {
        Symbol::Procedure(name)
        | Symbol::Step { name, .. }
        | Symbol::Template(name)
        | Symbol::Calendar(name)
        | Symbol::Recipient(name)
        | Symbol::Action(name)
        | Symbol::Parameter { name, .. }
        | Symbol::Member(_, name)
        | Symbol::Language { language: name, .. }
        | Symbol::Value { value: name, .. }
        | Symbol::Record { id: name, .. } => name,
        Symbol::Former { .. } | Symbol::Function(_) | Symbol::Question(_) | Symbol::Collection(_) | Symbol::Word(_) => {
            ""
        }
    })
}

/// How a new name is written, where it can be written.
fn spelled(symbol: &Symbol, new: &str) -> Result<String, String> {
    let may_be_reserved = matches!(symbol, Symbol::Value { .. } | Symbol::Language { .. });
    match symbol {
        _ if syntax::is_name(new) => Ok(new.to_owned()),
        Symbol::Record { .. } => {
            let id = unquoted(new);
            if id.is_empty() {
                return Err("an id has at least one letter or digit".to_owned());
            }
            Ok(format!("\"{}\"", id.replace('\\', "\\\\").replace('"', "\\\"")))
        }
        _ if syntax::is_word(new) && may_be_reserved => Ok(new.to_owned()),
        _ if syntax::is_word(new) => {
            Err(format!("`{new}` cannot be a name: this word has a meaning of its own everywhere"))
        }
        _ => Err(format!("`{new}` is not a name: a name has letters, digits and `_`, and begins with a letter")),
    }
}

/// An id as it is, where somebody has written it with its quotes.
fn unquoted(new: &str) -> &str {
    new.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(new)
}
