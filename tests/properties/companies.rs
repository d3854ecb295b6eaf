//! Checked programs by chance: procedures with conditions, days and actions, over the ledger that
//! `tables` fills.

use super::programs::Dice;
use super::run::PROGRAMS;

const OF_CUSTOMERS: &[&str] = &[
    "overdue_total > 100 EUR",
    "(score or else 50) < 40",
    "rating = bad",
    "vip is present",
    "since > today - 90 days",
    "count(documents where overdue) >= 2",
    "any(promises)",
    "total_due between 10 EUR and 500 EUR",
    "last_contact is missing",
    "share > 12 %",
];
const OF_DOCUMENTS: &[&str] = &[
    "status = open",
    "open_amount > 99.99 EUR",
    "days_overdue > 3 days",
    "kind in (invoice, credit_note)",
    "promise_broken",
    "customer.rating = good",
    "(agreed or else due_date) < today",
];
const ACTIONS: &[&str] = &[
    "email customer using letter",
    "letter customer using letter covering documents",
    "call customer",
    "notify sales",
    "charge 40 EUR",
    "interest 8 %",
    "set_status plan",
];

/// A program without errors; the template is `letter.md`.
pub(crate) fn company(numbers: &[u32]) -> String {
    let mut dice = Dice(numbers.iter());
    let (ledger, _) = PROGRAMS[0].split_once("\ndefine ").expect("the ledger comes first");
    let mut text = format!("{ledger}\ncalendar office {{ weekend saturday, sunday }}\n");
    let mut rules = String::new();
    for number in 0..=dice.below(4) {
        let form = if number == 0 { 0 } else { dice.below(3) };
        if number > 0 && form == 0 {
            rules += &format!("p{number} when {}\n", condition(&mut dice, OF_CUSTOMERS));
        }
        text += &procedure(&mut dice, number, form);
    }
    let nobody = dice.of(&["none when rating = good and vip is present\n", ""]);
    text += &format!("assign {{\n{nobody}{rules}otherwise p0\n}}\n");
    text += dice.of(&[
        "",
        "contact_policy { at most 1 contact every 3 days }\n",
        "contact_policy { only on working days }\n",
    ]);
    text
}

/// A procedure: 0 by assignment, 1 while a condition holds, 2 for document.
fn procedure(dice: &mut Dice<'_>, number: usize, form: usize) -> String {
    let facts = if form == 2 { OF_DOCUMENTS } else { OF_CUSTOMERS };
    let scope = if form == 2 { " for document" } else { "" };
    let start = if form == 0 { "by assignment".to_owned() } else { format!("when {}", condition(dice, facts)) };
    let timing = dice.of(&["dip", "dip from issue_date", "dip counting working days", "after previous"]);
    let mut text = format!("procedure p{number}{scope} {{\nstart {start}\n");
    if dice.one_in(2) {
        text += &format!("follow documents where {}\n", condition(dice, OF_DOCUMENTS));
    }
    text += &format!("timing {timing}\n");
    let mut day = 0;
    for step in 0..=dice.below(4) {
        day += 1 + dice.below(7);
        let when = if timing == "after previous" { format!("after {day} days") } else { format!("at day {day}") };
        text += &format!("step s{step} {when}");
        if dice.one_in(2) {
            text += &format!(" when {}", condition(dice, facts));
        }
        text += dice.of(&["", " automatic", " repeat every 3 days at most 2 times"]);
        text += &format!(" {{\n{}\n}}\n", dice.of(ACTIONS));
    }
    text + "}\n"
}

fn condition(dice: &mut Dice<'_>, facts: &[&str]) -> String {
    let one = dice.of(facts);
    match dice.below(4) {
        0 => format!("({one}) and ({})", dice.of(facts)),
        1 => format!("({one}) or ({})", dice.of(facts)),
        2 => format!("not ({one})"),
        _ => one.to_owned(),
    }
}
