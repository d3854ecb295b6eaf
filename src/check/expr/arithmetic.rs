//! `+ - * /`: what may be calculated, and what comes out (design, section 2, Types).

use super::{bare, present};
use crate::base::{Diagnostic, Span, Spanned, code};
use crate::check::context::Context;
use crate::check::expr::literals::MOST_DAYS;
use crate::check::place::Place;
use crate::check::tree::{BinaryOp, Expr, ExprKind};
use crate::schema::{Type, Typed, Value};
use crate::syntax::ast::{self, ExprKind as Written, Literal, Name, Unit};

/// What comes out of a calculation; `None` where it makes no sense.
fn outcome(op: BinaryOp, left: &Type, right: &Type) -> Option<Type> {
    use Type::{Date, Days, Money, Number, Percent};
    match (op, left, right) {
        (BinaryOp::Add | BinaryOp::Subtract, Number | Percent | Money | Days, same) if left == same => {
            Some(left.clone())
        }
        (BinaryOp::Add | BinaryOp::Subtract, Date, Days) => Some(Date),
        (BinaryOp::Subtract, Date, Date) => Some(Days),
        (BinaryOp::Multiply, Number, Number) | (BinaryOp::Divide, Number, Number) => Some(Number),
        (BinaryOp::Multiply, Money, Number | Percent) | (BinaryOp::Multiply, Number | Percent, Money) => Some(Money),
        (BinaryOp::Multiply, Days, Number) | (BinaryOp::Multiply, Number, Days) => Some(Days),
        (BinaryOp::Divide, Money, Number) => Some(Money),
        (BinaryOp::Divide, Percent, Number) => Some(Percent),
        (BinaryOp::Divide, Money, Money) | (BinaryOp::Divide, Days, Days) => Some(Percent),
        _ => None,
    }
}

