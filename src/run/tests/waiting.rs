//! Step by step, as far as history tells (`S8` to `S13`), and procedures with conditions (`S14`).

use super::{World, world};

const DISPUTE: &str = "ledger { currency EUR
    document { status: open | dispute
        disputed_on: date? }
    recipient sales }
template letter { en \"letter.md\"  otherwise en }
procedure dispute for document {
    start when status = dispute
    timing after previous
    step inform after 0 days automatic { email sales using letter }
    step escalate after 3 days automatic if open_amount < 1_000 EUR { email sales using letter }
}";

const DOCUMENTS: &str = "documents
    id,customer,issue_date,due_date,amount,status,disputed_on
    F1,C1,2026-01-01,2026-02-01,100,dispute,2026-02-10
    F2,C1,2026-01-01,2026-02-01,5000,dispute,2026-02-11
    F3,C1,2026-01-01,2026-02-01,5000,open,";

fn disputes(program: &str, history: &str) -> World {
    let history = format!("history\ndate,customer,document,procedure,step,outcome,result\n{history}");
    world(program, &["customers\nid\nC1", DOCUMENTS, &history])
}

#[test]
fn an_instance_for_each_document_waits_for_its_outcomes() {
    let fresh = disputes(DISPUTE, "");
    let inform =
        ["C1 dispute.inform email [F1] 100.00 EUR automatic", "C1 dispute.inform email [F2] 5,000.00 EUR automatic"];
    assert_eq!(fresh.rows("2026-03-02"), inform);
    assert_eq!(fresh.rows("2026-03-09"), inform, "still waiting");
    let done = disputes(DISPUTE, "2026-03-09,C1,F1,dispute,inform,done,\n2026-03-09,C1,F2,dispute,inform,skipped,");
    assert!(done.rows("2026-03-11").is_empty());
    assert_eq!(
        done.rows("2026-03-12"),
        ["C1 dispute.escalate email [F1] 100.00 EUR automatic", "C1 dispute.escalate email [F2] 5,000.00 EUR"]
    );
    assert_eq!(done.run("2026-03-20").rows[0].reached_on.to_string(), "2026-03-12");
    let complete = disputes(DISPUTE, "2026-03-09,C1,F1,dispute,inform,done,\n2026-03-13,C1,F1,dispute,escalate,done,");
    assert_eq!(complete.rows("2026-04-20"), ["C1 dispute.inform email [F2] 5,000.00 EUR automatic"]);
}

#[test]
fn the_ledger_may_date_the_start() {
    let program = DISPUTE
        .replace("status = dispute\n", "status = dispute from disputed_on or else today\n")
        .replace("after 0 days", "after 5 days");
    let world = disputes(&program, "");
    assert!(world.rows("2026-02-14").is_empty());
    assert_eq!(world.run("2026-02-15").rows.len(), 1);
    assert_eq!(world.run("2026-02-16").rows.len(), 2);
    let earlier = disputes(&program, "2026-02-09,C1,F1,dispute,inform,done,");
    assert_eq!(earlier.run("2026-02-16").rows.len(), 2, "an outcome before the start is of an earlier instance");
}

#[test]
fn a_failing_when_lets_the_next_step_through() {
    let program = DISPUTE.replace("inform after 0 days", "inform after 0 days when open_amount > 500 EUR");
    let world = disputes(&program, "");
    assert!(world.rows("2026-03-02").iter().all(|row| !row.contains("F1")), "the next one waits from the start");
    let started = DISPUTE
        .replace("inform after 0 days", "inform after 0 days when open_amount > 500 EUR")
        .replace("status = dispute\n", "status = dispute from disputed_on or else today\n");
    assert_eq!(disputes(&started, "").rows("2026-02-13")[0], "C1 dispute.inform email [F2] 5,000.00 EUR automatic");
    assert_eq!(disputes(&started, "").rows("2026-02-13")[1], "C1 dispute.escalate email [F1] 100.00 EUR automatic");
}

#[test]
fn a_repeated_step_comes_again_then_the_next() {
    let program = DISPUTE.replace("inform after 0 days", "inform after 0 days repeat every 2 days at most 2 times");
    let once = disputes(&program, "2026-03-09,C1,F1,dispute,inform,done,");
    assert_eq!(once.run("2026-03-10").rows.len(), 1);
    assert_eq!(once.rows("2026-03-11")[0], "C1 dispute.inform email [F1] 100.00 EUR automatic");
    let twice = disputes(&program, "2026-03-09,C1,F1,dispute,inform,done,\n2026-03-11,C1,F1,dispute,inform,done,");
    assert_eq!(twice.run("2026-03-13").rows.len(), 1);
    assert_eq!(twice.rows("2026-03-14")[1], "C1 dispute.escalate email [F1] 100.00 EUR automatic");
}

#[test]
fn both_after_and_the_day_must_be_reached() {
    let program = DISPUTE.replace("escalate after 3 days", "escalate at day 40 after 3 days");
    let world = disputes(&program, "2026-03-09,C1,F1,dispute,inform,done,");
    assert_eq!(world.run("2026-03-12").rows.len(), 1);
    assert_eq!(world.run("2026-03-13").rows.len(), 2, "day 40 is 2026-03-13");
    let late = disputes(&program, "2026-03-20,C1,F1,dispute,inform,done,");
    assert_eq!(late.run("2026-03-22").rows.len(), 1);
    assert_eq!(late.run("2026-03-23").rows.len(), 2);
}

#[test]
fn stop_ends_and_wins_over_start() {
    let program = DISPUTE.replace("    timing", "    stop when open_amount < 1_000 EUR\n    timing");
    assert_eq!(disputes(&program, "").rows("2026-03-02"), ["C1 dispute.inform email [F2] 5,000.00 EUR automatic"]);
}

#[test]
fn between_start_and_stop_history_tells_or_a_finding_does() {
    let program = "ledger { currency EUR }
    procedure large {
        start when total_due > 10_000 EUR
        stop when total_due < 500 EUR
        timing dip
        step call_1 at day 7 repeat every 7 days { call customer }
    }";
    let of = |history: &str| {
        disputes(
            &program.replace(
                "{ currency EUR }",
                "{ currency EUR\n document { status: open | dispute\n disputed_on: date? } }",
            ),
            history,
        )
    };
    let list = of("").run("2026-03-02");
    assert_eq!((list.rows.len(), list.findings.len()), (1, 0), "10,100 EUR are due");
    let program_high = program.replace("10_000", "20_000");
    let high = disputes(
        &program_high
            .replace("{ currency EUR }", "{ currency EUR\n document { status: open | dispute\n disputed_on: date? } }"),
        "",
    )
    .run("2026-03-02");
    assert_eq!(high.findings[0].code.id, "E0814");
    let recorded = disputes(
        &program_high
            .replace("{ currency EUR }", "{ currency EUR\n document { status: open | dispute\n disputed_on: date? } }"),
        "2026-02-09,C1,,large,call_1,done,",
    );
    assert_eq!(recorded.steps("2026-03-02"), ["large.call_1"]);
}

#[test]
fn a_held_customer_keeps_instances_suspended() {
    let program = "ledger { currency EUR\n document { status: open | dispute\n disputed_on: date? } }
    procedure look {
        start when total_due > 100 EUR
        timing after previous
        step call_1 after 2 days { call customer covering documents }
    }";
    let holds = "holds\ncustomer,from,until,freezes\nC1,2026-03-01,2026-03-04,yes";
    let history = "history\ndate,customer,procedure,step,outcome\n";
    let world = world(program, &["customers\nid\nC1", DOCUMENTS, holds, history]);
    assert!(world.rows("2026-03-04").is_empty());
    assert!(world.rows("2026-03-05").is_empty(), "it starts today and waits two days");
}

#[test]
fn the_waiting_of_a_frozen_subject_stands_still() {
    let program = DISPUTE;
    let holds = "holds\ncustomer,from,until,freezes\nC1,2026-03-10,2026-03-12,yes";
    let history = "history\ndate,customer,document,procedure,step,outcome\n2026-03-09,C1,F1,dispute,inform,done";
    let world = world(program, &["customers\nid\nC1", DOCUMENTS, holds, history]);
    assert_eq!(world.run("2026-03-13").rows.len(), 1);
    assert_eq!(world.run("2026-03-14").rows.len(), 2);
}
