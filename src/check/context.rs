//! What every part of the checker shares: the declared names, and the list of findings.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Diagnostic, FileId, Span, code};
use crate::check::defines::Defines;
use crate::check::items::{self, Declare, Items, Summary};
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::names::NameSpaces;
use crate::check::rules;
use crate::check::spelling::Right;
use crate::check::symbols::{Kind, Symbols, Table};
use crate::check::templates;
use crate::check::units::{Node, Notes, Parts, Units, Use};
use crate::syntax::ast::{self, Item};

/// The checker's view of one program. What it notes is kept for the declaration being checked.
pub(super) struct Context<'a> {
    /// What is declared.
    pub(super) symbols: Symbols<'a>,
    /// The named expressions and what is known of them so far.
    pub(super) defines: Defines<'a>,
    /// The declarations by kind.
    pub(super) items: Items<'a>,
    /// The declarations that were checked, by file.
    parts: RefCell<BTreeMap<FileId, Parts>>,
    /// The notes of the declarations being checked, outermost first; the first is the whole program's.
    notes: RefCell<Vec<Notes>>,
    /// The place somebody writes at.
    cursor: Option<Span>,
    /// What could stand there.
    wanted: RefCell<Vec<Wanted>>,
}

impl<'a> Context<'a> {
    /// Collects the declarations of a program; findings about them are kept. `names` have their numbers, and of some
    /// files `units` are known already.
    pub(super) fn new(
        files: &'a [Arc<ast::File>],
        prelude: &'a ast::File,
        names: &NameSpaces,
        units: &'a Units,
    ) -> Self {
        let mut findings = Vec::new();
        let items = Items::new(files, prelude, units);
        let symbols = Symbols::collect(&items, names, &mut findings);
        let defines = Defines::collect(&items, &symbols.ledger, &names.defines, &mut findings);
        Self {
            symbols,
            defines,
            items,
            parts: RefCell::default(),
            notes: RefCell::new(vec![Notes { findings, ..Notes::default() }]),
            cursor: None,
            wanted: RefCell::default(),
        }
    }

