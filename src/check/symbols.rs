//! Everything a program declares, by kind and name. A name declared twice is reported here.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Span, code};
use crate::check::items::{Declared, Items};
use crate::check::ledger;
use crate::check::names::{NameSpaces, Names};
use crate::check::tree::FieldRef;
use crate::schema::LedgerSchema;
use crate::syntax::ast::{self, Item, Name};

/// What a name may be declared as; each kind is a name space of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Procedure,
    Template,
    Calendar,
    Recipient,
    Action,
    Step,
}

impl Kind {
    /// The word for it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Procedure => "procedure",
            Self::Template => "template",
            Self::Calendar => "calendar",
            Self::Recipient => "recipient",
            Self::Action => "action",
            Self::Step => "step",
        }
    }

    /// How a missing one is declared, for help.
    pub(super) fn how_to_declare(self, name: &str) -> String {
        match self {
            Self::Procedure => format!("declare it: `procedure {name} {{ … }}`"),
            Self::Template => format!("declare it: `template {name} {{ en \"{name}.en.md\"  otherwise en }}`"),
            Self::Calendar => format!("declare it: `calendar {name} {{ weekend saturday, sunday  holidays BE }}`"),
            Self::Recipient => format!("write `customer`, or declare the role: `ledger {{ recipient {name} }}`"),
            Self::Action => format!("declare it: `action {name}(to: recipient)`"),
            Self::Step => "write the name of a step of this procedure".to_owned(),
        }
    }
}

/// The declarations of one kind, each name once.
#[derive(Debug)]
pub(super) struct Table<'a, T> {
    names: Names,
    /// By the number of the name; a name without a declaration has none now.
    entries: Vec<Option<Entry<'a, T>>>,
}

/// A declaration in a table.
#[derive(Debug)]
struct Entry<'a, T> {
    name: &'a Name,
    item: &'a T,
    /// What it was called before.
    was: &'a [Name],
}

impl<'a, T> Table<'a, T> {
    /// The table of `declared`; a name that is there already is reported and left out. `names` have their numbers.
    pub(super) fn new(
        kind: Kind,
        names: &Names,
        declared: impl IntoIterator<Item = Declared<'a, T>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut names = names.clone();
        let mut entries: Vec<Option<Entry<'a, T>>> = Vec::new();
        entries.resize_with(names.len(), || None);
        for Declared { name, item, number } in declared.into_iter().filter(|it| !it.name.value.is_empty()) {
            let number = number.unwrap_or_else(|| names.number(&name.value));
            entries.resize_with(names.len(), || None);
            let Some(slot) = entries.get_mut(number) else { continue };
            match slot {
                Some(first) => findings.push(declared_twice(kind.word(), name, first.name.span)),
                None => *slot = Some(Entry { name, item, was: &[] }),
            }
        }
        Self { names, entries }
    }

    /// The table with the names that its declarations had before.
    pub(super) fn with_former(mut self, was: impl Fn(&'a T) -> &'a [Name]) -> Self {
        self.entries.iter_mut().flatten().for_each(|entry| entry.was = was(entry.item));
        self
    }

    /// What is called otherwise now.
    pub(super) fn renamed(&self, old: &Name) -> Option<&'a str> {
        let renamed = self.entries.iter().flatten().filter(|entry| entry.was.contains(old));
        renamed.map(|entry| entry.name.value.as_str()).min()
    }

    /// The number of a name that is declared.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).filter(|number| self.entry(*number).is_some())
    }

    fn entry(&self, number: usize) -> Option<&Entry<'a, T>> {
        self.entries.get(number)?.as_ref()
    }

    /// The declaration of the name with this number.
    pub(super) fn get(&self, number: usize) -> Option<&'a T> {
        self.entry(number).map(|entry| entry.item)
    }

    /// Whether this is the declaration that counts for its name.
    pub(super) fn holds(&self, name: &Name) -> bool {
        self.find(&name.value).and_then(|number| self.entry(number)).is_some_and(|entry| std::ptr::eq(entry.name, name))
    }

    /// The declarations, in no order that means anything.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a T> {
        self.entries.iter().flatten().map(|entry| entry.item)
    }

    /// The names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        let mut names: Vec<&str> = self.declared().map(|(_, name)| name.value.as_str()).collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// The names with their numbers, in no order that means anything.
    pub(super) fn declared(&self) -> impl Iterator<Item = (usize, &'a Name)> {
        let named = self.entries.iter().enumerate();
        named.filter_map(|(number, entry)| Some((number, entry.as_ref()?.name)))
    }

    /// The numbers of all names.
    pub(super) fn into_numbers(self) -> Names {
        self.names
    }
}

/// What a program declares, but for its defines.
pub(super) struct Symbols<'a> {
    /// What the ledger holds.
    pub(super) ledger: LedgerSchema,
    /// The fields whose type could not be understood.
    pub(super) untyped: Vec<FieldRef>,
    /// The roles that actions may be addressed to.
    pub(super) recipients: Table<'a, Name>,
    /// The calendars.
    pub(super) calendars: Table<'a, ast::Calendar>,
    /// The templates.
    pub(super) templates: Table<'a, ast::Template>,
    /// The built-in actions and the program's own.
    pub(super) actions: Table<'a, ast::ActionDecl>,
    /// The procedures.
    pub(super) procedures: Table<'a, ast::Procedure>,
    own_actions: Vec<&'a Name>,
}

