//! What can be said about conditions from their text alone.

use crate::check::rules::Program;
use crate::syntax::ast::{BinaryOp, Expr, ExprKind};

/// The expression without the brackets around it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Paren(inner) => bare(inner),
        _ => expr,
    }
}

/// Whether two expressions say the same, brackets aside. What could not be read is like nothing.
pub(super) fn same(left: &Expr, right: &Expr) -> bool {
    is_readable(left) && is_readable(right) && bare(left) == bare(right)
}

/// Whether `reason` holding means that `claim` holds too, as far as it can be seen from how they
/// are joined by `and` and `or`: `a and b` implies `a`, and `a` implies `a or b`.
pub(super) fn implies(reason: &Expr, claim: &Expr) -> bool {
    if same(reason, claim) {
        return true;
    }
    if let ExprKind::Binary(operator, left, right) = &bare(claim).kind {
        match operator.value {
            BinaryOp::And if implies(reason, left) && implies(reason, right) => return true,
            BinaryOp::Or if implies(reason, left) || implies(reason, right) => return true,
            _ => {}
        }
    }
    match &bare(reason).kind {
        ExprKind::Binary(operator, left, right) => match operator.value {
            BinaryOp::And => implies(left, claim) || implies(right, claim),
            BinaryOp::Or => implies(left, claim) && implies(right, claim),
            _ => false,
        },
        _ => false,
    }
}

/// Whether all of the expression could be read.
pub(super) fn is_readable(expr: &Expr) -> bool {
    let mut readable = true;
    expr.walk(&mut |inner| readable &= !matches!(inner.kind, ExprKind::Unreadable));
    readable
}

/// Whether the expression mentions a name that `wanted` accepts, itself or in a define it uses.
/// In `leading.due_date` both words count.
pub(super) fn mentions<'p>(program: &Program<'p>, expr: &'p Expr, wanted: &dyn Fn(&str) -> bool) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut waiting = vec![expr];
    while let Some(next) = waiting.pop() {
        let mut names: Vec<&str> = Vec::new();
        next.walk(&mut |inner| match &inner.kind {
            ExprKind::Name(name) => names.push(name),
            ExprKind::Member(owner, name) => names.extend([owner.value.as_str(), name.value.as_str()]),
            _ => {}
        });
        if names.iter().any(|name| wanted(name)) {
            return true;
        }
        names.retain(|name| !seen.contains(name));
        seen.extend(&names);
        waiting.extend(names.into_iter().flat_map(|name| program.defines.named(name)).map(|define| &define.expr));
    }
    false
}

/// What a condition about a document's `status` says of one status, the rest being unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    /// It holds for that status.
    Yes,
    /// It fails for that status.
    No,
    /// That depends on something else.
    Unknown,
}

impl Truth {
    /// The opposite.
    pub(super) const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Whether both hold.
    pub(super) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }
}

/// Whether `condition` holds for a document whose status is `status`.
pub(super) fn holds_for_status(condition: &Expr, status: &str) -> Truth {
    match &bare(condition).kind {
        ExprKind::Flag(flag) => truth(*flag),
        ExprKind::Not(inner) => holds_for_status(inner, status).not(),
        ExprKind::In(value, list) if is_status(value) => {
            let words: Option<Vec<&str>> = list.iter().map(word).collect();
            words.map_or(Truth::Unknown, |words| truth(words.contains(&status)))
        }
        ExprKind::Binary(operator, left, right) => {
            let holds = |side| holds_for_status(side, status);
            match operator.value {
                BinaryOp::And => holds(left).and(holds(right)),
                // Either holds unless both fail.
                BinaryOp::Or => holds(left).not().and(holds(right).not()).not(),
                BinaryOp::Equal if is_status(left) => {
                    word(right).map_or(Truth::Unknown, |wanted| truth(wanted == status))
                }
                BinaryOp::NotEqual if is_status(left) => {
                    word(right).map_or(Truth::Unknown, |wanted| truth(wanted != status))
                }
                _ => Truth::Unknown,
            }
        }
        _ => Truth::Unknown,
    }
}

const fn truth(flag: bool) -> Truth {
    if flag { Truth::Yes } else { Truth::No }
}

fn is_status(expr: &Expr) -> bool {
    match &bare(expr).kind {
        ExprKind::Name(name) => name == "status",
        ExprKind::Member(owner, name) => owner.value == "document" && name.value == "status",
        _ => false,
    }
}

fn word(expr: &Expr) -> Option<&str> {
    match &bare(expr).kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}
