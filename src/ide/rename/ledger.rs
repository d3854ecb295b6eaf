//! What the ledger and the journal know by its name, and what becomes of that when the program calls it otherwise.
//!
//! - A field is a column, a value or a role stands in cells: `dunlin.toml` can say what they are called there, so
//!   the ledger stays as it is.
//! - A result stands in the cells of all steps, and the ids of rows name recipient and action: nothing can be
//!   written that would keep these, so that what follows is said.

use crate::check::mentions::Symbol;
use crate::ide::nodes::{self, Node};
use crate::ide::rename::{Caution, Mapping};
use crate::ide::{Edit, changed};
use crate::ledger::config::edit::{Renaming, renamed};
use crate::ledger::{self, Config, Files};
use crate::schema::{ListOf, Owner, Table};
use crate::workspace::Workspace;

/// What lies beside a program.
#[derive(Clone, Copy)]
pub struct Beside<'b> {
    /// The path of its `dunlin.toml`.
    pub path: &'b str,
    /// What that says, where there is one.
    pub settings: Option<&'b str>,
    /// The files of its folder.
    pub files: &'b dyn Files,
}

/// What becomes of what is known by the name.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// So that the ledger is read as before.
    pub(super) mapping: Option<Mapping>,
    /// What cannot be kept.
    pub(super) caution: Option<Caution>,
}

/// The change when a symbol of the program gets a new name.
pub(super) fn change(workspace: &Workspace, symbol: &Symbol, new: &str, beside: Option<Beside<'_>>) -> Change {
    let mut change = match symbol {
        Symbol::Member(..) if !matches!(nodes::of(workspace, symbol), Some(Node::Field(_))) => Change::default(),
        _ => beside.map_or_else(Change::default, |beside| mapped(beside, &renamings(symbol, new))),
    };
    if let Some(lost) = lost(symbol, new) {
        change.caution = Some(lost);
    }
    change
}

/// Where the ledger has the name.
fn renamings<'n>(symbol: &'n Symbol, new: &'n str) -> Vec<Renaming<'n>> {
    let cells = |table, column, old| Renaming::Value { table, column, old, new };
    match symbol {
        Symbol::Member(owner, old) => {
            table(*owner).into_iter().map(|table| Renaming::Column { table, old, new }).collect()
        }
        Symbol::Recipient(role) => vec![cells(Table::Recipients, "role", role)],
        Symbol::Value { list: ListOf::Field(owner, field), value } => {
            let of_history = (*owner, field.as_str()) == (Owner::Document, "status");
            let history = of_history.then_some(Table::StatusHistory);
            table(*owner).into_iter().chain(history).map(|table| cells(table, field, value)).collect()
        }
        _ => Vec::new(),
    }
}

const fn table(owner: Owner) -> Option<Table> {
    match owner {
        Owner::Customer => Some(Table::Customers),
        Owner::Document => Some(Table::Documents),
        Owner::Promise | Owner::Contact => None,
    }
}

fn mapped(beside: Beside<'_>, renamings: &[Renaming<'_>]) -> Change {
    let written = beside.settings.unwrap_or("");
    let mut text = written.to_owned();
    for renaming in renamings {
        let after = match is_read(beside, &text, *renaming) {
            Some(false) => continue,
            Some(true) => renamed(&text, *renaming),
            None => None,
        };
        let Some(after) = after else {
            return Change { mapping: None, caution: Some(by_hand(*renaming)) };
        };
        text = after;
    }
    let Some(first) = renamings.first().filter(|_| text != written) else { return Change::default() };
    let (range, new) = changed(written, &text);
    let (table, old) = names(*first);
    let mapping = Mapping {
        label: format!("The ledger keeps `{old}`"),
        description: format!("`{}` says so below `[tables.{table}.columns]`", beside.path),
        edit: Edit::new(beside.path, range, new),
        is_new_file: beside.settings.is_none(),
    };
    Change { mapping: Some(mapping), caution: None }
}

/// Whether something is read from the ledger under the old name; nothing where that cannot be told.
fn is_read(beside: Beside<'_>, settings: &str, renaming: Renaming<'_>) -> Option<bool> {
    let config = Config::from_toml(settings, beside.path).ok()?;
    let (table, column) = match renaming {
        Renaming::Column { table, old, .. } => (table, old),
        Renaming::Value { table, column, .. } => (table, column),
    };
    let Some(header) = ledger::header(beside.files, &config, table).ok()? else { return Some(false) };
    Some(config.table(table).columns.contains_key(column) || header.iter().any(|known| known == column))
}

fn names<'n>(renaming: Renaming<'n>) -> (&'static str, &'n str) {
    match renaming {
        Renaming::Column { table, old, .. } | Renaming::Value { table, old, .. } => (table.name(), old),
    }
}

/// What has to be done about the ledger by hand.
fn by_hand(renaming: Renaming<'_>) -> Caution {
    let description = match renaming {
        Renaming::Column { table, old, new } => {
            let table = table.name();
            format!(
                "call the column `{old}` of the table `{table}` `{new}` too, or write `{new} = \"{old}\"` below `[tables.{table}.columns]` in `dunlin.toml`: else no run can read it"
            )
        }
        Renaming::Value { table, column, old, new } => {
            let table = table.name();
            format!(
                "write `{new}` for `{old}` in the column `{column}` of the table `{table}` too, or `{old} = \"{new}\"` into the `values` of this column in `dunlin.toml`: else these rows cannot be read"
            )
        }
    };
    Caution { label: format!("The ledger still says `{}`", names(renaming).1), description }
}

/// What is lost with the old name, whatever is written.
fn lost(symbol: &Symbol, new: &str) -> Option<Caution> {
    let ids = |what: &str, old: &str| {
        Caution {
        label: format!("The rows of {what} `{old}` get new ids"),
        description: "what was suggested and is not yet reported comes again with other ids, and may be done twice: first report what was done".to_owned(),
    }
    };
    match symbol {
        Symbol::Recipient(role) => Some(ids("recipient", role)),
        Symbol::Action(action) => Some(ids("action", action)),
        Symbol::Value { list: ListOf::Results { step, .. }, value } => Some(Caution {
            label: format!("History and journal still say `{value}`"),
            description: format!(
                "a result that step `{step}` does not list sets its customer aside: write `{new}` into these rows of `history` too, and keep `{value}` in the list where the journal has it"
            ),
        }),
        _ => None,
    }
}