impl<'a> Symbols<'a> {
    /// Collects the declarations of a program; `names` have their numbers.
    pub(super) fn collect(items: &Items<'a>, names: &NameSpaces, findings: &mut Vec<Diagnostic>) -> Self {
        second_blocks(items, findings);
        let roles = items.ledgers.iter().flat_map(|item| &item.recipients).filter(|name| role_is_free(name, findings));
        let roles: Vec<_> = roles.map(|name| Declared::new(name, name)).collect();
        let own_actions = own_actions(items, findings);
        let own_names = own_actions.iter().map(|action| action.name).collect();
        let built_in = items.built_in.iter().map(|action| Declared::new(&action.name, *action));
        let procedures = items.procedures.iter().copied();
        let procedures: Vec<_> = procedures.filter(|it| procedure_name_is_free(it.name, findings)).collect();
        let (ledger, untyped) = ledger::schema(&items.ledgers, items.first_word, findings);
        Self {
            ledger,
            untyped,
            recipients: Table::new(Kind::Recipient, &names.recipients, roles, findings),
            calendars: Table::new(Kind::Calendar, &names.calendars, items.calendars.iter().copied(), findings),
            templates: Table::new(Kind::Template, &names.templates, items.templates.iter().copied(), findings),
            own_actions: own_names,
            actions: Table::new(Kind::Action, &names.actions, built_in.chain(own_actions), findings),
            procedures: Table::new(Kind::Procedure, &names.procedures, procedures, findings)
                .with_former(|procedure| &procedure.was),
        }
    }

    /// The number of the name that an item declares, if it is one of a table.
    pub(super) fn number(&self, item: &Item) -> Option<usize> {
        match item {
            Item::Calendar(item) => self.calendars.names.get(&item.name.value),
            Item::Template(item) => self.templates.names.get(&item.name.value),
            Item::Action(item) => self.actions.names.get(&item.name.value),
            Item::Procedure(item) => self.procedures.names.get(&item.name.value),
            Item::Ledger(_) | Item::Define(_) | Item::Assign(_) | Item::ContactPolicy(_) | Item::Test(_) => None,
        }
    }

    /// Whether an action is the program's own.
    pub(super) fn is_own_action(&self, name: &Name) -> bool {
        self.own_actions.iter().any(|own| std::ptr::eq(*own, name))
    }
}

/// The finding for a name that is declared a second time.
pub(super) fn declared_twice(word: &str, later: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_NAME, format!("{word} `{}` is declared twice", later.value))
        .label(later.span, "declared again here")
        .label(first, "first declared here")
        .help("give one of them another name, or delete it")
}

/// The finding for a name that the language uses itself.
pub(super) fn taken(name: &Name, why: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code::TAKEN_NAME, why).label(name.span, "this name is taken").help(help)
}

/// Reports every block after the first of a kind that a program has once.
fn second_blocks(items: &Items<'_>, findings: &mut Vec<Diagnostic>) {
    let mut first = BTreeMap::new();
    for (word, keyword) in items.once.iter().copied() {
        let known = *first.entry(word).or_insert(keyword);
        if known != keyword {
            findings.push(
                Diagnostic::new(code::REPEATED_BLOCK, format!("a program has one `{word}`, this is a second one"))
                    .label(keyword, "second one here")
                    .label(known, "first one here")
                    .help(format!("move what it says into the first `{word}`")),
            );
        }
    }
}

fn role_is_free(name: &Name, findings: &mut Vec<Diagnostic>) -> bool {
    let free = name.value != "customer";
    if !free {
        findings.push(taken(
            name,
            "`customer` is a recipient of every program",
            "leave it out: `email customer` works without declaring it",
        ));
    }
    free
}

fn procedure_name_is_free(name: &Name, findings: &mut Vec<Diagnostic>) -> bool {
    let free = name.value != "none";
    if !free {
        findings.push(taken(
            name,
            "no procedure may be called `none`",
            "give it another name: in `assign`, `none` means that no procedure is assigned",
        ));
    }
    free
}

/// The program's own actions, without those that have the name of a built-in one.
fn own_actions<'a>(items: &Items<'a>, findings: &mut Vec<Diagnostic>) -> Vec<Declared<'a, ast::ActionDecl>> {
    let is_free = |action: &Declared<'a, ast::ActionDecl>| {
        let name = action.name;
        let is_taken = items.built_in.iter().any(|built_in| built_in.name.value == name.value);
        if is_taken {
            let why = format!("`{}` is a built-in action", name.value);
            findings.push(taken(name, why, format!("give yours another name, such as `our_{}`", name.value)));
        }
        !is_taken
    };
    items.actions.iter().copied().filter(is_free).collect()
}
