//! The checked tree: every name looked up, every type known, everything as the author wrote it.
//!
//! A [`Program`] exists only without errors, and evaluating any of its expressions can fail only
//! for reasons that lie in the data (design, section 2). Defaults that are not written are filled
//! in by `plan`, not here.

use std::sync::Arc;

use crate::base::{Date, Span, Spanned};
use crate::schema::{ClosedList, Field, Function, LedgerSchema, Owner, Question, Typed, Value};
pub use crate::syntax::ast::{BinaryOp, Collection};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub usize);
        )*
    };
}

// Until the program is finished, an id is the number of a name: see `check::names`.
ids! {
    /// A calendar, by its place in [`Program::calendars`].
    CalendarId;
    /// A define, by its place in [`Program::defines`].
    DefineId;
    /// A template, by its place in [`Program::templates`].
    TemplateId;
    /// An action, by its place in [`Program::actions`].
    ActionId;
    /// A procedure, by its place in [`Program::procedures`].
    ProcedureId;
    /// A step, by its place in the steps of its procedure.
    StepId;
}

/// A program without errors.
///
/// Calendars, defines, templates, actions and procedures are in the order of their names, so that
/// the order of files leaves no trace.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// What the ledger holds.
    pub ledger: LedgerSchema,
    /// The calendars.
    pub calendars: Vec<Calendar>,
    /// The named expressions; none refers to itself, directly or around.
    pub defines: Vec<Arc<Define>>,
    /// The templates.
    pub templates: Vec<Template>,
    /// The actions: those of the prelude and the program's own.
    pub actions: Vec<ActionDecl>,
    /// The rules of assignment in written order; empty without `assign`.
    pub assignment: Vec<AssignRule>,
    /// The procedures.
    pub procedures: Vec<Procedure>,
    /// The contact policy.
    pub policy: Option<ContactPolicy>,
    /// The tests, in the order of files and lines.
    pub tests: Vec<Test>,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Its name.
    pub name: Spanned<String>,
    /// Days of the week off, Monday = 0.
    pub weekend: Vec<u8>,
    /// Built-in holiday calendars: `BE`, `DE_BY`, `TARGET`.
    pub countries: Vec<String>,
    /// The days in the user's own files, sorted.
    pub own_days: Vec<Date>,
}

/// A named expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// Its name.
    pub name: Spanned<String>,
    /// What it is about: a customer or a document.
    pub owner: Owner,
    /// What it stands for.
    pub expr: Expr,
    /// What its comment says.
    pub doc: Option<String>,
}

/// A template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its name.
    pub name: Spanned<String>,
    /// Language and file, relative to the program's folder.
    pub files: Vec<(String, String)>,
    /// The language for recipients whose own is not there.
    pub otherwise: Option<String>,
}

/// An action that steps may use.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionDecl {
    /// Its name.
    pub name: Spanned<String>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Whether it is a contact when its recipient is the customer (`S22`).
    pub contact: bool,
    /// Whether it stays manual whatever the step says (`S24`).
    pub by_hand: bool,
    /// What it computes.
    pub computes: Option<Computes>,
}

/// What an action computes (`S18`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computes {
    /// A fixed charge.
    Charge,
    /// Interest on the covered documents.
    Interest,
    /// A payment plan.
    Plan,
}

/// A parameter of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its label.
    pub name: String,
    /// What may be given.
    pub kind: ParameterKind,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it is when left out, for `covering`.
    pub coverage: Option<Coverage>,
}

/// What may be given for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterKind {
    /// The customer or a declared role.
    Recipient,
    /// A template.
    Template,
    /// Documents to cover.
    Documents,
    /// A status.
    Status,
    /// A value of a type of the language.
    Value(crate::schema::Type),
}

/// A rule of assignment (`S15`).
#[derive(Debug, Clone, PartialEq)]
pub struct AssignRule {
    /// The procedure; `None` for `none`.
    pub procedure: Option<ProcedureId>,
    /// When it holds; `None` for `otherwise`.
    pub when: Option<Expr>,
    /// The whole rule.
    pub span: Span,
}

