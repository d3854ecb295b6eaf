//! The ledger as a whole: small tables in memory, and everything that can be wrong with them.

mod bad_input;
mod mapping;
mod order;
#[cfg(feature = "parquet")]
mod typed;

use crate::base::{Currency, Date, Diagnostic, Place};
use crate::ledger::{Config, MemoryFiles, Snapshot, read};
use crate::schema::{ClosedList, DEFAULT_STATUSES, DeclaredField, KINDS, LedgerSchema, ListOf, Owner, Type, Typed};

pub(super) fn schema() -> LedgerSchema {
    let field = |name: &str, typed| DeclaredField { name: name.to_owned(), typed, doc: None };
    let segment =
        ClosedList::new(ListOf::Field(Owner::Customer, "segment".to_owned()), ["key_account", "corporate", "retail"]);
    LedgerSchema {
        currency: Currency::parse("EUR").expect("a known code"),
        customer: vec![
            field("segment", Typed::optional(Type::List(segment))),
            field("score", Typed::optional(Type::Number)),
        ],
        document: vec![
            field("po_number", Typed::optional(Type::Text)),
            field("retention", Typed::optional(Type::Money)),
            field("grace", Typed::optional(Type::Days)),
            field("export", Typed::optional(Type::Flag)),
        ],
        statuses: ClosedList::new(ListOf::document("status"), DEFAULT_STATUSES.iter().copied()),
        kinds: ClosedList::new(ListOf::document("kind"), KINDS.iter().copied()),
        recipients: vec!["representative".to_owned(), "sales_manager".to_owned()],
    }
}

pub(super) fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// Files given as `## name` and their lines; `customers.csv` and `documents.csv` have a default.
pub(super) fn files(text: &str) -> MemoryFiles {
    let mut files = MemoryFiles::default()
        .with("ledger/customers.csv", "id\nC1\nC2\n")
        .with("ledger/documents.csv", "id,customer,issue_date,due_date,amount\nF1,C1,2026-01-01,2026-01-31,100.00\n");
    for part in text.split("## ").skip(1) {
        let (name, content) = part.split_once('\n').expect("a name, then lines");
        let path = if name == "dunlin.toml" { name.to_owned() } else { format!("ledger/{name}") };
        files.insert(&path, content);
    }
    files
}

pub(super) fn read_files(files: &MemoryFiles) -> Result<Snapshot, Vec<Diagnostic>> {
    use crate::ledger::Files;
    let toml = files.read("dunlin.toml").map(|bytes| String::from_utf8(bytes.to_vec()).expect("UTF-8"));
    let config = toml.map_or_else(|_| Ok(Config::default()), |text| Config::from_toml(&text, "dunlin.toml"))?;
    read(files, &config, &schema())
}

fn place(place: &Place) -> String {
    let Place::Data(place) = place else { return "?".to_owned() };
    let number = |number: Option<u64>| number.map_or(String::new(), |number| format!(":{number}"));
    format!("{}{}{}", place.file, number(place.line), number(place.column))
}

fn line(finding: &Diagnostic, customer: Option<&str>) -> String {
    let places: Vec<String> = finding.labels.iter().map(|label| place(&label.place)).collect();
    let customer = customer.map_or(String::new(), |customer| format!(" [{customer}]"));
    let help = finding.help.as_deref().unwrap_or("");
    format!("{} {}{customer}: {}\n    {help}\n", finding.code.id, places.join(" / "), finding.message)
}

/// Every finding about a ledger, and who is set aside.
pub(super) fn findings(text: &str) -> String {
    findings_in(&files(text))
}

pub(super) fn findings_in(files: &MemoryFiles) -> String {
    match read_files(files) {
        Ok(snapshot) => {
            let faults = snapshot.faults.iter().map(|fault| line(&fault.diagnostic, fault.customer.as_deref()));
            let customers = &snapshot.customers;
            let aside = (0..customers.len()).filter(|row| customers.set_aside[*row]).map(|row| customers.id.get(row));
            format!("{}set aside: {}\n", faults.collect::<String>(), aside.collect::<Vec<_>>().join(" "))
        }
        Err(findings) => {
            format!("{}unusable\n", findings.iter().map(|finding| line(finding, None)).collect::<String>())
        }
    }
}
