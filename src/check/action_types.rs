//! Declarations of actions: what their parameters may be, and what they compute.

use crate::base::text::{choice, nearest};
use crate::base::{Diagnostic, code};
use crate::check::actions::Filled;
use crate::check::context::Context;
use crate::check::ledger::{TYPE_WORDS, not_a_type, type_word};
use crate::check::symbols::declared_twice;
use crate::check::tree::{ActionDecl, Computes, Coverage, Parameter, ParameterKind};
use crate::syntax::ast::{self, ExprKind as Written};

/// The types that only parameters have.
const PARAMETER_WORDS: [&str; 4] = ["recipient", "template", "documents", "status"];
/// Parameters by label and type.
type Needed = &'static [(&'static str, &'static str)];
/// What an action may compute, and the parameters it computes it from.
const COMPUTES: [(&str, Computes, Needed); 3] = [
    ("charge", Computes::Charge, &[("amount", "money")]),
    ("interest", Computes::Interest, &[("rate", "percent"), ("covering", "documents")]),
    ("plan", Computes::Plan, &[("instalments", "number"), ("covering", "documents")]),
];

/// What may be given for a parameter; `None` for a word that is no type.
pub(super) fn parameter_kind(parameter: &ast::Parameter) -> Option<ParameterKind> {
    match parameter.ty.value.as_str() {
        "recipient" => Some(ParameterKind::Recipient),
        "template" => Some(ParameterKind::Template),
        "documents" => Some(ParameterKind::Documents),
        "status" => Some(ParameterKind::Status),
        _ => type_word(&parameter.ty).map(ParameterKind::Value),
    }
}

/// Whether a parameter is the number of instalments of a payment plan.
pub(super) fn is_instalments(declared: &ast::ActionDecl, parameter: &ast::Parameter) -> bool {
    let plan = declared.computes.as_ref().is_some_and(|computes| computes.value == "plan");
    plan && parameter.name.value == "instalments"
}

impl Context<'_> {
    /// The declaration of an action, checked.
    pub(super) fn action_declaration(&self, written: &ast::ActionDecl) -> ActionDecl {
        let mut seen: Vec<&ast::Parameter> = Vec::new();
        let mut parameters = Vec::new();
        for parameter in &written.parameters {
            if let Some(first) = seen.iter().find(|first| first.name == parameter.name) {
                self.report(declared_twice("parameter", &parameter.name, first.name.span));
            } else if let Some(first) = seen.iter().find(|first| first.ty == parameter.ty && is_single(parameter)) {
                self.report(second_of_its_kind(parameter, first));
            }
            seen.push(parameter);
            parameters.extend(self.parameter(written, parameter));
        }
        let computes = written.computes.as_ref().and_then(|word| self.computes(written, word));
        if let Some(mark) = written.contact {
            self.contact_has_recipient(written, mark.0);
        }
        ActionDecl {
            name: written.name.clone(),
            parameters,
            contact: written.contact.is_some(),
            by_hand: written.by_hand.is_some(),
            computes,
        }
    }

    fn parameter(&self, action: &ast::ActionDecl, written: &ast::Parameter) -> Option<Parameter> {
        if written.ty.value.is_empty() || written.name.value.is_empty() {
            return self.unreadable();
        }
        let Some(kind) = parameter_kind(written) else {
            let words = TYPE_WORDS.iter().map(|(word, _)| *word).chain(PARAMETER_WORDS);
            return self.refuse(not_a_type(&written.ty, words, false));
        };
        if let Some(default) = &written.default {
            self.fill_default(action, written, default, &mut Filled::default());
        }
        let coverage = match written.default.as_ref().map(|default| &default.kind) {
            Some(Written::Name(word)) if kind == ParameterKind::Documents && word == "overdue" => {
                Some(Coverage::Overdue)
            }
            Some(Written::Name(word)) if kind == ParameterKind::Documents && word == "reached" => {
                Some(Coverage::Reached)
            }
            _ => None,
        };
        let optional = written.optional.is_some() || written.default.is_some();
        Some(Parameter { name: written.name.value.clone(), kind, optional, coverage })
    }

    fn computes(&self, written: &ast::ActionDecl, word: &ast::Name) -> Option<Computes> {
        let Some((_, computes, from)) = COMPUTES.iter().find(|(known, ..)| *known == word.value) else {
            let known: Vec<&str> = COMPUTES.iter().map(|(known, ..)| *known).collect();
            let finding = Diagnostic::new(code::UNKNOWN_WORD, format!("an action does not compute `{}`", word.value))
                .label(word.span, "not known");
            return self.refuse(match nearest(&word.value, known.iter().copied()) {
                Some(near) => {
                    finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), word.span, near)
                }
                None => finding.help(format!("write {}", choice(&known))),
            });
        };
        for (label, ty) in *from {
            let fits = |parameter: &&ast::Parameter| parameter.name.value == *label && parameter.ty.value == *ty;
            if !written.parameters.iter().any(|parameter| fits(&parameter)) {
                self.report(
                    Diagnostic::new(code::ACTION_INCOMPLETE, format!("computing `{}` needs `{label}`", word.value))
                        .label(word.span, format!("computed from `{label}`"))
                        .help(format!("add the parameter `{label}: {ty}`")),
                );
            }
        }
        Some(*computes)
    }

    fn contact_has_recipient(&self, written: &ast::ActionDecl, mark: crate::base::Span) {
        if !written.parameters.iter().any(|parameter| parameter.ty.value == "recipient") {
            self.report(
                Diagnostic::new(code::ACTION_INCOMPLETE, "a contact needs somebody who is contacted")
                    .label(mark, "whom does it reach?")
                    .help("add the parameter `to: recipient`, or leave `contact` out"),
            );
        }
    }
}

/// Whether an action has at most one parameter of this type.
fn is_single(parameter: &ast::Parameter) -> bool {
    matches!(parameter.ty.value.as_str(), "recipient" | "template" | "documents")
}

fn second_of_its_kind(parameter: &ast::Parameter, first: &ast::Parameter) -> Diagnostic {
    let ty = &parameter.ty.value;
    Diagnostic::new(
        code::ACTION_INCOMPLETE,
        format!("an action has one parameter of type `{ty}`, here is a second one"),
    )
    .label(parameter.name.span, "a second one")
    .label(first.name.span, "the first one")
    .help("declare two actions, and write both in the step")
}
