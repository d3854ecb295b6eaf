//! A tree at another place: every offset of it, moved by as much.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::{At, Span, Spanned};
use crate::syntax::ast::{
    Action, ActionDecl, Argument, ArgumentValue, Assign, AssignRule, BlankLines, Block, Calendar, Comment,
    ContactLimit, ContactPolicy, Counting, Define, Duration, DurationUnit, Event, EventKind, Expr, ExprKind, Field,
    Follow, Head, Holidays, Item, Ledger, Mode, ModeKind, Parameter, Procedure, QuestionExpr, Record, Repeat, Start,
    Step, StepRef, Template, Test, Timing, TimingKind, Unit,
};

/// What stands at offsets of a text.
pub(super) trait Moved {
    /// Moves every offset behind by `by` bytes.
    fn shift(&mut self, by: u32);
}

impl Moved for Span {
    fn shift(&mut self, by: u32) {
        self.start = self.start.saturating_add(by);
        self.end = self.end.saturating_add(by);
    }
}

impl Moved for At {
    fn shift(&mut self, by: u32) {
        self.0.shift(by);
    }
}

/// What is written holds no places of its own.
impl<T> Moved for Spanned<T> {
    fn shift(&mut self, by: u32) {
        self.span.shift(by);
    }
}

impl<T: Moved> Moved for Option<T> {
    fn shift(&mut self, by: u32) {
        self.iter_mut().for_each(|inner| inner.shift(by));
    }
}

impl<T: Moved> Moved for Vec<T> {
    fn shift(&mut self, by: u32) {
        self.iter_mut().for_each(|inner| inner.shift(by));
    }
}

impl<T: Moved + ?Sized> Moved for Box<T> {
    fn shift(&mut self, by: u32) {
        (**self).shift(by);
    }
}

impl<A: Moved, B: Moved> Moved for (A, B) {
    fn shift(&mut self, by: u32) {
        self.0.shift(by);
        self.1.shift(by);
    }
}

/// A node moves with its parts; the pattern names every field, so that none can be forgotten.
macro_rules! moved {
    ($($node:ident { $($part:ident),* $(; $($fixed:ident),*)? })*) => {
        $(impl Moved for $node {
            fn shift(&mut self, by: u32) {
                let Self { $($part,)* $($($fixed: _,)*)? } = self;
                $($part.shift(by);)*
            }
        })*
    };
}

moved! {
    Comment { text; own_line }
    Head { span, keyword, body; doc, damaged }
    Ledger { head, currency, customer, document, recipients, customer_block, document_block }
    Block { span, body }
    Field { name, ty, optional, span; doc }
    Calendar { head, name, weekend, holidays }
    Define { head, owner, name, expr }
    Template { head, name, files, otherwise }
    ActionDecl { head, name, parameters, contact, by_hand, computes }
    Parameter { name, ty, optional, default }
    Assign { head, rules }
    AssignRule { procedure, when, span }
    Procedure { head, name, title, scope, was, start, stop, follow, timing, priority, steps }
    Start { when, from, span }
    Follow { filter, span }
    Timing { kind, span }
    Counting { calendar, span }
    Step { head, name, title, at_day, after, from, at_stop, when, mode, repeat, was, results, actions }
    Mode { kind, span }
    Duration { number, unit, span }
    Repeat { every, at_most, span }
    Action { name, arguments, span }
    Argument { label, value, span }
    ContactPolicy { head, limits, only_on }
    ContactLimit { at_most, every, span }
    Test { head, title, records, events }
    Record { kind, id, of, fields, block }
    Event { date, kind, span }
    StepRef { procedure, step }
    Expr { kind, span }
    QuestionExpr { name, element, collection, filter }
}

impl Moved for BlankLines {
    fn shift(&mut self, by: u32) {
        self.0.iter_mut().for_each(|line| *line = line.saturating_add(by));
    }
}

impl Moved for Item {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Ledger(item) => item.shift(by),
            Self::Calendar(item) => item.shift(by),
            Self::Define(item) => item.shift(by),
            Self::Template(item) => item.shift(by),
            Self::Action(item) => item.shift(by),
            Self::Assign(item) => item.shift(by),
            Self::Procedure(item) => item.shift(by),
            Self::ContactPolicy(item) => item.shift(by),
            Self::Test(item) => item.shift(by),
        }
    }
}

impl Moved for Holidays {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Country(name) | Self::File(name) => name.shift(by),
        }
    }
}

impl Moved for TimingKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Dip { from, counting } => {
                from.shift(by);
                counting.shift(by);
            }
            Self::AfterPrevious => {}
        }
    }
}

impl Moved for ModeKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Manual | Self::Automatic => {}
            Self::AutomaticIf(condition) => condition.shift(by),
        }
    }
}

impl Moved for DurationUnit {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Days | Self::Weeks => {}
            Self::WorkingDays(calendar) => calendar.shift(by),
        }
    }
}

impl Moved for ArgumentValue {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Expr(expr) => expr.shift(by),
            Self::Documents { collection, filter } => {
                collection.shift(by);
                filter.shift(by);
            }
        }
    }
}

impl Moved for EventKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Expect { subject, step } => {
                subject.shift(by);
                step.shift(by);
            }
            Self::ExpectNothing { subject, from } => {
                subject.shift(by);
                from.shift(by);
            }
            Self::Outcome { outcome, subject, step, result } => {
                outcome.shift(by);
                subject.shift(by);
                step.shift(by);
                result.shift(by);
            }
            Self::Paid { document, amount } => {
                document.shift(by);
                amount.shift(by);
            }
            Self::Set { subject, field, value } => {
                subject.shift(by);
                field.shift(by);
                value.shift(by);
            }
            Self::Hold { subject, until } => {
                subject.shift(by);
                until.shift(by);
            }
            Self::Promise { subject, amount, until } => {
                subject.shift(by);
                amount.shift(by);
                until.shift(by);
            }
        }
    }
}

impl Moved for ExprKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Date(_) | Self::Text(_) | Self::Flag(_) | Self::Name(_) | Self::Unreadable => {}
            Self::Number(number, unit) => {
                number.shift(by);
                unit.shift(by);
            }
            Self::Member(owner, name) => {
                owner.shift(by);
                name.shift(by);
            }
            Self::ResultOf(name) => name.shift(by),
            Self::Not(inner)
            | Self::Negate(inner)
            | Self::IsMissing(inner)
            | Self::IsPresent(inner)
            | Self::Paren(inner) => inner.shift(by),
            Self::Binary(sign, left, right) => {
                sign.shift(by);
                left.shift(by);
                right.shift(by);
            }
            Self::OrElse(left, right) => {
                left.shift(by);
                right.shift(by);
            }
            Self::In(value, list) => {
                value.shift(by);
                list.shift(by);
            }
            Self::Between(value, low, high) => {
                value.shift(by);
                low.shift(by);
                high.shift(by);
            }
            Self::Question(question) => question.shift(by),
            Self::Call(name, arguments) => {
                name.shift(by);
                arguments.shift(by);
            }
        }
    }
}

impl Moved for Unit {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Percent | Self::Days | Self::Weeks => {}
            Self::WorkingDays(calendar) => calendar.shift(by),
            Self::Currency(name) | Self::Other(name) => name.shift(by),
        }
    }
}

impl Moved for Diagnostic {
    fn shift(&mut self, by: u32) {
        for label in &mut self.labels {
            if let Place::Text(span) = &mut label.place {
                span.shift(by);
            }
        }
        self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| edit.span.shift(by));
    }
}
