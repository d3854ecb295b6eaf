//! What every part of the checker shares: the declared names, and the list of findings.

use std::cell::{Cell, RefCell};

use crate::base::text::nearest;
use crate::base::{Diagnostic, Severity, code};
use crate::check::defines::Defines;
use crate::check::symbols::{Kind, Symbols, Table};
use crate::syntax::ast;

/// The checker's view of one program. Findings are collected as they are met.
pub(super) struct Context<'a> {
    /// What is declared.
    pub(super) symbols: Symbols<'a>,
    /// The named expressions and what is known of them so far.
    pub(super) defines: Defines<'a>,
    findings: RefCell<Vec<Diagnostic>>,
    unreadable: Cell<bool>,
}

impl<'a> Context<'a> {
    /// Collects the declarations of a program; findings about them are kept.
    pub(super) fn new(files: &'a [ast::File], prelude: &'a ast::File) -> Self {
        let mut findings = Vec::new();
        let symbols = Symbols::collect(files, prelude, &mut findings);
        let defines = Defines::collect(files, &symbols, &mut findings);
        Self { symbols, defines, findings: RefCell::new(findings), unreadable: Cell::new(false) }
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

    /// The findings, at the end.
    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings.into_inner()
    }

    /// Looks a declaration up where it is referred to; reports a name that is not declared.
    pub(super) fn refer<T>(&self, table: &Table<'_, T>, kind: Kind, name: &ast::Name) -> Option<usize> {
        if name.value.is_empty() {
            return self.unreadable();
        }
        table.find(&name.value).or_else(|| {
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
