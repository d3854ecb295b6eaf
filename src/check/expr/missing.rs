//! Values that may be missing: allowed under `is missing`, `is present` and left of `or else` only.

use super::bare;
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::place::Place;
use crate::check::tree::{BinaryOp, Expr, ExprKind, Subject};
use crate::schema::{Type, Typed};
use crate::syntax::ast::{self, ExprKind as Written};

impl Context<'_> {
    /// The value, from here on taken as there; one that may be missing is reported.
    pub(in crate::check) fn always_there(&self, mut found: Expr, written: &ast::Expr, place: &Place) -> Expr {
        let optional = std::mem::replace(&mut found.typed.optional, false);
        if !optional || place.lenient {
            return found;
        }
        let what = plain_name(written);
        let message =
            format!("{} may be missing", what.as_deref().map_or("this value".to_owned(), |name| format!("`{name}`")));
        let finding = Diagnostic::new(code::MAY_BE_MISSING, message).label(written.at(), self.why_missing(&found));
        let stand_in = self.stand_in(&found.typed.ty);
        self.report(match what {
            Some(name) => finding.help(format!(
                "say what counts then: `({name} or else {stand_in})`, or ask first: `{name} is present and …`"
            )),
            None => finding.help(format!("say what counts then: `… or else {stand_in}`")),
        });
        found
    }

    /// `a or else b`
    pub(super) fn or_else(&self, left: &ast::Expr, right: &ast::Expr, span: Span, place: &Place) -> Option<Expr> {
        let Some(found) = self.infer(left, place) else {
            self.right_of_unknown(right, place);
            return None;
        };
        self.may_be_missing(&found, span);
        let other = match &found.typed.ty {
            Type::List(list) => self.list_value(list, right, place)?,
            _ => self.infer(right, place)?,
        };
        if found.typed.ty != other.typed.ty {
            return self.refuse(self.mixed(&found, &other, right, "cannot stand for one another"));
        }
        let typed = Typed { ty: found.typed.ty.clone(), optional: other.typed.optional };
        Some(Expr { kind: ExprKind::OrElse(Box::new(found), Box::new(other)), typed, span })
    }

    /// What stands before `is missing` or `is present`.
    pub(super) fn asked_for(&self, inner: &ast::Expr, span: Span, place: &Place) -> Option<Expr> {
        let found = self.infer(inner, place)?;
        self.may_be_missing(&found, span);
        Some(found)
    }

    /// Warns where a value that is always there is treated as if it could be missing.
    pub(super) fn may_be_missing(&self, found: &Expr, span: Span) {
        if !found.typed.optional {
            self.report(
                Diagnostic::new(code::NEVER_MISSING, "this value is never missing")
                    .label(span, "always the same answer")
                    .label(found.span, "always there")
                    .help("leave out what asks whether it is missing"),
            );
        }
    }

    fn why_missing(&self, found: &Expr) -> &'static str {
        match &found.kind {
            ExprKind::Field(Subject::Leading, _) | ExprKind::Define(Subject::Leading, _) | ExprKind::Dip => {
                "there may be no leading document here"
            }
            ExprKind::ResultOf(_) => "missing until it is reported",
            ExprKind::Question(_) => "missing where there is nothing to look at",
            ExprKind::Binary(BinaryOp::Divide, ..) => "missing where the divisor is 0",
            ExprKind::OrElse(_, right) => self.why_missing(right),
            ExprKind::Define(..) => "what it stands for may be missing",
            _ => "not always there",
        }
    }

    /// A value that could stand for a missing one of this type.
    fn stand_in(&self, ty: &Type) -> String {
        match ty {
            Type::Text => "\"\"".to_owned(),
            Type::Number => "0".to_owned(),
            Type::Percent => "0 %".to_owned(),
            Type::Money => format!("0 {}", self.symbols.ledger.currency),
            Type::Date => "today".to_owned(),
            Type::Days => "0 days".to_owned(),
            Type::Flag => "no".to_owned(),
            Type::List(list) => list.values().first().cloned().unwrap_or_default(),
        }
    }
}

/// How a plain name is written.
pub(super) fn plain_name(written: &ast::Expr) -> Option<String> {
    match &bare(written).kind {
        Written::Name(name) => Some(name.clone()),
        Written::Member(subject, name) => Some(format!("{}.{}", subject.value, name.value)),
        Written::ResultOf(step) => Some(format!("result of {}", step.value)),
        _ => None,
    }
}
