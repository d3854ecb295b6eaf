//! Assignment: which procedure a customer gets (`S15`).

use hashbrown::HashSet;

use crate::base::{Diagnostic, code};
use crate::check::rules::{Program, logic, starts_by_assignment};
use crate::syntax::ast::{Assign, AssignRule, Procedure};

/// The word that assigns no procedure on purpose.
const NONE: &str = "none";

pub(super) fn check(program: &Program<'_>, out: &mut Vec<Diagnostic>) {
    let procedures = program.procedures;
    let named = |rule: &AssignRule| procedures.get(procedures.find(&rule.procedure.value)?);
    let rules =
        || program.items.assigns.iter().flat_map(|assign| &assign.rules).filter(|rule| rule.procedure.value != NONE);
    out.extend(rules().filter_map(|rule| is_a_conditional_one(rule, named(rule)?)));
    // A rule that names no procedure may be a misspelling of the one that nothing else names.
    if rules().any(|rule| named(rule).is_none()) || program.items.assigns.iter().any(|assign| assign.head.damaged) {
        return;
    }
    let assigned: HashSet<&str> = rules().map(|rule| rule.procedure.value.as_str()).collect();
    let starting = program.items.of_interest.iter().copied().filter(|procedure| starts_by_assignment(procedure));
    out.extend(starting.filter(|it| !assigned.contains(it.name.value.as_str())).map(never_assigned));
}

pub(super) fn order(assign: &Assign, out: &mut Vec<Diagnostic>) {
    let mut otherwise: Option<&AssignRule> = None;
    for (place, rule) in assign.rules.iter().enumerate() {
        if let Some(otherwise) = otherwise {
            out.push(
                Diagnostic::new(
                    code::RULE_AFTER_OTHERWISE,
                    format!("the rule for `{}` comes after `otherwise` and is never reached", rule.procedure.value),
                )
                .label(rule.span.0, "no customer gets here")
                .label(otherwise.span.0, "everyone who is left is assigned here")
                .help("move `otherwise` to the end"),
            );
            continue;
        }
        match &rule.when {
            None => otherwise = Some(rule),
            Some(when) => {
                let before = assign.rules.get(..place).unwrap_or(&[]);
                let covered =
                    before.iter().find(|other| other.when.as_ref().is_some_and(|other| logic::implies(when, other)));
                out.extend(covered.map(|other| never_holds(rule, other)));
            }
        }
    }
    if otherwise.is_none() && !assign.head.damaged {
        out.push(
            Diagnostic::new(code::NO_OTHERWISE, "customers for whom no rule holds get no procedure".to_owned())
                .label(assign.head.keyword, "this has no `otherwise`")
                .help("write `otherwise` and a procedure as the last rule, or `otherwise none` where that is meant"),
        );
    }
}

fn never_holds(rule: &AssignRule, other: &AssignRule) -> Diagnostic {
    Diagnostic::new(code::RULE_NEVER_HOLDS, format!("the rule for `{}` is never reached", rule.procedure.value))
        .label(rule.span.0, "every customer for whom this holds has been assigned before")
        .label(other.span.0, "the first rule that holds decides")
        .help("move the narrower rule up, or remove it")
}

fn is_a_conditional_one(rule: &AssignRule, procedure: &Procedure) -> Option<Diagnostic> {
    let name = &rule.procedure.value;
    let start = procedure.start.as_ref().filter(|start| start.when.is_some())?;
    Some(
        Diagnostic::new(
            code::ASSIGNED_YET_CONDITIONAL,
            format!("procedure `{name}` cannot be assigned: it starts by itself"),
        )
        .label(rule.procedure.span, "it is assigned here")
        .label(start.span.0, "it starts when this holds, for whoever it holds")
        .help(format!("write `start by assignment` in `{name}`, or remove this rule")),
    )
}

fn never_assigned(procedure: &Procedure) -> Diagnostic {
    let name = &procedure.name.value;
    Diagnostic::new(code::NEVER_ASSIGNED, format!("procedure `{name}` is never assigned, so no customer gets it"))
        .label(procedure.name.span, "it starts by assignment")
        .help(format!("write a rule for it (`assign {{ otherwise {name} }}`), or `start when …` in it"))
}
