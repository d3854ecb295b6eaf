//! Everything a program declares, by kind and name. A name declared twice is reported here.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Span, code};
use crate::check::items::{Declare, Declared, Items};
use crate::check::ledger;
use crate::check::names::{NameSpaces, Names};
use crate::check::tree::FieldRef;
use crate::schema::LedgerSchema;
use crate::syntax::ast::{self, Name};

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
    entries: Vec<Option<Declared<'a, T>>>,
}

impl<'a, T: Declare> Table<'a, T> {
    /// The table of `declared`; a name that is there already is reported and left out. `names` have their numbers.
    pub(super) fn new(
        kind: Kind,
        names: &Names,
        declared: impl IntoIterator<Item = Declared<'a, T>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut all = Self { names: names.clone(), entries: vec![None; names.len()] };
        for one in declared {
            match one {
                Declared::Kept { number, .. } => all.set(number, one),
                Declared::New(name, _) if name.value.is_empty() => {}
                Declared::New(name, _) => {
                    let number = all.names.number(&name.value);
                    match all.entry(number).and_then(Declared::name) {
                        Some(first) => findings.push(declared_twice(kind.word(), name, first.span)),
                        None => all.set(number, one),
                    }
                }
            }
        }
        all
    }

    fn set(&mut self, number: usize, declared: Declared<'a, T>) {
        self.entries.resize(self.names.len(), None);
        if let Some(slot) = self.entries.get_mut(number) {
            *slot = Some(declared);
        }
    }

    fn entry(&self, number: usize) -> Option<Declared<'a, T>> {
        self.entries.get(number).copied().flatten()
    }

    /// The number of a name that is declared.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).filter(|number| self.entry(*number).is_some())
    }

    /// The declaration of the name with this number.
    pub(super) fn get(&self, number: usize) -> Option<&'a T> {
        self.entry(number)?.item()
    }

    /// The number of the name that this declares, if it is what counts for the name.
    pub(super) fn number(&self, name: &Name) -> Option<usize> {
        let number = self.find(&name.value)?;
        self.entry(number)?.name().filter(|declared| std::ptr::eq(*declared, name)).map(|_| number)
    }

    /// What was called so before.
    pub(super) fn renamed(&self, old: &Name) -> Option<(&'a Name, &'a T)> {
        let all = self.entries.iter().flatten().filter_map(|declared| declared.get());
        all.filter(|(_, item)| item.was().contains(old)).min_by_key(|(name, _)| name.value.as_str())
    }

    /// The names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        let mut names: Vec<&str> = self.declared().map(|(_, name)| name.value.as_str()).collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// The names with their numbers, in no order that means anything.
    pub(super) fn declared(&self) -> impl Iterator<Item = (usize, &'a Name)> {
        let all = self.entries.iter().enumerate();
        all.filter_map(|(number, declared)| Some((number, declared.as_ref()?.name()?)))
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
        let roles: Vec<_> = roles.map(|name| Declared::New(name, name)).collect();
        let own_actions = own_actions(items, findings);
        let actions = items.built_in.iter().chain(&own_actions).map(|action| Declared::New(&action.name, *action));
        let calendars = items.calendars.iter().map(|calendar| Declared::New(&calendar.name, *calendar));
        let templates = items.templates.iter().map(|template| Declared::New(&template.name, *template));
        let procedures = items.procedures.iter().copied().filter(|it| procedure_name_taken(*it).is_none());
        findings.extend(items.procedures.iter().filter_map(|it| procedure_name_taken(*it)));
        let (ledger, untyped) = ledger::schema(&items.ledgers, items.first_word, findings);
        Self {
            ledger,
            untyped,
            recipients: Table::new(Kind::Recipient, &names.recipients, roles, findings),
            calendars: Table::new(Kind::Calendar, &names.calendars, calendars, findings),
            templates: Table::new(Kind::Template, &names.templates, templates, findings),
            actions: Table::new(Kind::Action, &names.actions, actions, findings),
            own_actions: own_actions.into_iter().map(|action| &action.name).collect(),
            procedures: Table::new(Kind::Procedure, &names.procedures, procedures, findings),
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

/// The finding for a procedure with a word of the language as its name. What is kept was free before.
fn procedure_name_taken(procedure: Declared<'_, ast::Procedure>) -> Option<Diagnostic> {
    let Declared::New(name, _) = procedure else { return None };
    (name.value == "none").then(|| {
        taken(
            name,
            "no procedure may be called `none`",
            "give it another name: in `assign`, `none` means that no procedure is assigned",
        )
    })
}

/// The program's own actions, without those that have the name of a built-in one.
fn own_actions<'a>(items: &Items<'a>, findings: &mut Vec<Diagnostic>) -> Vec<&'a ast::ActionDecl> {
    let is_free = |action: &&ast::ActionDecl| {
        let name = &action.name;
        let is_taken = items.built_in.iter().any(|built_in| built_in.name.value == name.value);
        if is_taken {
            let why = format!("`{}` is a built-in action", name.value);
            findings.push(taken(name, why, format!("give yours another name, such as `our_{}`", name.value)));
        }
        !is_taken
    };
    items.actions.iter().copied().filter(is_free).collect()
}
