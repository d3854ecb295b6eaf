//! The plan: what both back ends execute.
//!
//! A plan is the checked program with every default of section 3 filled in and nothing left to
//! look up. Conditions stay expressions of the checked tree, because `why` shows them as written.

pub mod from_check;

use std::sync::Arc;

use crate::base::{Sources, Span};
use crate::calendar::WorkingDays;
use crate::check::tree::{
    AssignRule, CalendarId, Computes, ContactPolicy, Coverage, Define, Expr, Interval, Mode, ProcedureId, Recipient,
    Repeat, Scope, Template, TemplateId,
};
use crate::schema::{ClosedList, LedgerSchema};

/// A program ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What the ledger holds.
    pub ledger: LedgerSchema,
    /// The calendars, by [`CalendarId`].
    pub calendars: Vec<Calendar>,
    /// The named expressions, by `DefineId`.
    pub defines: Vec<Define>,
    /// The templates, by [`TemplateId`].
    pub templates: Vec<Template>,
    /// The rules of assignment, in written order (`S15`).
    pub assignment: Vec<AssignRule>,
    /// The procedures, by [`ProcedureId`].
    pub procedures: Vec<Procedure>,
    /// The contact policy.
    pub policy: Option<ContactPolicy>,
}

impl Plan {
    /// An action of a step, by its position counted from 1.
    #[must_use]
    pub fn action(&self, procedure: &str, step: &str, position: u32) -> Option<&Action> {
        let procedure = self.procedures.iter().find(|known| known.name == procedure)?;
        let step = procedure.steps.iter().chain(&procedure.at_stop).find(|known| known.name == step)?;
        step.actions.get((position as usize).checked_sub(1)?)
    }
}

/// A calendar ready to count.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its working days, counted once for every run of the plan.
    pub working: Arc<WorkingDays>,
}

/// A procedure ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Which one.
    pub id: ProcedureId,
    /// Its name.
    pub name: String,
    /// Its title; the name where none is written.
    pub title: String,
    /// Its names in history: the present one and earlier ones.
    pub known_as: Vec<String>,
    /// What it has one instance for.
    pub scope: Scope,
    /// How it starts.
    pub start: Start,
    /// Which documents it looks at (`S4`).
    pub follow: Follow,
    /// How its steps are timed.
    pub clock: Clock,
    /// Its priority on the worklist.
    pub priority: Option<Expr>,
    /// Its steps, in written order, without those at the stop.
    pub steps: Vec<Step>,
    /// Its steps at the stop (`S10`).
    pub at_stop: Vec<Step>,
    /// Where its name stands.
    pub span: Span,
}

/// How a procedure starts.
#[derive(Debug, Clone, PartialEq)]
pub enum Start {
    /// By assignment (`S15`).
    Assignment {
        /// What dates the start (`S8`).
        from: Option<Expr>,
    },
    /// While conditions hold (`S8`, `S10`).
    Conditions {
        /// The start condition.
        start: Expr,
        /// The stop condition; `None` when it is that the start condition no longer holds.
        stop: Option<Expr>,
        /// What dates the start.
        from: Option<Expr>,
    },
}

/// Which documents a procedure follows (`S4`). Documents on hold never are.
#[derive(Debug, Clone, PartialEq)]
pub struct Follow {
    /// The condition as written; `None` where it is not.
    pub filter: Option<Expr>,
    /// Whether only invoices are candidates: the written condition does not mention `kind`.
    pub invoices_only: bool,
    /// The code of the only status followed, where nothing is written and the scope is the customer.
    pub only_status: Option<u16>,
}

/// What drives the steps.
#[derive(Debug, Clone, PartialEq)]
pub enum Clock {
    /// Days in procedure (`S5` to `S7`).
    Dip {
        /// The anchor date of a document; `None` for its due date.
        anchor: Option<Expr>,
        /// The calendar whose working days count; `None` for calendar days.
        working: Option<CalendarId>,
    },
    /// Days after the previous step (`S8` to `S13`). `at day` counts from the due date of the leading document.
    AfterPrevious,
}

/// The name by which rows of a renamed procedure or step keep their ids (`S24`): the earliest, which is
/// written last.
fn lasting<'a>(name: &'a str, known_as: &'a [String]) -> &'a str {
    known_as.last().map_or(name, String::as_str)
}

impl Procedure {
    /// The name that ids of rows are made of: the earliest one.
    #[must_use]
    pub fn lasting_name(&self) -> &str {
        lasting(&self.name, &self.known_as)
    }
}

impl Step {
    /// The name that ids of rows are made of: the earliest one.
    #[must_use]
    pub fn lasting_name(&self) -> &str {
        lasting(&self.name, &self.known_as)
    }
}

impl Clock {
    /// The calendar whose working days count; `None` for calendar days.
    #[must_use]
    pub const fn working(&self) -> Option<CalendarId> {
        match self {
            Self::Dip { working, .. } => *working,
            Self::AfterPrevious => None,
        }
    }
}

/// A step ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its place among all steps of the procedure as written (`StepId`).
    pub place: usize,
    /// Its name.
    pub name: String,
    /// Its title; the name where none is written.
    pub title: String,
    /// Its names in history: the present one and earlier ones.
    pub known_as: Vec<String>,
    /// The day of the leading document's clock on which it is reached.
    pub at_day: Option<i64>,
    /// The time after the previous outcome or the start.
    pub after: Option<Interval>,
    /// A clock of its own: the anchor date of a document.
    pub from: Option<Expr>,
    /// Whether it exists.
    pub when: Option<Expr>,
    /// Who does it.
    pub mode: Mode,
    /// How it repeats.
    pub repeat: Option<Repeat>,
    /// What may be reported back.
    pub results: Option<ClosedList>,
    /// Its actions, in written order.
    pub actions: Vec<Action>,
    /// Where its name stands.
    pub span: Span,
}

/// An action ready to be suggested.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// To whom.
    pub recipient: Option<Recipient>,
    /// With which template.
    pub template: Option<TemplateId>,
    /// Which documents; `None` where it covers none.
    pub covering: Option<Coverage>,
    /// What it computes.
    pub computes: Option<Computes>,
    /// Whether it is a contact: declared so, and to the customer (`S22`).
    pub contact: bool,
    /// Whether it claims what it covers (`S17`): a communication, declared as a contact or with a
    /// template, that has a recipient and covers documents.
    pub claims: bool,
    /// Whether it stays manual (`S24`).
    pub by_hand: bool,
    /// The other arguments, by label.
    pub values: Vec<(String, Expr)>,
    /// Where it stands.
    pub span: Span,
}

impl Action {
    /// The other arguments as they are written, on one line: `40 EUR`, `text "Call the customer"`. The first
    /// argument of an action needs no label.
    #[must_use]
    pub fn arguments(&self, sources: &Sources) -> String {
        let is_first = |at: usize| at == 0 && self.recipient.is_none() && self.template.is_none();
        let words = self.values.iter().enumerate().flat_map(|(at, (label, value))| {
            let label = (!is_first(at)).then_some(label.as_str());
            label.into_iter().chain(sources.slice(value.span).split_whitespace())
        });
        words.collect::<Vec<_>>().join(" ")
    }
}
