//! The order of rows leaves no trace (`S1`).

use proptest::prelude::*;

use super::read_files;
use crate::ledger::{MemoryFiles, Snapshot};

const TABLES: &[(&str, &str, &[&str])] = &[
    (
        "customers.csv",
        "id,name,segment,currency",
        &["C1,One,retail,EUR", "C2,Two,,", "C3,Three,corporate,USD", "C4,Four,bad,", "C5,a,,", "C5,b,,", "C6,One,,EUR"],
    ),
    (
        "documents.csv",
        "id,customer,status,issue_date,due_date,amount,currency,po_number",
        &[
            "F1,C1,open,2026-01-01,2026-01-31,100,EUR,p",
            "F2,C1,dispute,2026-01-02,2026-01-31,50,EUR,",
            "F3,C2,open,2026-01-03,2026-01-31,70,USD,q",
            "F4,C3,open,2026-01-03,2026-02-30,70,USD,q",
            "F5,C3,open,2026-01-03,2026-02-28,70,USD,p",
            "F6,C6,open,2026-01-03,2026-02-28,70,USD,p",
            "F6,C2,open,2026-01-03,2026-02-28,70,USD,r",
            "F7,C9,open,2026-01-03,2026-02-28,70,USD,r",
        ],
    ),
    (
        "payments.csv",
        "document,date,amount",
        &["F1,2026-02-01,40", "F1,2026-02-01,30", "F1,2026-01-15,1", "F3,2026-02-01,70", "F8,2026-02-01,1"],
    ),
    (
        "promises.csv",
        "customer,document,made_on,due_on,amount",
        &["C1,F1,2026-02-01,2026-02-05,5", "C1,,2026-02-01,2026-02-05,5", "C1,F2,2026-02-01,2026-02-04,"],
    ),
    ("holds.csv", "customer,document,from,reason", &["C2,,2026-01-01,x", "C2,F3,2026-01-01,y", "C2,,2026-01-01,w"]),
    (
        "rates.csv",
        "currency,date,rate",
        &["USD,2026-01-01,0.9", "USD,2026-02-01,0.91", "GBP,2026-01-01,x", "GBP,2026-02-01,1"],
    ),
    ("recipients.csv", "customer,role,name", &["C1,sales_manager,B", "C1,representative,A", "C2,representative,A"]),
    (
        "status_history.csv",
        "document,date,status",
        &["F2,2026-02-01,dispute", "F2,2026-01-15,plan", "F1,2026-01-01,open"],
    ),
    (
        "history.csv",
        "date,customer,outcome,step,result",
        &["2026-02-01,C1,done,s,a", "2026-02-01,C1,done,s,b", "2026-02-01,C1,contact,,", "2026-01-01,C1,skipped,s,"],
    ),
];

/// Everything in a snapshot but the lines of its faults.
fn content(snapshot: &Snapshot) -> String {
    let mut faults: Vec<String> =
        snapshot.faults.iter().map(|fault| format!("{:?} {}", fault.customer, fault.diagnostic.code.id)).collect();
    faults.sort_unstable();
    format!(
        "{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{faults:#?}",
        snapshot.customers,
        snapshot.documents,
        snapshot.payments,
        snapshot.recipients,
        snapshot.promises,
        snapshot.holds,
        snapshot.rates,
        snapshot.status_history,
        snapshot.history,
    )
}

fn read(orders: &[Vec<usize>]) -> String {
    let mut files = MemoryFiles::default();
    for ((name, header, rows), order) in TABLES.iter().zip(orders) {
        let rows: Vec<&str> = order.iter().map(|row| rows[*row]).collect();
        files.insert(&format!("ledger/{name}"), format!("{header}\n{}\n", rows.join("\n")));
    }
    content(&read_files(&files).expect("readable"))
}

fn orders() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let shuffled = |(_, _, rows): &(&str, &str, &[&str])| Just((0..rows.len()).collect::<Vec<_>>()).prop_shuffle();
    TABLES.iter().map(shuffled).collect::<Vec<_>>()
}

proptest! {
    #[test]
    fn the_order_of_rows_leaves_no_trace(orders in orders()) {
        let written: Vec<Vec<usize>> = TABLES.iter().map(|(_, _, rows)| (0..rows.len()).collect()).collect();
        prop_assert_eq!(read(&orders), read(&written));
    }
}
