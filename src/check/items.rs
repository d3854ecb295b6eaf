//! The declarations of a program by kind: read once, for everything that looks at all of them.

use std::sync::Arc;

use crate::base::Span;
use crate::check::units::Units;
use crate::syntax::ast::{self, Item, Name};

/// A declaration as it is written.
#[derive(Debug)]
pub(super) struct Declared<'a, T> {
    pub(super) name: &'a Name,
    pub(super) item: &'a T,
    /// The number of its name, where that is known.
    pub(super) number: Option<usize>,
}

impl<'a, T> Declared<'a, T> {
    /// A declaration of which nothing is known.
    pub(super) const fn new(name: &'a Name, item: &'a T) -> Self {
        Self { name, item, number: None }
    }
}

impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// The declarations of a program by kind, in written order.
#[derive(Debug, Default)]
pub(super) struct Items<'a> {
    pub(super) ledgers: Vec<&'a ast::Ledger>,
    pub(super) calendars: Vec<Declared<'a, ast::Calendar>>,
    pub(super) defines: Vec<Declared<'a, ast::Define>>,
    pub(super) templates: Vec<Declared<'a, ast::Template>>,
    /// The built-in actions.
    pub(super) built_in: Vec<&'a ast::ActionDecl>,
    /// The program's own actions.
    pub(super) actions: Vec<Declared<'a, ast::ActionDecl>>,
    pub(super) assigns: Vec<&'a ast::Assign>,
    pub(super) procedures: Vec<Declared<'a, ast::Procedure>>,
    pub(super) policies: Vec<&'a ast::ContactPolicy>,
    pub(super) tests: Vec<&'a ast::Test>,
    /// The first words of the blocks that a program has once, with what they are called.
    pub(super) once: Vec<(&'static str, Span)>,
    /// Where the program starts.
    pub(super) first_word: Option<Span>,
}

impl<'a> Items<'a> {
    /// The declarations of `files` and the built-in actions of `prelude`; `units` know the numbers of some names.
    pub(super) fn new(files: &'a [Arc<ast::File>], prelude: &'a ast::File, units: &Units) -> Self {
        let mut all = Self::default();
        // Most declarations are procedures.
        all.procedures.reserve(files.iter().map(|file| file.items.len()).sum());
        for file in files {
            let known = file.items.first().and_then(|item| units.get(&item.head().span.file));
            for (place, item) in file.items.iter().enumerate() {
                all.add(item, known.and_then(|units| units.numbers.get(place).copied().flatten()));
            }
        }
        all.built_in.extend(prelude.items.iter().filter_map(|item| match item {
            Item::Action(action) => Some(action),
            _ => None,
        }));
        all
    }

    fn add(&mut self, item: &'a Item, number: Option<usize>) {
        self.first_word = self.first_word.or(Some(item.head().keyword));
        self.once.extend(item.only_one().map(|word| (word, item.head().keyword)));
        match item {
            Item::Ledger(item) => self.ledgers.push(item),
            Item::Calendar(item) => self.calendars.push(Declared { name: &item.name, item, number }),
            Item::Define(item) => self.defines.push(Declared { name: &item.name, item, number }),
            Item::Template(item) => self.templates.push(Declared { name: &item.name, item, number }),
            Item::Action(item) => self.actions.push(Declared { name: &item.name, item, number }),
            Item::Assign(item) => self.assigns.push(item),
            Item::Procedure(item) => self.procedures.push(Declared { name: &item.name, item, number }),
            Item::ContactPolicy(item) => self.policies.push(item),
            Item::Test(item) => self.tests.push(item),
        }
    }

    /// The action with this name, built in or declared.
    pub(super) fn action(&self, name: &str) -> Option<&'a ast::ActionDecl> {
        let own = self.actions.iter().map(|action| action.item);
        own.chain(self.built_in.iter().copied()).find(|action| action.name.value == name)
    }
}
