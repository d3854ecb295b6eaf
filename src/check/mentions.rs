//! What every name of a program stands for, and where it is written: what an editor shows, finds
//! and renames. The checker notes each name where it looks it up, so there is no second reading of
//! the language, and a program with mistakes has the mentions of what could be understood.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{FileId, Span};
use crate::check::tree::Collection;
use crate::check::units::{Kept, Units};
use crate::schema::{Owner, Typed};
use crate::syntax::ast::{self, Item, Name};

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// A procedure.
    Procedure(String),
    /// A step of a procedure.
    Step {
        /// Its procedure.
        procedure: String,
        /// Its own name.
        name: String,
    },
    /// A template.
    Template(String),
    /// A calendar.
    Calendar(String),
    /// A role that actions may be addressed to.
    Recipient(String),
    /// An action, built in or declared.
    Action(String),
    /// A parameter of an action.
    Parameter {
        /// The action.
        action: String,
        /// Its label.
        name: String,
    },
    /// A field of a subject or a define about it: one name space.
    Member(Owner, String),
    /// A value of a closed list.
    Value {
        /// What the list is called: the field, or `result of STEP`.
        list: String,
        /// The value.
        value: String,
    },
    /// A customer or document of a test.
    Record {
        /// The title of the test, which is where it is known.
        test: Span,
        /// Its id.
        id: String,
    },
    /// A function: `end_of_month`.
    Function(String),
    /// A question: `count`.
    Question(String),
    /// A collection: `archived documents`.
    Collection(&'static str),
    /// A word with a meaning of its own: `today`, `dip`, `leading`, `customer`, `document`.
    Word(&'static str),
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it is written: the name alone.
    pub span: Span,
    /// What it stands for.
    pub symbol: Symbol,
    /// Whether this is where it is declared.
    pub is_declaration: bool,
    /// The type of its value here, where it has one.
    pub typed: Option<Typed>,
}

impl Mention {
    /// A name that is used.
    pub(super) const fn used(span: Span, symbol: Symbol) -> Self {
        Self { span, symbol, is_declaration: false, typed: None }
    }

    /// The place where a name is declared.
    const fn declared(span: Span, symbol: Symbol) -> Self {
        Self { span, symbol, is_declaration: true, typed: None }
    }

    /// A name with a value of this type.
    pub(super) fn with_type(self, typed: Typed) -> Self {
        Self { typed: Some(typed), ..self }
    }
}

/// Every mention of a program, by place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentions(BTreeMap<FileId, Arc<[Mention]>>);

impl Mentions {
    /// Those of the whole program, of each declaration, and of what is declared, each once.
    pub(super) fn new(
        whole: Vec<Mention>,
        units: &Units,
        files: &[Arc<ast::File>],
        prelude: &ast::File,
        kept: &Kept<'_>,
    ) -> Self {
        let is_new = |span: Span| !kept.files.contains(&span.file);
        let new_units = units.iter().filter(|(file, _)| !kept.files.contains(file));
        let of_units = new_units.flat_map(|(_, units)| units.mentions());
        let mut all: Vec<Mention> = whole.into_iter().chain(of_units.cloned()).filter(|one| is_new(one.span)).collect();
        let items = files.iter().map(|file| &**file).chain([prelude]).flat_map(|file| &file.items);
        items.filter(|item| is_new(item.head().span)).for_each(|item| declarations(item, &mut all));
        all.sort_by(|a, b| (a.span, !a.is_declaration, &a.symbol).cmp(&(b.span, !b.is_declaration, &b.symbol)));
        all.dedup_by(|later, first| later.span == first.span && later.symbol == first.symbol);
        let fresh = all.chunk_by(|a, b| a.span.file == b.span.file);
        let fresh = fresh.filter_map(|file| Some((file.first()?.span.file, Arc::from(file))));
        let known = kept.before().map(|before| &before.mentions.0).into_iter().flatten();
        let known = known.filter(|(file, _)| kept.files.contains(file)).map(|(file, all)| (*file, Arc::clone(all)));
        Self(known.chain(fresh).collect())
    }

    /// Every mention, by place.
    pub fn iter(&self) -> impl Iterator<Item = &Mention> {
        self.0.values().flat_map(|file| file.iter())
    }

    /// The mentions in one file, in written order.
    #[must_use]
    pub fn in_file(&self, file: FileId) -> &[Mention] {
        self.0.get(&file).map_or(&[], |mentions| mentions)
    }

    /// The name at an offset, its end included.
    #[must_use]
    pub fn at(&self, file: FileId, offset: usize) -> Option<&Mention> {
        let mentions = self.in_file(file);
        let after = mentions.partition_point(|mention| mention.span.start as usize <= offset);
        mentions.get(..after)?.iter().rev().take(2).find(|mention| offset <= mention.span.end as usize)
    }

    /// Every place where a symbol is written, by place.
    pub fn of<'a>(&'a self, symbol: &'a Symbol) -> impl Iterator<Item = &'a Mention> {
        self.iter().filter(move |mention| mention.symbol == *symbol)
    }

    /// Where a symbol is declared; `None` for what is built in.
    #[must_use]
    pub fn declaration(&self, symbol: &Symbol) -> Option<&Mention> {
        self.iter().find(|mention| mention.is_declaration && mention.symbol == *symbol)
    }
}

/// The names that a declaration declares.
fn declarations(item: &Item, all: &mut Vec<Mention>) {
    let mut note = |name: &Name, symbol: &dyn Fn(String) -> Symbol| {
        if !name.value.is_empty() {
            all.push(Mention::declared(name.span, symbol(name.value.clone())));
        }
    };
    match item {
        Item::Ledger(ledger) => {
            fields(&ledger.customer, Owner::Customer, &mut note);
            fields(&ledger.document, Owner::Document, &mut note);
            ledger.recipients.iter().for_each(|role| note(role, &Symbol::Recipient));
        }
        Item::Calendar(calendar) => note(&calendar.name, &Symbol::Calendar),
        Item::Define(define) => {
            let about_document = define.owner.as_ref().is_some_and(|owner| owner.value == "document");
            let owner = if about_document { Owner::Document } else { Owner::Customer };
            note(&define.name, &|name| Symbol::Member(owner, name));
        }
        Item::Template(template) => note(&template.name, &Symbol::Template),
        Item::Action(action) => {
            note(&action.name, &Symbol::Action);
            for parameter in &action.parameters {
                note(&parameter.name, &|name| Symbol::Parameter { action: action.name.value.clone(), name });
            }
        }
        Item::Procedure(procedure) => {
            note(&procedure.name, &Symbol::Procedure);
            for step in &procedure.steps {
                note(&step.name, &|name| Symbol::Step { procedure: procedure.name.value.clone(), name });
                for result in &step.results {
                    note(result, &|value| Symbol::Value { list: result_list(&step.name.value), value });
                }
            }
        }
        Item::Test(test) => {
            for record in
                test.records.iter().filter(|record| matches!(record.kind.value.as_str(), "customer" | "document"))
            {
                if let Some(id) = &record.id {
                    note(id, &|id| Symbol::Record { test: test.title.span, id });
                }
            }
        }
        Item::Assign(_) | Item::ContactPolicy(_) => {}
    }
}

/// Takes a declared name and how it is a symbol.
type Note<'n> = dyn FnMut(&Name, &dyn Fn(String) -> Symbol) + 'n;

fn fields(fields: &[ast::Field], owner: Owner, note: &mut Note<'_>) {
    for field in fields {
        note(&field.name, &|name| Symbol::Member(owner, name));
        if field.ty.len() > 1 {
            for value in &field.ty {
                note(value, &|value| Symbol::Value { list: field.name.value.clone(), value });
            }
        }
    }
}

/// What the list of a step's results is called.
pub(super) fn result_list(step: &str) -> String {
    format!("result of {step}")
}

/// What could stand at a place, for who writes there.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// A name declared somewhere: each as the symbol it would be.
    OneOf(Vec<Symbol>),
    /// A value in an expression.
    Value {
        /// Whose bare names are seen.
        owner: Owner,
        /// Whether `leading` and `dip` are known.
        leading: bool,
        /// Whether `document.x` may be said.
        document: bool,
        /// The steps whose result may be asked for.
        results: Vec<String>,
        /// Whether a question to a collection may be asked.
        questions: bool,
    },
    /// A name of a subject, after the point.
    Member(Owner),
    /// A value of a closed list.
    ListValue {
        /// What the list is called.
        list: String,
        /// Its values, in written order.
        values: Vec<String>,
    },
    /// The label of an argument of an action.
    Label {
        /// The action.
        action: String,
    },
    /// Which documents an action covers: `overdue`, `reached`, `documents where …`.
    Coverage,
    /// One of these fields of a record of a test.
    Field(Vec<String>),
}

/// The word of a collection, as a symbol.
pub(super) const fn collection(collection: Collection) -> Symbol {
    Symbol::Collection(collection.word())
}
