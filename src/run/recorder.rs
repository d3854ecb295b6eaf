//! What runs used of the program: for coverage. A run without a recorder pays nothing for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::Span;
use crate::check::tree::{Expr, ProcedureId};
use crate::run::datum::Datum;
use crate::schema::Type;

/// Notes what runs use of a program, of as many runs and threads as it is given to.
#[derive(Debug, Default)]
pub struct Recorder {
    used: Mutex<Used>,
}

/// What was used, and how often.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// How conditions, and the conditions inside them, came out.
    pub conditions: HashMap<Span, Sides>,
    /// `or else`: whether the left side was present.
    pub fallbacks: HashMap<Span, Sides>,
    /// How often steps were suggested, by procedure and place as written.
    pub steps: BTreeMap<(ProcedureId, usize), u64>,
    /// How often rules of assignment decided, by place.
    pub rules: BTreeMap<usize, u64>,
}

/// How often something came out this way, and how often the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sides {
    /// It held; the left side was present.
    pub yes: u64,
    /// It did not hold; the left side was missing.
    pub no: u64,
}

impl Sides {
    fn count(&mut self, yes: bool) {
        let side = if yes { &mut self.yes } else { &mut self.no };
        *side = side.saturating_add(1);
    }
}

impl Recorder {
    /// What was used so far.
    #[must_use]
    pub fn used(&self) -> Used {
        self.lock().clone()
    }

    /// Nothing a run does between taking and giving back the lock can fail half-way.
    fn lock(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the value of an expression, if it is a condition. A missing value does not hold.
    pub(super) fn value(&self, expr: &Expr, value: Option<Datum<'_>>) {
        if expr.typed.ty == Type::Flag {
            self.lock().conditions.entry(expr.span).or_default().count(value == Some(Datum::Flag(true)));
        }
    }

    /// Notes which side of an `or else` gave the value.
    pub(super) fn fallback(&self, expr: &Expr, left: bool) {
        self.lock().fallbacks.entry(expr.span).or_default().count(left);
    }

    /// Notes that a step is suggested.
    pub(super) fn step(&self, procedure: ProcedureId, step: usize) {
        *self.lock().steps.entry((procedure, step)).or_default() += 1;
    }

    /// Notes which rule of assignment decided.
    pub(super) fn rule(&self, place: usize) {
        *self.lock().rules.entry(place).or_default() += 1;
    }
}
