//! The rows of a step that is suggested: one for each action, recipient and currency (`S17`, `S18`, `S24`).

use std::collections::BTreeMap;

use crate::base::{Currency, Date, Decimal, Money};
use crate::check::tree::{Computes, Coverage, Mode, Recipient};
use crate::plan::{Action, Step};
use crate::run::amounts;
use crate::run::context;
use crate::run::coverage::covered;
use crate::run::customer::{Customer, Record};
use crate::run::datum::{Answer, Datum};
use crate::run::fault::Fault;
use crate::run::found::{Found, Place};
use crate::run::identity::Identity;
use crate::run::instance::Instance;
use crate::run::language::{self, Language};
use crate::run::worklist::{Row, RowMode};

/// What a row of one currency is about.
#[derive(Debug, Clone, Default)]
struct Share {
    documents: Vec<usize>,
    amount: Decimal,
}

/// The shares of an action, by currency.
type Shares = BTreeMap<Currency, Share>;

/// A step that is suggested, and what its rows have in common.
pub(crate) struct Suggestion<'v, 'a> {
    customer: &'v Customer<'a>,
    instance: &'v Instance<'a>,
    step: &'a Step,
    reached_on: Date,
    automatic: bool,
    priority: Option<Decimal>,
    /// The rows of the step that have an outcome already.
    done: Vec<Record<'a>>,
    /// What `charge` and `interest` of the step compute (`S18`).
    charges: BTreeMap<Currency, Decimal>,
}

/// Adds the rows of a suggested step to `found`.
pub(crate) fn suggest<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    step: &'a Step,
    reached_on: Date,
    found: &mut Found,
) -> Result<(), Box<Fault>> {
    let automatic = match &step.mode {
        Mode::Manual => false,
        Mode::Automatic => true,
        Mode::AutomaticIf(condition) => instance.env(customer).holds(condition)?,
    };
    let priority = priority(customer, instance)?;
    let done = instance.done_rows(customer, step)?;
    let charges = BTreeMap::new();
    let mut suggestion = Suggestion { customer, instance, step, reached_on, automatic, priority, done, charges };
    let mut computed = Vec::with_capacity(step.actions.len());
    for action in &step.actions {
        computed.push(suggestion.shares(action)?);
    }
    for (action, shares) in step.actions.iter().zip(&computed) {
        if matches!(action.computes, Some(Computes::Charge | Computes::Interest)) {
            suggestion.charge(shares)?;
        }
    }
    let mut own = Found::default();
    for (position, (action, shares)) in step.actions.iter().zip(computed).enumerate() {
        suggestion.rows(position, action, shares, &mut own)?;
    }
    let of = u32::try_from(own.rows.len()).unwrap_or(u32::MAX);
    own.rows.retain(|(_, row)| !suggestion.is_done(row));
    own.rows.iter_mut().for_each(|(_, row)| row.of = of);
    found.append(own);
    Ok(())
}

/// The priority of a procedure as one figure: money in the reporting currency.
fn priority<'a>(customer: &Customer<'a>, instance: &Instance<'a>) -> Result<Option<Decimal>, Box<Fault>> {
    let Some(written) = &instance.procedure.priority else { return Ok(None) };
    Ok(match instance.env(customer).value(written)? {
        Some(Datum::Money(money)) => {
            Some(customer.run.exchange().report(money).map_err(|fault| fault.at(written.span))?.amount)
        }
        Some(Datum::Number(figure) | Datum::Percent(figure)) => Some(figure),
        Some(Datum::Days(days)) => Some(Decimal::whole(days)),
        _ => None,
    })
}

/// The instalments of a payment plan over `total` (`S18`); empty for an action that computes none.
pub(crate) fn schedule<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    action: &'a Action,
    total: Money,
) -> Result<Vec<(Date, Money)>, Box<Fault>> {
    let count = argument(customer, instance, action, |value| matches!(value, Datum::Number(_)))?;
    let (Some(Computes::Plan), Some(Datum::Number(count))) = (action.computes, count) else { return Ok(Vec::new()) };
    let exchange = customer.run.exchange();
    let minimum = match argument(customer, instance, action, |value| matches!(value, Datum::Money(_)))? {
        Some(Datum::Money(minimum)) if minimum.currency == total.currency => Some(minimum.amount),
        // Where the currencies differ, the share that the minimum is of the total decides.
        Some(Datum::Money(minimum)) => {
            let (minimum, whole) = (exchange.report(minimum)?, exchange.report(total)?);
            minimum.amount.times_ratio(total.amount.millionths(), whole.amount.millionths())
        }
        _ => None,
    };
    Ok(amounts::instalments(total, amounts::whole(count), minimum, customer.run.date))
}

