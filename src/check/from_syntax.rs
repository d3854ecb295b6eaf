//! The syntax trees of a program to its checked tree: every part in turn, then the whole.

use std::sync::Arc;

use crate::check::context::Context;
use crate::check::tree::{Define, Program, Template, Test};
use crate::syntax::ast;

impl Context<'_> {
    /// Checks everything and builds the program; `None` if anything has an error.
    pub(super) fn program(&self) -> Option<Program> {
        let symbols = &self.symbols;
        self.check_defines();
        let program = Program {
            ledger: symbols.ledger.clone(),
            calendars: symbols.calendars.items().map(|calendar| self.calendar(calendar)).collect(),
            actions: symbols.actions.items().map(|action| self.action_declaration(action)).collect(),
            assignment: symbols.assign.map(|assign| self.assignment(assign)).unwrap_or_default(),
            procedures: symbols.procedures.items().map(|procedure| self.procedure(procedure)).collect(),
            policy: symbols.policy.map(|policy| self.policy(policy)),
            templates: symbols.templates.items().map(template).collect(),
            tests: symbols.tests.iter().map(|test| checked_test(test)).collect(),
            defines: Vec::new(),
        };
        let defines = self.defines.checked();
        self.report_unused();
        if !self.is_sound() {
            return None;
        }
        let defines = defines?.into_iter().map(|(owner, written, expr)| Define {
            name: written.name.clone(),
            owner,
            expr,
            doc: written.head.doc.clone(),
        });
        Some(Program { defines: defines.collect(), ..program })
    }
}

fn template(written: &ast::Template) -> Template {
    let files = written.files.iter().map(|(language, file)| (language.value.clone(), file.value.clone()));
    Template {
        name: written.name.clone(),
        files: files.collect(),
        otherwise: written.otherwise.as_ref().map(|language| language.value.clone()),
    }
}

fn checked_test(written: &ast::Test) -> Test {
    Test { title: written.title.value.clone(), written: Arc::new(written.clone()) }
}