/// What a procedure has one instance for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One for each customer.
    Customer,
    /// One for each document.
    Document,
}

/// A procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Its name.
    pub name: Spanned<String>,
    /// Its title.
    pub title: Option<String>,
    /// What its comment says.
    pub doc: Option<String>,
    /// Earlier names.
    pub was: Vec<String>,
    /// What it has one instance for.
    pub scope: Scope,
    /// The start condition; `None` for `start by assignment`.
    pub start: Option<Expr>,
    /// What dates the start.
    pub start_from: Option<Expr>,
    /// The stop condition.
    pub stop: Option<Expr>,
    /// The filter of `follow`, about a document.
    pub follow: Option<Expr>,
    /// How its steps are timed.
    pub timing: Timing,
    /// Its priority on the worklist.
    pub priority: Option<Expr>,
    /// Its steps, in written order.
    pub steps: Vec<Step>,
    /// The whole declaration.
    pub span: Span,
}

/// How steps are timed.
#[derive(Debug, Clone, PartialEq)]
pub enum Timing {
    /// By days in procedure.
    Dip {
        /// The anchor date of a document; `None` for its due date.
        from: Option<Expr>,
        /// The calendar whose working days count; `None` for calendar days.
        working: Option<CalendarId>,
    },
    /// By days after the previous step.
    AfterPrevious,
}

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: Spanned<String>,
    /// Its title.
    pub title: Option<String>,
    /// What its comment says.
    pub doc: Option<String>,
    /// Earlier names.
    pub was: Vec<String>,
    /// `at day N`
    pub at_day: Option<Spanned<i64>>,
    /// `after N days`
    pub after: Option<Spanned<Interval>>,
    /// A clock of its own: the anchor date of a document.
    pub from: Option<Expr>,
    /// Whether it comes when the instance ends.
    pub at_stop: bool,
    /// Whether it exists.
    pub when: Option<Expr>,
    /// Who does it.
    pub mode: Mode,
    /// How it repeats.
    pub repeat: Option<Repeat>,
    /// What may be reported back; without `results` any text.
    pub results: Option<ClosedList>,
    /// Its actions, in written order.
    pub actions: Vec<Action>,
    /// The whole step.
    pub span: Span,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// How many days.
    pub days: i64,
    /// The calendar whose working days count; `None` for calendar days.
    pub working: Option<CalendarId>,
}

/// Who does a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    /// A person.
    Manual,
    /// The program.
    Automatic,
    /// The program where the condition holds, else a person.
    AutomaticIf(Expr),
}

/// How a step repeats (`S12`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeat {
    /// The time between.
    pub every: Interval,
    /// How often in all; `None` without end.
    pub at_most: Option<u32>,
}

/// One action of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Which action.
    pub action: ActionId,
    /// To whom; `None` for an action without recipient.
    pub recipient: Option<Recipient>,
    /// With which template.
    pub template: Option<TemplateId>,
    /// Which documents; `None` for an action that covers none.
    pub covering: Option<Coverage>,
    /// The other arguments, by label.
    pub values: Vec<(String, Expr)>,
    /// The whole action.
    pub span: Span,
}

/// To whom an action is addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The customer.
    Customer,
    /// A declared role.
    Role(String),
}

/// Which documents an action covers (`S18`).
#[derive(Debug, Clone, PartialEq)]
pub enum Coverage {
    /// The followed documents that are overdue; before the first is, those with the leading anchor.
    Overdue,
    /// The followed documents whose own days in procedure have reached the step's day.
    Reached,
    /// The documents of a collection for which the filter holds.
    Documents(Collection, Option<Expr>),
}

/// The contact policy (`S22`, `S23`).
#[derive(Debug, Clone, PartialEq)]
pub struct ContactPolicy {
    /// At most so many contacts in so long.
    pub limits: Vec<(u32, Interval)>,
    /// The calendar on whose working days alone contacts are made.
    pub only_on: Option<CalendarId>,
    /// The whole declaration.
    pub span: Span,
}

/// A test (`S26`): checked, and executed by a later stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What it shows.
    pub title: String,
    /// The test as written; every name and value in it has been checked.
    pub written: Arc<crate::syntax::ast::Test>,
}

