//! Comparisons: both sides have the same type, and units never mix.

use super::names::wanted;
use super::{bare, present};
use crate::base::{Diagnostic, Span, Spanned, code};
use crate::check::context::Context;
use crate::check::place::Place;
use crate::check::tree::{BinaryOp, Expr, ExprKind};
use crate::schema::{ClosedList, Type, Value};
use crate::syntax::ast::{self, ExprKind as Written};

impl Context<'_> {
    /// `a = b`, `a < b`
    pub(super) fn comparison(
        &self,
        op: &Spanned<BinaryOp>,
        (left, right): (&ast::Expr, &ast::Expr),
        span: Span,
        place: &Place,
    ) -> Option<Expr> {
        let Some(first) = self.value(left, place) else {
            self.right_of_unknown(right, place);
            return None;
        };
        let second = self.right_of(&first, left, right, place)?;
        let ordered = !matches!(op.value, BinaryOp::Equal | BinaryOp::NotEqual);
        if ordered && matches!(first.typed.ty, Type::Flag | Type::List(_)) {
            return self.refuse(unordered(op, &first));
        }
        if is_name(&first) && first.kind == second.kind {
            self.report(
                Diagnostic::new(code::SAME_ON_BOTH_SIDES, "this compares a value with itself")
                    .label(span, "always the same answer")
                    .help("compare it with another value"),
            );
        }
        Some(present(ExprKind::Binary(op.value, Box::new(first), Box::new(second)), Type::Flag, span))
    }

    /// The right side of a comparison: a value of the type of the left side, always there.
    pub(super) fn right_of(&self, first: &Expr, left: &ast::Expr, right: &ast::Expr, place: &Place) -> Option<Expr> {
        let second = match &first.typed.ty {
            Type::List(list) => self.list_value(list, right, place)?,
            Type::Text => self.text_value(right, place)?,
            _ => self.infer(right, place)?,
        };
        if first.typed.ty != second.typed.ty {
            return self.refuse(match (&second.typed.ty, &bare(left).kind) {
                (Type::List(list), left) if first.typed.ty == Type::Text => turned_round(list, left, first, &second),
                (_, Written::Number(..)) => self.mixed(&second, first, left, "do not compare"),
                _ => self.mixed(first, &second, right, "do not compare"),
            });
        }
        Some(self.always_there(second, right, place))
    }

    /// What stands where a text is expected: a bare word that is no name wants quotes.
    pub(super) fn text_value(&self, expr: &ast::Expr, place: &Place) -> Option<Expr> {
        match &bare(expr).kind {
            Written::Name(word) if !self.is_name(word, place) && self.other_owner(place.owner, word).is_none() => {
                self.ask(expr.at(), || wanted(place));
                self.refuse(self.wants_quotes(word, expr.at(), place))
            }
            _ => self.infer(expr, place),
        }
    }

    /// The finding for two values whose types do not go together; `written` is the text of the second.
    pub(super) fn mixed(&self, first: &Expr, second: &Expr, written: &ast::Expr, what: &str) -> Diagnostic {
        let (one, other) = (first.typed.ty.described(), second.typed.ty.described());
        let finding = Diagnostic::new(code::MIXED_TYPES, format!("{one} and {other} {what}"))
            .label(written.at(), other)
            .label(first.span, one);
        let literal = bare(written);
        let helped = self.with_unit_help(finding.clone(), literal, &first.typed.ty);
        if helped.help.is_some() {
            return helped;
        }
        let help = match (&first.typed.ty, &second.typed.ty) {
            (Type::Date, Type::Days) | (Type::Days, Type::Date) => {
                "write days between two dates as `today - due_date`, a date so many days ago as `today - 30 days`"
            }
            (Type::Flag, _) => "write the condition alone, or compare it with `yes` or `no`",
            (Type::Percent, Type::Number) | (Type::Number, Type::Percent) => "write both with `%`, or both without",
            (Type::Money, Type::Percent) => "a share of an amount is an amount: `credit_limit * 80 %`",
            (Type::List(_), _) | (_, Type::List(_)) => "a list compares with one of its values",
            _ => "write two values of the same kind",
        };
        finding.help(help)
    }

    /// `a between b and c`
    pub(super) fn between(
        &self,
        value: &ast::Expr,
        low: &ast::Expr,
        high: &ast::Expr,
        span: Span,
        place: &Place,
    ) -> Option<Expr> {
        let Some(first) = self.value(value, place) else {
            self.right_of_unknown(low, place);
            self.right_of_unknown(high, place);
            return None;
        };
        if matches!(first.typed.ty, Type::Flag | Type::List(_)) {
            return self.refuse(
                Diagnostic::new(code::NO_ORDER, format!("{} has no order", first.typed.ty.described()))
                    .label(first.span, "neither larger nor smaller")
                    .help("compare with `=`, `!=` or `in (…)`"),
            );
        }
        let low_end = self.right_of(&first, value, low, place);
        let high_end = self.right_of(&first, value, high, place);
        let (low_end, high_end) = (low_end?, high_end?);
        if is_above(&low_end, &high_end) {
            self.report(
                Diagnostic::new(code::EMPTY_RANGE, "nothing lies between these two")
                    .label(low.at().to(high.at()), "the first is larger than the second")
                    .help("write the smaller one first"),
            );
        }
        let kind = ExprKind::Between(Box::new(first), Box::new(low_end), Box::new(high_end));
        Some(present(kind, Type::Flag, span))
    }
}

/// Whether it is a name that stands for itself: comparing it with itself is a slip.
const fn is_name(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Field(..) | ExprKind::Define(..) | ExprKind::Today | ExprKind::Dip | ExprKind::ResultOf(_)
    )
}

/// Whether a literal is certainly larger than another.
fn is_above(low: &Expr, high: &Expr) -> bool {
    let (ExprKind::Literal(low), ExprKind::Literal(high)) = (&low.kind, &high.kind) else { return false };
    match (low, high) {
        (Value::Number(low), Value::Number(high)) | (Value::Percent(low), Value::Percent(high)) => low > high,
        (Value::Money(low), Value::Money(high)) => low.currency == high.currency && low.amount > high.amount,
        (Value::Date(low), Value::Date(high)) => low > high,
        (Value::Days(low), Value::Days(high)) => low > high,
        (Value::Text(low), Value::Text(high)) => low > high,
        _ => false,
    }
}

fn unordered(op: &Spanned<BinaryOp>, first: &Expr) -> Diagnostic {
    let described = first.typed.ty.described();
    let finding =
        Diagnostic::new(code::NO_ORDER, format!("{described} has no order, so `{}` says nothing", op.value.sign()))
            .label(op.span, "neither larger nor smaller")
            .label(first.span, described);
    match &first.typed.ty {
        Type::List(_) => finding.help("name the values that are meant: `in (a, b)`"),
        _ => finding.help("compare with `=` or `!=`"),
    }
}

fn turned_round(list: &ClosedList, left: &Written, first: &Expr, second: &Expr) -> Diagnostic {
    let name = list.name();
    let value = match left {
        Written::Text(text) if list.code(text).is_some() => text.as_str(),
        _ => list.value(0),
    };
    Diagnostic::new(code::MIXED_TYPES, format!("a text and a value of the list `{name}` do not compare"))
        .label(first.span, "a text")
        .label(second.span, format!("a value of the list `{name}`"))
        .help(format!("write the list first, and the value without quotes: `{name} = {value}`"))
}
