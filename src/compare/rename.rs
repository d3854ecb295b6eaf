//! Procedures and steps that go by another name (`was`): the older program under the names of the newer.

use std::collections::BTreeMap;

use crate::compare::parts::Parts;
use crate::syntax::ast::{self, Action, ArgumentValue, Expr, ExprKind, ModeKind, TimingKind};

/// The new names of what was renamed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Of procedures, by their old names.
    procedures: BTreeMap<String, String>,
    /// Of steps, by the old names of procedure and step.
    steps: BTreeMap<(String, String), String>,
}

impl Names {
    /// What `new` says was called otherwise in `old`: only where the old name is gone and the new one was free.
    pub(super) fn between(old: &Parts, new: &Parts) -> Self {
        let mut names = Self::default();
        for (name, procedure) in &new.procedures {
            let before = |was: &&ast::Name| free(&old.procedures, &new.procedures, &was.value, name);
            if let Some(was) = procedure.was.iter().find(before) {
                names.procedures.entry(was.value.clone()).or_insert_with(|| name.clone());
            }
        }
        for (old_name, old_steps) in &old.steps {
            let Some(new_steps) = new.steps.get(names.procedure(old_name)) else { continue };
            let (before, after) = (by_name(old_steps), by_name(new_steps));
            for (name, step) in &after {
                if let Some(was) = step.was.iter().find(|was| free(&before, &after, &was.value, name)) {
                    let key = (old_name.clone(), was.value.clone());
                    names.steps.entry(key).or_insert_with(|| (*name).to_owned());
                }
            }
        }
        names
    }

    /// Whether nothing was renamed.
    pub(super) fn is_empty(&self) -> bool {
        self.procedures.is_empty() && self.steps.is_empty()
    }

    /// What a procedure of the older program is called now.
    pub(super) fn procedure<'n>(&'n self, old: &'n str) -> &'n str {
        self.procedures.get(old).map_or(old, String::as_str)
    }

    /// What a step of the older program is called now.
    pub(super) fn step<'n>(&'n self, procedure: &str, old: &'n str) -> &'n str {
        self.steps.get(&(procedure.to_owned(), old.to_owned())).map_or(old, String::as_str)
    }

    /// Old and new names of procedures.
    pub(super) fn procedures(&self) -> impl Iterator<Item = (&str, &str)> {
        self.procedures.iter().map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// The old name of the procedure, the old and the new name of the step.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.steps.iter().map(|((procedure, old), new)| (procedure.as_str(), old.as_str(), new.as_str()))
    }

    /// The older program under the new names.
    pub(super) fn applied(&self, old: &Parts, new: &Parts) -> Parts {
        let mut parts = old.clone();
        parts.procedures = BTreeMap::new();
        parts.steps = BTreeMap::new();
        for (name, procedure) in &old.procedures {
            let now = self.procedure(name).to_owned();
            let mut procedure = procedure.clone();
            if now != *name {
                procedure.name.value.clone_from(&now);
                procedure.was = known(new.procedures.get(&now).map(|new| &new.was), &procedure.was);
            }
            let renamed = |result: &mut ast::Name| result.value = self.step(name, &result.value).to_owned();
            of_procedure(&mut procedure).into_iter().for_each(|expr| results(expr, &renamed));
            let mut steps = old.steps.get(name).cloned().unwrap_or_default();
            for (key, step) in &mut steps {
                let now_step = self.step(name, key).to_owned();
                if now_step != *key {
                    let newer = new.steps.get(&now).and_then(|steps| steps.iter().find(|(name, _)| *name == now_step));
                    step.was = known(newer.map(|(_, step)| &step.was), &step.was);
                    step.name.value.clone_from(&now_step);
                    *key = now_step;
                }
                of_step(step).into_iter().for_each(|expr| results(expr, &renamed));
            }
            parts.procedures.insert(now.clone(), procedure);
            parts.steps.insert(now, steps);
        }
        for (_, rule) in &mut parts.rules {
            rule.procedure.value = self.procedure(&rule.procedure.value).to_owned();
        }
        parts.name_rules();
        parts
    }
}

