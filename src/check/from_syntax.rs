//! The syntax trees of a program to its checked declarations: each of every file in turn.

use std::sync::Arc;

use crate::check::context::Context;
use crate::check::rules;
use crate::check::templates;
use crate::check::tree::{Template, Test};
use crate::check::units::Node;
use crate::syntax::ast::{self, Item};

impl Context<'_> {
    /// Checks every declaration of these files that counts for its name.
    pub(super) fn check_files<'f>(&self, files: impl Iterator<Item = &'f ast::File>) {
        self.check_defines();
        files.flat_map(|file| &file.items).for_each(|item| self.check_item(item));
    }

    fn check_item(&self, item: &Item) {
        let symbols = &self.symbols;
        let span = item.head().span;
        match item {
            Item::Calendar(written) if symbols.calendars.number(&written.name).is_some() => {
                self.unit(span, || Node::Calendar(self.calendar(written)));
            }
            Item::Template(written) if symbols.templates.number(&written.name).is_some() => {
                self.unit(span, || Node::Template(template(written)));
            }
            Item::Action(written) if symbols.actions.number(&written.name).is_some() => {
                self.unit(span, || Node::Action(self.action_declaration(written)));
            }
            // A second block is checked like the first one, which alone counts.
            Item::Assign(written) => self.unit(span, || {
                self.report_all(rules::of_assign(written));
                Node::Assign(self.assignment(written))
            }),
            Item::Procedure(written) if symbols.procedures.number(&written.name).is_some() => {
                self.unit(span, || self.procedure_node(written));
            }
            Item::ContactPolicy(written) => self.unit(span, || Node::Policy(self.policy(written))),
            Item::Test(written) => self.unit(span, || {
                self.check_test(written);
                Node::Test(checked_test(written))
            }),
            // Defines are checked in an order of their own; the ledger with everything that is declared.
            _ => {}
        }
    }

    /// A procedure and what the rules say of it.
    fn procedure_node(&self, written: &ast::Procedure) -> Node {
        let procedure = self.procedure(written);
        self.report_all(rules::of_procedure(&self.rules(), written));
        self.offers(templates::uses::in_procedure(written, &self.items));
        Node::Procedure(Box::new(procedure))
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
