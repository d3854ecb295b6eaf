//! Every expression of a file, from the outside inwards.

use crate::syntax::ast::{Argument, ArgumentValue, EventKind, Expr, ExprKind, File, Item, ModeKind, Procedure, Step, Test, TimingKind};

/// Every expression of a file, those inside others too.
#[must_use]
pub fn all(file: &File) -> Vec<&Expr> {
    let mut found = Vec::new();
    for item in &file.items {
        in_item(item, &mut |expr| with_inner(expr, &mut found));
    }
    found
}

/// Gives every expression that stands alone in a declaration.
pub fn in_item<'t>(item: &'t Item, give: &mut dyn FnMut(&'t Expr)) {
    match item {
        Item::Define(it) => give(&it.expr),
        Item::Action(it) => it.parameters.iter().filter_map(|parameter| parameter.default.as_ref()).for_each(give),
        Item::Assign(it) => it.rules.iter().filter_map(|rule| rule.when.as_ref()).for_each(give),
        Item::Procedure(it) => in_procedure(it, give),
        Item::Test(it) => in_test(it, give),
        Item::Ledger(_) | Item::Calendar(_) | Item::Template(_) | Item::ContactPolicy(_) => {}
    }
}

fn in_procedure<'t>(it: &'t Procedure, give: &mut dyn FnMut(&'t Expr)) {
    if let Some(start) = &it.start {
        start.when.iter().chain(&start.from).for_each(&mut *give);
    }
    it.stop.iter().chain(&it.priority).for_each(&mut *give);
    it.follow.iter().filter_map(|follow| follow.filter.as_ref()).for_each(&mut *give);
    if let Some(TimingKind::Dip { from: Some(from), .. }) = it.timing.as_ref().map(|timing| &timing.kind) {
        give(from);
    }
    it.steps.iter().for_each(|step| in_step(step, give));
}

fn in_step<'t>(step: &'t Step, give: &mut dyn FnMut(&'t Expr)) {
    step.from.iter().chain(&step.when).for_each(&mut *give);
    if let Some(ModeKind::AutomaticIf(condition)) = step.mode.as_ref().map(|mode| &mode.kind) {
        give(condition);
    }
    for Argument { value, .. } in step.actions.iter().flat_map(|action| &action.arguments) {
        match value {
            ArgumentValue::Expr(expr) => give(expr),
            ArgumentValue::Documents { filter, .. } => filter.iter().for_each(&mut *give),
        }
    }
}

fn in_test<'t>(test: &'t Test, give: &mut dyn FnMut(&'t Expr)) {
    test.records.iter().flat_map(|record| &record.fields).for_each(|(_, value)| give(value));
    for event in &test.events {
        match &event.kind {
            EventKind::Paid { amount, .. } | EventKind::Promise { amount, .. } => amount.iter().for_each(&mut *give),
            EventKind::Set { value, .. } => give(value),
            EventKind::Expect { .. } | EventKind::ExpectNothing { .. } | EventKind::Outcome { .. } | EventKind::Hold { .. } => {}
        }
    }
}

fn with_inner<'t>(expr: &'t Expr, found: &mut Vec<&'t Expr>) {
    found.push(expr);
    let mut inner = |expr: &'t Expr| with_inner(expr, found);
    match &expr.kind {
        ExprKind::Not(it) | ExprKind::Negate(it) | ExprKind::IsMissing(it) | ExprKind::IsPresent(it) | ExprKind::Paren(it) => inner(it),
        ExprKind::Binary(_, left, right) | ExprKind::OrElse(left, right) => {
            inner(left);
            inner(right);
        }
        ExprKind::In(it, list) => {
            inner(it);
            list.iter().for_each(inner);
        }
        ExprKind::Between(it, low, high) => [it, low, high].into_iter().for_each(|it| inner(it)),
        ExprKind::Question(it) => it.element.iter().chain(&it.filter).for_each(inner),
        ExprKind::Call(_, arguments) => arguments.iter().for_each(inner),
        ExprKind::Number(..)
        | ExprKind::Date(_)
        | ExprKind::Text(_)
        | ExprKind::Flag(_)
        | ExprKind::Name(_)
        | ExprKind::Member(..)
        | ExprKind::ResultOf(_)
        | ExprKind::Unreadable => {}
    }
}
