//! Which documents a procedure follows, and which of them leads (`S4`, `S5`).

use std::cmp::Ordering;

use crate::base::Date;
use crate::plan::{Clock, Procedure};
use crate::run::customer::Customer;
use crate::run::evaluate::Env;
use crate::run::fault::Fault;
use crate::run::instance::Leading;

/// Whether a procedure follows a document, and if not why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Following {
    Followed,
    /// It is settled, or nothing of it is open.
    Archived,
    /// It is a credit note or a payment on account, and `follow` does not mention `kind`.
    NoInvoice,
    /// Nothing else is written, so only one status is followed, and this is another.
    OtherStatus,
    /// The condition of `follow` does not hold.
    Condition,
    /// It would be followed, but it or its customer is on hold.
    Held,
}

/// A followed document and the date from which its clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Followed {
    /// Its place among the customer's documents.
    pub(crate) document: usize,
    /// Its anchor date.
    pub(crate) anchor: Date,
}

/// Whether `procedure` follows the document at `place` (`S4`).
pub(crate) fn judge<'a>(
    customer: &Customer<'a>,
    procedure: &'a Procedure,
    place: usize,
) -> Result<Following, Box<Fault>> {
    let Some(document) = customer.documents.get(place) else { return Ok(Following::Archived) };
    let follow = &procedure.follow;
    Ok(if !document.open {
        Following::Archived
    } else if follow.invoices_only && !customer.is_invoice(document) {
        Following::NoInvoice
    } else if follow.only_status.is_some_and(|status| status != document.status) {
        Following::OtherStatus
    } else if !Env::document(customer, place)
        .holds_if_written(follow.filter.as_ref())
        .map_err(|fault| fault.about(document.row))?
    {
        Following::Condition
    } else if document.held {
        Following::Held
    } else {
        Following::Followed
    })
}

/// Whether `procedure` follows them, for each of the customer's documents.
pub(crate) fn judged<'a>(customer: &Customer<'a>, procedure: &'a Procedure) -> Result<Vec<Following>, Box<Fault>> {
    (0..customer.documents.len()).map(|place| judge(customer, procedure, place)).collect()
}

/// A document with its anchor date.
pub(crate) fn anchored<'a>(
    customer: &Customer<'a>,
    procedure: &'a Procedure,
    place: usize,
) -> Result<Option<Followed>, Box<Fault>> {
    let Some(document) = customer.documents.get(place) else { return Ok(None) };
    let anchor = match &procedure.clock {
        Clock::Dip { anchor: Some(anchor), .. } => {
            Env::document(customer, place).date(anchor).map_err(|fault| fault.about(document.row))?
        }
        Clock::Dip { anchor: None, .. } | Clock::AfterPrevious => Some(document.due_date),
    };
    Ok(anchor.map(|anchor| Followed { document: place, anchor }))
}

/// The leading one: the earliest anchor; of several the largest open amount, then the smallest id (`S5`).
pub(crate) fn leading(
    customer: &Customer<'_>,
    procedure: &Procedure,
    followed: &[Followed],
) -> Result<Option<Leading>, Box<Fault>> {
    let Some(earliest) = followed.iter().map(|followed| followed.anchor).min() else { return Ok(None) };
    let mut tied = followed.iter().filter(|followed| followed.anchor == earliest);
    let Some(mut best) = tied.next() else { return Ok(None) };
    let exchange = customer.run.exchange();
    let rivals = tied.clone().chain([best]).filter_map(|followed| customer.documents.get(followed.document));
    let mut currencies = rivals.map(|document| document.currency);
    let first = currencies.next();
    let mixed = currencies.any(|currency| Some(currency) != first);
    let amount = |place: usize| match customer.documents.get(place) {
        Some(document) if mixed => {
            exchange.report(document.claim()).map(|money| money.amount).map_err(|fault| fault.about(document.row))
        }
        Some(document) => Ok(document.open_amount),
        None => Ok(crate::base::Decimal::ZERO),
    };
    for rival in tied {
        if amount(rival.document)?.cmp(&amount(best.document)?) == Ordering::Greater {
            best = rival;
        }
    }
    let row = customer.documents.get(best.document).map(|document| document.row);
    let dip = customer.counter(row, procedure.clock.working()).elapsed(best.anchor, customer.run.date);
    Ok(Some(Leading { document: best.document, anchor: best.anchor, dip }))
}
