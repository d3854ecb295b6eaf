//! The syntax trees of a program to its checked declarations: each of every file in turn.

use std::sync::Arc;

use crate::check::context::Context;
use crate::check::rules;
use crate::check::templates;
use crate::check::tree::{Template, Test};
use crate::check::units::Node;
use crate::syntax::ast::{self, Item};

impl Context<'_> {
    /// Checks every declaration of these files. Defines come first: a circle is found from its first one, whatever else
    /// names it.
    pub(super) fn check_files<'f>(&self, files: impl Iterator<Item = &'f ast::File>) {
        let items = files.flat_map(|file| &file.items);
        let (defines, others): (Vec<&Item>, Vec<&Item>) = items.partition(|item| matches!(item, Item::Define(_)));
        defines.into_iter().chain(others).for_each(|item| self.check_item(item));
    }

    fn check_item(&self, item: &Item) {
        match item {
            // It is checked with everything that is declared.
            Item::Ledger(_) => {}
            Item::Define(written) => self.check_define(written),
            _ => self.unit(item.head().span, || self.node(item).filter(|_| self.counts(item))),
        }
    }

    /// Whether this is the declaration that counts for its name. A second block of a kind is checked like the first one,
    /// which alone counts.
    fn counts(&self, item: &Item) -> bool {
        let symbols = &self.symbols;
        match item {
            Item::Calendar(written) => symbols.calendars.number(&written.name).is_some(),
            Item::Template(written) => symbols.templates.number(&written.name).is_some(),
            Item::Action(written) => symbols.actions.number(&written.name).is_some(),
            Item::Procedure(written) => symbols.procedures.number(&written.name).is_some(),
            Item::Ledger(_) | Item::Define(_) | Item::Assign(_) | Item::ContactPolicy(_) | Item::Test(_) => true,
        }
    }

    /// What a declaration comes to.
    fn node(&self, item: &Item) -> Option<Node> {
        match item {
            Item::Calendar(written) => Some(Node::Calendar(self.calendar(written))),
            Item::Template(written) => Some(Node::Template(template(written))),
            Item::Action(written) => Some(Node::Action(self.action_declaration(written))),
            Item::Assign(written) => {
                self.report_all(rules::of_assign(written));
                Some(Node::Assign(self.assignment(written)))
            }
            Item::Procedure(written) => Some(self.procedure_node(written)),
            Item::ContactPolicy(written) => Some(Node::Policy(self.policy(written))),
            Item::Test(written) => {
                self.check_test(written);
                Some(Node::Test(checked_test(written)))
            }
            Item::Ledger(_) | Item::Define(_) => None,
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
