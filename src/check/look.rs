//! One text held against a program: what its names stand for, and what could be written at a place
//! of it. The rest of the program is not checked again, only what the text names.

use std::iter;
use std::sync::Arc;

use crate::base::{Diagnostic, Span, code};
use crate::check::changes;
use crate::check::context::Context;
use crate::check::members::Member;
use crate::check::mentions::{Mentions, Wanted};
use crate::check::names::NameSpaces;
use crate::check::rules;
use crate::check::templates;
use crate::check::units::Units;
use crate::schema::{Owner, Typed};
use crate::syntax::Parsed;
use crate::syntax::ast::{self, Holidays, Item};

/// A program that texts are held against.
pub struct Look<'a> {
    context: Context<'a>,
}

/// What a text says a second time where it is said once, and what has no meaning where it stands.
#[must_use]
pub fn out_of_place(text: &Parsed) -> Vec<Diagnostic> {
    let twice = text.findings.iter().filter(|finding| finding.code == code::REPEATED_CLAUSE).cloned();
    twice.chain(text.file.items.iter().flat_map(rules::out_of_place)).collect()
}

/// Nothing is known from before.
static NOTHING: Units = Units::new();

impl<'a> Look<'a> {
    /// A look at the program `files` with the built-in actions of `prelude`.
    #[must_use]
    pub fn new(files: &'a [Arc<ast::File>], prelude: &'a ast::File) -> Self {
        Self { context: Context::new(files, prelude, &NameSpaces::default(), &NOTHING) }
    }

    /// What the names of one of the files stand for.
    #[must_use]
    pub fn mentions(self, file: &ast::File) -> Mentions {
        self.context.check_files(iter::once(file));
        let (mut parts, _) = self.context.take_checked();
        let own = changes::id(file).and_then(|id| parts.remove(&id)).unwrap_or_default();
        Mentions::of_file(own.into_values().flat_map(|(_, notes)| notes.mentions).collect(), file)
    }

    /// What the names of a template's file stand for, and what could stand at `cursor` there.
    #[must_use]
    pub fn template(&self, path: &str, text: &str, cursor: Span) -> (Mentions, Vec<Wanted>) {
        let mut mentions = Vec::new();
        let wanted = templates::look(&self.context, path, text, cursor, &mut mentions);
        (Mentions::sorted(mentions), wanted)
    }

    /// The names of a subject with their types, where those could be understood: its own fields, those
    /// of every program, the defines about it.
    #[must_use]
    pub fn members(&self, owner: Owner) -> Vec<(String, Option<Typed>)> {
        let typed = |name: &str| match self.context.member(owner, name)? {
            Member::Field(_, typed) => Some(typed),
            Member::Define(define) => self.context.define_type(define),
        };
        let names = self.context.member_names(owner);
        names.into_iter().map(|name| (name.to_owned(), typed(name))).collect()
    }

    /// What could be written at `cursor`, an empty stretch of a text that is tried; the nearest last.
    #[must_use]
    pub fn wanted(&mut self, trial: &ast::File, cursor: Span) -> Vec<Wanted> {
        self.context.ask_at(cursor);
        self.context.check_files(iter::once(trial));
        trial.items.iter().for_each(|item| self.context.ask_about(item));
        self.context.take_wanted()
    }
}

impl Context<'_> {
    /// Asks for what stands at the places of a declaration where nothing is looked up.
    fn ask_about(&self, item: &Item) {
        match item {
            Item::Ledger(ledger) => self.ask_ledger(ledger),
            Item::Calendar(calendar) => self.ask_calendar(calendar),
            Item::Template(template) => self.ask_template(template),
            Item::Action(action) => {
                let types = action.parameters.iter().map(|parameter| parameter.ty.span);
                types.for_each(|span| self.ask(span, || Wanted::Type { of_parameter: true }));
                action.computes.iter().for_each(|computes| self.ask(computes.span, || Wanted::Computed));
            }
            Item::Define(_) | Item::Assign(_) | Item::Procedure(_) | Item::ContactPolicy(_) | Item::Test(_) => {}
        }
    }

    fn ask_ledger(&self, ledger: &ast::Ledger) {
        ledger.currency.iter().for_each(|name| self.ask(name.span, || Wanted::Currency));
        for field in ledger.customer.iter().chain(&ledger.document) {
            if let [only] = field.ty.as_slice() {
                self.ask(only.span, || Wanted::Type { of_parameter: false });
            }
        }
    }

    fn ask_calendar(&self, calendar: &ast::Calendar) {
        calendar.weekend.iter().for_each(|day| self.ask(day.span, || Wanted::Weekday));
        for holidays in &calendar.holidays {
            match holidays {
                Holidays::Country(name) => self.ask(name.span, || Wanted::Country),
                Holidays::File(file) => self.ask(file.span, || Wanted::File),
            }
        }
    }

    fn ask_template(&self, template: &ast::Template) {
        let known = || template.files.iter().map(|(language, _)| language.value.clone()).collect();
        for (language, file) in &template.files {
            self.ask(language.span, || Wanted::Language { of: None });
            self.ask(file.span, || Wanted::File);
        }
        template.otherwise.iter().for_each(|name| self.ask(name.span, || Wanted::Language { of: Some(known()) }));
    }
}
