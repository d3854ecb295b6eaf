//! `and`, `or`: the right side knows what the left side has asked.

use super::present;
use crate::base::Span;
use crate::check::context::Context;
use crate::check::place::Place;
use crate::check::tree::{BinaryOp, Expr, ExprKind};
use crate::schema::Type;
use crate::syntax::ast;

impl Context<'_> {
    /// `a and b`, `a or b`
    pub(super) fn logic(
        &self,
        op: BinaryOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        place: &Place,
    ) -> Option<Expr> {
        let left = self.condition(left, place);
        let right = self.condition(right, &place.after(left.as_ref(), op == BinaryOp::And));
        Some(present(ExprKind::Binary(op, Box::new(left?), Box::new(right?)), Type::Flag, span))
    }
}
