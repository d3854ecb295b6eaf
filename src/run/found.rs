//! What a run gathers, customer by customer, and puts in order at the end (`S1`).

use std::collections::BTreeMap;

use crate::base::Currency;
use crate::run::notices::Notice;
use crate::run::worklist::{Deferred, PassedOver, Row, SetAside, Totals, Withheld, Worklist};

/// Where a row stands among the rows of its customer: by procedure, step, action, recipient
/// (which the action decides), currency, document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) procedure: usize,
    pub(crate) step: usize,
    pub(crate) position: usize,
    pub(crate) currency: Option<Currency>,
    pub(crate) document: Option<usize>,
}

/// How often something was met, and for whom first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    /// For how many customers or documents.
    pub(crate) count: u64,
    /// The first customer.
    pub(crate) first: String,
}

/// What was found out about one or several customers.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) rows: Vec<(Place, Row)>,
    pub(crate) deferred: Vec<(Place, Deferred)>,
    pub(crate) withheld: Vec<(Place, Withheld)>,
    pub(crate) passed_over: Vec<PassedOver>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) set_aside: Vec<SetAside>,
    /// Procedures of which only a journal could tell whether they run, by `ProcedureId`.
    pub(crate) unknown: BTreeMap<usize, Tally>,
    /// Roles that the table of recipients does not name.
    pub(crate) roles: BTreeMap<String, Tally>,
    pub(crate) totals: Totals,
}

impl Found {
    /// Adds a row, or the reason for which it is withheld.
    pub(crate) fn add(&mut self, place: Place, row: Row, reason: Option<String>) {
        match reason {
            None => self.rows.push((place, row)),
            Some(reason) => self.withheld.push((place, Withheld { row, reason })),
        }
    }

    /// Counts a row to a role that the ledger does not name for its customer.
    pub(crate) fn role_without_entry(&mut self, role: &str, customer: &str) {
        count(&mut self.roles, role.to_owned(), 1, customer);
    }

    /// Counts a subject of which only a journal could tell whether a procedure runs for it.
    pub(crate) fn unknown_instance(&mut self, procedure: usize, customer: &str) {
        count(&mut self.unknown, procedure, 1, customer);
    }

    /// Whether there is nothing to tell but totals.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
            && self.deferred.is_empty()
            && self.withheld.is_empty()
            && self.passed_over.is_empty()
            && self.notices.is_empty()
            && self.set_aside.is_empty()
    }

    /// Puts the rows of one customer in order.
    pub(crate) fn sort(&mut self) {
        self.rows.sort_by_key(|(place, _)| *place);
        self.deferred.sort_by_key(|(place, _)| *place);
        self.withheld.sort_by_key(|(place, _)| *place);
    }

    /// Appends what was found about the customers that follow.
    pub(crate) fn append(&mut self, mut next: Self) {
        self.rows.append(&mut next.rows);
        self.deferred.append(&mut next.deferred);
        self.withheld.append(&mut next.withheld);
        self.passed_over.append(&mut next.passed_over);
        self.notices.append(&mut next.notices);
        self.set_aside.append(&mut next.set_aside);
        for (procedure, tally) in next.unknown {
            count(&mut self.unknown, procedure, tally.count, &tally.first);
        }
        for (role, tally) in next.roles {
            count(&mut self.roles, role, tally.count, &tally.first);
        }
        self.totals.customers += next.totals.customers;
        self.totals.open_documents += next.totals.open_documents;
        self.totals.overdue_documents += next.totals.overdue_documents;
    }

    /// The worklist without its findings.
    pub(crate) fn worklist(self) -> Worklist {
        Worklist {
            rows: self.rows.into_iter().map(|(_, row)| row).collect(),
            deferred: self.deferred.into_iter().map(|(_, deferred)| deferred).collect(),
            withheld: self.withheld.into_iter().map(|(_, withheld)| withheld).collect(),
            passed_over: self.passed_over,
            set_aside: self.set_aside,
            notices: self.notices,
            findings: Vec::new(),
            totals: self.totals,
        }
    }
}

fn count<K: Ord>(tallies: &mut BTreeMap<K, Tally>, key: K, more: u64, first: &str) {
    let tally = tallies.entry(key).or_insert_with(|| Tally { count: 0, first: first.to_owned() });
    tally.count += more;
}
