//! Tests at their edges: what they may say, and what is found.

use crate::check::tests::checked;

const PROGRAM: &str = r#"
ledger {
    currency EUR
    customer { segment: corporate | retail  score: number?  since: date }
    recipient representative
}
assign { otherwise standard }
procedure standard {
    start by assignment
    timing dip
    step call_1 at day 7 { call customer
        results promised | refused }
    step tell at day 15 repeat every 9 days { notify representative }
}
procedure dispute for document {
    start when status = dispute
    timing after previous
    step inform { call customer }
}
"#;

/// The messages about a test with these lines.
fn found(lines: &str) -> Vec<String> {
    let (checked, syntax, _) = checked(&format!("{PROGRAM}test \"t\" {{\n{lines}\n}}\n"));
    assert!(syntax.is_empty(), "{syntax:?}");
    checked.findings.iter().map(|finding| format!("{} {}", finding.code.id, finding.message)).collect()
}

const RECORDS: &str = "customer C1 { segment: retail  since: 2024-01-01 }
    document F1 of C1 { due_date: 2026-02-01  amount: 500 EUR  status: dispute }";

/// The messages about these lines after a customer and a document.
fn then(lines: &str) -> Vec<String> {
    found(&format!("{RECORDS}\n{lines}"))
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_whole_story_passes() {
    let lines = "document \"2024/17\" of C1 { kind: credit_note  issue_date: 2026-01-01  due_date: 2026-01-01  amount: -20 USD  currency: USD }
        customer C2 { segment: corporate  since: 2024-01-01  score: 40  language: \"nl\"  credit_limit: 9 EUR }
        payment of F1 { date: 2026-02-03  amount: 100 EUR }
        promise of C1 { made_on: 2026-02-03  due_on: 2026-02-09 }
        hold of F1 { until: 2026-02-09  freezes: yes }
        history of C1 { date: 2026-02-03  procedure: standard  step: call_1  outcome: done  result: promised }
        rate USD { date: 2026-01-01  rate: 0.9 }
        on 2026-02-08 expect C1 standard.call_1
        on 2026-02-08 done C1 standard.call_1 result promised
        on 2026-02-08 skip F1 dispute.inform
        on 2026-02-09 set F1 status open
        on 2026-02-09 set C1 score 30
        on 2026-02-09 paid F1 100 EUR
        on 2026-02-09 paid \"2024/17\"
        on 2026-02-10 hold C1 until 2026-02-12
        on 2026-02-10 promise F1 100 EUR until 2026-02-10
        on 2026-03-02 expect C1 nothing from dispute
        on 2026-03-02 expect F1 nothing";
    assert_eq!(then(lines), NOTHING);
}

#[test]
fn records_are_rows_of_the_ledger() {
    let record = |record: &str| then(&format!("{record}\non 2026-02-08 expect C1 nothing"));
    assert_eq!(record("customer C2 { segment: retail }"), NOTHING);
    assert_eq!(record("document F2 of C1 { amount: 5 EUR }"), ["E0544 `due_date` of this document is not given"]);
    assert_eq!(record("customer C2 { segment: retial  since: 2024-01-01 }").len(), 1);
    assert_eq!(record("customer C1 { segment: retail  since: 2024-01-01 }"), ["E0205 id `C1` is declared twice"]);
    assert_eq!(record("customer F1 { segment: retail  since: 2024-01-01 }"), ["E0205 id `F1` is declared twice"]);
    assert_eq!(
        record("payment of C1 { date: 2026-02-01  amount: 5 EUR }"),
        ["E0542 `C1` is a customer, not a document"]
    );
    assert_eq!(record("payment of F1 { date: 2026-02-01  amount: 5 }").len(), 1);
    assert_eq!(
        record("payment P1 of F1 { date: 2026-02-01  amount: 5 EUR }"),
        ["E0543 a payment has no id of its own"]
    );
    assert_eq!(record("rate US { date: 2026-02-01  rate: 5 }").len(), 1);
    assert_eq!(
        record("hold of C1 { until: 2026-02-01  until: 2026-02-02 }"),
        ["E0205 field `until` is declared twice"]
    );
    assert_eq!(record("hold of C1 { untill: 2026-02-01 }"), ["E0201 a hold has no field `untill`"]);
    assert_eq!(record("hold of C1 { reason: vacation }"), ["E0546 a test gives values, it does not compute them"]);
    assert_eq!(record("document F2 of C1 { id: \"x\"  due_date: 2026-02-01  amount: 5 EUR }").len(), 1);
}

#[test]
fn events_speak_of_what_there_is() {
    let event = |event: &str| then(&format!("on 2026-02-08 expect C1 nothing\non 2026-02-08 {event}"));
    assert_eq!(event("expect F1 dispute.infrom"), ["E0202 procedure `dispute` has no step `infrom`"]);
    assert_eq!(event("expect F1 dsipute.inform"), ["E0202 no procedure is called `dsipute`"]);
    assert_eq!(event("expect C1 dispute.inform"), ["E0542 procedure `dispute` is for a document, `C1` is a customer"]);
    assert_eq!(event("expect F1 nothing from standard").len(), 1);
    assert_eq!(event("done C1 standard.call_1 result promisd"), ["E0203 `promisd` is not a result of step `call_1`"]);
    assert_eq!(event("done F1 dispute.inform result anything"), NOTHING);
    assert_eq!(event("paid C1"), ["E0542 `C1` is a customer, not a document"]);
    assert_eq!(event("paid F1 100").len(), 1);
    assert_eq!(event("set F1 overdue yes"), ["E0545 `overdue` of a document is computed on every run"]);
    assert_eq!(event("set C1 id \"x\""), ["E0545 `id` of a customer never changes"]);
    assert_eq!(event("hold C1 until 2026-02-07"), ["E0547 2026-02-07 comes before 2026-02-08"]);
    assert_eq!(event("promise C9 until 2026-02-09"), ["E0541 nothing in this test is called `C9`"]);
}
