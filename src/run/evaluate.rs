//! The value of an expression for one customer (design, section 2): a walk over the checked tree.
//!
//! A missing value is `None`; wherever the checker could not rule it out, what is computed from it
//! is missing too, and a condition with a missing value does not hold.

use crate::base::Date;
use crate::check::tree::{BinaryOp, DefineId, Expr, ExprKind, FieldRef, StepId, Subject};
use crate::ledger::snapshot::Promise;
use crate::run::arithmetic::{self, binary, call, compare};
use crate::run::customer::{Customer, Record};
use crate::run::datum::{Answer, Datum};
use crate::run::fault::Fault;
use crate::run::instance::{Instance, Leading};
use crate::run::{fields, questions};
use crate::schema::Owner;

/// What names refer to.
#[derive(Clone, Copy)]
pub(crate) struct Env<'v, 'a> {
    /// The customer at hand.
    pub(crate) customer: &'v Customer<'a>,
    /// The document at hand, by its place among the customer's.
    pub(crate) document: Option<usize>,
    /// The element of the question around.
    pub(crate) element: Option<Element<'a>>,
    /// The leading document.
    pub(crate) leading: Option<Leading>,
    /// The instance whose steps' results may be asked for (`S13`).
    pub(crate) instance: Option<&'v Instance<'a>>,
}

