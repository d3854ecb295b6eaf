//! What can be changed in an expression: a value, a comparison, a word.

use std::fmt;

use crate::base::text::count;
use crate::base::{Decimal, Money};
use crate::check::tree::{BinaryOp, Expr, ExprKind};
use crate::schema::{Function, Question, Type, Value};
use crate::testing::mutants::sites::Sites;

impl Sites {
    /// An expression, the parts inside it first.
    pub(super) fn expr(&mut self, expr: &mut Expr) {
        let span = expr.span;
        let ty = expr.typed.ty.clone();
        match &mut expr.kind {
            ExprKind::Binary(op, left, right) => {
                self.expr(left);
                self.expr(right);
                for other in instead(*op) {
                    let before = op.sign();
                    self.site(span, || format!("`{before}` becomes `{}`", other.sign()), || *op = *other);
                }
            }
            ExprKind::Literal(value) => {
                if let Some(next) = another(value, &ty) {
                    let what = format!("{} becomes {}", Shown(value, &ty), Shown(&next, &ty));
                    self.site(span, || what, || *value = next);
                }
            }
            ExprKind::Not(inner) => {
                self.expr(inner);
                let kind = inner.kind.clone();
                self.site(span, || "`not` is left out".to_owned(), || expr.kind = kind);
            }
            ExprKind::IsMissing(inner) => {
                let kind = ExprKind::IsPresent(inner.clone());
                self.site(span, || "`is missing` becomes `is present`".to_owned(), || expr.kind = kind);
            }
            ExprKind::IsPresent(inner) => {
                let kind = ExprKind::IsMissing(inner.clone());
                self.site(span, || "`is present` becomes `is missing`".to_owned(), || expr.kind = kind);
            }
            ExprKind::Negate(inner) => self.expr(inner),
            ExprKind::PlusWorkingDays(inner, days, _) => {
                self.expr(inner);
                let before = *days;
                let what = || format!("{before} working days become {}", before + 1);
                self.site(span, what, || *days += 1);
            }
            ExprKind::OrElse(left, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::In(value, list) => {
                self.expr(value);
                list.iter_mut().for_each(|one| self.expr(one));
            }
            ExprKind::Between(value, low, high) => [value, low, high].into_iter().for_each(|one| self.expr(one)),
            ExprKind::Question(question) => {
                question.element.iter_mut().chain(&mut question.filter).for_each(|one| self.expr(one));
                if let Some((other, what)) = opposite(question.question) {
                    self.site(span, || what.to_owned(), || question.question = other);
                }
            }
            ExprKind::Call(function, arguments) => {
                arguments.iter_mut().for_each(|one| self.expr(one));
                match function {
                    Function::Min => self.site(span, || MIN.to_owned(), || *function = Function::Max),
                    Function::Max => self.site(span, || MAX.to_owned(), || *function = Function::Min),
                    Function::EndOfMonth => {}
                }
            }
            ExprKind::Field(..) | ExprKind::Define(..) | ExprKind::Today | ExprKind::Dip | ExprKind::ResultOf(_) => {}
        }
    }
}

/// What an operator is changed to: the boundary of a comparison, its opposite.
const fn instead(op: BinaryOp) -> &'static [BinaryOp] {
    use BinaryOp::{Add, And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual, Or, Subtract};
    match op {
        And => &[Or],
        Or => &[And],
        Equal => &[NotEqual],
        NotEqual => &[Equal],
        Less => &[LessOrEqual, GreaterOrEqual],
        LessOrEqual => &[Less, Greater],
        Greater => &[GreaterOrEqual, LessOrEqual],
        GreaterOrEqual => &[Greater, Less],
        Add => &[Subtract],
        Subtract => &[Add],
        BinaryOp::Multiply | BinaryOp::Divide => &[],
    }
}

/// What becomes of a question, and how that is told.
const fn opposite(question: Question) -> Option<(Question, &'static str)> {
    Some(match question {
        Question::Any => (Question::None, "`any` becomes `none`"),
        Question::None => (Question::Any, "`none` becomes `any`"),
        Question::Min => (Question::Max, MIN),
        Question::Max => (Question::Min, MAX),
        Question::Count | Question::Every | Question::Sum | Question::Average => return None,
    })
}

/// What becomes of a least value, be it of two or of a collection.
const MIN: &str = "`min` becomes `max`";
/// What becomes of a greatest value.
const MAX: &str = "`max` becomes `min`";

/// A value as people read it.
struct Shown<'a>(&'a Value, &'a Type);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Value::Text(text), _) => write!(f, "\"{text}\""),
            (Value::Number(number), _) => write!(f, "{number}"),
            (Value::Percent(percent), _) => write!(f, "{percent} %"),
            (Value::Money(money), _) => write!(f, "{money}"),
            (Value::Date(date), _) => write!(f, "{date}"),
            (Value::Days(days), _) => f.write_str(&count(*days, "day", "days")),
            (Value::Flag(flag), _) => f.write_str(if *flag { "yes" } else { "no" }),
            (Value::Choice(code), Type::List(list)) => f.write_str(list.value(*code)),
            (Value::Choice(code), _) => write!(f, "{code}"),
        }
    }
}

/// Another value of the same type: a day more, one more, the next of a list.
fn another(value: &Value, ty: &Type) -> Option<Value> {
    let more = |decimal: &Decimal| decimal.plus(Decimal::whole(1));
    Some(match (value, ty) {
        (Value::Number(number), _) => Value::Number(more(number)?),
        (Value::Percent(percent), _) => Value::Percent(more(percent)?),
        (Value::Money(money), _) => Value::Money(Money::new(more(&money.amount)?, money.currency)),
        (Value::Days(days), _) => Value::Days(days.checked_add(1)?),
        (Value::Date(date), _) => Value::Date(date.plus_days(1)?),
        (Value::Flag(flag), _) => Value::Flag(!flag),
        (Value::Choice(code), Type::List(list)) if list.values().len() > 1 => {
            let next = (usize::from(*code) + 1) % list.values().len();
            Value::Choice(u16::try_from(next).ok()?)
        }
        _ => return None,
    })
}
