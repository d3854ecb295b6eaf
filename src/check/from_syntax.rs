//! The syntax trees of a program to its checked tree: every part in turn, then the whole.

use std::sync::Arc;

use crate::check::context::Context;
use crate::check::rules;
use crate::check::templates;
use crate::check::tree::{Procedure, Program, Template, Test};
use crate::check::units::Node;
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
            procedures: symbols.procedures.items().filter_map(|procedure| self.procedure_unit(procedure)).collect(),
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
        Some(Program { defines: defines?, ..program })
    }

    /// A procedure and what the rules say of it.
    fn procedure_unit(&self, written: &ast::Procedure) -> Option<Arc<Procedure>> {
        let unit = self.unit(written.head.span, || {
            let procedure = self.procedure(written);
            rules::of_procedure(&self.rules, written).into_iter().for_each(|finding| self.report(finding));
            self.offers(templates::uses::in_procedure(written, &self.rules.actions));
            Node::Procedure(Arc::new(procedure))
        });
        match &unit.node {
            Node::Procedure(procedure) => Some(Arc::clone(procedure)),
            Node::Define(_) | Node::Test => None,
        }
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
