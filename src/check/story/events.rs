//! What happens and is expected on the days of a test.

use crate::base::text::choice;
use crate::base::{Date, Diagnostic, Spanned, code};
use crate::check::context::Context;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::spelling::Right;
use crate::check::story::columns::of_owner;
use crate::check::story::{Cast, Part};
use crate::check::symbols::Kind;
use crate::schema::{ListOf, Owner, Type};
use crate::syntax::ast::{Event, EventKind, Expr, Name, Procedure, Step, StepRef};

/// Customers and documents alike.
const BOTH: &[Part] = &[Part::Customer, Part::Document];

impl Context<'_> {
    /// The lines of a test's story, in order.
    pub(super) fn check_events(&self, events: &[Event], cast: &Cast<'_>) {
        for (place, event) in events.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|before| events.get(before)).map(|event| &event.date);
            if let Some(before) = before.filter(|before| event.date.value < before.value) {
                self.report(
                    Diagnostic::new(
                        code::TEST_DATE_BACK,
                        format!("{} comes before {}", event.date.value, before.value),
                    )
                    .label(event.date.span, "earlier than the line above")
                    .label(before.span, "the line above")
                    .help("write the lines of a test in the order of their dates"),
                );
            }
            self.check_event(event, cast);
        }
    }

    fn check_event(&self, event: &Event, cast: &Cast<'_>) {
        match &event.kind {
            EventKind::Expect { subject, step } => {
                self.step_for(subject, step, cast);
            }
            EventKind::ExpectNothing { subject, from } => self.check_nothing(subject, from.as_ref(), cast),
            EventKind::Outcome { subject, step, result, .. } => {
                let found = self.step_for(subject, step, cast);
                if let (Some(found), Some(result)) = (found, result) {
                    self.check_result(&step.procedure, found, result);
                }
            }
            EventKind::Paid { document, amount } => {
                self.part(document, cast, &[Part::Document]);
                self.check_amount(amount.as_ref());
            }
            EventKind::Set { subject, field, value } => self.check_set(subject, field, value, cast),
            EventKind::Hold { subject, until } => {
                self.part(subject, cast, BOTH);
                self.check_until(&event.date, until.as_ref());
            }
            EventKind::Promise { subject, amount, until } => {
                self.part(subject, cast, BOTH);
                self.check_amount(amount.as_ref());
                self.check_until(&event.date, Some(until));
            }
        }
    }

    /// The step that is meant, whose procedure must be for what the subject is.
    fn step_for(&self, subject: &Name, step: &StepRef, cast: &Cast<'_>) -> Option<&Step> {
        let part = self.part(subject, cast, BOTH);
        let procedure = self.procedure_named(&step.procedure)?;
        if let Some(part) = part {
            self.fits(subject, part, procedure);
        }
        self.step_named(procedure, &step.step)
    }

    /// The step of a procedure with a name.
    pub(super) fn step_named<'p>(&self, procedure: &'p Procedure, name: &Name) -> Option<&'p Step> {
        let symbol = |name: &str| Symbol::Step { procedure: procedure.name.value.clone(), name: name.to_owned() };
        let steps = || procedure.steps.iter().map(|step| symbol(&step.name.value)).collect();
        self.ask(name.span, || Wanted::OneOf(steps()));
        if let Some(found) = procedure.steps.iter().find(|step| step.name == *name) {
            self.mention(Mention::used(name.span, symbol(&name.value)));
            return Some(found);
        }
        let finding = Diagnostic::new(
            code::UNKNOWN_REFERENCE,
            format!("procedure `{}` has no step `{}`", procedure.name.value, name.value),
        )
        .label(name.span, "not a step");
        let names: Vec<&str> = procedure.steps.iter().map(|step| step.name.value.as_str()).collect();
        let renamed = procedure.steps.iter().find(|step| step.was.contains(name));
        let renamed = renamed.map(|step| step.name.value.as_str());
        self.refuse(match Right::of(name, renamed, names.iter().copied()) {
            Some(right) => right.told(finding, name.span),
            None => finding.help(format!("its steps are {}", choice(&names))),
        })
    }

    /// Any procedure could stand there.
    pub(super) fn any_procedure(&self) -> Wanted {
        Wanted::OneOf(self.symbols.procedures.names().map(|name| Symbol::Procedure(name.to_owned())).collect())
    }

    pub(super) fn procedure_named(&self, name: &Name) -> Option<&Procedure> {
        let procedures = &self.symbols.procedures;
        procedures.get(self.refer(procedures, Kind::Procedure, name, Symbol::Procedure)?)
    }

    /// A procedure for documents suggests steps for documents, one for customers for customers.
    fn fits(&self, subject: &Name, part: Part, procedure: &Procedure) {
        let is_for = match &procedure.scope {
            Some(scope) if scope.value == "document" => Part::Document,
            _ => Part::Customer,
        };
        if part != is_for {
            self.report(
                Diagnostic::new(
                    code::TEST_WRONG_SUBJECT,
                    format!(
                        "procedure `{}` is for a {}, `{}` is a {}",
                        procedure.name.value,
                        is_for.word(),
                        subject.value,
                        part.word()
                    ),
                )
                .label(subject.span, format!("a {} stands here", is_for.word()))
                .help(format!("write the id of a {} of this test", is_for.word())),
            );
        }
    }

    /// `expect C1 nothing from P` speaks of the customer's documents too.
    fn check_nothing(&self, subject: &Name, from: Option<&Name>, cast: &Cast<'_>) {
        let part = self.part(subject, cast, BOTH);
        if let (Some(part), Some(from)) = (part, from)
            && let Some(procedure) = self.procedure_named(from)
            && part == Part::Document
        {
            self.fits(subject, part, procedure);
        }
    }

    /// A result that is reported of a step, which must be one of those it declares.
    pub(super) fn check_result(&self, procedure: &Name, step: &Step, result: &Name) {
        let list = ListOf::Results { procedure: procedure.value.clone(), step: step.name.value.clone() };
        let values = || step.results.iter().map(|result| result.value.clone()).collect();
        self.ask(result.span, || Wanted::ListValue { list: list.clone(), values: values() });
        if step.results.is_empty() {
            return;
        }
        if step.results.contains(result) {
            return self.mention(Mention::used(result.span, Symbol::Value { list, value: result.value.clone() }));
        }
        let names: Vec<&str> = step.results.iter().map(|name| name.value.as_str()).collect();
        let finding = Diagnostic::new(
            code::UNKNOWN_VALUE,
            format!("`{}` is not a result of step `{}`", result.value, step.name.value),
        )
        .label(result.span, "not a result of this step");
        self.report(match Right::of(result, None, names.iter().copied()) {
            Some(right) => right.told(finding, result.span),
            None => finding.help(format!("its results are {}", choice(&names))),
        });
    }

    fn check_set(&self, subject: &Name, field: &Name, value: &Expr, cast: &Cast<'_>) {
        let Some(part) = self.part(subject, cast, BOTH) else { return };
        let owner = match part {
            Part::Customer => Owner::Customer,
            Part::Document => Owner::Document,
        };
        let mut columns = of_owner(owner, &self.symbols.ledger);
        for column in columns.iter_mut().filter(|column| matches!(column.name.as_str(), "id" | "customer")) {
            column.refused = Some("never changes");
        }
        if let Some(column) = self.column(field, &columns, part.word(), &[]) {
            self.mention(Mention::used(field.span, Symbol::Member(owner, field.value.clone())));
            self.check_value(value, column);
        }
    }

    fn check_amount(&self, amount: Option<&Expr>) {
        if let Some(amount) = amount {
            self.check_written(amount, &Type::Money, "the amount");
        }
    }

    fn check_until(&self, date: &Spanned<Date>, until: Option<&Spanned<Date>>) {
        if let Some(until) = until.filter(|until| until.value < date.value) {
            self.report(
                Diagnostic::new(code::TEST_DATE_BACK, format!("{} comes before {}", until.value, date.value))
                    .label(until.span, "over before it begins")
                    .label(date.span, "it begins here")
                    .help("write a date on or after the first one"),
            );
        }
    }
}