impl Context<'_> {
    /// `a + b`
    pub(super) fn arithmetic(
        &self,
        op: &Spanned<BinaryOp>,
        (left, right): (&ast::Expr, &ast::Expr),
        span: Span,
        place: &Place,
    ) -> Option<Expr> {
        if let Written::Number(number, Some(Unit::WorkingDays(calendar))) = &bare(right).kind {
            let date = self.value(left, place)?;
            return self.plus_working_days(op, date, (number, calendar.as_ref(), right.at()), span);
        }
        let first = self.value(left, place);
        let second = self.value(right, place);
        let (first, second) = (first?, second?);
        let Some(ty) = outcome(op.value, &first.typed.ty, &second.typed.ty) else {
            return self.refuse(self.no_outcome(op, (&first, left), (&second, right)));
        };
        if op.value == BinaryOp::Multiply && ty == Type::Days {
            self.whole_times(&first, &second)?;
        }
        let mut typed = Typed::present(ty);
        if op.value == BinaryOp::Divide {
            typed.optional = self.divisor_may_be_zero(&second)?;
        }
        Some(Expr { kind: ExprKind::Binary(op.value, Box::new(first), Box::new(second)), typed, span })
    }

    /// `-a`
    pub(super) fn negate(&self, inner: &ast::Expr, span: Span, place: &Place) -> Option<Expr> {
        let found = self.value(inner, place)?;
        let ty = found.typed.ty.clone();
        let kind = match (found.kind, &ty) {
            (ExprKind::Literal(value), Type::Number | Type::Percent | Type::Money | Type::Days) => {
                ExprKind::Literal(negated(value))
            }
            (kind, Type::Number | Type::Percent | Type::Money | Type::Days) => {
                ExprKind::Negate(Box::new(Expr { kind, ..found }))
            }
            _ => {
                let described = ty.described();
                let finding = Diagnostic::new(code::NO_OUTCOME, format!("`-` does not go before {described}"));
                return self.refuse(finding.label(inner.at(), described).help("leave the `-` out"));
            }
        };
        Some(present(kind, ty, span))
    }

    /// A date so many working days away.
    fn plus_working_days(
        &self,
        op: &Spanned<BinaryOp>,
        date: Expr,
        (number, calendar, written): (&Literal, Option<&Name>, Span),
        span: Span,
    ) -> Option<Expr> {
        let count = self.whole(number, "working days")?;
        self.within(count, 0..=MOST_DAYS, number.span, "working days")?;
        let calendar = self.working_days_of(calendar, written)?;
        let count = match (op.value, &date.typed.ty) {
            (BinaryOp::Add, Type::Date) => count,
            (BinaryOp::Subtract, Type::Date) => -count,
            (_, other) => {
                let described = other.described();
                return self.refuse(
                    Diagnostic::new(
                        code::LONE_WORKING_DAYS,
                        format!("working days and {described} do not go together"),
                    )
                    .label(written, "working days")
                    .label(date.span, described)
                    .help("working days are added to a date or taken off it: `due_date + 5 working days`"),
                );
            }
        };
        Some(present(ExprKind::PlusWorkingDays(Box::new(date), count, calendar), Type::Date, span))
    }

    /// Whether a divisor may be 0; a literal 0 is refused.
    fn divisor_may_be_zero(&self, divisor: &Expr) -> Option<bool> {
        let ExprKind::Literal(value) = &divisor.kind else { return Some(true) };
        let zero = match value {
            Value::Number(figure) | Value::Percent(figure) => figure.millionths() == 0,
            Value::Money(money) => money.amount.millionths() == 0,
            Value::Days(days) => *days == 0,
            _ => false,
        };
        if zero {
            return self.refuse(
                Diagnostic::new(code::DIVISION_BY_ZERO, "nothing can be divided by 0")
                    .label(divisor.span, "this is 0")
                    .help("write another divisor"),
            );
        }
        Some(false)
    }

    /// Days are whole, so they are multiplied by whole numbers as written only.
    fn whole_times(&self, first: &Expr, second: &Expr) -> Option<()> {
        let factor = if first.typed.ty == Type::Days { second } else { first };
        if matches!(&factor.kind, ExprKind::Literal(Value::Number(figure)) if figure.is_whole()) {
            return Some(());
        }
        self.refuse(
            Diagnostic::new(code::NOT_WHOLE, "days are multiplied by a whole number as written")
                .label(factor.span, "may not be whole")
                .help("write the days you mean, such as `14 days`"),
        )
    }

    /// The finding for a calculation that makes no sense.
    fn no_outcome(
        &self,
        op: &Spanned<BinaryOp>,
        (first, left): (&Expr, &ast::Expr),
        (second, right): (&Expr, &ast::Expr),
    ) -> Diagnostic {
        let (one, other) = (first.typed.ty.described(), second.typed.ty.described());
        let sum = matches!(op.value, BinaryOp::Add | BinaryOp::Subtract);
        let message = match op.value {
            BinaryOp::Add => format!("{one} and {other} do not add up"),
            BinaryOp::Subtract => format!("{other} cannot be taken off {one}"),
            BinaryOp::Multiply => format!("{one} and {other} are not multiplied"),
            _ => format!("{one} is not divided by {other}"),
        };
        let finding = Diagnostic::new(code::NO_OUTCOME, message).label(second.span, other).label(first.span, one);
        if sum {
            let wanted = if first.typed.ty == Type::Date { &Type::Days } else { &first.typed.ty };
            let helped = self.with_unit_help(finding.clone(), bare(right), wanted);
            if helped.help.is_some() {
                return helped;
            }
            let helped = self.with_unit_help(finding.clone(), bare(left), &second.typed.ty);
            if helped.help.is_some() {
                return helped;
            }
        }
        finding.help(no_outcome_help(op.value, &first.typed.ty, &second.typed.ty))
    }
}

fn no_outcome_help(op: BinaryOp, left: &Type, right: &Type) -> &'static str {
    match (op, left, right) {
        (BinaryOp::Add, Type::Days, Type::Date) => "write the date first: `due_date + 7 days`",
        (BinaryOp::Add, Type::Date, Type::Date) => "days between two dates are written `today - due_date`",
        (BinaryOp::Add | BinaryOp::Subtract, Type::Money, Type::Percent) => {
            "a share of an amount is an amount: `total_due + total_due * 8 %`"
        }
        (BinaryOp::Multiply, Type::Money, Type::Money) => "multiply an amount by a number or a percentage",
        (BinaryOp::Multiply, Type::Percent, _) | (BinaryOp::Multiply, _, Type::Percent) => {
            "a percentage is taken of an amount of money; write a plain number here, such as `0.08`"
        }
        (BinaryOp::Divide, Type::Days, _) => "days are divided by days; write the days you mean",
        (BinaryOp::Divide, ..) => "money is divided by money or by a number, days by days, numbers by numbers",
        _ => "amounts, numbers, percentages and days are calculated with their own kind",
    }
}

fn negated(value: Value) -> Value {
    match value {
        Value::Number(figure) => Value::Number(figure.negated()),
        Value::Percent(figure) => Value::Percent(figure.negated()),
        Value::Money(money) => Value::Money(crate::base::Money::new(money.amount.negated(), money.currency)),
        Value::Days(days) => Value::Days(-days),
        other => other,
    }
}
