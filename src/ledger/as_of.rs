//! What a document is worth on a date (`S2`).

use crate::base::{Date, Decimal};
use crate::ledger::snapshot::{DocumentRow, Snapshot};

/// A document as of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentState {
    /// What is still to be paid, in the document's currency.
    pub open_amount: Decimal,
    /// The day on which it was settled, if that day is reached.
    pub settled_on: Option<Date>,
    /// The code of its status.
    pub status: u16,
    /// Whether it is open: the open amount is not zero and it is not settled.
    pub open: bool,
}

impl Snapshot {
    /// A document as of `on`; `None` if it is not issued yet, or there is no such row.
    ///
    /// With rows in `payments` its open amount is the amount less those up to and including `on`,
    /// and it is settled on the day that became zero (a later charge-back opens it again); without
    /// any it has its open amount until the day before `settled_on`.
    #[must_use]
    pub fn document_at(&self, row: DocumentRow, on: Date) -> Option<DocumentState> {
        let at = row.0 as usize;
        let documents = &self.documents;
        if *documents.issue_date.get(at)? > on {
            return None;
        }
        let payments = self.payments.of(row.0);
        let (open_amount, settled_on) = if payments.is_empty() {
            let settled_on = documents.settled_on.get(at).copied().flatten().filter(|settled| *settled <= on);
            let open_amount = if settled_on.is_some() { Decimal::ZERO } else { *documents.open_amount.get(at)? };
            (open_amount, settled_on)
        } else {
            let mut rest = *documents.amount.get(at)?;
            let mut settled_on = None;
            for payment in payments.iter().take_while(|payment| payment.date <= on) {
                // Sums of amounts of 15 digits stay far below 128 bits.
                rest = rest.minus(payment.amount).unwrap_or(rest);
                settled_on = settled_on.or(Some(payment.date)).filter(|_| rest == Decimal::ZERO);
            }
            (rest, settled_on)
        };
        let status = self.status_at(row, on).or_else(|| documents.status.get(at).copied())?;
        let open = open_amount != Decimal::ZERO && settled_on.is_none();
        Some(DocumentState { open_amount, settled_on, status, open })
    }

    /// The last status dated on or before `on`, for a document that `status_history` knows.
    fn status_at(&self, row: DocumentRow, on: Date) -> Option<u16> {
        let changes = self.status_history.as_ref()?.of(row.0);
        let known = changes.partition_point(|change| change.date <= on);
        changes.get(known.checked_sub(1)?).map(|change| change.status)
    }
}
