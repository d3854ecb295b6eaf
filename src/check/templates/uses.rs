//! Where templates are used by an action that does not offer them everything.

use crate::check::items::Items;
use crate::syntax::ast::{Action, ActionDecl, ArgumentValue, ExprKind, Name, Procedure};

/// One use of a template by an action of a step.
#[derive(Debug, Clone)]
pub(in crate::check) struct Use {
    /// The template's name, where it is used.
    pub(super) template: Name,
    /// The action that uses it.
    pub(super) action: String,
    /// Whether the action covers documents.
    pub(super) covers: bool,
    /// Whether the action claims or computes an amount.
    pub(super) has_amount: bool,
    /// Whether the action has a recipient.
    pub(super) has_recipient: bool,
}

/// The uses of templates in a procedure where something is not offered.
pub(in crate::check) fn in_procedure(procedure: &Procedure, declared: &Items<'_>) -> Vec<Use> {
    let mut uses = Vec::new();
    for action in procedure.steps.iter().flat_map(|step| &step.actions) {
        let declaration = declared.action(&action.name.value);
        uses.extend(declaration.into_iter().flat_map(|declaration| of_action(action, declaration)));
    }
    uses
}

fn of_action(action: &Action, declaration: &ActionDecl) -> Vec<Use> {
    let has = |ty: &str| declaration.parameters.iter().any(|parameter| parameter.ty.value == ty);
    let covers = has("documents");
    let has_amount = covers || declaration.computes.is_some();
    let has_recipient = has("recipient");
    if covers && has_recipient {
        return Vec::new();
    }
    let names = action.arguments.iter().filter_map(|argument| {
        let parameter = match &argument.label {
            None => declaration.parameters.first(),
            Some(label) => declaration.parameters.iter().find(|parameter| parameter.name == *label),
        }?;
        match &argument.value {
            ArgumentValue::Expr(expr) if parameter.ty.value == "template" => match &expr.kind {
                ExprKind::Name(name) => Some(Name::new(name.clone(), expr.at())),
                _ => None,
            },
            _ => None,
        }
    });
    let action = &action.name.value;
    names.map(|template| Use { template, action: action.clone(), covers, has_amount, has_recipient }).collect()
}
