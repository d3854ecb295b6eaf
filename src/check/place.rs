//! Where an expression stands: whose bare names it sees, and what else is known there.

use crate::check::symbols::Table;
use crate::check::tree::{DefineId, Expr, ExprKind, FieldRef, StepId, Subject};
use crate::schema::{ClosedList, Owner};
use crate::syntax::ast;

/// Where an expression stands (design, section 2, Names).
#[derive(Clone)]
pub(super) struct Place<'p> {
    /// Whose names a bare name is looked up among.
    pub(super) owner: Owner,
    /// The same, for the tree.
    pub(super) subject: Subject,
    /// Whether `document.x` may be said outside a question about documents.
    pub(super) has_document: bool,
    /// What is known of `leading` and `dip`.
    pub(super) leading: Leading,
    /// What is known of `result of STEP`.
    pub(super) results: Results<'p>,
    /// Whether it stands inside a question to a collection.
    pub(super) in_question: bool,
    /// Whether a value that may be missing passes: something before it could not be understood, and
    /// it might have asked.
    pub(super) lenient: bool,
    /// The values that are known to be there.
    known: Vec<Plain>,
}

/// What is known of the leading document and the days in procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leading {
    /// There is no procedure around.
    NoProcedure,
    /// The place decides which document leads, so it cannot know.
    NotYet,
    /// There may be none.
    MayBeMissing,
    /// There is one.
    Present,
}

/// What is known of the results of steps.
#[derive(Clone, Copy)]
pub(super) enum Results<'p> {
    /// There is no procedure around.
    NoProcedure,
    /// The procedure has not begun where this is evaluated.
    NotYet,
    /// Those of the steps of the procedure.
    Of(&'p Steps<'p>),
}

/// The steps of one procedure, for `result of STEP`.
pub(super) struct Steps<'p> {
    /// The name of the procedure.
    pub(super) procedure: &'p str,
    /// By name.
    pub(super) by_name: Table<'p, ast::Step>,
    /// In written order, with the list of results where one is declared.
    pub(super) written: Vec<(&'p ast::Step, Option<ClosedList>)>,
}

impl Steps<'_> {
    /// The id of a step, and its declared results.
    pub(super) fn get(&self, step: &ast::Step) -> Option<(StepId, Option<&ClosedList>)> {
        let place = self.written.iter().position(|(written, _)| std::ptr::eq(*written, step))?;
        let (_, results) = self.written.get(place)?;
        Some((StepId(place), results.as_ref()))
    }
}

/// A value with a plain name: what may be known to be there (design, section 2, Types).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Field(Subject, FieldRef),
    Define(Subject, DefineId),
    Dip,
    ResultOf(StepId),
}

impl Plain {
    fn of(expr: &Expr) -> Option<Self> {
        match expr.kind {
            ExprKind::Field(subject, field) => Some(Self::Field(subject, field)),
            ExprKind::Define(subject, define) => Some(Self::Define(subject, define)),
            ExprKind::Dip => Some(Self::Dip),
            ExprKind::ResultOf(step) => Some(Self::ResultOf(step)),
            _ => None,
        }
    }
}

impl<'p> Place<'p> {
    /// About the customer, outside any procedure: `assign`, `define`.
    pub(super) const fn customer() -> Self {
        Self {
            owner: Owner::Customer,
            subject: Subject::Customer,
            has_document: false,
            leading: Leading::NoProcedure,
            results: Results::NoProcedure,
            in_question: false,
            lenient: false,
            known: Vec::new(),
        }
    }

    /// About a document, outside any procedure: `define document.x`.
    pub(super) fn document() -> Self {
        Self { owner: Owner::Document, subject: Subject::Document, has_document: true, ..Self::customer() }
    }

    /// The same place, about a document: `covering documents where`.
    pub(super) fn about_document(&self) -> Self {
        Self { owner: Owner::Document, subject: Subject::Document, has_document: true, ..self.clone() }
    }

    /// The same place with this known of the procedure around it.
    pub(super) const fn within(mut self, leading: Leading, results: Results<'p>) -> Self {
        self.leading = leading;
        self.results = results;
        self
    }

    /// The same place, about an element of a collection.
    pub(super) fn about_element(&self, owner: Owner) -> Self {
        Self { owner, subject: Subject::Element, in_question: true, ..self.clone() }
    }

    /// What is known in `B` of `A and B` (`holds`) and of `A or B` (not `holds`). Where `A` could not
    /// be understood, nothing is held against `B`.
    pub(super) fn after(&self, left: Option<&Expr>, holds: bool) -> Self {
        let mut place = self.clone();
        match left {
            Some(left) => learn(left, holds, &mut place.known),
            None => place.lenient = true,
        }
        place
    }

    /// Whether a value with a plain name is known to be there.
    pub(super) fn knows(&self, expr: &Expr) -> bool {
        Plain::of(expr).is_some_and(|plain| self.known.contains(&plain))
    }
}

/// What is there for certain when `expr` holds (or, not `holds`, when it does not).
fn learn(expr: &Expr, holds: bool, known: &mut Vec<Plain>) {
    match &expr.kind {
        ExprKind::IsPresent(inner) if holds => known.extend(Plain::of(inner)),
        ExprKind::IsMissing(inner) if !holds => known.extend(Plain::of(inner)),
        ExprKind::Not(inner) => learn(inner, !holds, known),
        ExprKind::Binary(ast::BinaryOp::And, left, right) if holds => {
            learn(left, holds, known);
            learn(right, holds, known);
        }
        ExprKind::Binary(ast::BinaryOp::Or, left, right) if !holds => {
            learn(left, holds, known);
            learn(right, holds, known);
        }
        _ => {}
    }
}
