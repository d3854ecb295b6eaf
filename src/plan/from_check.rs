//! A checked program to a plan: every default of section 3 filled in, every name of an action resolved.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::calendar::WorkingDays;
use crate::check::tree::{self, DefineId, Expr, ExprKind, FieldRef, ParameterKind, Scope, Subject};
use crate::plan::{Action, Calendar, Clock, Follow, Plan, Procedure, Start, Step};
use crate::schema::{FOLLOWED, Field};

/// The plan of a checked program.
#[must_use]
pub fn lower(program: &tree::Program) -> Plan {
    Plan {
        ledger: program.ledger.clone(),
        calendars: program.calendars.iter().map(calendar).collect(),
        defines: program.defines.iter().map(|define| (**define).clone()).collect(),
        templates: program.templates.clone(),
        assignment: program.assignment.clone(),
        procedures: program
            .procedures
            .iter()
            .enumerate()
            .map(|(place, written)| procedure(program, place, written))
            .collect(),
        policy: program.policy.clone(),
    }
}

fn calendar(written: &tree::Calendar) -> Calendar {
    let working = WorkingDays::new(&written.weekend, &written.countries, &written.own_days);
    Calendar { name: written.name.value.clone(), working: Arc::new(working) }
}

fn procedure(program: &tree::Program, place: usize, written: &tree::Procedure) -> Procedure {
    let steps = |at_stop: bool| {
        let numbered = written.steps.iter().enumerate().filter(move |(_, step)| step.at_stop == at_stop);
        numbered.map(|(place, written)| step(program, place, written)).collect()
    };
    Procedure {
        id: tree::ProcedureId(place),
        name: written.name.value.clone(),
        title: written.title.clone().unwrap_or_else(|| written.name.value.clone()),
        known_as: known_as(&written.name.value, &written.was),
        scope: written.scope,
        start: start(written),
        follow: follow(program, written),
        clock: match &written.timing {
            tree::Timing::Dip { from, working } => Clock::Dip { anchor: from.clone(), working: *working },
            tree::Timing::AfterPrevious => Clock::AfterPrevious,
        },
        priority: written.priority.clone(),
        steps: steps(false),
        at_stop: steps(true),
        span: written.name.span,
    }
}

fn known_as(name: &str, was: &[String]) -> Vec<String> {
    std::iter::once(name).chain(was.iter().map(String::as_str)).map(str::to_owned).collect()
}

fn start(written: &tree::Procedure) -> Start {
    let from = written.start_from.clone();
    match &written.start {
        None => Start::Assignment { from },
        Some(start) => Start::Conditions { start: start.clone(), stop: written.stop.clone(), from },
    }
}

/// Open invoices, unless the condition mentions `kind`; without a condition those of status `open`
/// (the first status where none is called so), in a procedure for document those of any (`S4`).
fn follow(program: &tree::Program, written: &tree::Procedure) -> Follow {
    let statuses = &program.ledger.statuses;
    let usual = statuses.code(FOLLOWED).or_else(|| statuses.code(statuses.values().first()?));
    let nothing_written = written.follow.is_none() && written.scope == Scope::Customer;
    Follow {
        filter: written.follow.clone(),
        invoices_only: !written.follow.as_ref().is_some_and(|filter| mentions_kind(program, filter)),
        only_status: if nothing_written { usual } else { None },
    }
}

/// Whether an expression about a document mentions its `kind`, itself or by a define.
fn mentions_kind(program: &tree::Program, filter: &Expr) -> bool {
    let mut seen = BTreeSet::new();
    let mut ahead = vec![filter];
    while let Some(expr) = ahead.pop() {
        let mut found = false;
        let mut used: Vec<DefineId> = Vec::new();
        expr.walk(&mut |inner| match &inner.kind {
            ExprKind::Field(Subject::Document, FieldRef::BuiltIn(Field::Kind)) => found = true,
            ExprKind::Define(Subject::Document, define) => used.push(*define),
            _ => {}
        });
        if found {
            return true;
        }
        used.retain(|define| seen.insert(*define));
        ahead.extend(used.into_iter().filter_map(|define| program.defines.get(define.0)).map(|define| &define.expr));
    }
    false
}

fn step(program: &tree::Program, place: usize, written: &tree::Step) -> Step {
    Step {
        place,
        name: written.name.value.clone(),
        title: written.title.clone().unwrap_or_else(|| written.name.value.clone()),
        known_as: known_as(&written.name.value, &written.was),
        at_day: written.at_day.as_ref().map(|day| day.value),
        after: written.after.as_ref().map(|after| after.value),
        from: written.from.clone(),
        when: written.when.clone(),
        mode: written.mode.clone(),
        repeat: written.repeat,
        results: written.results.clone(),
        actions: written.actions.iter().filter_map(|written| action(program, written)).collect(),
        span: written.name.span,
    }
}

/// An action with its declaration looked up.
fn action(program: &tree::Program, written: &tree::Action) -> Option<Action> {
    let declared = program.actions.get(written.action.0)?;
    let usual = declared.parameters.iter().find_map(|parameter| parameter.coverage.clone());
    let covering = written.covering.clone().or(usual);
    Some(Action {
        name: declared.name.value.clone(),
        recipient: written.recipient.clone(),
        template: written.template,
        computes: declared.computes,
        contact: declared.contact && written.recipient == Some(tree::Recipient::Customer),
        claims: communicates(declared) && written.recipient.is_some() && covering.is_some(),
        covering,
        by_hand: declared.by_hand,
        values: written.values.clone(),
        span: written.span,
    })
}

/// Whether an action is a communication, which claims what it covers (`S17`): declared as a contact,
/// or with a text of its own. A task or a note to a colleague claims nothing.
fn communicates(declared: &tree::ActionDecl) -> bool {
    let has_text = || declared.parameters.iter().any(|parameter| parameter.kind == ParameterKind::Template);
    declared.computes.is_none() && (declared.contact || has_text())
}
