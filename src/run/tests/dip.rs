//! Days in procedure at their boundaries (`S5` to `S7`, `S12`, `S13`, `S19`).

use super::{World, world};

/// A procedure for customer with these clauses and steps.
fn procedure(inner: &str) -> String {
    format!(
        "ledger {{ currency EUR\n customer {{ vip: flag? }}\n document {{ status: open | dispute | outsourcing\n agreed: date? }} }}
         assign {{ otherwise standard }}
         procedure standard {{ start by assignment\n{inner}\n}}"
    )
}

const LADDER: &str = "timing dip
    step reminder at day 7 { call customer }
    step call_1 at day 15 { call customer }
    step agency at day 40 { set_status outsourcing }";

fn ladder(tables: &[&str]) -> World {
    let customers = ["customers\nid\nC1"];
    world(&procedure(LADDER), &customers.iter().chain(tables).copied().collect::<Vec<_>>())
}

const ONE: &str = "documents\nid,customer,issue_date,due_date,amount\nF1,C1,2026-01-01,2026-02-01,100";

#[test]
fn a_step_is_current_from_its_day_to_the_day_before_the_next() {
    let world = ladder(&[ONE]);
    assert!(world.steps("2026-02-07").is_empty());
    assert_eq!(world.steps("2026-02-08"), ["standard.reminder"]);
    assert_eq!(world.steps("2026-02-15"), ["standard.reminder"]);
    assert_eq!(world.steps("2026-02-16"), ["standard.call_1"]);
    assert_eq!(world.steps("2026-03-13"), ["standard.agency"]);
    let row = world.run("2026-02-16").rows.remove(0);
    assert_eq!((row.dip, row.reached_on.to_string()), (Some(15), "2026-02-16".into()));
}

#[test]
fn an_outcome_counts_from_the_day_reached_on() {
    let history =
        |date: &str| format!("history\ndate,customer,procedure,step,outcome\n{date},C1,standard,reminder,done");
    assert_eq!(ladder(&[ONE, &history("2026-02-07")]).steps("2026-02-10"), ["standard.reminder"]);
    assert!(ladder(&[ONE, &history("2026-02-08")]).steps("2026-02-10").is_empty());
    assert_eq!(ladder(&[ONE, &history("2026-02-11")]).steps("2026-02-10"), ["standard.reminder"]);
    let of_document = "history\ndate,customer,document,procedure,step,outcome\n2026-02-09,C1,F1,standard,reminder,done";
    assert_eq!(ladder(&[ONE, of_document]).steps("2026-02-10"), ["standard.reminder"]);
}

#[test]
fn what_is_passed_over_is_reported_and_not_suggested() {
    let list = ladder(&[ONE]).run("2026-03-13");
    let passed: Vec<_> =
        list.passed_over.iter().map(|step| (step.step.as_str(), step.reached_on.to_string())).collect();
    assert_eq!(passed, [("reminder", "2026-02-08".to_owned()), ("call_1", "2026-02-16".to_owned())]);
}

#[test]
fn the_next_document_leads_once_the_first_is_settled() {
    let documents = "documents
        id,customer,issue_date,due_date,amount,settled_on
        F1,C1,2026-01-01,2026-02-01,100,2026-02-20
        F2,C1,2026-01-01,2026-02-10,100,";
    let world = ladder(&[documents]);
    assert_eq!(world.rows("2026-02-19"), ["C1 standard.call_1 call [F1 F2] 200.00 EUR"]);
    assert_eq!(world.rows("2026-02-20"), ["C1 standard.reminder call [F2] 100.00 EUR"]);
}

