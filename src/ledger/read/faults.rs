//! Everything that was found wrong with the data, and whom it touches (`S21`).

use crate::base::{Diagnostic, Severity};
use crate::ledger::snapshot::{Customers, Fault};

/// The faults gathered so far.
#[derive(Default)]
pub(crate) struct Faults {
    all: Vec<Fault>,
}

impl Faults {
    /// Adds findings that touch a customer, as far as the row tells.
    pub(crate) fn add(&mut self, findings: impl IntoIterator<Item = Diagnostic>, customer: Option<&str>) {
        let fault = |diagnostic| Fault { diagnostic, customer: customer.map(str::to_owned) };
        self.all.extend(findings.into_iter().map(fault));
    }

    /// All of them in the order of files and lines; the customers they touch are set aside.
    /// Warnings set nobody aside.
    pub(crate) fn finish(mut self, customers: &mut Customers) -> Vec<Fault> {
        self.all.sort_by(|one, other| {
            one.diagnostic.sort_key().cmp(&other.diagnostic.sort_key()).then_with(|| one.customer.cmp(&other.customer))
        });
        customers.set_aside = vec![false; customers.len()];
        let errors = self.all.iter().filter(|fault| fault.diagnostic.severity() == Severity::Error);
        for customer in errors.filter_map(|fault| fault.customer.as_deref()) {
            let row = customers.find(customer).and_then(|row| customers.set_aside.get_mut(row.0 as usize));
            if let Some(set_aside) = row {
                *set_aside = true;
            }
        }
        self.all
    }
}

/// Whether one of the findings keeps a row from being used.
pub(crate) fn any_error(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}
