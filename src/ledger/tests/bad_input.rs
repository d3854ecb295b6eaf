//! Everything that can be wrong with a ledger: one finding each, with file, line and column.

use super::{files, findings, findings_in, read_files};
use crate::ledger::MemoryFiles;

/// Ledgers one behind the other, each with what is found.
fn all(ledgers: &[&str]) -> String {
    let one = |ledger: &&str| format!("{}\n{}", ledger.trim_end(), findings(ledger));
    ledgers.iter().map(one).collect::<Vec<_>>().join("\n")
}

const DOCUMENT: &str = "## documents.csv\nid,customer,issue_date,due_date,amount\n";

fn documents(rows: &str) -> String {
    format!("{DOCUMENT}{rows}")
}

fn amounts(cells: &[&str], toml: &str) -> String {
    let rows: String =
        cells.iter().enumerate().map(|(at, cell)| format!("F{at},C1,2026-01-01,2026-01-31,\"{cell}\"\n")).collect();
    findings(&format!("{}## dunlin.toml\n{toml}", documents(&rows)))
}

#[test]
fn a_sound_ledger_has_no_findings() {
    assert_eq!(findings(""), "set aside: \n");
    let bom = files("").with("ledger/customers.csv", "\u{feff}id,name\r\nC1,\"M\u{fc}ller, \"\"X\"\"\"\r\n");
    let snapshot = read_files(&bom).expect("readable");
    assert_eq!(snapshot.customers.name.get(0).map(|name| &**name), Some("Müller, \"X\""));
    assert!(snapshot.faults.is_empty());
}

#[test]
fn dates() {
    let dates = ["2026-02-30", "03/04/2012", "26/01/2013", "20260302", "2026-03-02 00:00:00", "soon", "9999-12-31", ""];
    let rows: String = dates.iter().map(|date| format!("F-{date},C1,2026-01-01,{date},1\n")).collect();
    let found = findings(&documents(&rows));
    insta::assert_snapshot!(found);
}

#[test]
fn a_column_of_unstated_dates_is_one_finding() {
    let rows: String = (0..12).map(|at| format!("F{at},C1,1/{}/2026,2/28/2026,1\n", at + 1)).collect();
    let found = findings(&documents(&rows));
    insta::assert_snapshot!(found);
}

#[test]
fn amounts_are_read_as_stated_or_not_at_all() {
    let cells = [
        "1.234,56",
        "(12.00)",
        "12.00-",
        "€ 5",
        "5 EUR",
        "5 XYZ",
        "1e3",
        "NaN",
        "0.1234567",
        "1234567890123456",
        "5.000",
        "0.125",
        "",
    ];
    let found = amounts(&cells, "");
    insta::assert_snapshot!(found);
    let format = "[format]\ndecimal = \",\"\nthousands = \".\"\nnegative = \"brackets\"\nsymbols = { \"€\" = \"EUR\", \"$\" = \"USD\" }\n";
    insta::assert_snapshot!("amounts_with_a_format", amounts(&["1.234,56", "€ 5", "$ 7", "5.000", "1.5"], format));
}

#[test]
fn values_of_lists() {
    let found = all(&[
        "## documents.csv\nid,customer,issue_date,due_date,amount,kind,status,currency,grace,export\n\
         F1,C1,2026-01-01,2026-01-31,1,Invoice,open,EUR,,\n\
         F2,C1,2026-01-01,2026-01-31,1,invoice,disputed,EURO,,\n\
         F3,C1,2026-01-01,2026-01-31,1,invoice,,eur,1.5,perhaps\n\
         F4,C2,2026-01-01,2026-01-31,1,invoice,open,EUR,3,Yes\n",
        "## customers.csv\nid,segment,score,credit_limit\nC1,Retail,12%,5.000\nC2,retail,-3.25,5000\n",
    ]);
    insta::assert_snapshot!(found);
}

