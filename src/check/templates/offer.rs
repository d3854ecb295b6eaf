//! Whether what a template shows is offered by every action that uses it.

use crate::base::{Diagnostic, Span, code};
use crate::check::templates::uses::Use;

/// A name that a template uses: where it is written first.
pub(super) type Seen = Vec<(&'static str, Span)>;

pub(super) fn check<'a>(seen: &Seen, uses: impl Iterator<Item = &'a Use>, out: &mut Vec<Diagnostic>) {
    for found in uses {
        for (name, span) in seen {
            let (offered, what) = match *name {
                "covered" => (found.covers, "covers no documents"),
                "amount" => (found.has_amount, "claims no amount"),
                "recipient" => (found.has_recipient, "has no recipient"),
                _ => (true, ""),
            };
            if !offered {
                let action = &found.action;
                out.push(
                    Diagnostic::new(
                        code::TEMPLATE_NAME_NOT_OFFERED,
                        format!("the template uses `{name}`, but action `{action}` {what}"),
                    )
                    .label(*span, "not there when the template is used by this action")
                    .label(found.template.span, "used here")
                    .help(help(name, action)),
                );
            }
        }
    }
}

fn help(name: &str, action: &str) -> String {
    match name {
        "recipient" => format!("add the parameter `to: recipient` to action `{action}`, or use another template here"),
        _ => format!(
            "add the parameter `covering: documents = overdue` to action `{action}`, or use another template here"
        ),
    }
}
