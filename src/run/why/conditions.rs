//! Conditions in words: the values of the names in them, and what would have been wanted.

use crate::base::{Sources, Span};
use crate::check::tree::{BinaryOp, Expr, ExprKind, Subject};
use crate::run::evaluate::{Env, flag};
use crate::schema::Owner;

/// Defines inside defines whose values are told.
const DEPTH: usize = 3;

/// The text of an expression in one line.
pub(super) fn written(sources: &Sources, span: Span) -> String {
    sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells the values in expressions.
#[derive(Clone, Copy)]
pub(super) struct Words<'v, 'a> {
    pub(super) env: Env<'v, 'a>,
    pub(super) sources: &'v Sources,
}

impl<'a> Words<'_, 'a> {
    /// Whether a condition holds, and the values in it: `yes, since is 2025-01-10`.
    pub(super) fn answer(self, condition: &'a Expr) -> String {
        let holds = self.flag(condition) == Some(true);
        let facts = self.facts(condition);
        let answer = if holds { "yes" } else { "no" };
        if facts.is_empty() { answer.to_owned() } else { format!("{answer}, {}", facts.join(", ")) }
    }

    /// Why a condition fails: `overdue_total is 180.00 EUR, the step wants more than 250.00 EUR`.
    pub(super) fn lacks(self, condition: &'a Expr, who: &str) -> String {
        let failing = self.failing(condition);
        let facts = self.facts(failing);
        let alone = facts.len() == 1;
        let facts = facts.join(", ");
        match self.wanted(failing) {
            // A flag by itself.
            None if alone && matches!(failing.kind, ExprKind::Field(..)) => format!("{facts}, {who} wants yes"),
            Some(wanted) => format!("{facts}, {who} wants {wanted}"),
            None if facts.is_empty() => format!("`{}` does not hold", written(self.sources, failing.span)),
            None => format!("{facts}, {who} wants `{}`", written(self.sources, failing.span)),
        }
    }

    /// The values of the names in a condition: `since is 2025-01-10`.
    pub(super) fn facts(self, condition: &'a Expr) -> Vec<String> {
        let mut facts = Vec::new();
        self.gather(condition, DEPTH, &mut facts);
        facts
    }

    /// The value of an expression in words.
    pub(super) fn shown(self, expr: &'a Expr) -> String {
        match self.env.value(expr) {
            Ok(Some(value)) => value.show(&expr.typed.ty),
            Ok(None) => "missing".to_owned(),
            Err(_) => "not to be computed".to_owned(),
        }
    }

    fn flag(self, condition: &'a Expr) -> Option<bool> {
        self.env.value(condition).ok().and_then(flag)
    }

    fn gather(self, expr: &'a Expr, depth: usize, facts: &mut Vec<String>) {
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Today => {}
            ExprKind::Not(inner) | ExprKind::IsMissing(inner) | ExprKind::IsPresent(inner) => {
                self.gather(inner, depth, facts);
            }
            ExprKind::Binary(op, left, right) if !is_arithmetic(*op) => {
                self.gather(left, depth, facts);
                let decided =
                    matches!((op, self.flag(left)), (BinaryOp::And, Some(false)) | (BinaryOp::Or, Some(true)));
                if !decided {
                    self.gather(right, depth, facts);
                }
            }
            ExprKind::In(value, list) => {
                self.gather(value, depth, facts);
                list.iter().for_each(|candidate| self.gather(candidate, depth, facts));
            }
            ExprKind::Between(value, low, high) => {
                [value, low, high].into_iter().for_each(|part| self.gather(part, depth, facts));
            }
            ExprKind::OrElse(value, otherwise) => self.or_else(value, otherwise, depth, facts),
            _ => self.name(expr, depth, facts),
        }
    }

    /// The value that may be missing; what stands in for it where it is.
    fn or_else(self, value: &'a Expr, otherwise: &'a Expr, depth: usize, facts: &mut Vec<String>) {
        if matches!(self.env.value(value), Ok(Some(_))) {
            return self.gather(value, depth, facts);
        }
        let stands = match otherwise.kind {
            ExprKind::Literal(_) => self.shown(otherwise),
            _ => format!("{}, {}", written(self.sources, otherwise.span), self.shown(otherwise)),
        };
        facts.push(format!("{} is missing, so {stands} stands for it", written(self.sources, value.span)));
    }

    /// A value that is told by itself, then what it is made of.
    fn name(self, expr: &'a Expr, depth: usize, facts: &mut Vec<String>) {
        let fact = format!("{} is {}", written(self.sources, expr.span), self.shown(expr));
        if facts.contains(&fact) {
            return;
        }
        facts.push(fact);
        match &expr.kind {
            ExprKind::Define(subject, define) if depth > 0 => {
                let Some(define) = self.env.customer.run.plan.defines.get(define.0) else { return };
                let env = match (define.owner, subject) {
                    (Owner::Document, Subject::Leading) => {
                        self.env.leading.map(|leading| Env::document(self.env.customer, leading.document))
                    }
                    (Owner::Document, _) => {
                        self.env.document.map(|document| Env::document(self.env.customer, document))
                    }
                    _ => Some(Env::customer(self.env.customer)),
                };
                if let Some(env) = env {
                    Words { env, ..self }.gather(&define.expr, depth - 1, facts);
                }
            }
            ExprKind::Binary(..) | ExprKind::Call(..) | ExprKind::PlusWorkingDays(..) => {
                for part in expr.children() {
                    self.gather(part, depth, facts);
                }
            }
            _ => {}
        }
    }

    /// The part of a failing condition that fails: of `and` the first such side.
    fn failing(self, condition: &'a Expr) -> &'a Expr {
        match &condition.kind {
            ExprKind::Binary(BinaryOp::And, left, right) => {
                self.failing(if self.flag(left) == Some(true) { right } else { left })
            }
            _ => condition,
        }
    }

    /// What a comparison asks of its left side: `more than 250.00 EUR`.
    fn wanted(self, comparison: &'a Expr) -> Option<String> {
        match &comparison.kind {
            ExprKind::Binary(op, left, right) if !matches!(left.kind, ExprKind::Literal(_)) => {
                let bound = match right.kind {
                    ExprKind::Literal(_) => self.shown(right),
                    _ => written(self.sources, right.span),
                };
                Some(match op {
                    BinaryOp::Equal => bound,
                    BinaryOp::NotEqual => format!("anything but {bound}"),
                    BinaryOp::Less => format!("less than {bound}"),
                    BinaryOp::LessOrEqual => format!("at most {bound}"),
                    BinaryOp::Greater => format!("more than {bound}"),
                    BinaryOp::GreaterOrEqual => format!("at least {bound}"),
                    _ => return None,
                })
            }
            ExprKind::In(_, list) => {
                let choices: Vec<String> = list.iter().map(|choice| self.shown(choice)).collect();
                Some(format!("one of {}", choices.join(", ")))
            }
            ExprKind::Between(_, low, high) => Some(format!("{} to {}", self.shown(low), self.shown(high))),
            _ => None,
        }
    }
}

const fn is_arithmetic(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide)
}