#[test]
fn rows_against_each_other() {
    let found = all(&[
        &documents("F1,C1,2026-01-01,2026-01-31,1\nF1,C1,2026-01-01,2026-01-31,1\n"),
        &documents("F1,C1,2026-01-01,2026-01-31,1\nF1,C2,2026-01-01,2026-01-31,1\nF1,C2,2026-01-01,2026-01-31,1\n"),
        &documents("F1,C9,2026-01-01,2026-01-31,1\nF2,,2026-01-01,2026-01-31,1\n,C2,2026-01-01,2026-01-31,1\n"),
        &documents("F1,C1,2026-01-31,2026-01-01,1\nF2,C1,2026-01-01,2026-01-31,-5\n"),
        "## documents.csv\nid,customer,kind,issue_date,due_date,amount\nK1,C1,credit_note,2026-01-01,,-5\nK2,C1,credit_note,2026-01-01,,5\nF1,C2,invoice,2026-01-01,,5\n",
        "## customers.csv\nid,country\nC1,BE\nC1,BE\nC2,NL\nC2,DE\nC2,FR\n",
    ]);
    insta::assert_snapshot!(found);
}

#[test]
fn smaller_tables() {
    let found = all(&[
        "## payments.csv\ndocument,date,amount,currency\nF1,2026-02-01,40,USD\nF9,2026-02-01,40,EUR\nF1,2026-02-30,40,EUR\n",
        "## payments.csv\ndocument,date,amount\nF1,2026-02-01,140\n",
        "## promises.csv\ncustomer,document,amount,made_on,due_on\nC2,F1,10,2026-02-01,2026-02-10\nC1,F1,10,2026-02-10,2026-02-01\nC9,,,2026-02-01,2026-02-10\n",
        "## holds.csv\ncustomer,from,until,freezes\nC1,2026-02-10,2026-02-01,yes\nC2,,,maybe\n",
        "## rates.csv\ncurrency,date,rate\nUSD,2026-01-01,0\nUSD,2026-02-01,0.9\nGBP,2026-02-01,1.1\nGBP,2026-02-01,1.2\nEUR,2026-02-01,2\nPFUND,2026-02-01,2\n",
        "## recipients.csv\ncustomer,role,name\nC1,representative,A\nC1,representative,B\nC1,sales_manger,C\nC2,sales_manger,D\nC9,sales_manager,E\n",
        "## status_history.csv\ndocument,date,status\nF1,2026-02-01,dispute\nF1,2026-02-01,plan\nF9,2026-02-01,open\n",
        "## history.csv\ndate,customer,document,outcome\n2026-02-01,C1,F1,Done\n2026-02-01,C2,F1,done\n2026-02-01,C1,F1,contact\n",
    ]);
    insta::assert_snapshot!(found);
}

#[test]
fn files_that_cannot_be_used() {
    let found = all(&[
        "## customers.csv\n",
        "## documents.csv\nid,customer,issue_date,due_date,amount\n",
        "## documents.csv\nid;customer;issue_date;due_date;amount\nF1;C1;2026-01-01;2026-01-31;1\n",
        "## documents.csv\nId,Customer,InvoiceDate,due_dates,total,setled_on\n",
        "## documents.csv\nid,customer,issue_date,due_date,amount,setled_on,statu\nF1,C1,2026-01-01,2026-01-31,1,,\n",
        "## documents.csv\nid,id,customer,issue_date,due_date,amount\nF1,F1,C1,2026-01-01,2026-01-31,1\n",
        "## customers.parquet\nPAR1",
        "## customers.csv\nid,name\nC1\nC2,Bar, Anker\nC3,\"open\nC4,x\n",
        "## dunlin.toml\nledger = \"elsewhere\"\n",
        "## dunlin.toml\n[tables.documents]\nfile = \"invoices.csv\"\n[tables.rates]\n[tables.rates.columns]\n",
        "## payments.csv\ndocument,date\n",
    ]);
    insta::assert_snapshot!(found);
    let only = MemoryFiles::default().with("ledger/customers.csv", "id\n");
    insta::assert_snapshot!("a_missing_table", findings_in(&only));
    let garbled = files("").with("ledger/customers.csv", b"id,name\nC1,M\xfcller\nC2,Maier\n");
    insta::assert_snapshot!("another_encoding", findings_in(&garbled));
    let utf16 = files("").with("ledger/customers.csv", b"\xff\xfei\0d\0");
    insta::assert_snapshot!("utf16", findings_in(&utf16));
    let workbook = files("").with("ledger/customers.csv", b"PK\x03\x04");
    insta::assert_snapshot!("workbook", findings_in(&workbook));
}
