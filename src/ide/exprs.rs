//! The expressions of a program, and which of them an editor changes.

use std::ops::Range;

use crate::syntax::ast::{
    Action, ActionDecl, ArgumentValue, EventKind, Expr, File, Item, ModeKind, Procedure, Step, Test, TimingKind,
};

/// An expression that is no part of another one, and whether it stands in an action: there it ends with
/// the line, unless it is in brackets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root<'a> {
    /// The expression.
    pub(super) expr: &'a Expr,
    /// Whether it is an argument.
    pub(super) is_argument: bool,
}

/// The whole expressions of a declaration, those of tests left out: they are values as written.
pub(super) fn roots(item: &Item) -> Vec<Root<'_>> {
    match item {
        Item::Define(define) => vec![clause(&define.expr)],
        Item::Action(action) => defaults(action),
        Item::Assign(assign) => assign.rules.iter().filter_map(|rule| rule.when.as_ref()).map(clause).collect(),
        Item::Procedure(procedure) => of_procedure(procedure),
        Item::Ledger(_) | Item::Calendar(_) | Item::Template(_) | Item::ContactPolicy(_) | Item::Test(_) => Vec::new(),
    }
}

/// Every expression of a file, those inside others and those of tests too.
pub(super) fn all(file: &File) -> Vec<&Expr> {
    let mut found = Vec::new();
    let whole = file.items.iter().flat_map(|item| match item {
        Item::Test(test) => of_test(test),
        _ => roots(item).into_iter().map(|root| root.expr).collect(),
    });
    whole.for_each(|expr| expr.walk(&mut |expr| found.push(expr)));
    found
}

fn of_test(test: &Test) -> Vec<&Expr> {
    let given = test.records.iter().flat_map(|record| &record.fields).map(|(_, value)| value);
    let told = test.events.iter().filter_map(|event| match &event.kind {
        EventKind::Paid { amount, .. } | EventKind::Promise { amount, .. } => amount.as_ref(),
        EventKind::Set { value, .. } => Some(value),
        EventKind::Expect { .. }
        | EventKind::ExpectNothing { .. }
        | EventKind::Outcome { .. }
        | EventKind::Hold { .. } => None,
    });
    given.chain(told).collect()
}

/// The expressions from a whole one inwards to the innermost that `fits` and holds the bytes of `range`.
pub(super) fn inwards<'a>(expr: &'a Expr, range: &Range<usize>) -> Vec<&'a Expr> {
    let holds = |expr: &&Expr| {
        let whole = expr.at().range();
        whole.start <= range.start && range.end <= whole.end
    };
    let mut path = Vec::new();
    let mut next = Some(expr).filter(holds);
    while let Some(expr) = next {
        path.push(expr);
        next = expr.parts().into_iter().find(holds);
    }
    path
}

const fn clause(expr: &Expr) -> Root<'_> {
    Root { expr, is_argument: false }
}

fn defaults(action: &ActionDecl) -> Vec<Root<'_>> {
    let defaults = action.parameters.iter().filter_map(|parameter| parameter.default.as_ref());
    defaults.map(|expr| Root { expr, is_argument: true }).collect()
}

fn of_procedure(procedure: &Procedure) -> Vec<Root<'_>> {
    let mut all: Vec<&Expr> = Vec::new();
    all.extend(procedure.start.iter().flat_map(|start| start.when.iter().chain(&start.from)));
    all.extend(&procedure.stop);
    all.extend(procedure.follow.iter().flat_map(|follow| &follow.filter));
    if let Some(TimingKind::Dip { from: Some(from), .. }) = procedure.timing.as_ref().map(|timing| &timing.kind) {
        all.push(from);
    }
    all.extend(&procedure.priority);
    all.into_iter().map(clause).chain(procedure.steps.iter().flat_map(of_step)).collect()
}

fn of_step(step: &Step) -> Vec<Root<'_>> {
    let mut all: Vec<Root<'_>> = step.from.iter().chain(&step.when).map(clause).collect();
    if let Some(ModeKind::AutomaticIf(condition)) = step.mode.as_ref().map(|mode| &mode.kind) {
        all.push(clause(condition));
    }
    all.extend(step.actions.iter().flat_map(of_action));
    all
}

fn of_action(action: &Action) -> impl Iterator<Item = Root<'_>> {
    let arguments = action.arguments.iter().filter_map(|argument| match &argument.value {
        ArgumentValue::Expr(expr) => Some(expr),
        ArgumentValue::Documents { filter, .. } => filter.as_ref(),
    });
    arguments.map(|expr| Root { expr, is_argument: true })
}
