//! Amounts: conversion, withheld claims, charges, interest, plans (`S16` to `S18`).

use super::{World, short, world};

fn procedure(steps: &str) -> String {
    format!(
        "ledger {{ currency EUR\n recipient agency }}
         assign {{ otherwise standard }}
         template letter {{ en \"letter.md\"  otherwise en }}
         procedure standard {{ start by assignment\n timing dip\n follow documents where status = open\n priority total_due\n{steps}\n step last at day 200 {{ set_status legal }} }}"
    )
}

const MANY: &str = "documents
    id,customer,kind,issue_date,due_date,amount,currency
    F1,C1,invoice,2026-01-01,2026-02-01,100,EUR
    F2,C1,invoice,2026-01-01,2026-02-02,50.5550,USD
    F3,C1,credit_note,2026-01-01,,-30,EUR
    F4,C1,credit_note,2026-01-01,,-500,GBP";
const RATES: &str = "rates
    currency,date,rate
    USD,2026-01-31,0.8
    USD,2026-02-10,0.9
    USD,2026-02-11,0.7
    GBP,2026-01-01,1.2";

fn many(steps: &str) -> World {
    world(&procedure(steps), &["customers\nid,currency\nC1,USD", MANY, RATES])
}

#[test]
fn one_row_for_each_currency_and_none_for_nothing() {
    let list = many("step reminder at day 7 { email customer using letter covering documents }").run("2026-02-10");
    assert_eq!(
        list.rows.iter().map(short).collect::<Vec<_>>(),
        ["C1 standard.reminder email [F3 F1] 70.00 EUR", "C1 standard.reminder email [F2] 50.56 USD"]
    );
    assert_eq!(list.withheld.len(), 1);
    assert_eq!(list.withheld[0].reason, "it would claim -500.00 GBP");
    assert_eq!(
        list.rows[0].priority.map(|priority| priority.to_string()),
        Some("-484.5005".to_owned()),
        "100 + 50.555 × 0.9 − 30 − 600"
    );
}

#[test]
fn charges_and_interest_are_rows_and_join_the_claims_of_the_step() {
    let list = many(
        "step reminder at day 8 { email customer using letter
        charge 40 EUR
        interest 8 % }",
    )
    .run("2026-02-10");
    let rows: Vec<_> = list.rows.iter().map(short).collect();
    assert_eq!(
        rows,
        [
            "C1 standard.reminder email [F1] 140.20 EUR",
            "C1 standard.reminder email [F2] 50.64 USD",
            "C1 standard.reminder charge [] 40.00 EUR",
            "C1 standard.reminder interest [F1] 0.20 EUR",
            "C1 standard.reminder interest [F2] 0.09 USD",
        ]
    );
    let interest = list.rows[3].amount.expect("an amount");
    assert_eq!(interest.amount.to_string(), "0.19726", "100 × 8 % × 9 / 365, rounded at the sixth digit");
}

#[test]
fn a_claim_of_exactly_nothing_is_withheld() {
    let documents = |credit: &str| {
        format!(
            "documents
        id,customer,kind,issue_date,due_date,amount
        F1,C1,invoice,2026-01-01,2026-02-01,100
        F2,C1,credit_note,2026-01-01,,{credit}"
        )
    };
    let of = |credit: &str| {
        world(
            &procedure("step reminder at day 7 { email customer using letter covering documents }"),
            &["customers\nid\nC1", &documents(credit)],
        )
    };
    assert_eq!(of("-99.99").rows("2026-02-10"), ["C1 standard.reminder email [F2 F1] 0.01 EUR"]);
    assert!(of("-100").rows("2026-02-10").is_empty());
    assert_eq!(of("-100").run("2026-02-10").withheld.len(), 1);
}

#[test]
fn a_missing_rate_matters_only_where_it_is_needed() {
    let program = |condition: &str| {
        procedure(&format!("step reminder at day 7 when {condition} {{ email customer using letter covering documents where currency = \"USD\" }}")).replace("priority total_due", "")
    };
    let documents = "documents
        id,customer,issue_date,due_date,amount,currency
        F1,C1,2026-01-01,2026-02-01,100,USD";
    let of = |condition: &str| world(&program(condition), &["customers\nid\nC1", documents]).run("2026-02-10");
    assert_eq!(of("overdue_total > 99 USD").rows.len(), 1, "one currency needs no rate");
    let list = of("overdue_total > 99 EUR");
    assert_eq!(list.set_aside[0].diagnostic.code.id, "E0801");
    assert!(list.set_aside[0].diagnostic.span().is_some());
}

#[test]
fn a_plan_is_told_instalment_by_instalment() {
    let world = many("step offer at day 7 { propose_plan instalments 4 minimum 30 EUR }");
    assert_eq!(
        world.rows("2026-02-10"),
        ["C1 standard.offer propose_plan [F1] 100.00 EUR", "C1 standard.offer propose_plan [F2] 50.56 USD"]
    );
    let why = world.why("2026-02-10", "C1");
    assert!(why.contains("instalment 3: 33.34 EUR by 2026-05-10"), "{why}");
    assert!(why.contains("instalment 1: 50.56 USD by 2026-03-10"), "{why}");
}
