//! Where templates are used, and what the action offers there.

use std::sync::Arc;

use crate::syntax::ast::{self, Action, ActionDecl, ArgumentValue, ExprKind, Item, Name};

/// One use of a template by an action of a step.
pub(super) struct Use<'a> {
    /// The template's name, where it is used.
    pub(super) template: Name,
    /// The action that uses it.
    pub(super) action: &'a Action,
    /// Whether the action covers documents.
    pub(super) covers: bool,
    /// Whether the action claims or computes an amount.
    pub(super) has_amount: bool,
    /// Whether the action has a recipient.
    pub(super) has_recipient: bool,
}

/// Every use of a template.
pub(super) fn all<'a>(files: &'a [Arc<ast::File>], prelude: &'a ast::File) -> Vec<Use<'a>> {
    let items = || files.iter().map(|file| &**file).chain([prelude]).flat_map(|file| &file.items);
    let declared: Vec<&ActionDecl> = items()
        .filter_map(|item| match item {
            Item::Action(action) => Some(action),
            _ => None,
        })
        .collect();
    let steps = items().filter_map(|item| match item {
        Item::Procedure(procedure) => Some(&procedure.steps),
        _ => None,
    });
    let mut uses = Vec::new();
    for action in steps.flatten().flat_map(|step| &step.actions) {
        let declaration = declared.iter().find(|declared| declared.name == action.name);
        uses.extend(declaration.into_iter().flat_map(|declaration| of_action(action, declaration)));
    }
    uses
}

fn of_action<'a>(action: &'a Action, declaration: &ActionDecl) -> Vec<Use<'a>> {
    let has = |ty: &str| declaration.parameters.iter().any(|parameter| parameter.ty.value == ty);
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
    names
        .map(|template| Use {
            template,
            action,
            covers: has("documents"),
            has_amount: has("documents") || declaration.computes.is_some(),
            has_recipient: has("recipient"),
        })
        .collect()
}
