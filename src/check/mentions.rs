//! What every name of a program stands for, and where it is written: what an editor shows, finds
//! and renames. The checker notes each name where it looks it up, so there is no second reading of
//! the language, and a program with mistakes has the mentions of what could be understood.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{FileId, Span};
use crate::check::tree::Collection;
use crate::check::units::Units;
use crate::schema::{ListOf, Owner, Typed};
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
    /// A name that a procedure or step had before.
    Former {
        /// The procedure or step by its name now.
        of: Box<Symbol>,
        /// The name it had.
        name: String,
    },
    /// A template.
    Template(String),
    /// A language that a template has a file for.
    Language {
        /// The template.
        template: String,
        /// Its key: `en`.
        language: String,
    },
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
        /// The list.
        list: ListOf,
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
    /// A word with a meaning of its own: `today`, `dip`, `leading`, `customer`, `document`, in a
    /// template also `covered`, `amount`, `procedure`, `step`, `recipient`.
    Word(&'static str),
}

impl Symbol {
    /// The names in it: its own, and of what it belongs to.
    pub(super) fn words(&self) -> Vec<&str> {
        match self {
            Self::Procedure(name)
            | Self::Template(name)
            | Self::Calendar(name)
            | Self::Recipient(name)
            | Self::Action(name)
            | Self::Member(_, name)
            | Self::Function(name)
            | Self::Question(name)
            | Self::Record { id: name, .. } => vec![name],
            Self::Step { procedure: of, name }
            | Self::Language { template: of, language: name }
            | Self::Parameter { action: of, name } => vec![of, name],
            Self::Former { of, name } => of.words().into_iter().chain([name.as_str()]).collect(),
            Self::Value { list: ListOf::Results { procedure, step }, value } => vec![procedure, step, value],
            Self::Value { list: ListOf::Field(_, field), value } => vec![field, value],
            Self::Value { list: ListOf::History(word), value } => vec![word, value],
            Self::Collection(word) | Self::Word(word) => vec![word],
        }
    }
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
    /// Those of the program's files, and those of templates.
    pub(super) fn new(units: &Units, of_templates: Vec<Mention>) -> Self {
        let of_files = units.iter().map(|(file, units)| (*file, Arc::clone(&units.mentions)));
        let all = of_files.chain(Self::sorted(of_templates).0);
        Self(all.filter(|(_, mentions)| !mentions.is_empty()).collect())
    }

    /// Those that a file has by itself, and what it declares.
    pub(super) fn of_file(mut all: Vec<Mention>, file: &ast::File) -> Self {
        for item in &file.items {
            declarations(item, &mut all);
            references(item, &mut all);
        }
        Self::sorted(all)
    }

    /// These, each once.
    pub(super) fn sorted(mut all: Vec<Mention>) -> Self {
        all.sort_by(|a, b| (a.span, !a.is_declaration, &a.symbol).cmp(&(b.span, !b.is_declaration, &b.symbol)));
        all.dedup_by(|later, first| later.span == first.span && later.symbol == first.symbol);
        let mut by_file: BTreeMap<FileId, Vec<Mention>> = BTreeMap::new();
        all.into_iter().for_each(|mention| by_file.entry(mention.span.file).or_default().push(mention));
        Self(by_file.into_iter().map(|(file, all)| (file, all.into())).collect())
    }

    /// What is known of one file.
    pub(super) fn into_file(mut self, file: FileId) -> Arc<[Mention]> {
        self.0.remove(&file).unwrap_or_default()
    }

    /// Whether these are the very ones that were found then, because nothing they depend on has changed.
    pub(crate) fn were_kept(&self, then: &Self) -> bool {
        let is_same =
            |((a, now), (b, then)): ((&FileId, &Arc<_>), (&FileId, &Arc<_>))| a == b && Arc::ptr_eq(now, then);
        self.0.len() == then.0.len() && self.0.iter().zip(&then.0).all(is_same)
    }