/// The first argument of a kind: an action that computes has at most one of each.
fn argument<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    action: &'a Action,
    wanted: fn(&Datum<'a>) -> bool,
) -> Answer<'a> {
    for (_, written) in &action.values {
        let value = instance.env(customer).value(written)?;
        if let Some(value) = value.filter(wanted) {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

impl<'a> Suggestion<'_, 'a> {
    /// What an action covers or computes, by currency.
    fn shares(&self, action: &'a Action) -> Result<Shares, Box<Fault>> {
        let mut shares = Shares::new();
        if action.computes == Some(Computes::Charge) {
            if let Some(Datum::Money(charge)) = self.argument(action, |value| matches!(value, Datum::Money(_)))? {
                let documents = self.instance.document().into_iter().collect();
                shares.insert(charge.currency, Share { documents, amount: charge.amount });
            }
            return Ok(shares);
        }
        let Some(coverage) = &action.covering else { return Ok(shares) };
        let rate = match self.argument(action, |value| matches!(value, Datum::Percent(_)))? {
            Some(Datum::Percent(rate)) if action.computes == Some(Computes::Interest) => Some(rate),
            _ => None,
        };
        for place in covered(self.customer, self.instance, self.step, coverage)? {
            let Some(document) = self.customer.documents.get(place) else { continue };
            let amount = match rate {
                Some(rate) if self.customer.is_invoice(document) => {
                    amounts::interest(document.open_amount, rate, self.customer.days_overdue(document))
                        .ok_or_else(|| Fault::out_of_range().about(document.row).at(action.span))?
                }
                Some(_) => Decimal::ZERO,
                None => document.open_amount,
            };
            let share = shares.entry(document.currency).or_default();
            share.documents.push(place);
            share.amount = share.amount.plus(amount).ok_or_else(Fault::out_of_range)?;
        }
        Ok(shares)
    }

    fn argument(&self, action: &'a Action, wanted: fn(&Datum<'a>) -> bool) -> Answer<'a> {
        argument(self.customer, self.instance, action, wanted)
    }

    /// Whether a row has an outcome, while others of its step have none (`S24`).
    fn is_done(&self, row: &Row) -> bool {
        self.done.iter().filter_map(|record| record.row).any(|done| {
            (done.position, &done.action, &done.recipient) == (row.position, &row.action, &row.recipient)
                && done.currency == row.amount.map(|amount| amount.currency)
        })
    }

    /// Adds what a charge or interest comes to, where it is more than nothing.
    fn charge(&mut self, shares: &Shares) -> Result<(), Box<Fault>> {
        for (currency, share) in shares {
            if share.amount > Decimal::ZERO {
                let total = self.charges.entry(*currency).or_default();
                *total = total.plus(share.amount).ok_or_else(Fault::out_of_range)?;
            }
        }
        Ok(())
    }

    /// The rows of one action.
    fn rows(
        &self,
        position: usize,
        action: &'a Action,
        mut shares: Shares,
        found: &mut Found,
    ) -> Result<(), Box<Fault>> {
        if action.claims {
            // Only to what is claimed anyway: a charge in another currency is no reason to contact anyone.
            for (currency, share) in &mut shares {
                if let Some(charge) = self.charges.get(currency) {
                    share.amount = share.amount.plus(*charge).ok_or_else(Fault::out_of_range)?;
                }
            }
        }
        let language = language::of(self.customer, action);
        if let Some(Recipient::Role(role)) = &action.recipient
            && !language::is_known(self.customer, role)
        {
            found.role_without_entry(role, self.customer.id());
        }
        if shares.is_empty() {
            let documents = self.instance.document().filter(|_| action.covering.is_none()).into_iter().collect();
            let row = self.row(position, action, &language, documents, None);
            found.add(self.place(position, &row), row, nothing_covered(action).or(language.missing()));
            return Ok(());
        }
        for (currency, share) in shares {
            let amount = amounts::money(Some(share.amount), currency).map_err(|fault| fault.at(action.span))?;
            let row = self.row(position, action, &language, share.documents, Some(amount));
            let reason = claims_nothing(action, amount).or_else(|| language.missing());
            found.add(self.place(position, &row), row, reason);
        }
        Ok(())
    }

    fn row(
        &self,
        position: usize,
        action: &Action,
        language: &Language,
        documents: Vec<usize>,
        amount: Option<Money>,
    ) -> Row {
        let procedure = self.instance.procedure;
        let recipient = context::recipient(action);
        let document = self.instance.document().map(|place| self.customer.document_id(place));
        let identity = Identity {
            procedure: procedure.lasting_name(),
            customer: self.customer.id(),
            document,
            step: self.step.lasting_name(),
            reached_on: self.reached_on,
            position: position + 1,
            action: &action.name,
            recipient,
            currency: amount.map(|amount| amount.currency),
        };
        Row {
            id: identity.id(),
            date: self.customer.run.date,
            customer: self.customer.id().to_owned(),
            procedure: procedure.name.clone(),
            step: self.step.name.clone(),
            action: action.name.clone(),
            mode: if self.automatic && !action.by_hand { RowMode::Automatic } else { RowMode::Manual },
            recipient: recipient.to_owned(),
            language: language.name(),
            documents: documents.into_iter().map(|place| self.customer.document_id(place).to_owned()).collect(),
            amount,
            dip: self.instance.leading.map(|leading| leading.dip),
            reached_on: self.reached_on,
            priority: self.priority,
            document: document.map(str::to_owned),
            position: u32::try_from(position + 1).unwrap_or(u32::MAX),
            of: 0,
            contact: action.contact,
        }
    }

    fn place(&self, position: usize, row: &Row) -> Place {
        Place {
            procedure: self.instance.procedure.id.0,
            step: self.step.place,
            position,
            currency: row.amount.map(|amount| amount.currency),
            document: self.instance.document(),
        }
    }
}

/// Why a row that covers no document is withheld; a task or note that names no documents itself goes out.
fn nothing_covered(action: &Action) -> Option<String> {
    let note = action.recipient.is_some() && !action.claims && action.covering == Some(Coverage::Overdue);
    (action.covering.is_some() && !note).then(|| "it covers no document".to_owned())
}

/// Why a row of an amount is withheld (`S17`).
fn claims_nothing(action: &Action, amount: Money) -> Option<String> {
    let more_than_nothing = amount.amount > Decimal::ZERO;
    match action.computes {
        _ if more_than_nothing => None,
        Some(Computes::Charge) => Some(format!("the charge would be {amount}")),
        Some(Computes::Interest) => Some(format!("the interest would be {amount}")),
        Some(Computes::Plan) => Some(format!("there is nothing to pay in instalments: {amount}")),
        None if action.claims => Some(format!("it would claim {amount}")),
        None => None,
    }
}
