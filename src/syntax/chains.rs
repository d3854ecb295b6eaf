//! Operands and operators in written order, to a tree: which operator binds tighter.

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::base::{At, Diagnostic, Edit, Span, Spanned, code};
use crate::syntax::ast::{BinaryOp, Expr, ExprKind};
use crate::syntax::reader::Reader;

/// A part of an expression.
pub(super) enum Part {
    /// `not`
    Not(At),
    /// `-` before a value.
    Minus(At),
    /// An operand.
    Value(Expr),
    /// An operator with two sides.
    Operator(Spanned<BinaryOp>),
    /// An operator with its whole right side.
    Test(Test, At),
}

/// What may be asked of the value before.
pub(super) enum Test {
    /// `is missing`
    Missing,
    /// `is present`
    Present,
    /// `in (…)`; `true` for `not in`.
    In(Vec<Expr>, bool),
    /// `between … and …`
    Between(Box<Expr>, Box<Expr>),
}

type Parts = Peekable<IntoIter<Part>>;

impl Reader<'_> {
    /// The tree of a chain.
    pub(super) fn chain(&mut self, parts: Vec<Part>) -> Expr {
        self.logic(&mut parts.into_iter().peekable())
    }

    /// `and`, `or`
    fn logic(&mut self, parts: &mut Parts) -> Expr {
        let first = self.negation(parts);
        let mut rest = Vec::new();
        while let Some(Part::Operator(operator)) = parts.next_if(|part| matches!(part, Part::Operator(_))) {
            let term = self.negation(parts);
            rest.push((operator, term));
        }
        let has = |wanted| rest.iter().any(|(operator, _)| operator.value == wanted);
        if has(BinaryOp::And) && has(BinaryOp::Or) {
            let finding = self.mixed(&first, &rest);
            self.findings.push(finding);
        }
        fold_logic(first, rest)
    }

    /// `not a`
    fn negation(&mut self, parts: &mut Parts) -> Expr {
        match parts.next_if(|part| matches!(part, Part::Not(_))) {
            Some(Part::Not(at)) => {
                let inner = self.negation(parts);
                let span = At(at.0.to(inner.at()));
                Expr { kind: ExprKind::Not(Box::new(inner)), span }
            }
            _ => self.comparison(parts),
        }
    }

    /// `a < b`, `a is missing`: at most one of them.
    fn comparison(&mut self, parts: &mut Parts) -> Expr {
        let mut left = self.sum(parts);
        let mut links = 0;
        loop {
            let next = parts.next_if(|part| match part {
                Part::Test(..) => true,
                Part::Operator(operator) => is_comparison(operator.value),
                _ => false,
            });
            let (linked, operator) = match next {
                None => return left,
                Some(Part::Test(test, at)) => (tested(left, test, at), at),
                Some(Part::Operator(operator)) => {
                    let right = self.sum(parts);
                    let at = At(operator.span);
                    (binary(left, operator, right), at)
                }
                Some(_) => return left,
            };
            links += 1;
            left = linked;
            if links == 2 {
                let finding = self.chained(&left, operator);
                self.findings.push(finding);
            }
            if links > 1 {
                left = Expr { kind: ExprKind::Unreadable, span: left.span };
            }
        }
    }

    /// `a + b`
    fn sum(&mut self, parts: &mut Parts) -> Expr {
        let mut left = self.product(parts);
        while let Some(Part::Operator(operator)) =
            parts.next_if(|part| is_one_of(part, &[BinaryOp::Add, BinaryOp::Subtract]))
        {
            let right = self.product(parts);
            left = binary(left, operator, right);
        }
        left
    }

    /// `a * b`
    fn product(&mut self, parts: &mut Parts) -> Expr {
        let mut left = self.factor(parts);
        while let Some(Part::Operator(operator)) =
            parts.next_if(|part| is_one_of(part, &[BinaryOp::Multiply, BinaryOp::Divide]))
        {
            let right = self.factor(parts);
            left = binary(left, operator, right);
        }
        left
    }

    /// `-a`, `a`
    fn factor(&mut self, parts: &mut Parts) -> Expr {
        match parts.next() {
            Some(Part::Minus(at)) => {
                let inner = self.factor(parts);
                let span = At(at.0.to(inner.at()));
                Expr { kind: ExprKind::Negate(Box::new(inner)), span }
            }
            Some(Part::Not(at)) => {
                let inner = self.comparison(parts);
                let span = At(at.0.to(inner.at()));
                Expr { kind: ExprKind::Not(Box::new(inner)), span }
            }
            Some(Part::Value(value)) => value,
            Some(Part::Operator(operator)) => Expr { kind: ExprKind::Unreadable, span: At(operator.span) },
            Some(Part::Test(_, at)) => Expr { kind: ExprKind::Unreadable, span: at },
            None => Expr { kind: ExprKind::Unreadable, span: At(self.mended.span(0..0)) },
        }
    }

    /// `a < b < c`
    fn chained(&self, whole: &Expr, second: At) -> Diagnostic {
        let finding = Diagnostic::new(code::CHAINED_COMPARISON, "two comparisons in a row")
            .label(second.0, "the second one begins here")
            .help("join two comparisons by `and`: `a < b and b < c`, or write `b between a and c`");
        let ExprKind::Binary(_, left, _) = &whole.kind else { return finding };
        let ExprKind::Binary(_, _, middle) = &left.kind else { return finding };
        let middle_text = self.source(middle.at());
        finding.fix("write two comparisons", middle.at().after(), format!(" and {middle_text}"))
    }

    /// `a or b and c`
    fn mixed(&self, first: &Expr, rest: &[(Spanned<BinaryOp>, Expr)]) -> Diagnostic {
        let runs = |tight| runs_of(tight, first, rest);
        let (ands, ors) = (runs(BinaryOp::And), runs(BinaryOp::Or));
        let whole = rest.last().map_or(first.at(), |(_, last)| first.at().to(last.at()));
        let mut finding = Diagnostic::new(code::MIXED_AND_OR, "`and` and `or` are mixed without brackets");
        let mut shown: Vec<BinaryOp> = Vec::new();
        for (operator, _) in rest {
            if !shown.contains(&operator.value) {
                shown.push(operator.value);
                finding = finding
                    .label(operator.span, if shown.len() == 1 { "which of the two" } else { "holds together first?" });
            }
        }
        let (one, other) = (self.bracketed_text(whole, &ands), self.bracketed_text(whole, &ors));
        let brackets = |runs: &[Span]| -> Vec<Edit> {
            let around = |run: &Span| {
                [Edit { span: run.before(), text: "(".into() }, Edit { span: run.after(), text: ")".into() }]
            };
            runs.iter().flat_map(around).collect()
        };
        finding
            .help(format!("write `{one}` or `{other}`"))
            .fix_with(format!("write `{one}`"), brackets(&ands))
            .fix_with(format!("write `{other}`"), brackets(&ors))
    }

    /// The text of `whole` on one line, with brackets around `runs`.
    fn bracketed_text(&self, whole: Span, runs: &[Span]) -> String {
        let mut text = String::new();
        let mut copied = whole;
        for run in runs {
            let before = Span { end: run.start, ..copied };
            text.push_str(&self.source(before));
            text.push('(');
            text.push_str(&self.source(*run));
            text.push(')');
            copied.start = run.end;
        }
        text.push_str(&self.source(copied));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The stretches of terms joined by `tight`, at least two terms each.
fn runs_of(tight: BinaryOp, first: &Expr, rest: &[(Spanned<BinaryOp>, Expr)]) -> Vec<Span> {
    let mut runs = Vec::new();
    let (mut run, mut terms) = (first.at(), 1);
    for (operator, term) in rest {
        if operator.value == tight {
            run = run.to(term.at());
            terms += 1;
            continue;
        }
        if terms > 1 {
            runs.push(run);
        }
        (run, terms) = (term.at(), 1);
    }
    if terms > 1 {
        runs.push(run);
    }
    runs
}

/// `and` binds tighter than `or`, as everywhere; a mixture has been reported.
fn fold_logic(first: Expr, rest: Vec<(Spanned<BinaryOp>, Expr)>) -> Expr {
    let mut alternatives: Option<(Expr, Spanned<BinaryOp>)> = None;
    let mut current = first;
    for (operator, term) in rest {
        if operator.value == BinaryOp::And {
            current = binary(current, operator, term);
            continue;
        }
        let whole = match alternatives.take() {
            None => current,
            Some((left, or)) => binary(left, or, current),
        };
        alternatives = Some((whole, operator));
        current = term;
    }
    match alternatives {
        None => current,
        Some((left, or)) => binary(left, or, current),
    }
}

fn binary(left: Expr, operator: Spanned<BinaryOp>, right: Expr) -> Expr {
    let span = At(left.at().to(operator.span).to(right.at()));
    Expr { kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)), span }
}

fn tested(left: Expr, test: Test, at: At) -> Expr {
    let span = At(left.at().to(at.0));
    let left = Box::new(left);
    let kind = match test {
        Test::Missing => ExprKind::IsMissing(left),
        Test::Present => ExprKind::IsPresent(left),
        Test::In(values, false) => ExprKind::In(left, values),
        Test::In(values, true) => ExprKind::Not(Box::new(Expr { kind: ExprKind::In(left, values), span })),
        Test::Between(low, high) => ExprKind::Between(left, low, high),
    };
    Expr { kind, span }
}

const fn is_comparison(operator: BinaryOp) -> bool {
    use BinaryOp::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
}

fn is_one_of(part: &Part, operators: &[BinaryOp]) -> bool {
    matches!(part, Part::Operator(operator) if operators.contains(&operator.value))
}
