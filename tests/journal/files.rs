//! Out into a file and in again.

use dunlin::base::Currency;
use dunlin::journal::{Appended, Entry, Event, RowKey, text};

use super::{Stage, csv, date, sample};

/// Entries with everything that a file may get wrong.
fn odd() -> Vec<Entry> {
    let row = RowKey {
        id: "2c3cabf9e4e7a1f3".to_owned(),
        position: 2,
        action: "set_status".to_owned(),
        recipient: String::new(),
        currency: None,
        of: u32::MAX,
    };
    let euro = RowKey { recipient: "customer".to_owned(), currency: Some(Currency::EUR), ..row.clone() };
    let of = |event, day: &str| Entry { recorded_at: format!("{day}T23:59:60Z"), ..Entry::new(event, date(day)) };
    let some = |text: &str| Some(text.to_owned());
    let mut entries = vec![
        of(Event::Committed, "2026-03-02"),
        Entry {
            customer: some("C1"),
            since: Some(date("1900-01-01")),
            reason: some("a, \"b\";\r\n\tc"),
            ..of(Event::Started, "2999-12-31")
        },
        Entry {
            customer: some(" C 1 "),
            document: some("'F=1"),
            row: Some(row),
            until: Some(date("2026-03-04")),
            ..of(Event::Deferred, "2026-03-02")
        },
        Entry {
            customer: some("Šđ→😀"),
            row: Some(euro),
            result: some("null"),
            by: some("\u{feff}Ann"),
            ..of(Event::Done, "2026-03-02")
        },
        Entry { customer: some("C1"), recorded_at: String::new(), ..of(Event::Contact, "2026-03-02") },
        // Twice the same is no mistake.
        Entry { customer: some("C1"), recorded_at: String::new(), ..of(Event::Contact, "2026-03-02") },
        Entry { undoes: Some(4), reason: some("0001"), ..of(Event::Undone, "2026-03-03") },
    ];
    for (number, entry) in (1..).zip(&mut entries) {
        entry.number = number;
    }
    entries
}

/// As a spreadsheet saves it again: with another sign between the cells, a mark at the beginning, and
/// the line ends of another system.
#[test]
fn an_export_that_a_spreadsheet_saved_is_read() {
    let entries = sample("with, comma; semicolon\tand tab", 5);
    let exported = csv(&entries);
    let reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&*exported);
    let records: Vec<_> = reader.into_records().map(|record| record.expect("a line")).collect();
    for (sign, mark) in [(b',', "\u{feff}"), (b';', ""), (b';', "\u{feff}"), (b'\t', ""), (b'\t', "\u{feff}")] {
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(sign)
            .terminator(::csv::Terminator::CRLF)
            .from_writer(mark.as_bytes().to_vec());
        records.iter().for_each(|record| writer.write_record(record).expect("written"));
        let saved = String::from_utf8(writer.into_inner().expect("written")).expect("text");
        assert_eq!(text::read(&saved, "saved.csv"), Ok(entries.clone()), "{saved}");
    }
    let json = String::from_utf8(text::to_json(&entries).expect("written")).expect("text");
    assert_eq!(text::read(&format!("\u{feff}{json}"), "saved.json"), Ok(entries));
    let short = text::read("date;event;customer\n2026-03-02;contact\n", "short.csv").expect_err("too few cells");
    let help = short.first().and_then(|finding| finding.help.as_deref());
    assert_eq!(help, Some("write as many; a text with a semicolon stands in quotation marks"));
}

#[test]
fn a_journal_comes_back_from_its_export_to_the_byte() {
    for format in ["csv", "json"] {
        for (from, to) in Stage::both().into_iter().zip(Stage::both()) {
            assert_eq!(from.open().append(0, &odd()).expect("added"), Appended::Added);
            let file = from.folder.path().join(format!("out.{format}")).display().to_string();
            assert!(from.dunlin(&["export", "-o", &file]).status.success());
            let imported = to.dunlin(&["import", &file]);
            assert_eq!(
                super::text(&imported.stdout),
                "7 entries added, 0 already there\n",
                "{}",
                super::text(&imported.stderr)
            );
            assert_eq!(to.entries(), odd());
            let written = std::fs::read(&file).expect("the export");
            assert_eq!(to.dunlin(&["export", "--format", format]).stdout, written);
            // Once more changes nothing.
            assert_eq!(super::text(&to.dunlin(&["import", &file]).stdout), "0 entries added, 7 already there\n");
            assert_eq!(to.dunlin(&["export", "--format", format]).stdout, written);
        }
    }
}

#[test]
fn an_import_into_a_journal_keeps_the_order_and_numbers_anew() {
    let stage = Stage::file();
    let first = Entry { customer: Some("C9".to_owned()), ..Entry::new(Event::Contact, date("2026-03-01")) };
    assert_eq!(stage.open().append(0, &[first]).expect("added"), Appended::Added);
    let file = stage.export("odd.csv", &odd());
    assert!(stage.dunlin(&["import", &file]).status.success());
    let entries = stage.entries();
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
    assert_eq!(entries.last().and_then(|entry| entry.undoes), Some(5), "it takes back the same entry as before");
    // The journal has two of this one, the file three.
    let contact = Entry { number: 0, ..odd()[4].clone() };
    let output = stage.dunlin(&["import", &stage.export("three.csv", &[contact.clone(), contact.clone(), contact])]);
    assert_eq!(super::text(&output.stdout), "1 entry added, 2 already there\n");
}

#[test]
fn columns_may_lack_and_stand_in_any_order() {
    let read = |text| text::read(text, "file").expect("it can be read");
    let entries = read("event,customer,date\ncontact,C1,2026-03-02\n");
    assert_eq!(entries, [Entry { customer: Some("C1".to_owned()), ..Entry::new(Event::Contact, date("2026-03-02")) }]);
    assert_eq!(read("[{\"event\": \"contact\", \"customer\": \"C1\", \"date\": \"2026-03-02\"}]"), entries);
    assert_eq!(read(""), []);
    assert_eq!(read("[]"), []);
    assert_eq!(text::read(&super::text(&csv(&odd())), "file").as_deref(), Ok(&odd()[..]));
}
