//! A survey says what a run and a look at where everybody stands say.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{World, day, short, world};
use crate::journal::Memory;
use crate::run::survey::{Survey, survey};

fn company() -> World {
    world(
        "ledger { currency EUR }
         assign { none when overdue_total > 500 EUR  otherwise standard }
         procedure standard { start by assignment  timing dip
             step first at day 7 { call customer }
             step second at day 21 { call customer }
             step last at day 90 { call customer } }
         procedure dispute for document { start when status = dispute  timing after previous
             step ask after 0 days { task customer text \"Ask\" } }",
        &[
            "customers
             id
             C1
             C2
             C3
             C4",
            "documents
             id,customer,kind,status,issue_date,due_date,amount,open_amount,currency
             F1,C1,invoice,open,2026-01-01,2026-01-31,100,100,EUR
             F2,C2,invoice,dispute,2026-01-01,2026-01-31,100,100,EUR
             F3,C2,invoice,open,2026-01-01,2026-02-20,100,100,EUR
             F4,C3,invoice,open,2026-01-01,2026-01-31,600,600,EUR
             F5,C4,invoice,open,2026-01-01,2026-01-31,600,600,USD",
        ],
    )
}

fn surveyed(world: &World, is_over: &(dyn Fn() -> bool + Sync)) -> Option<Survey> {
    survey(&world.plan, &world.snapshot, &Memory::default(), day("2026-03-02"), is_over)
}

#[test]
fn it_says_what_the_run_says() {
    let world = company();
    let survey = surveyed(&world, &|| false).expect("nobody breaks it off");
    let run = world.run("2026-03-02");
    assert_eq!(survey.worklist.rows, run.rows);
    assert_eq!(survey.worklist.passed_over, run.passed_over);
    assert_eq!(survey.worklist.set_aside, run.set_aside);
    assert_eq!(survey.worklist.totals, run.totals);
}

#[test]
fn it_says_who_decided_and_how_far_anybody_has_come() {
    let survey = surveyed(&company(), &|| false).expect("nobody breaks it off");
    let rules: Vec<_> = survey.places.iter().map(|place| (place.customer.as_str(), place.rule)).collect();
    // C4 is set aside: there is no rate.
    assert_eq!(rules, [("C1", Some(1)), ("C2", Some(1)), ("C3", Some(0))]);
    let rows: Vec<String> = survey.worklist.rows.iter().map(short).collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    let come_to: Vec<String> = survey.come_to.iter().map(|(procedure, step)| format!("{procedure}.{step}")).collect();
    assert_eq!(come_to, ["dispute.ask", "standard.first", "standard.second"]);
}

#[test]
fn it_can_be_broken_off_before_any_customer() {
    let world = company();
    let asked = AtomicUsize::new(0);
    let third = || asked.fetch_add(1, Ordering::SeqCst) == 2;
    assert!(surveyed(&world, &third).is_none());
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}