    /// Every mention, by place.
    pub fn iter(&self) -> impl Iterator<Item = &Mention> {
        self.0.values().flat_map(|file| file.iter())
    }

    /// Those of one file alone.
    #[must_use]
    pub fn only(&self, file: crate::base::FileId) -> Self {
        Self(self.0.get(&file).map(|all| (file, Arc::clone(all))).into_iter().collect())
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
        Item::Template(template) => {
            note(&template.name, &Symbol::Template);
            for (language, _) in &template.files {
                note(language, &|language| Symbol::Language { template: template.name.value.clone(), language });
            }
        }
        Item::Action(action) => {
            note(&action.name, &Symbol::Action);
            for parameter in &action.parameters {
                note(&parameter.name, &|name| Symbol::Parameter { action: action.name.value.clone(), name });
            }
        }
        Item::Procedure(procedure) => {
            note(&procedure.name, &Symbol::Procedure);
            for step in &procedure.steps {
                let (procedure, step_name) = (&procedure.name.value, &step.name.value);
                note(&step.name, &|name| Symbol::Step { procedure: procedure.clone(), name });
                let list = ListOf::Results { procedure: procedure.clone(), step: step_name.clone() };
                for result in &step.results {
                    note(result, &|value| Symbol::Value { list: list.clone(), value });
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

/// The names of a declaration that refer to itself: nothing has to be looked up.
fn references(item: &Item, all: &mut Vec<Mention>) {
    match item {
        Item::Template(template) => all.extend(template.otherwise.iter().map(|language| {
            let (template, language_key) = (template.name.value.clone(), language.value.clone());
            Mention::used(language.span, Symbol::Language { template, language: language_key })
        })),
        Item::Procedure(procedure) => {
            let name = &procedure.name.value;
            former(&Symbol::Procedure(name.clone()), &procedure.was, all);
            for step in &procedure.steps {
                let step_name = step.name.value.clone();
                former(&Symbol::Step { procedure: name.clone(), name: step_name }, &step.was, all);
            }
        }
        _ => {}
    }
}

fn former(of: &Symbol, was: &[Name], all: &mut Vec<Mention>) {
    all.extend(was.iter().map(|old| {
        let symbol = Symbol::Former { of: Box::new(of.clone()), name: old.value.clone() };
        Mention::used(old.span, symbol)
    }));
}

/// Takes a declared name and how it is a symbol.
type Note<'n> = dyn FnMut(&Name, &dyn Fn(String) -> Symbol) + 'n;

fn fields(fields: &[ast::Field], owner: Owner, note: &mut Note<'_>) {
    for field in fields {
        note(&field.name, &|name| Symbol::Member(owner, name));
        if field.ty.len() > 1 {
            for value in &field.ty {
                note(value, &|value| Symbol::Value { list: ListOf::Field(owner, field.name.value.clone()), value });
            }
        }
    }
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
        /// The list.
        list: ListOf,
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
    Field {
        /// What the record is: `customer`.
        of: String,
        /// Those that are not given yet, the needed ones first.
        names: Vec<String>,
    },
    /// The type of a field, or of a parameter.
    Type {
        /// Whether it is that of a parameter.
        of_parameter: bool,
    },
    /// What an action computes.
    Computed,
    /// A currency.
    Currency,
    /// A day of the week.
    Weekday,
    /// A country or part of one, for its holidays.
    Country,
    /// A language of a template.
    Language {
        /// The languages there are files for, where it must be one of them.
        of: Option<Vec<String>>,
    },
    /// A file of the program's folder, in quotes.
    File,
    /// A name of the template language, with its kind: `filter`.
    Engine(&'static str, Vec<String>),
    /// A name that a template sees: those of the language, those of its own.
    Seen(Vec<String>),
    /// A part of what is no customer or document: `title` of `procedure`.
    Part(Vec<String>),
}

/// The word of a collection, as a symbol.
pub(super) const fn collection(collection: Collection) -> Symbol {
    Symbol::Collection(collection.word())
}
