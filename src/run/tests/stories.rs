//! The examples of the design, end to end.

use super::world;

/// The program of section 2 of the design.
const DESIGN: &str = include_str!("../../../tests/data/design.proc");

/// The two procedures that the design leaves to the reader.
const OTHERS: &str = "
procedure strict { start by assignment  timing dip
    step call_1 at day 3 { call customer }
    step agency at day 20 { outsource collection_agency
        set_status outsourcing }
}
procedure new_customers { start by assignment  timing dip
    step account at day 1 automatic { statement customer using overview covering documents }
    step agency at day 30 { outsource collection_agency
        set_status outsourcing }
}";

fn story() -> super::World {
    world(
        &format!("{DESIGN}{OTHERS}"),
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