fn by_name(steps: &[(String, ast::Step)]) -> BTreeMap<&str, &ast::Step> {
    steps.iter().map(|(name, step)| (name.as_str(), step)).collect()
}

/// Whether `was` is gone and `name` was not there before.
fn free<K: Ord + std::borrow::Borrow<str>, V>(
    old: &BTreeMap<K, V>,
    new: &BTreeMap<K, V>,
    was: &str,
    name: &str,
) -> bool {
    old.contains_key(was) && !new.contains_key(was) && !old.contains_key(name)
}

/// The earlier names that the newer program gives, and those only the older one gave.
fn known(newer: Option<&Vec<ast::Name>>, older: &[ast::Name]) -> Vec<ast::Name> {
    let mut all = newer.cloned().unwrap_or_default();
    all.extend(older.iter().filter(|name| !newer.is_some_and(|newer| newer.contains(name))).cloned());
    all
}

/// The expressions of a procedure, without those of its steps.
fn of_procedure(procedure: &mut ast::Procedure) -> Vec<&mut Expr> {
    let mut all: Vec<&mut Expr> = Vec::new();
    if let Some(start) = &mut procedure.start {
        all.extend(start.when.iter_mut().chain(start.from.iter_mut()));
    }
    if let Some(ast::Timing { kind: TimingKind::Dip { from, .. }, .. }) = &mut procedure.timing {
        all.extend(from.iter_mut());
    }
    let filter = procedure.follow.as_mut().and_then(|follow| follow.filter.as_mut());
    all.extend(procedure.stop.iter_mut().chain(filter).chain(procedure.priority.iter_mut()));
    all
}

/// The expressions of a step.
fn of_step(step: &mut ast::Step) -> Vec<&mut Expr> {
    let mut all: Vec<&mut Expr> = step.from.iter_mut().chain(step.when.iter_mut()).collect();
    if let Some(ast::Mode { kind: ModeKind::AutomaticIf(condition), .. }) = &mut step.mode {
        all.push(condition);
    }
    all.extend(step.actions.iter_mut().flat_map(of_action));
    all
}

fn of_action(action: &mut Action) -> impl Iterator<Item = &mut Expr> {
    action.arguments.iter_mut().filter_map(|argument| match &mut argument.value {
        ArgumentValue::Expr(expr) => Some(expr),
        ArgumentValue::Documents { filter, .. } => filter.as_mut(),
    })
}

/// Calls `rename` for the step of every `result of STEP` in an expression.
fn results(expr: &mut Expr, rename: &dyn Fn(&mut ast::Name)) {
    match &mut expr.kind {
        ExprKind::ResultOf(step) => rename(step),
        ExprKind::Number(..)
        | ExprKind::Date(_)
        | ExprKind::Text(_)
        | ExprKind::Flag(_)
        | ExprKind::Name(_)
        | ExprKind::Member(..)
        | ExprKind::Unreadable => {}
        ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::IsMissing(inner)
        | ExprKind::IsPresent(inner)
        | ExprKind::Paren(inner) => results(inner, rename),
        ExprKind::Binary(_, left, right) | ExprKind::OrElse(left, right) => {
            results(left, rename);
            results(right, rename);
        }
        ExprKind::In(value, list) => {
            results(value, rename);
            list.iter_mut().for_each(|one| results(one, rename));
        }
        ExprKind::Between(value, low, high) => [value, low, high].into_iter().for_each(|one| results(one, rename)),
        ExprKind::Question(question) => {
            question.element.iter_mut().chain(&mut question.filter).for_each(|one| results(one, rename));
        }
        ExprKind::Call(_, arguments) => arguments.iter_mut().for_each(|one| results(one, rename)),
    }
}
