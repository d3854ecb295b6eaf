//! The examples of the design, end to end.

use super::world;

/// The program of section 2 of the design.
pub(super) const DESIGN: &str = include_str!("../../../tests/data/design.proc");

fn story() -> super::World {
    world(
        DESIGN,
        &[
            "customers
            id,name,language,segment,score,since
            C1,Bakery,nl,retail,,2024-01-01
            C2,Bank,en,key_account,80,2020-01-01
            C3,Cafe,fr,retail,20,2024-01-01",
            "documents
            id,customer,issue_date,due_date,amount,status
            F1,C1,2026-01-10,2026-02-12,400,open
            F2,C1,2026-01-20,2026-02-20,220.50,open
            F3,C1,2026-02-01,2026-03-20,99,open
            F4,C1,2026-01-01,2026-02-01,500,dispute
            F5,C2,2026-01-01,2026-02-01,500,open",
        ],
    )
}

#[test]
fn the_worklist_of_the_design() {
    insta::assert_snapshot!(story().rows("2026-03-02").join("\n"));
}

#[test]
fn why_of_the_design() {
    insta::assert_snapshot!(story().why("2026-03-02", "C1"));
}