/// An expression with its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type, and whether its value may be missing.
    pub typed: Typed,
    /// Where it stands.
    pub span: Span,
}

/// Whose field is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The customer at hand.
    Customer,
    /// The document at hand: of a procedure for document, a `follow`, a clock, a `covering`, a document's define.
    Document,
    /// The leading document.
    Leading,
    /// The element of the question around it.
    Element,
}

/// A field, built in or declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldRef {
    /// One of the table in `schema::fields`.
    BuiltIn(Field),
    /// The declared field of that owner, by its place in the ledger's schema.
    Declared(Owner, usize),
}

/// The kinds of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A value as written.
    Literal(Value),
    /// A field of a subject.
    Field(Subject, FieldRef),
    /// A named expression about a subject.
    Define(Subject, DefineId),
    /// The run date.
    Today,
    /// Days in procedure.
    Dip,
    /// The result last reported for a step of the procedure at hand (`S13`).
    ResultOf(StepId),
    /// `not a`
    Not(Box<Expr>),
    /// `-a`
    Negate(Box<Expr>),
    /// `and`, `or`, comparisons and arithmetic; the types of the sides say which arithmetic.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// A date so many working days later (earlier, if negative).
    PlusWorkingDays(Box<Expr>, i64, CalendarId),
    /// `a or else b`
    OrElse(Box<Expr>, Box<Expr>),
    /// `a in (b, c)`
    In(Box<Expr>, Vec<Expr>),
    /// `a between b and c`, both ends included
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a is missing`
    IsMissing(Box<Expr>),
    /// `a is present`
    IsPresent(Box<Expr>),
    /// `count(documents where overdue)`
    Question(Box<QuestionExpr>),
    /// `max(a, b)`
    Call(Function, Vec<Expr>),
}

/// `NAME(E of X where C)`; `E` and `C` are about [`Subject::Element`].
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionExpr {
    /// Which question.
    pub question: Question,
    /// What stands before `of`.
    pub element: Option<Expr>,
    /// The collection.
    pub collection: Collection,
    /// What stands after `where`.
    pub filter: Option<Expr>,
}

impl Expr {
    /// Calls `visit` for this expression and every one inside it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        for inner in self.children() {
            inner.walk(visit);
        }
    }

    /// The expressions directly inside it.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Literal(_)
            | ExprKind::Field(..)
            | ExprKind::Define(..)
            | ExprKind::Today
            | ExprKind::Dip
            | ExprKind::ResultOf(_) => vec![],
            ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsMissing(inner)
            | ExprKind::IsPresent(inner)
            | ExprKind::PlusWorkingDays(inner, ..) => vec![inner],
            ExprKind::Binary(_, left, right) | ExprKind::OrElse(left, right) => vec![left, right],
            ExprKind::In(value, list) => std::iter::once(&**value).chain(list).collect(),
            ExprKind::Between(value, low, high) => vec![value, low, high],
            ExprKind::Question(question) => question.element.iter().chain(&question.filter).collect(),
            ExprKind::Call(_, arguments) => arguments.iter().collect(),
        }
    }

    /// The expressions directly inside it, to be changed.
    pub(super) fn children_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.kind {
            ExprKind::Literal(_)
            | ExprKind::Field(..)
            | ExprKind::Define(..)
            | ExprKind::Today
            | ExprKind::Dip
            | ExprKind::ResultOf(_) => vec![],
            ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsMissing(inner)
            | ExprKind::IsPresent(inner)
            | ExprKind::PlusWorkingDays(inner, ..) => vec![inner],
            ExprKind::Binary(_, left, right) | ExprKind::OrElse(left, right) => vec![left, right],
            ExprKind::In(value, list) => std::iter::once(&mut **value).chain(list).collect(),
            ExprKind::Between(value, low, high) => vec![value, low, high],
            ExprKind::Question(question) => question.element.iter_mut().chain(&mut question.filter).collect(),
            ExprKind::Call(_, arguments) => arguments.iter_mut().collect(),
        }
    }
}
