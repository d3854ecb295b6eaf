//! What every part of the checker shares: the declared names, and the list of findings.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Diagnostic, FileId, Severity, Span, code};
use crate::check::defines::Defines;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::rules;
use crate::check::spelling::Right;
use crate::check::symbols::{Kind, Symbols, Table};
use crate::check::templates;
use crate::check::units::{FileUnits, Kept, Node, Notes, Unit, Units, Use};
use crate::syntax::ast;

/// The checker's view of one program. What it notes is kept for the declaration being checked.
pub(super) struct Context<'a> {
    /// What is declared.
    pub(super) symbols: Symbols<'a>,
    /// The named expressions and what is known of them so far.
    pub(super) defines: Defines<'a>,
    /// The declarations as the rules of procedures see them.
    pub(super) rules: rules::Program<'a>,
    kept: &'a Kept<'a>,
    /// The declarations of the files that are kept.
    old: Units,
    /// The declarations that were checked now.
    new: RefCell<BTreeMap<Span, Arc<Unit>>>,
    /// The notes of the declarations being checked, outermost first; the first is the whole program's.
    notes: RefCell<Vec<Notes>>,
    /// The place somebody writes at.
    cursor: Option<Span>,
    /// What could stand there.
    wanted: RefCell<Vec<Wanted>>,
}

impl<'a> Context<'a> {
    /// Collects the declarations of a program; findings about them are kept.
    pub(super) fn new(files: &'a [Arc<ast::File>], prelude: &'a ast::File, kept: &'a Kept<'a>) -> Self {
        let mut findings = Vec::new();
        let symbols = Symbols::collect(files, prelude, &mut findings);
        let defines = Defines::collect(files, &symbols, &mut findings);
        Self {
            symbols,
            defines,
            rules: rules::Program::new(files, prelude),
            kept,
            old: kept.units(),
            new: RefCell::default(),
            notes: RefCell::new(vec![Notes { findings, ..Notes::default() }]),
            cursor: None,
            wanted: RefCell::default(),
        }
    }

    /// The declaration at `span`, where it need not be checked again.
    pub(super) fn kept(&self, span: Span) -> Option<Arc<Unit>> {
        self.kept.unit(span)
    }

    /// The declaration at `span`: as it was known before, or checked now, with notes of its own.
    pub(super) fn unit(&self, span: Span, check: impl FnOnce() -> Node) -> Arc<Unit> {
        if let Some(known) = self.kept(span) {
            return known;
        }
        self.notes.borrow_mut().push(Notes::default());
        let node = check();
        let notes = self.notes.borrow_mut().pop().unwrap_or_default();
        let unit = Arc::new(Unit { notes, node });
        self.new.borrow_mut().insert(span, Arc::clone(&unit));
        unit
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

    /// The names that were noted outside the declarations others see.
    pub(super) fn take_mentions(&self) -> Vec<Mention> {
        self.notes.borrow_mut().iter_mut().flat_map(|notes| std::mem::take(&mut notes.mentions)).collect()
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

    /// Looks a declaration up, which counts as used from now on.
    pub(super) fn find<T>(&self, table: &Table<'_, T>, kind: Kind, name: &str) -> Option<usize> {
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

    /// Whether this holds for some of the notes.
    fn any(&self, holds: impl Fn(&Notes) -> bool) -> bool {
        self.notes.borrow().iter().any(&holds)
            || self.new.borrow().values().any(|unit| holds(&unit.notes))
            || self.old.values().any(|file| holds(&file.notes))
    }

    /// Whether nothing stands against lowering the program.
    pub(super) fn is_sound(&self) -> bool {
        let is_error = |finding: &Diagnostic| finding.severity() == Severity::Error;
        !self.any(|notes| notes.unreadable || notes.findings.iter().any(is_error))
    }

    /// Whether some piece could not be read.
    pub(super) fn has_unreadable(&self) -> bool {
        self.any(|notes| notes.unreadable)
    }

    /// Every declaration that something uses.
    pub(super) fn uses(&self) -> BTreeSet<Use> {
        let mut all = BTreeSet::new();
        self.notes.borrow().iter().for_each(|notes| all.extend(notes.uses.iter().copied()));
        self.new.borrow().values().for_each(|unit| all.extend(unit.notes.uses.iter().copied()));
        self.old.values().for_each(|file| all.extend(file.notes.uses.iter().copied()));
        all
    }

    /// The notes about the whole program and the checked declarations, at the end.
    pub(super) fn into_notes(self) -> (Notes, Units) {
        let mut whole = Notes::default();
        for notes in self.notes.into_inner() {
            whole.findings.extend(notes.findings);
            whole.mentions.extend(notes.mentions);
        }
        let mut units = self.old;
        let mut new: BTreeMap<FileId, BTreeMap<Span, Arc<Unit>>> = BTreeMap::new();
        for (span, unit) in self.new.into_inner() {
            new.entry(span.file).or_default().insert(span, unit);
        }
        units.extend(new.into_iter().map(|(file, units)| (file, Arc::new(FileUnits::new(file, units)))));
        (whole, units)
    }

    /// Looks a declaration up where it is referred to, notes it, and reports a name that is not declared.
    pub(super) fn refer<T>(
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
            let right = Right::of(name, table.renamed(name), table.names());
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
