//! `dunlin.toml`: exports as they come, and everything that can be wrong with the file itself.

use super::{date, files, findings, read_files};
use crate::ledger::{Config, DocumentRow};

/// A ledger whose both tables come from one invoice file, in another notation.
const EXPORT: &str = "\
## dunlin.toml
date = 2026-03-02
[format]
dates = \"M/D/YYYY\"
delimiter = \";\"
decimal = \",\"
thousands = \".\"
symbols = { \"€\" = \"EUR\", \"$\" = \"USD\" }
[tables.customers]
file = \"export.csv\"
[tables.customers.columns]
id = { column = \"Customer\", pad = 6 }
[tables.documents]
file = \"export.csv\"
credits = \"positive\"
[tables.documents.columns]
id = { column = \"Number\", pad = 10 }
customer = { column = \"Customer\", pad = 6 }
kind = { column = \"Type\", values = { RE = \"invoice\", GU = \"credit_note\" } }
status = { column = \"Disputed\", values = { Yes = \"dispute\", No = \"open\" } }
amount = { column = \"Amount\" }
issue_date = \"Date\"
due_date = { column = \"Due\", dates = \"DD/MM/YYYY\", values = { never = \"\", \"?\" = \"2026-12-31\" } }
po_number = { value = 4711 }
[tables.recipients]
format = { delimiter = \",\" }
[tables.recipients.columns]
customer = { pad = 6 }
## export.csv
Number;Customer;Type;Disputed;Amount;Date;Due;Note
611365;17;RE;No;€ 1.234,56;1/2/2026;01/02/2026;
0000611366;17;RE;Yes;-;1/2/2026;01/02/2026;
611367;000018;GU;No;10,00 $;12/31/2025;never;x
611368;18;RE;No;7,5;1/2/2026;?;
## recipients.csv
customer,role
17,representative
";

#[test]
fn an_export_is_read_as_it_comes() {
    let text = EXPORT.replace(";-;", ";5;");
    let snapshot = read_files(&files(&text)).expect("readable");
    assert!(snapshot.faults.is_empty(), "{:?}", snapshot.faults);
    let documents = &snapshot.documents;
    let rows: Vec<String> = (0..documents.len())
        .map(|row| {
            let kind = super::schema().kinds.value(documents.kind[row]).to_owned();
            let status = super::schema().statuses.value(documents.status[row]).to_owned();
            format!(
                "{} {} {kind} {status} {} {} {} {}",
                snapshot.customers.id.get(documents.customer[row].0 as usize),
                documents.id.get(row),
                documents.amount[row],
                documents.currency[row],
                documents.issue_date[row],
                documents.due_date[row],
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "000017 0000611365 invoice open 1234.56 EUR 2026-01-02 2026-02-01",
            "000017 0000611366 invoice dispute 5 EUR 2026-01-02 2026-02-01",
            "000018 0000611367 credit_note open -10 USD 2025-12-31 2025-12-31",
            "000018 0000611368 invoice open 7.5 EUR 2026-01-02 2026-12-31",
        ]
    );
    assert_eq!(snapshot.recipients.of(0).len(), 1);
    assert_eq!(snapshot.document_at(DocumentRow(0), date("2026-01-01")), None);
}

#[test]
fn only_the_broken_cell_of_an_export_is_reported() {
    let found = findings(EXPORT);
    insta::assert_snapshot!(found);
}

#[test]
fn settings_of_the_project() {
    let config = Config::from_toml("date = \"2026-03-02\"\nledger = \"/data\"\njournal = \"j.csv\"\n", "dunlin.toml");
    let config = config.expect("a sound file");
    assert_eq!((config.date, config.ledger.as_str()), (Some(date("2026-03-02")), "/data"));
    assert_eq!(config.journal.as_deref(), Some("j.csv"));
}

#[test]
fn mistakes_in_the_file() {
    let cases = [
        "date = 2026-03-02\nledgr = \"x\"\nledger = 5\n",
        "date = \"2026-3-2\"\n",
        "[format\n",
        "[format]\ndates = \"DD/MM\"\ndecimal = \",\"\nthousands = \",\"\nencoding = \"latin\"\ndelimiter = \"\\t\\t\"\n",
        "[format]\nthousands = \".\"\n",
        "[format]\nsymbols = { \"€\" = \"EURO\" }\ndate = \"x\"\n",
        "[tables.invoices]\nfile = \"x.csv\"\n[tables.documents]\nquery = \"select 1\"\nfil = \"x\"\n",
        "[tables.documents.columns]\nid = 5\nkind = { valu = \"invoice\" }\namount = { column = \"a\", value = \"b\" }\ncustomer = { pad = 0 }\n",
        "[tables.documents.columns]\ninvoice_date = \"issue_date\"\nstatus = { value = \"opened\" }\ndue_date = { value = \"31/12/2026\" }\namount = \"Amonut\"\n",
        "[tables.payments]\ncredits = \"positive\"\n",
    ];
    let one = |toml: &&str| format!("{toml}{}", findings(&format!("## dunlin.toml\n{toml}")));
    let found = cases.iter().map(one).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(found);
}

#[test]
fn the_example_of_the_documentation_is_sound() {
    let page = include_str!("../config/mod.rs");
    let lines = page.lines().skip_while(|line| *line != "//! ```toml").skip(1).take_while(|line| *line != "//! ```");
    let toml: Vec<&str> = lines.map(|line| line.trim_start_matches("//!").trim_start()).collect();
    let config = Config::from_toml(&toml.join("\n"), "dunlin.toml").expect("a sound file");
    assert_eq!(config.tables.len(), 1);
}