/// An element of a collection.
#[derive(Clone, Copy)]
pub(crate) enum Element<'a> {
    Document(usize),
    Promise(&'a Promise),
    Contact(Record<'a>),
}

impl<'v, 'a> Env<'v, 'a> {
    /// Names about the customer alone.
    pub(crate) const fn customer(customer: &'v Customer<'a>) -> Self {
        Self { customer, document: None, element: None, leading: None, instance: None }
    }

    /// Names about a document of the customer.
    pub(crate) const fn document(customer: &'v Customer<'a>, document: usize) -> Self {
        Self { document: Some(document), ..Self::customer(customer) }
    }

    /// The same with another document at hand.
    pub(crate) const fn about(self, document: usize) -> Self {
        Self { document: Some(document), ..self }
    }

    /// Whether a condition holds.
    pub(crate) fn holds(self, condition: &'a Expr) -> Result<bool, Box<Fault>> {
        Ok(self.value(condition)? == Some(Datum::Flag(true)))
    }

    /// Whether a condition holds, where one is written.
    pub(crate) fn holds_if_written(self, condition: Option<&'a Expr>) -> Result<bool, Box<Fault>> {
        condition.map_or(Ok(true), |condition| self.holds(condition))
    }

    /// The date an expression gives.
    pub(crate) fn date(self, expr: &'a Expr) -> Result<Option<Date>, Box<Fault>> {
        Ok(match self.value(expr)? {
            Some(Datum::Date(date)) => Some(date),
            _ => None,
        })
    }

    /// The value of an expression.
    pub(crate) fn value(self, expr: &'a Expr) -> Answer<'a> {
        let value = self.value_of_kind(expr).map_err(|fault| fault.at(expr.span))?;
        if let Some(recorder) = self.customer.run.recorder {
            recorder.value(expr, value);
        }
        Ok(value)
    }

    fn value_of_kind(self, expr: &'a Expr) -> Answer<'a> {
        let exchange = || self.customer.run.exchange();
        match &expr.kind {
            ExprKind::Literal(value) => Ok(Some(Datum::of(value))),
            ExprKind::Field(subject, field) => self.field(*subject, *field),
            ExprKind::Define(subject, define) => self.define(*subject, *define),
            ExprKind::Today => Ok(Some(Datum::Date(self.customer.run.date))),
            ExprKind::Dip => Ok(self.leading.map(|leading| Datum::Days(leading.dip))),
            ExprKind::ResultOf(step) => self.result_of(*step),
            ExprKind::Not(inner) => Ok(flag(self.value(inner)?).map(|holds| Datum::Flag(!holds))),
            ExprKind::Negate(inner) => Ok(self.value(inner)?.map(arithmetic::negated)),
            ExprKind::Binary(BinaryOp::And, left, right) => self.and_or(left, right, false),
            ExprKind::Binary(BinaryOp::Or, left, right) => self.and_or(left, right, true),
            ExprKind::Binary(op, left, right) => match (self.value(left)?, self.value(right)?) {
                (Some(left), Some(right)) => binary(&exchange(), *op, left, right),
                _ => Ok(None),
            },
            ExprKind::PlusWorkingDays(date, days, calendar) => {
                let (Some(Datum::Date(date)), Some(working)) =
                    (self.value(date)?, self.customer.run.calendar(*calendar))
                else {
                    return Ok(None);
                };
                working.plus(date, *days).map(|date| Some(Datum::Date(date))).ok_or_else(Fault::out_of_range)
            }
            ExprKind::OrElse(left, right) => {
                let value = self.value(left)?;
                if let Some(recorder) = self.customer.run.recorder {
                    recorder.fallback(expr, value.is_some());
                }
                if value.is_some() { Ok(value) } else { self.value(right) }
            }
            ExprKind::In(value, list) => self.is_in(value, list),
            ExprKind::Between(value, low, high) => self.is_between(value, low, high),
            ExprKind::IsMissing(inner) => Ok(Some(Datum::Flag(self.value(inner)?.is_none()))),
            ExprKind::IsPresent(inner) => Ok(Some(Datum::Flag(self.value(inner)?.is_some()))),
            ExprKind::Question(question) => questions::answer(self, question),
            ExprKind::Call(function, arguments) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    let Some(value) = self.value(argument)? else { return Ok(None) };
                    values.push(value);
                }
                call(&exchange(), *function, &values)
            }
        }
    }

    /// `and` ends at the first side that does not hold, `or` at the first that does: `ends`.
    fn and_or(self, left: &'a Expr, right: &'a Expr, ends: bool) -> Answer<'a> {
        match self.value(left)? {
            Some(Datum::Flag(value)) if value == ends => Ok(Some(Datum::Flag(ends))),
            Some(_) => self.value(right),
            None => Ok(None),
        }
    }

    fn is_in(self, value: &'a Expr, list: &'a [Expr]) -> Answer<'a> {
        let Some(value) = self.value(value)? else { return Ok(None) };
        for candidate in list {
            let Some(candidate) = self.value(candidate)? else { continue };
            if compare(&self.customer.run.exchange(), value, candidate)?.is_some_and(std::cmp::Ordering::is_eq) {
                return Ok(Some(Datum::Flag(true)));
            }
        }
        Ok(Some(Datum::Flag(false)))
    }

    fn is_between(self, value: &'a Expr, low: &'a Expr, high: &'a Expr) -> Answer<'a> {
        let (Some(value), Some(low), Some(high)) = (self.value(value)?, self.value(low)?, self.value(high)?) else {
            return Ok(None);
        };
        let exchange = self.customer.run.exchange();
        let above = compare(&exchange, low, value)?.is_some_and(std::cmp::Ordering::is_le);
        let below = compare(&exchange, value, high)?.is_some_and(std::cmp::Ordering::is_le);
        Ok(Some(Datum::Flag(above && below)))
    }

    /// The document a subject stands for, if it stands for one.
    fn document_of(self, subject: Subject) -> Option<usize> {
        match (subject, self.element) {
            (Subject::Document, _) => self.document,
            (Subject::Leading, _) => self.leading.map(|leading| leading.document),
            (Subject::Element, Some(Element::Document(document))) => Some(document),
            _ => None,
        }
    }

    fn field(self, subject: Subject, field: FieldRef) -> Answer<'a> {
        let customer = self.customer;
        let snapshot = customer.run.snapshot;
        if subject == Subject::Customer {
            return match field {
                FieldRef::BuiltIn(field) => fields::of_customer(customer, field),
                FieldRef::Declared(_, place) => {
                    let column = snapshot.customers.declared.get(place);
                    Ok(fields::declared(column, customer.row.0 as usize, customer.currency()))
                }
            };
        }
        if let Some(document) = self.document_of(subject).and_then(|place| customer.documents.get(place)) {
            return Ok(match field {
                FieldRef::BuiltIn(field) => fields::of_document(customer, document, field),
                FieldRef::Declared(_, place) => {
                    let column = snapshot.documents.declared.get(place);
                    fields::declared(column, document.row.0 as usize, document.currency)
                }
            });
        }
        Ok(match (self.element, field) {
            (Some(Element::Promise(promise)), FieldRef::BuiltIn(field)) if subject == Subject::Element => {
                fields::of_promise(customer, promise, field)
            }
            (Some(Element::Contact(contact)), FieldRef::BuiltIn(field)) if subject == Subject::Element => {
                fields::of_contact(customer, contact, field)
            }
            _ => None,
        })
    }

    /// The value of a define, computed once for each customer or document.
    fn define(self, subject: Subject, id: DefineId) -> Answer<'a> {
        let customer = self.customer;
        let Some(define) = customer.run.plan.defines.get(id.0) else { return Ok(None) };
        match define.owner {
            Owner::Document => {
                let Some(document) = self.document_of(subject) else { return Ok(None) };
                let env = Env::document(customer, document);
                if !customer.run.costly_defines.get(id.0).copied().unwrap_or(false) {
                    return env.value(&define.expr);
                }
                if let Some(known) = customer.document_defines.borrow().get(&(id, document)) {
                    return Ok(*known);
                }
                let value = env.value(&define.expr)?;
                customer.document_defines.borrow_mut().insert((id, document), value);
                Ok(value)
            }
            _ => {
                let known = customer.defines.get(id.0);
                if let Some(value) = known.and_then(std::cell::Cell::get) {
                    return Ok(value);
                }
                let value = Env::customer(customer).value(&define.expr)?;
                if let Some(known) = known {
                    known.set(Some(value));
                }
                Ok(value)
            }
        }
    }

    /// The result last reported for a step (`S13`).
    fn result_of(self, step: StepId) -> Answer<'a> {
        self.instance.map_or(Ok(None), |instance| instance.result_of(self.customer, step))
    }
}

/// The flag a value is.
pub(super) const fn flag(value: Option<Datum<'_>>) -> Option<bool> {
    match value {
        Some(Datum::Flag(flag)) => Some(flag),
        _ => None,
    }
}
