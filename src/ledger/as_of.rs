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

#[cfg(test)]
mod tests {
    use crate::base::Decimal;
    use crate::ledger::DocumentRow;
    use crate::ledger::tests::{date, files, read_files, schema};

    /// `amount settled status open` of the first document on each of some days.
    fn states(ledger: &str, days: &[&str]) -> Vec<String> {
        let snapshot = read_files(&files(ledger)).expect("readable");
        let state = |day: &&str| {
            let Some(state) = snapshot.document_at(DocumentRow(0), date(day)) else { return "not issued".to_owned() };
            let settled = state.settled_on.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let word = if state.open { "open" } else { "closed" };
            format!("{} {settled} {} {word}", state.open_amount, schema().statuses.value(state.status))
        };
        days.iter().map(state).collect()
    }

    const SETTLED: &str = "## documents.csv\nid,customer,issue_date,due_date,amount,open_amount,settled_on\n\
                           F1,C1,2026-01-10,2026-02-09,100,80,2026-03-01\n";

    #[test]
    fn s2_it_exists_from_its_issue_date_on() {
        assert_eq!(
            states(SETTLED, &["2026-01-09", "2026-01-10", "2026-01-11"]),
            ["not issued", "80 - open open", "80 - open open"]
        );
    }

    #[test]
    fn s2_it_is_settled_from_its_settlement_date_on() {
        assert_eq!(
            states(SETTLED, &["2026-02-28", "2026-03-01", "2026-03-02"]),
            ["80 - open open", "0 2026-03-01 open closed", "0 2026-03-01 open closed"]
        );
    }

    #[test]
    fn s2_payments_count_from_their_date_on() {
        let paid = "## payments.csv\ndocument,date,amount\nF1,2026-02-10,60\nF1,2026-02-20,40\n";
        assert_eq!(
            states(paid, &["2026-02-09", "2026-02-10", "2026-02-11", "2026-02-19", "2026-02-20", "2026-02-21"]),
            [
                "100 - open open",
                "40 - open open",
                "40 - open open",
                "40 - open open",
                "0 2026-02-20 open closed",
                "0 2026-02-20 open closed"
            ]
        );
    }

    #[test]
    fn s2_payments_outweigh_the_columns_and_a_charge_back_opens_again() {
        let ledger = format!(
            "{SETTLED}## payments.csv\ndocument,date,amount\nF1,2026-02-10,100\nF1,2026-02-12,0\nF1,2026-02-20,-30\n"
        );
        assert_eq!(
            states(&ledger, &["2026-02-09", "2026-02-12", "2026-02-20", "2026-03-02"]),
            ["100 - open open", "0 2026-02-10 open closed", "30 - open open", "30 - open open"]
        );
    }

    #[test]
    fn s2_statuses_by_date() {
        let ledger = "## documents.csv\nid,customer,issue_date,due_date,amount,status\nF1,C1,2026-01-10,2026-02-09,100,plan\n\
                      ## status_history.csv\ndocument,date,status\nF1,2026-02-01,dispute\nF1,2026-02-10,plan\n";
        assert_eq!(
            states(ledger, &["2026-01-10", "2026-01-31", "2026-02-01", "2026-02-09", "2026-02-10"]),
            ["100 - open open", "100 - open open", "100 - dispute open", "100 - dispute open", "100 - plan open"]
        );
        let without = ledger.split("## status_history").next().expect("the documents");
        assert_eq!(states(without, &["2026-01-10"]), ["100 - plan open"]);
    }

    #[test]
    fn s2_nothing_open_is_not_open() {
        let ledger =
            "## documents.csv\nid,customer,issue_date,due_date,amount,open_amount\nF1,C1,2026-01-10,2026-02-09,100,0\n";
        assert_eq!(states(ledger, &["2026-01-10"]), [format!("{} - open closed", Decimal::ZERO)]);
    }
}