    /// The program as the rules see it.
    pub(super) fn rules(&self) -> rules::Program<'_> {
        rules::Program::new(&self.items, &self.defines, &self.symbols.procedures)
    }

    /// Checks the declaration at `span`, with notes of its own. It gives nothing where it does not count for its name,
    /// which has a finding already: then the names in it are noted, and nothing else is said to be wrong with it.
    pub(super) fn unit(&self, span: Span, check: impl FnOnce() -> Option<Node>) {
        self.notes.borrow_mut().push(Notes::default());
        let node = check();
        let notes = self.notes.borrow_mut().pop().unwrap_or_default();
        let notes = if node.is_some() { notes } else { notes.of_names() };
        self.parts.borrow_mut().entry(span.file).or_default().insert(span, (node, notes));
    }

    /// Adds to the notes of the declaration being checked.
    fn note(&self, add: impl FnOnce(&mut Notes)) {
        if let Some(notes) = self.notes.borrow_mut().last_mut() {
            add(notes);
        }
    }

    /// From now on notes what could stand at `cursor`.
    pub(super) const fn ask_at(&mut self, cursor: Span) {
        self.cursor = Some(cursor);
    }

    /// What could stand at the cursor, the nearest last.
    pub(super) fn take_wanted(&self) -> Vec<Wanted> {
        self.wanted.take()
    }

    /// Notes what a name stands for.
    pub(super) fn mention(&self, mention: Mention) {
        self.note(|notes| notes.mentions.push(mention));
    }

    /// Notes that a declaration is used.
    pub(super) fn uses_of(&self, used: Use) {
        self.note(|notes| notes.uses.push(used));
    }

    /// Notes uses of templates that are not offered everything.
    pub(super) fn offers(&self, offers: Vec<templates::uses::Use>) {
        self.note(|notes| notes.offers.extend(offers));
    }

    /// Looks a declaration up by its name, which counts as used from now on; the number of the name.
    pub(super) fn find<T: Declare>(&self, table: &Table<'_, T>, kind: Kind, name: &str) -> Option<usize> {
        let place = table.find(name)?;
        self.uses_of(Use::Of(kind, place));
        Some(place)
    }

    /// Notes what could stand at `span`, where it is asked.
    pub(super) fn ask(&self, span: Span, wanted: impl FnOnce() -> Wanted) {
        if self.cursor.is_some_and(|cursor| span.holds(cursor)) {
            self.wanted.borrow_mut().push(wanted());
        }
    }

    /// Keeps a finding.
    pub(super) fn report(&self, finding: Diagnostic) {
        self.note(|notes| notes.findings.push(finding));
    }

    /// Keeps several findings.
    pub(super) fn report_all(&self, findings: Vec<Diagnostic>) {
        findings.into_iter().for_each(|finding| self.report(finding));
    }

    /// Keeps a finding and gives nothing: `return ctx.refuse(…)`.
    pub(super) fn refuse<T>(&self, finding: Diagnostic) -> Option<T> {
        self.report(finding);
        None
    }

    /// Notes a piece that the parser has reported already.
    pub(super) fn unreadable<T>(&self) -> Option<T> {
        self.note(|notes| notes.unreadable = true);
        None
    }

    /// The declarations that were checked, and the findings about the whole program.
    pub(super) fn take_checked(&self) -> (BTreeMap<FileId, Parts>, Vec<Diagnostic>) {
        let findings =
            self.notes.borrow_mut().iter_mut().flat_map(|notes| std::mem::take(&mut notes.findings)).collect();
        (self.parts.take(), findings)
    }

    /// What has to be known of a declaration.
    pub(super) fn summary(&self, item: &Item) -> Summary {
        let summary = match item {
            Item::Procedure(written) => self.symbols.procedures.number(&written.name).map(|number| {
                let is_of_interest = items::is_of_interest(written);
                Summary::Procedure { number, is_of_interest }
            }),
            Item::Define(written) => {
                self.defines.number(written).map(|number| Summary::Define { number, owner: items::owner(written) })
            }
            _ => None,
        };
        summary.unwrap_or(Summary::Other)
    }

    /// The numbers of all names.
    pub(super) fn into_names(self) -> NameSpaces {
        NameSpaces {
            calendars: self.symbols.calendars.into_numbers(),
            templates: self.symbols.templates.into_numbers(),
            recipients: self.symbols.recipients.into_numbers(),
            actions: self.symbols.actions.into_numbers(),
            procedures: self.symbols.procedures.into_numbers(),
            defines: self.defines.into_numbers(),
        }
    }

    /// Looks a declaration up where it is referred to, notes it, and reports a name that is not declared.
    pub(super) fn refer<T: Declare>(
        &self,
        table: &Table<'_, T>,
        kind: Kind,
        name: &ast::Name,
        symbol: impl Fn(String) -> Symbol,
    ) -> Option<usize> {
        if name.value.is_empty() {
            return self.unreadable();
        }
        self.ask(name.span, || Wanted::OneOf(table.names().map(str::to_owned).map(&symbol).collect()));
        if let Some(found) = self.find(table, kind, &name.value) {
            self.mention(Mention::used(name.span, symbol(name.value.clone())));
            return Some(found);
        }
        None.or_else(|| {
            let word = kind.word();
            let finding = Diagnostic::new(code::UNKNOWN_REFERENCE, format!("no {word} is called `{}`", name.value))
                .label(name.span, "not declared");
            let right = Right::of(name, table.renamed(name).map(|(now, _)| now.value.as_str()), table.names());
            if let Some(right) = &right {
                self.find(table, kind, right.name);
            }
            self.refuse(match right {
                Some(right) => right.told(finding, name.span),
                None => finding.help(kind.how_to_declare(&name.value)),
            })
        })
    }
}
