//! The blocks a program has once: `assign` and `contact_policy`.

use crate::check::context::Context;
use crate::check::mentions::Symbol;
use crate::check::place::Place;
use crate::check::symbols::Kind;
use crate::check::tree::{AssignRule, ContactPolicy, ProcedureId};
use crate::syntax::ast;

impl Context<'_> {
    /// The rules of assignment (`S15`).
    pub(super) fn assignment(&self, written: &ast::Assign) -> Vec<AssignRule> {
        let rules = written.rules.iter().map(|rule| {
            let procedure = match rule.procedure.value.as_str() {
                "none" => None,
                _ => self
                    .refer(&self.symbols.procedures, Kind::Procedure, &rule.procedure, Symbol::Procedure)
                    .map(ProcedureId),
            };
            let when = rule.when.as_ref().and_then(|when| self.condition(when, &Place::customer()));
            AssignRule { procedure, when, span: rule.span.0 }
        });
        rules.collect()
    }

    /// The contact policy (`S22`, `S23`).
    pub(super) fn policy(&self, written: &ast::ContactPolicy) -> ContactPolicy {
        let limits = written.limits.iter().filter_map(|limit| {
            let at_most = self.times(&limit.at_most, "contacts");
            let every = self.interval(&limit.every, 1);
            Some((at_most?, every?))
        });
        ContactPolicy {
            limits: limits.collect(),
            only_on: written
                .only_on
                .as_ref()
                .and_then(|counting| self.working_days_of(counting.calendar.as_ref(), counting.span.0)),
            span: written.head.span,
        }
    }
}
