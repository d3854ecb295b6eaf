//! What is said of amounts.

use super::figures::{Figures, Run};
use super::{Behind, Place, What, lenses};
use crate::base::Date;
use crate::journal::Memory;
use crate::ledger::{self, Config, MemoryFiles};
use crate::plan;
use crate::run::survey::survey;
use crate::workspace::Workspace;

/// The lines of a program with one procedure of these steps, for customers C1 to C3 who owe 100 EUR each.
fn said(steps: &str) -> (Vec<String>, Figures) {
    let text = format!(
        "ledger {{ currency EUR  recipient agency }}\nassign {{ otherwise standard }}\n\
         procedure standard {{ start by assignment  timing dip\n{steps} }}\n\
         template letter {{ en \"letter.md\" otherwise en }}"
    );
    let mut workspace = Workspace::new([("main.proc", text.as_str())]);
    workspace.set_resource("letter.md", Some("Dear customer"));
    let findings = workspace.findings();
    let plan = plan::from_check::lower(workspace.checked().program().unwrap_or_else(|| panic!("{findings:#?}")));
    let mut documents = "id,customer,kind,status,issue_date,due_date,amount,open_amount,currency\n".to_owned();
    for customer in 1..=3 {
        documents += &format!("F{customer},C{customer},invoice,open,2026-01-01,2026-02-01,100,100,EUR\n");
    }
    let files = MemoryFiles::default()
        .with("ledger/customers.csv", "id,name\nC1,Ant\nC2,Bee\nC3,Cat\n")
        .with("ledger/documents.csv", documents);
    let snapshot = ledger::read(&files, &Config::default(), &plan.ledger).expect("a ledger");
    let date = Date::parse("2026-03-02").expect("a date");
    let survey = survey(&plan, &snapshot, &Memory::default(), date, &|| false).expect("not broken off");
    let figures = Figures::new(&workspace, Some(Ok(Run::new(plan, date, survey, None))), Vec::new());
    let lines = lenses(&workspace, "main.proc", &figures).into_iter();
    let is_of_step = |lens: &super::Lens| {
        matches!(&lens.behind, Some(Behind { place: Place::Part(crate::compare::Part::Step(..)), .. }))
    };
    (lines.filter(is_of_step).map(|lens| lens.title).collect(), figures)
}

#[test]
fn what_several_actions_claim_of_somebody_counts_once() {
    let (lines, _) = said("step first at day 1 { email customer using letter  \n letter customer using letter }");
    assert_eq!(lines, ["3 customers · 300.00 EUR"]);
}

#[test]
fn charges_are_in_what_is_claimed_and_count_alone_where_nothing_is() {
    let (lines, _) = said("step first at day 1 { email customer using letter  \n charge 40 EUR }");
    assert_eq!(lines, ["3 customers · 420.00 EUR"]);
    let (lines, _) = said("step first at day 1 { charge 40 EUR  \n interest 10 % }");
    assert_eq!(lines, ["3 customers · 122.38 EUR"]);
}

#[test]
fn a_list_names_its_customers() {
    let (_, figures) = said("step first at day 1 { call customer }");
    let behind = Behind { place: Place::Part(crate::compare::Part::Ledger), what: What::All };
    let list = figures.list(&behind, &|id| Some(format!("name of {id}"))).expect("a list");
    assert_eq!(list.rows.len(), 3);
    assert_eq!(
        list.rows.first().map(|row| row.cells.join("|")).as_deref(),
        Some("C1|name of C1|standard.first|call customer|by hand|100.00 EUR|F1|day 29")
    );
}