#[test]
fn ties_go_to_the_largest_then_to_the_smallest_id() {
    let documents = |rows: &str| format!("documents\nid,customer,issue_date,due_date,amount,currency\n{rows}");
    let leading = |rows: &str, rates: &str| {
        let world = world(
            &procedure(
                "timing dip\n priority leading.open_amount or else 0 EUR\n step reminder at day 7 { call customer }\n step agency at day 40 { set_status outsourcing }",
            ),
            &["customers\nid\nC1", &documents(rows), &format!("rates\ncurrency,date,rate\n{rates}")],
        );
        world.run("2026-02-08").rows[0].priority.expect("a priority").to_string()
    };
    assert_eq!(
        leading(
            "A,C1,2026-01-01,2026-02-01,10,EUR\nB,C1,2026-01-01,2026-02-01,30,EUR\nC,C1,2026-01-01,2026-02-01,30,EUR",
            ""
        ),
        "30"
    );
    assert_eq!(
        leading("A,C1,2026-01-01,2026-02-01,25,EUR\nB,C1,2026-01-01,2026-02-01,30,USD", "USD,2026-01-01,0.5"),
        "25"
    );
    assert_eq!(leading("A,C1,2026-01-01,2026-01-31,1,EUR\nB,C1,2026-01-01,2026-02-01,30,USD", ""), "1");
}

#[test]
fn a_rate_that_a_tie_needs_sets_aside() {
    let documents = "documents
        id,customer,issue_date,due_date,amount,currency
        A,C1,2026-01-01,2026-02-01,25,EUR
        B,C1,2026-01-01,2026-02-01,30,USD";
    let list = ladder(&[documents]).run("2026-02-08");
    assert!(list.rows.is_empty());
    assert_eq!(
        list.set_aside[0].diagnostic.message,
        "document `B` of customer `C1` needs a rate for `USD`, and there is none on or before 2026-02-08"
    );
}

#[test]
fn a_failing_when_is_as_if_not_written() {
    let steps = "timing dip
        step reminder at day 7 { call customer }
        step call_1 at day 15 when overdue_total > 100 EUR { call customer }
        step agency at day 40 { set_status outsourcing }";
    let world = |amount: &str| {
        let documents =
            format!("documents\nid,customer,issue_date,due_date,amount\nF1,C1,2026-01-01,2026-02-01,{amount}");
        world(&procedure(steps), &["customers\nid\nC1", &documents])
    };
    assert_eq!(world("100").steps("2026-02-20"), ["standard.reminder"]);
    assert_eq!(world("100.01").steps("2026-02-20"), ["standard.call_1"]);
    assert_eq!(world("100").run("2026-03-20").passed_over.len(), 1, "a step that is not there is not passed over");
}

#[test]
fn a_clock_of_its_own_counts_by_the_day_it_reached() {
    let steps = "timing dip
        step reminder at day 20 { call customer }
        step promised at day 1 from issue_date + 20 days { call customer }
        step agency at day 40 { set_status outsourcing }";
    let documents = "documents\nid,customer,issue_date,due_date,amount\nF1,C1,2026-02-01,2026-02-05,100";
    let world = world(&procedure(steps), &["customers\nid\nC1", documents]);
    assert_eq!(world.steps("2026-02-22"), ["standard.promised"]);
    assert_eq!(world.steps("2026-02-24"), ["standard.promised"]);
    assert_eq!(world.steps("2026-02-25"), ["standard.reminder"]);
}

#[test]
fn a_freezing_hold_stops_the_clock_after_its_first_day() {
    let holds = "holds
        customer,document,from,until,reason,freezes
        C1,,2026-02-03,2026-02-05,,yes
        C1,F1,2026-02-04,2026-02-06,,yes
        C1,,2026-02-04,2026-02-05,,no";
    let world = ladder(&[ONE, holds]);
    for (date, steps) in [("2026-02-06", 0), ("2026-02-10", 0), ("2026-02-11", 1)] {
        assert_eq!(world.steps(date).len(), steps, "{date}");
    }
    let row = world.run("2026-02-11").rows.remove(0);
    assert_eq!((row.dip, row.reached_on.to_string()), (Some(7), "2026-02-11".to_owned()));
}

