//! What every smaller table needs: its rows tied to customers and documents, then grouped.

use std::cmp::Ordering;

use crate::base::{Diagnostic, code};
use crate::ledger::read::customers::CustomerIndex;
use crate::ledger::read::faults::{Faults, any_error};
use crate::ledger::read::index::{DocumentIndex, Known};
use crate::ledger::read::sheet::{ColumnId, Sheet};
use crate::ledger::snapshot::{CustomerRow, DocumentRow, Documents, Grouped};

/// What rows of a smaller table are tied to.
pub(crate) struct Joins<'a> {
    pub(crate) customers: &'a CustomerIndex,
    pub(crate) index: &'a DocumentIndex,
    pub(crate) documents: &'a Documents,
}

/// The customer and the document that a row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) customer: CustomerRow,
    /// `None` where the row names none.
    pub(crate) document: Option<DocumentRow>,
}

impl Joins<'_> {
    /// The customer in a cell; noted where there is none.
    pub(crate) fn customer(&self, sheet: &Sheet, column: ColumnId) -> Option<CustomerRow> {
        let id = sheet.text(column)?;
        let known = self.customers.find(&id);
        if known.is_none() {
            unknown_customer(sheet, column, &id);
        }
        known
    }

    /// The document in a cell; noted where there is none.
    pub(crate) fn document(&self, sheet: &Sheet, column: ColumnId) -> Option<Known> {
        let id = sheet.text(column)?;
        let known = self.index.find(&id);
        if known.is_none() {
            let message = format!("there is no document `{id}`");
            let help = "add the document to `documents`, or correct the number; settled documents belong there too";
            sheet.note(column, code::UNKNOWN_DOCUMENT, message, help);
        }
        known
    }

    /// The customer, and the document where one is named, of a row; noted where they do not exist or
    /// do not belong together. `None` then, and where a fault keeps the document out.
    pub(crate) fn owner(
        &self,
        sheet: &Sheet,
        customer: ColumnId,
        document: ColumnId,
        faults: &mut Faults,
    ) -> Option<Owner> {
        let owner = self.customer(sheet, customer);
        if sheet.is_missing(document) {
            return Some(Owner { customer: owner?, document: None });
        }
        let known = self.document(sheet, document)?;
        let (owner, holder) = (owner?, known.customer?);
        if owner != holder {
            let name = |row| self.customers.id(row).unwrap_or_default().to_owned();
            let message = format!("the document belongs to the customer `{}`, not to `{}`", name(holder), name(owner));
            let help = "correct the customer or the document";
            let finding = Diagnostic::new(code::OTHER_CUSTOMERS_DOCUMENT, message).at_data(sheet.place(document), "");
            let finding = finding
                .at_data(self.index.place(&sheet.glance(document).unwrap_or_default()), "the document")
                .help(help);
            // Whichever of the two is meant: neither may be acted on.
            faults.add([finding.clone()], Some(&name(holder)));
            sheet.add_note(finding);
            return None;
        }
        Some(Owner { customer: owner, document: Some(known.row?) })
    }

    /// The id of the customer whom a row touches, as far as it tells.
    pub(crate) fn touched(
        &self,
        sheet: &Sheet,
        customer: Option<ColumnId>,
        document: Option<ColumnId>,
    ) -> Option<String> {
        let named = customer.and_then(|column| sheet.glance(column));
        let of_document = || {
            let known = self.index.find(&sheet.glance(document?)?)?;
            known.customer.and_then(|row| self.customers.id(row)).map(str::to_owned)
        };
        named.or_else(of_document)
    }

    /// Reads every row of a table: `row` gives what to keep and for whom, and notes what it cannot read.
    pub(crate) fn rows<T>(
        &self,
        mut sheet: Sheet,
        faults: &mut Faults,
        (customer, document): (Option<&str>, Option<&str>),
        mut row: impl FnMut(&Sheet, &mut Faults) -> Option<T>,
    ) -> Result<Vec<T>, Vec<Diagnostic>> {
        let columns = (customer.map(|name| sheet.column(name)), document.map(|name| sheet.column(name)));
        let mut kept = Vec::new();
        while sheet.advance()? {
            let value = if sheet.is_broken() { None } else { row(&sheet, faults) };
            let notes = sheet.take_notes();
            if !any_error(&notes) {
                kept.extend(value);
            }
            if !notes.is_empty() {
                faults.add(notes, self.touched(&sheet, columns.0, columns.1).as_deref());
            }
        }
        Ok(kept)
    }
}

/// Rows grouped by their owners, in a total order within each, so that the order of the file leaves no trace.
pub(crate) fn group<T>(mut rows: Vec<(u32, T)>, owners: usize, order: impl Fn(&T, &T) -> Ordering) -> Grouped<T> {
    rows.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| order(&one.1, &other.1)));
    let keys: Vec<u32> = rows.iter().map(|(owner, _)| *owner).collect();
    Grouped { starts: starts(&keys, owners), rows: rows.into_iter().map(|(_, row)| row).collect() }
}

/// Where the rows of each owner start, for owners in ascending order; one more entry than owners.
pub(crate) fn starts(owners: &[u32], count: usize) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    for owner in owners {
        if let Some(next) = starts.get_mut(*owner as usize + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// Notes that a row names a customer who is not there.
pub(crate) fn unknown_customer(sheet: &Sheet, column: ColumnId, id: &str) {
    let message = format!("there is no customer `{id}`");
    sheet.note(column, code::UNKNOWN_CUSTOMER, message, "add the customer to `customers`, or correct the number");
}
