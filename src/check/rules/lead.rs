//! The last step of a dip procedure and the documents behind it (`S5`).

use crate::base::{Diagnostic, code};
use crate::check::rules::followed::{keeps, status_set};
use crate::check::rules::logic::{self, Truth};
use crate::check::rules::{Clock, Program, clock, is_for_document, sequence, starts_by_assignment};
use crate::syntax::ast::{Action, Expr, Procedure};

/// Actions that leave a document where it is. All others may take it away, here or in another
/// system, and so may whoever gets a `task`.
const LEAVE_IT: &[&str] = &[
    "email",
    "letter",
    "registered_letter",
    "sms",
    "call",
    "notify",
    "statement",
    "hold_deliveries",
    "release_deliveries",
    "charge",
    "interest",
];

/// Once the oldest invoice is past the last step, it leads for as long as it is open, and no
/// younger invoice of the customer is ever followed up. A procedure of one step is a notice rather
/// than a sequence, and is left alone.
pub(super) fn check(program: &Program<'_>, procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    let concerned = clock(procedure) == Clock::Dip && starts_by_assignment(procedure) && !is_for_document(procedure);
    if !concerned || sequence(procedure).count() < 2 {
        return;
    }
    let Some(last) = sequence(procedure).next_back() else { return };
    let repeats_for_ever = last.repeat.as_ref().is_some_and(|repeat| repeat.at_most.is_none());
    if repeats_for_ever
        || last.head.damaged
        || procedure.head.damaged
        || last.actions.is_empty()
        || last.actions.iter().any(|action| releases(program, procedure, action))
    {
        return;
    }
    out.push(
        Diagnostic::new(
            code::LEAD_NOT_RELEASED,
            format!("after step `{}` the oldest invoice keeps younger ones from being followed up", last.name.value),
        )
        .label(last.name.span, "the last step leaves the invoice where it is")
        .help(help(program, procedure)),
    );
}

fn help(program: &Program<'_>, procedure: &Procedure) -> String {
    let free = program.statuses.iter().rev().find(|status| keeps(procedure, status) == Truth::No);
    let status =
        free.map_or_else(String::new, |free| format!("give it a status that is not followed (`set_status {free}`), "));
    format!("{status}hand it over (`outsource …`), or repeat the step (`repeat every 14 days`)")
}

fn releases(program: &Program<'_>, procedure: &Procedure, action: &Action) -> bool {
    if action.name.value != "set_status" {
        return !LEAVE_IT.contains(&action.name.value.as_str());
    }
    let followed = status_set(action).map_or(Truth::No, |status| keeps(procedure, &status.value));
    let filter = procedure.follow.as_ref().and_then(|follow| follow.filter.as_ref());
    followed == Truth::No || filter.is_some_and(|filter| uses_a_define(program, filter))
}

/// A named part of a filter may say anything about the status.
fn uses_a_define(program: &Program<'_>, filter: &Expr) -> bool {
    logic::mentions(program, filter, &|name| program.defines.named(name).next().is_some())
}
