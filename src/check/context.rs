//! What every part of the checker shares: the declared names, and the list of findings.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::base::text::nearest;
use crate::base::{Diagnostic, Severity, Span, code};
use crate::check::defines::Defines;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::symbols::{Kind, Symbols, Table};
use crate::syntax::ast;

/// The checker's view of one program. Findings are collected as they are met.
pub(super) struct Context<'a> {
    /// What is declared.
    pub(super) symbols: Symbols<'a>,
    /// The named expressions and what is known of them so far.
    pub(super) defines: Defines<'a>,
    findings: RefCell<Vec<Diagnostic>>,
    mentions: RefCell<Vec<Mention>>,
    /// The place somebody writes at.
    cursor: Option<Span>,
    wanted: RefCell<Vec<Wanted>>,
    unreadable: Cell<bool>,
}

impl<'a> Context<'a> {
    /// Collects the declarations of a program; findings about them are kept.
    pub(super) fn new(files: &'a [Arc<ast::File>], prelude: &'a ast::File) -> Self {
        let mut findings = Vec::new();
        let symbols = Symbols::collect(files, prelude, &mut findings);
        let defines = Defines::collect(files, &symbols, &mut findings);
        Self {
            symbols,
            defines,
            findings: RefCell::new(findings),
            mentions: RefCell::new(Vec::new()),
            cursor: None,
            wanted: RefCell::new(Vec::new()),
            unreadable: Cell::new(false),
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
        self.mentions.borrow_mut().push(mention);
    }

    /// Notes what could stand at `span`, where it is asked.
    pub(super) fn ask(&self, span: Span, wanted: impl FnOnce() -> Wanted) {
        if self.cursor.is_some_and(|cursor| span.holds(cursor)) {
            self.wanted.borrow_mut().push(wanted());
        }
    }

    /// Keeps a finding.
    pub(super) fn report(&self, finding: Diagnostic) {
        self.findings.borrow_mut().push(finding);
    }

    /// Keeps a finding and gives nothing: `return ctx.refuse(…)`.
    pub(super) fn refuse<T>(&self, finding: Diagnostic) -> Option<T> {
        self.report(finding);
        None
    }

    /// Notes a piece that the parser has reported already.
    pub(super) fn unreadable<T>(&self) -> Option<T> {
        self.unreadable.set(true);
        None
    }

    /// Whether nothing stands against lowering the program.
    pub(super) fn is_sound(&self) -> bool {
        let findings = self.findings.borrow();
        !self.unreadable.get() && findings.iter().all(|finding| finding.severity() != Severity::Error)
    }

    /// Whether some piece could not be read.
    pub(super) fn has_unreadable(&self) -> bool {
        self.unreadable.get()
    }

    /// The findings and the mentions, at the end.
    pub(super) fn into_notes(self) -> (Vec<Diagnostic>, Vec<Mention>) {
        (self.findings.into_inner(), self.mentions.into_inner())
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
        if let Some(found) = table.find(&name.value) {
            self.mention(Mention::used(name.span, symbol(name.value.clone())));
            return Some(found);
        }
        None.or_else(|| {
            let word = kind.word();
            let finding = Diagnostic::new(code::UNKNOWN_REFERENCE, format!("no {word} is called `{}`", name.value))
                .label(name.span, "not declared");
            self.refuse(match nearest(&name.value, table.names()) {
                Some(near) => {
                    table.find(near);
                    finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), name.span, near)
                }
                None => finding.help(kind.how_to_declare(&name.value)),
            })
        })
    }
}
