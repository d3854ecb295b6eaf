//! The values of fields: columns of the ledger as they are, derived ones as `customer` computes them.

use crate::base::{Currency, Date, Decimal, Money};
use crate::ledger::DocumentRow;
use crate::ledger::snapshot::{Column, Interned, Promise};
use crate::run::customer::{Customer, Document, Record};
use crate::run::datum::{Answer, Datum};
use crate::schema::Field;

/// The value of a customer's built-in field.
pub(super) fn of_customer<'a>(customer: &Customer<'a>, field: Field) -> Answer<'a> {
    let columns = &customer.run.snapshot.customers;
    let row = customer.row.0 as usize;
    Ok(match field {
        Field::CustomerId => Some(Datum::Text(columns.id.get(row))),
        Field::CustomerName => text(&columns.name, row),
        Field::CustomerLanguage => text(&columns.language, row),
        Field::CustomerCountry => text(&columns.country, row),
        Field::CustomerEmail => text(&columns.email, row),
        Field::CustomerPhone => text(&columns.phone, row),
        Field::CreditLimit => amount(&columns.credit_limit, row, customer.currency()),
        Field::CustomerCurrency => code(columns.currency.get(row).and_then(Option::as_ref)),
        Field::TotalDue => Some(Datum::Money(customer.total_due()?)),
        Field::OverdueTotal => Some(Datum::Money(customer.overdue_total()?)),
        Field::OldestDaysOverdue => Some(Datum::Days(customer.oldest_days_overdue())),
        Field::PaymentBehaviour => customer.payment_behaviour().map(Datum::Days),
        Field::LastContact => date(customer.contacts().iter().map(|contact| contact.entry.date).max()),
        _ => None,
    })
}

/// The value of a document's built-in field.
pub(super) fn of_document<'a>(customer: &Customer<'a>, document: &Document, field: Field) -> Option<Datum<'a>> {
    let columns = &customer.run.snapshot.documents;
    let row = document.row.0 as usize;
    let issued = || columns.issue_date.get(row).copied();
    match field {
        Field::DocumentId => Some(Datum::Text(columns.id.get(row))),
        Field::DocumentCustomer => Some(Datum::Text(customer.id())),
        Field::Kind => Some(Datum::Choice(document.kind)),
        Field::Status => Some(Datum::Choice(document.status)),
        Field::IssueDate => date(issued()),
        Field::DueDate => Some(Datum::Date(document.due_date)),
        Field::Amount => columns.amount.get(row).map(|amount| Datum::Money(Money::new(*amount, document.currency))),
        Field::OpenAmount => Some(Datum::Money(document.claim())),
        Field::DocumentCurrency => code(columns.currency.get(row)),
        Field::SettledOn => date(document.settled_on),
        Field::FirstSeen => date(columns.first_seen.get(row).copied().flatten()),
        Field::DaysOverdue => Some(Datum::Days(customer.days_overdue(document))),
        Field::Overdue => Some(Datum::Flag(customer.is_overdue(document))),
        Field::Age => issued().map(|issued| Datum::Days(customer.run.date.days_since(issued))),
        Field::Held => Some(Datum::Flag(document.held)),
        Field::PromiseOpen => Some(Datum::Flag(customer.promise_open(document))),
        Field::PromiseBroken => Some(Datum::Flag(customer.promise_broken(document))),
        _ => None,
    }
}

/// The value of a promise's field.
pub(super) fn of_promise<'a>(customer: &Customer<'a>, promise: &'a Promise, field: Field) -> Option<Datum<'a>> {
    let document = |row: DocumentRow| row.0 as usize;
    let currency = || {
        let of_document =
            promise.document.and_then(|row| customer.run.snapshot.documents.currency.get(document(row)).copied());
        promise.currency.or(of_document).unwrap_or_else(|| customer.currency())
    };
    match field {
        Field::PromiseDocument => document_id(customer, promise.document),
        Field::PromiseAmount => promise.amount.map(|amount| Datum::Money(Money::new(amount, currency()))),
        Field::PromiseCurrency => code(promise.currency.as_ref()),
        Field::MadeOn => Some(Datum::Date(promise.made_on)),
        Field::DueOn => Some(Datum::Date(promise.due_on)),
        _ => None,
    }
}

/// The value of a contact's field.
pub(super) fn of_contact<'a>(customer: &Customer<'a>, contact: Record<'a>, field: Field) -> Option<Datum<'a>> {
    match field {
        Field::ContactDate => Some(Datum::Date(contact.entry.date)),
        Field::ContactDocument => document_id(customer, contact.entry.document),
        Field::ContactProcedure => contact.entry.procedure.as_deref().map(Datum::Text),
        Field::ContactStep => contact.entry.step.as_deref().map(Datum::Text),
        Field::ContactResult => contact.entry.result.as_deref().map(Datum::Text),
        Field::ContactBy => contact.entry.by.as_deref().map(Datum::Text),
        _ => None,
    }
}

/// The value of a declared field; amounts are in `currency`.
pub(super) fn declared(column: Option<&Column>, row: usize, currency: Currency) -> Option<Datum<'_>> {
    match column? {
        Column::Text(texts) => text(texts, row),
        Column::Number(numbers) => numbers.get(row).copied().flatten().map(Datum::Number),
        Column::Percent(percents) => percents.get(row).copied().flatten().map(Datum::Percent),
        Column::Money(amounts) => amount(amounts, row, currency),
        Column::Date(dates) => date(dates.get(row).copied().flatten()),
        Column::Days(days) => days.get(row).copied().flatten().map(Datum::Days),
        Column::Flag(flags) => flags.get(row).copied().flatten().map(Datum::Flag),
        Column::Choice(choices) => choices.get(row).copied().flatten().map(Datum::Choice),
    }
}

fn text(column: &Interned, row: usize) -> Option<Datum<'_>> {
    column.get(row).map(|text| Datum::Text(text))
}

fn amount(column: &[Option<Decimal>], row: usize, currency: Currency) -> Option<Datum<'_>> {
    column.get(row).copied().flatten().map(|amount| Datum::Money(Money::new(amount, currency)))
}

fn date<'a>(value: Option<Date>) -> Option<Datum<'a>> {
    value.map(Datum::Date)
}

fn code(currency: Option<&Currency>) -> Option<Datum<'_>> {
    currency.map(|currency| Datum::Text(currency.code()))
}

fn document_id<'a>(customer: &Customer<'a>, document: Option<DocumentRow>) -> Option<Datum<'a>> {
    document.map(|row| Datum::Text(customer.run.snapshot.documents.id.get(row.0 as usize)))
}
