//! The value of expressions: one field for each, asked for as a condition of assignment.

use super::world;

/// Whether a condition about customer C1 holds on 2026-03-02.
fn holds(condition: &str, defines: &str) -> bool {
    let program = format!(
        "ledger {{ currency EUR
            customer {{ score: number?
                rating: good | bad
                vip: flag?
                limit: percent? }}
            document {{ status: open | dispute
                po: text? }} }}
        {defines}
        assign {{ yes_it_does when {condition}\n otherwise no_it_does_not }}
        procedure yes_it_does {{ start by assignment\n timing dip\n step one at day -1_000 {{ call customer covering documents }}\n step two at day 9_000 {{ set_status dispute }} }}
        procedure no_it_does_not {{ start by assignment\n timing dip\n step one at day -1_000 {{ call customer covering documents }}\n step two at day 9_000 {{ set_status dispute }} }}"
    );
    let world = world(
        &program,
        &[
            "customers
            id,name,credit_limit,score,rating,vip,limit
            C1,Bakery,1000,,good,no,12.5",
            "documents
            id,customer,kind,issue_date,due_date,amount,open_amount,status,settled_on,po
            F1,C1,invoice,2026-01-31,2026-02-12,400,400,open,,PO 1
            F2,C1,invoice,2026-01-20,2026-02-20,220.50,200.50,dispute,,
            F3,C1,invoice,2026-02-01,2026-03-20,99,99,open,,PO 1
            F4,C1,credit_note,2026-01-01,,-20,-20,open,,
            F5,C1,invoice,2025-01-01,2025-02-01,50,50,open,2025-02-11,
            F6,C1,invoice,2025-01-01,2025-02-01,50,50,open,2025-02-04,",
            "promises
            customer,document,amount,currency,made_on,due_on
            C1,F1,100,EUR,2026-02-20,2026-03-02
            C1,,,,2026-02-14,2026-02-28",
            "history
            date,customer,procedure,step,outcome,by
            2026-02-03,C1,,,contact,Ann
            2026-02-04,C1,no_it_does_not,one,done,Ben
            2026-03-03,C1,,,contact,Ann",
        ],
    );
    let list = world.run("2026-03-02");
    assert!(list.set_aside.is_empty(), "{condition}: {:?}", list.set_aside);
    let names: Vec<&str> = list.rows.iter().map(|row| row.procedure.as_str()).collect();
    assert_eq!(names.len(), 1, "{condition}: {names:?}");
    names == ["yes_it_does"]
}

#[test]
fn every_form_of_expression() {
    for condition in [
        "total_due = 679.50 EUR",
        "overdue_total = 600.50 EUR",
        "oldest_days_overdue = 18 days",
        "payment_behaviour is present and payment_behaviour = 6 days",
        "last_contact is present and last_contact = 2026-02-04",
        "(score or else 50) = 50 and score is missing",
        "rating = good and rating != bad and rating in (good, bad)",
        "not (vip or else yes)",
        "limit is present and limit between 12.5 % and 13 %",
        "count(documents) = 4 and count(archived documents) = 2 and count(all documents) = 6",
        "count(documents where overdue) = 2",
        "any(documents where kind = credit_note) and none(documents where open_amount > 500 EUR)",
        "every(open_amount > 0 EUR of documents where kind = invoice)",
        "not every(open_amount > 0 EUR of documents)",
        "sum(open_amount of documents where status = dispute) = 200.50 EUR",
        "(min(due_date of documents where kind = invoice) or else today) = 2026-02-12",
        "(max(days_overdue of documents where overdue) or else 0 days) = 18 days",
        "(average(open_amount of documents where overdue) or else 0 EUR) = 300.25 EUR",
        "(average(days_overdue of documents where overdue) or else 0 days) = 14 days",
        "count(documents where promise_open) = 1 and count(documents where promise_broken) = 3",
        "count(promises where document is missing) = 1",
        "count(contacts) = 2 and count(contacts where by is present and by = \"Ben\") = 1",
        "today - 2026-02-12 = 18 days and today + 1 week = 2026-03-09",
        "end_of_month(today) = 2026-03-31",
        "min(total_due, 500 EUR) = 500 EUR and max(3, 2) = 3",
        "total_due * 2 = 1_359 EUR and total_due / 2 = 339.75 EUR",
        "total_due * 10 % = 67.95 EUR",
        "((overdue_total / total_due) or else 0 %) = 88.373804 %",
        "(overdue_total / sum(open_amount of documents where open_amount > 900 EUR)) is missing",
        "-total_due < 0 EUR and 7 / 2 = 3.5",
        "credit_limit is present and total_due <= credit_limit",
        "name is present and name = \"Bakery\"",
        "large_total = 600.50 EUR",
        "count(documents where large) = 1",
    ] {
        let defines = if condition.contains("large") {
            "define large_total = sum(open_amount of documents where overdue)\n define document.large = open_amount > 300 EUR and customer.total_due > 1 EUR"
        } else {
            ""
        };
        assert!(holds(condition, defines), "{condition}");
    }
}

#[test]
fn a_chain_of_defines_ends_quickly() {
    let mut defines = String::from("define document.d0 = count(documents)\n define c0 = count(documents)\n");
    for number in 1..24 {
        let before = number - 1;
        defines +=
            &format!("define document.d{number} = document.d{before} - document.d{before} + document.d{before}\n");
        defines += &format!("define c{number} = c{before} - c{before} + c{before}\n");
    }
    assert!(holds("c23 = 4 and count(documents where d23 = 4) = 4", &defines));
}
