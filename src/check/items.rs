//! The declarations of a program by kind: gathered once, for everything that looks at all of them.
//!
//! Of a file that is kept, only the summary is read. A large program lies far apart in memory: to look at each of its
//! declarations after each letter that is typed takes longer than to check the one that has changed.

use std::sync::Arc;

use crate::base::Span;
use crate::check::rules;
use crate::check::units::{FileUnits, Units};
use crate::schema::Owner;
use crate::syntax::ast::{self, Item, Name};

/// What may be declared, and named.
pub(super) trait Declare: Sized {
    /// The declaration that an item is, with its name.
    fn of(_: &Item) -> Option<(&Name, &Self)> {
        None
    }

    /// What it was called before.
    fn was(&self) -> &[Name] {
        &[]
    }
}

impl Declare for Name {}
impl Declare for ast::Calendar {}
impl Declare for ast::Template {}
impl Declare for ast::ActionDecl {}

impl Declare for ast::Step {
    fn was(&self) -> &[Name] {
        &self.was
    }
}

impl Declare for ast::Procedure {
    fn of(item: &Item) -> Option<(&Name, &Self)> {
        if let Item::Procedure(procedure) = item { Some((&procedure.name, procedure)) } else { None }
    }

    fn was(&self) -> &[Name] {
        &self.was
    }
}

impl Declare for ast::Define {
    fn of(item: &Item) -> Option<(&Name, &Self)> {
        if let Item::Define(define) = item { Some((&define.name, define)) } else { None }
    }
}

/// A declaration as it is written.
#[derive(Debug)]
pub(super) enum Declared<'a, T> {
    /// One to be checked.
    New(&'a Name, &'a T),
    /// One of a file that is kept, which counts for its name.
    Kept {
        /// It, not looked at yet.
        item: &'a Item,
        /// The number of its name.
        number: usize,
        /// What is known of its file.
        units: &'a FileUnits,
        /// Its place there.
        place: usize,
    },
}

impl<'a, T: Declare> Declared<'a, T> {
    /// The declaration with its name.
    pub(super) fn get(self) -> Option<(&'a Name, &'a T)> {
        match self {
            Self::New(name, item) => Some((name, item)),
            Self::Kept { item, .. } => T::of(item),
        }
    }

    /// Its name.
    pub(super) fn name(self) -> Option<&'a Name> {
        self.get().map(|(name, _)| name)
    }

    /// The declaration.
    pub(super) fn item(self) -> Option<&'a T> {
        self.get().map(|(_, item)| item)
    }
}

impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// What of a declaration has to be known of each one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Summary {
    /// A procedure that counts for its name.
    Procedure {
        /// The number of its name.
        number: usize,
        /// Whether the rules about all procedures look at it.
        is_of_interest: bool,
    },
    /// A define that counts for its name.
    Define {
        /// The number of its name.
        number: usize,
        /// What it is about.
        owner: Owner,
    },
    /// One that is looked at itself: there are few of these, or it does not count for its name.
    Other,
}

/// The declarations of a program by kind, in written order.
#[derive(Debug, Default)]
pub(super) struct Items<'a> {
    pub(super) ledgers: Vec<&'a ast::Ledger>,
    pub(super) calendars: Vec<&'a ast::Calendar>,
    /// With what each is about.
    pub(super) defines: Vec<(Owner, Declared<'a, ast::Define>)>,
    pub(super) templates: Vec<&'a ast::Template>,
    /// The built-in actions.
    pub(super) built_in: Vec<&'a ast::ActionDecl>,
    /// The program's own actions.
    pub(super) actions: Vec<&'a ast::ActionDecl>,
    pub(super) assigns: Vec<&'a ast::Assign>,
    pub(super) procedures: Vec<Declared<'a, ast::Procedure>>,
    /// Those that start by assignment, and those that were called otherwise before.
    pub(super) of_interest: Vec<&'a ast::Procedure>,
    pub(super) policies: Vec<&'a ast::ContactPolicy>,
    pub(super) tests: Vec<&'a ast::Test>,
    /// The first words of the blocks that a program has once, with what they are called.
    pub(super) once: Vec<(&'static str, Span)>,
    /// Where the program starts.
    pub(super) first_word: Option<Span>,
}

impl<'a> Items<'a> {
    /// The declarations of `files` and the built-in actions of `prelude`; of some files `units` are known already.
    pub(super) fn new(files: &'a [Arc<ast::File>], prelude: &'a ast::File, units: &'a Units) -> Self {
        let mut all = Self::default();
        // Most declarations are procedures.
        all.procedures.reserve(files.iter().map(|file| file.items.len()).sum());
        for file in files {
            all.first_word = all.first_word.or_else(|| file.items.first().map(|item| item.head().keyword));
            match file.id().and_then(|id| units.get(&id)) {
                Some(units) => all.add_kept(&file.items, units),
                None => file.items.iter().for_each(|item| all.add(item)),
            }
        }
        all.built_in.extend(prelude.items.iter().filter_map(|item| match item {
            Item::Action(action) => Some(action),
            _ => None,
        }));
        all
    }

    fn add_kept(&mut self, items: &'a [Item], units: &'a FileUnits) {
        for (place, (item, summary)) in items.iter().zip(&units.summaries).enumerate() {
            match *summary {
                Summary::Procedure { number, is_of_interest } => {
                    self.procedures.push(Declared::Kept { item, number, units, place });
                    let procedure = ast::Procedure::of(item).filter(|_| is_of_interest);
                    self.of_interest.extend(procedure.map(|(_, procedure)| procedure));
                }
                Summary::Define { number, owner } => {
                    self.defines.push((owner, Declared::Kept { item, number, units, place }));
                }
                Summary::Other => self.add(item),
            }
        }
    }

    fn add(&mut self, item: &'a Item) {
        self.once.extend(item.only_one().map(|word| (word, item.head().keyword)));
        match item {
            Item::Ledger(item) => self.ledgers.push(item),
            Item::Calendar(item) => self.calendars.push(item),
            Item::Define(item) => self.defines.push((owner(item), Declared::New(&item.name, item))),
            Item::Template(item) => self.templates.push(item),
            Item::Action(item) => self.actions.push(item),
            Item::Assign(item) => self.assigns.push(item),
            Item::Procedure(item) => {
                self.procedures.push(Declared::New(&item.name, item));
                self.of_interest.extend(is_of_interest(item).then_some(&**item));
            }
            Item::ContactPolicy(item) => self.policies.push(item),
            Item::Test(item) => self.tests.push(item),
        }
    }

    /// The action with this name, built in or declared.
    pub(super) fn action(&self, name: &str) -> Option<&'a ast::ActionDecl> {
        self.actions.iter().chain(&self.built_in).copied().find(|action| action.name.value == name)
    }
}

/// What a define is about; the parser lets nothing else stand there.
pub(super) fn owner(written: &ast::Define) -> Owner {
    let about_document = written.owner.as_ref().is_some_and(|word| word.value == "document");
    if about_document { Owner::Document } else { Owner::Customer }
}

/// Whether the rules about all procedures look at one.
pub(super) fn is_of_interest(procedure: &ast::Procedure) -> bool {
    rules::starts_by_assignment(procedure) || !procedure.was.is_empty()
}
