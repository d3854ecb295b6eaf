//! Expressions: names looked up, types known, units right.
//!
//! `None` means that the finding is made already, so that one mistake is one finding.

mod arithmetic;
mod calls;
mod compare;
mod lists;
mod literals;
mod logic;
mod missing;
mod names;
mod questions;

pub(super) use literals::MOST_DAYS;
pub(super) use questions::owner_of;

use crate::base::text::canonical;
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::place::Place;
use crate::check::tree::{Expr, ExprKind};
use crate::schema::{Type, Typed, Value};
use crate::syntax::ast::{self, BinaryOp};

impl Context<'_> {
    /// The expression with its type; its value may be missing.
    pub(super) fn infer(&self, expr: &ast::Expr, place: &Place) -> Option<Expr> {
        use ast::ExprKind as Written;
        let span = expr.at();
        match &expr.kind {
            Written::Number(number, unit) => self.number(number, unit.as_ref(), span),
            Written::Date(date) => Some(literal(Value::Date(*date), Type::Date, span)),
            Written::Text(text) => Some(literal(Value::Text(canonical(text).as_ref().into()), Type::Text, span)),
            Written::Flag(flag) => Some(literal(Value::Flag(*flag), Type::Flag, span)),
            Written::Name(name) => self.name(name, span, place),
            Written::Member(owner, name) => self.member_of(owner, name, span, place),
            Written::ResultOf(step) => self.result_of(step, span, place),
            Written::Not(inner) => {
                let inner = self.condition(inner, place)?;
                Some(present(ExprKind::Not(Box::new(inner)), Type::Flag, span))
            }
            Written::Negate(inner) => self.negate(inner, span, place),
            Written::Binary(op, left, right) => match op.value {
                BinaryOp::And | BinaryOp::Or => self.logic(op.value, left, right, span, place),
                BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide => {
                    self.arithmetic(op, (left, right), span, place)
                }
                _ => self.comparison(op, (left, right), span, place),
            },
            Written::OrElse(left, right) => self.or_else(left, right, span, place),
            Written::In(value, list) => self.in_list(value, list, span, place),
            Written::Between(value, low, high) => self.between(value, low, high, span, place),
            Written::IsMissing(inner) => {
                let inner = self.asked_for(inner, span, place)?;
                Some(present(ExprKind::IsMissing(Box::new(inner)), Type::Flag, span))
            }
            Written::IsPresent(inner) => {
                let inner = self.asked_for(inner, span, place)?;
                Some(present(ExprKind::IsPresent(Box::new(inner)), Type::Flag, span))
            }
            Written::Question(question) => self.question(question, span, place),
            Written::Call(name, arguments) => self.call(name, arguments, span, place),
            Written::Paren(inner) => self.infer(inner, place),
            Written::Unreadable => self.unreadable(),
        }
    }

    /// The expression, whose value must always be there.
    pub(super) fn value(&self, expr: &ast::Expr, place: &Place) -> Option<Expr> {
        let inferred = self.infer(expr, place)?;
        Some(self.always_there(inferred, expr, place))
    }

    /// A condition: yes or no, always there.
    pub(super) fn condition(&self, expr: &ast::Expr, place: &Place) -> Option<Expr> {
        let inferred = self.infer(expr, place)?;
        if inferred.typed.ty != Type::Flag {
            return self.refuse(no_condition(expr, &inferred));
        }
        Some(self.always_there(inferred, expr, place))
    }

    /// A value of this type, always there; `what` names it in the message: `the start`.
    pub(super) fn of_type(&self, expr: &ast::Expr, place: &Place, wanted: &Type, what: &str) -> Option<Expr> {
        let inferred = match wanted {
            Type::List(list) => self.list_value(list, expr, place)?,
            Type::Text => self.text_value(expr, place)?,
            _ => self.infer(expr, place)?,
        };
        if inferred.typed.ty != *wanted {
            let found = inferred.typed.ty.described();
            let finding = Diagnostic::new(code::WRONG_TYPE, format!("{what} is {}, not {found}", wanted.described()))
                .label(expr.at(), found);
            return self.refuse(self.with_unit_help(finding.help(example_of(wanted)), expr, wanted));
        }
        Some(self.always_there(inferred, expr, place))
    }
}

/// A value as written.
fn literal(value: Value, ty: Type, span: Span) -> Expr {
    present(ExprKind::Literal(value), ty, span)
}

/// An expression whose value is always there.
const fn present(kind: ExprKind, ty: Type, span: Span) -> Expr {
    Expr { kind, typed: Typed::present(ty), span }
}

/// The expression inside the brackets.
fn bare(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ast::ExprKind::Paren(inner) => bare(inner),
        _ => expr,
    }
}

/// Help where a value of a type is wanted.
fn example_of(wanted: &Type) -> &'static str {
    match wanted {
        Type::Text => "write a text in quotes, or the name of one",
        Type::Number => "write a number, such as `3`, or the name of one",
        Type::Percent => "write a percentage, such as `8 %`, or the name of one",
        Type::Money => "write an amount, such as `40 EUR`, or the name of one",
        Type::Date => "write a date, such as `due_date` or `2026-03-31`",
        Type::Days => "write days, such as `14 days`, or the name of a field that counts days",
        Type::Flag => "write `yes` or `no`, or a condition",
        Type::List(_) => "write one of its values",
    }
}

fn no_condition(expr: &ast::Expr, found: &Expr) -> Diagnostic {
    let described = found.typed.ty.described();
    let finding = Diagnostic::new(code::NO_CONDITION, format!("a condition is yes or no, this is {described}"))
        .label(expr.at(), described);
    let example = match &found.typed.ty {
        Type::Money => "compare it: `… > 250 EUR`".to_owned(),
        Type::Number => "compare it: `… > 3`".to_owned(),
        Type::Percent => "compare it: `… > 8 %`".to_owned(),
        Type::Days => "compare it: `… > 7 days`".to_owned(),
        Type::Date => "compare it: `… < today`".to_owned(),
        Type::Text => "compare it: `… = \"text\"`".to_owned(),
        Type::List(list) => format!("compare it: `… = {}`", list.value(0)),
        Type::Flag => String::new(),
    };
    finding.help(example)
}
