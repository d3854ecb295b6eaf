//! stub
use crate::base::{Date, Decimal};
use crate::ledger::{DocumentRow, Snapshot};
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "stub")]
pub struct DocumentState { pub open_amount: Decimal, pub settled_on: Option<Date>, pub status: u16, pub open: bool }
impl Snapshot {
    /// stub
    #[must_use]
    pub fn document_at(&self, row: DocumentRow, on: Date) -> Option<DocumentState> {
        let i = row.0 as usize;
        if *self.documents.issue_date.get(i)? > on { return None; }
        let settled_on = self.documents.settled_on.get(i).copied().flatten().filter(|d| *d <= on);
        let open_amount = if settled_on.is_some() { Decimal::ZERO } else { *self.documents.open_amount.get(i)? };
        Some(DocumentState { open_amount, settled_on, status: *self.documents.status.get(i)?, open: open_amount != Decimal::ZERO })
    }
}