#[test]
fn a_hold_that_does_not_freeze_only_stops_following() {
    let holds = "holds\ncustomer,document,from,until\nC1,F1,2026-02-08,2026-02-09";
    let world = ladder(&[ONE, holds]);
    assert_eq!(world.steps("2026-02-08").len(), 0);
    let row = world.run("2026-02-10").rows.remove(0);
    assert_eq!((row.dip, row.reached_on.to_string()), (Some(9), "2026-02-08".to_owned()));
}

#[test]
fn a_step_repeats_until_a_later_one_is_reached() {
    let steps = "timing dip
        step reminder at day 7 repeat every 3 days at most 2 times { call customer }
        step agency at day 20 { set_status outsourcing }";
    let of = |rows: &str| {
        let history = format!("history\ndate,customer,procedure,step,outcome\n{rows}");
        world(&procedure(steps), &["customers\nid\nC1", ONE, &history])
    };
    let once = of("2026-02-09,C1,standard,reminder,done");
    assert!(once.steps("2026-02-11").is_empty());
    assert_eq!(once.steps("2026-02-12"), ["standard.reminder"]);
    assert_eq!(once.run("2026-02-14").rows[0].reached_on.to_string(), "2026-02-12");
    assert_eq!(once.steps("2026-02-21"), ["standard.agency"]);
    let twice = of("2026-02-09,C1,standard,reminder,done\n2026-02-12,C1,standard,reminder,skipped");
    assert!(twice.steps("2026-02-20").is_empty());
}

#[test]
fn a_result_counts_from_the_day_its_step_was_reached() {
    let steps = "timing dip
        step call_1 at day 7 { call customer
            results promised | refused }
        step call_2 at day 15 when (result of call_1 or else refused) != promised { call customer }
        step agency at day 40 { set_status outsourcing }";
    let of = |rows: &str| {
        let history = format!("history\ndate,customer,procedure,step,outcome,result\n{rows}");
        world(&procedure(steps), &["customers\nid\nC1", ONE, &history])
    };
    assert_eq!(of("2026-02-07,C1,standard,call_1,done,promised").steps("2026-02-16"), ["standard.call_2"]);
    assert!(of("2026-02-08,C1,standard,call_1,done,promised").steps("2026-02-16").is_empty());
    let twice = of("2026-02-08,C1,standard,call_1,done,promised\n2026-02-12,C1,standard,call_1,done,refused");
    assert_eq!(twice.steps("2026-02-16"), ["standard.call_2"]);
    let unknown = of("2026-02-08,C1,standard,call_1,done,promissed").run("2026-02-16");
    assert_eq!(unknown.set_aside[0].diagnostic.code.id, "E0803");
}

#[test]
fn reached_and_overdue_cover_different_documents() {
    let steps = "timing dip
        step notice at day -10 { task customer text \"look\" }
        step reminder at day 7 { call customer }
        step agency at day 15 { set_status outsourcing }";
    let documents = "documents
        id,customer,issue_date,due_date,amount
        F1,C1,2026-01-01,2026-02-01,100
        F2,C1,2026-01-01,2026-02-02,100
        F3,C1,2026-01-01,2026-02-01,100";
    let world = world(&procedure(steps), &["customers\nid\nC1", documents]);
    assert_eq!(world.rows("2026-02-01"), ["C1 standard.notice task [F1 F3] 200.00 EUR"]);
    assert_eq!(world.rows("2026-02-08"), ["C1 standard.reminder call [F1 F3 F2] 300.00 EUR"]);
    assert_eq!(world.rows("2026-02-16"), ["C1 standard.agency set_status [F1 F3] 200.00 EUR"]);
    assert_eq!(world.rows("2026-02-17"), ["C1 standard.agency set_status [F1 F3 F2] 300.00 EUR"]);
}

#[test]
fn nothing_followed_is_idle() {
    let list =
        ladder(&["documents\nid,customer,issue_date,due_date,amount,status\nF1,C1,2026-01-01,2026-02-01,100,dispute"])
            .run("2026-03-20");
    assert!(list.rows.is_empty() && list.set_aside.is_empty());
}
