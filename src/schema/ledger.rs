//! What one program says its ledger holds: the `ledger` declaration, checked, as plain data.

use crate::base::Currency;
use crate::schema::{ClosedList, Owner, Typed};

/// The shape of a program's ledger. Readers turn cells into values by it.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerSchema {
    /// The reporting currency (`S16`).
    pub currency: Currency,
    /// The company's own fields of a customer, in written order.
    pub customer: Vec<DeclaredField>,
    /// The company's own fields of a document, in written order; `status` is not among them.
    pub document: Vec<DeclaredField>,
    /// The statuses a document may have.
    pub statuses: ClosedList,
    /// The kinds of document.
    pub kinds: ClosedList,
    /// The roles besides the customer that actions may be addressed to.
    pub recipients: Vec<String>,
}

/// A field that a program declares.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredField {
    /// Its name in the language and, unless mapped, in the ledger.
    pub name: String,
    /// Its type.
    pub typed: Typed,
    /// What its comment says.
    pub doc: Option<String>,
}

impl LedgerSchema {
    /// The declared fields of an owner; only customers and documents have some.
    #[must_use]
    pub fn declared(&self, owner: Owner) -> &[DeclaredField] {
        match owner {
            Owner::Customer => &self.customer,
            Owner::Document => &self.document,
            Owner::Promise | Owner::Contact => &[],
        }
    }
}
