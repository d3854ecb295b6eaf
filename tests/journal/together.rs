//! Several at once: nothing is lost, nothing is there twice.

use std::collections::BTreeSet;
use std::process::Stdio;

use dunlin::journal::{self, Appended, Entry, Event};

use super::{Stage, date, sample, text};

const WRITERS: usize = 8;
const TURNS: usize = 20;

#[test]
fn eight_writers_at_once() {
    for stage in Stage::both() {
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let location = stage.location();
                scope.spawn(move || {
                    // Each opens for itself, also the one who makes the journal.
                    let mut journal = journal::open(&location).expect("the journal can be opened");
                    for turn in 0..TURNS {
                        let own = two_entries(&format!("{writer}.{turn}"));
                        loop {
                            let head = journal.entries().expect("entries").last().map_or(0, |entry| entry.number);
                            if journal.append(head, &own).expect("entries can be added") == Appended::Added {
                                break;
                            }
                        }
                    }
                });
            }
        });
        let entries = stage.entries();
        assert!((1..).zip(&entries).all(|(number, entry)| entry.number == number), "the numbers have no gap");
        let names: Vec<&str> = entries.iter().filter_map(|entry| entry.reason.as_deref()).collect();
        let pairs: Vec<&str> = names.chunks(2).map(|pair| pair[0]).collect();
        assert!(names.chunks(2).all(|pair| pair[0] == pair[1]), "what was added at once stands together");
        assert_eq!(pairs.len(), WRITERS * TURNS, "nothing is lost or doubled");
        assert_eq!(pairs.into_iter().collect::<BTreeSet<_>>().len(), WRITERS * TURNS, "nothing is doubled");
    }
}

fn two_entries(name: &str) -> Vec<Entry> {
    let entry = Entry {
        customer: Some("C1".to_owned()),
        reason: Some(name.to_owned()),
        ..Entry::new(Event::Contact, date("2026-03-02"))
    };
    vec![entry.clone(), entry]
}

#[test]
fn eight_processes_import_the_same_at_once() {
    for stage in Stage::both() {
        let all = sample("together", 400);
        // Each file shares most of its entries with those of the others.
        let children: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let file = stage.export(&format!("part{writer}.csv"), &all[writer * 20..writer * 20 + 260]);
                let mut command = stage.command(&["import", &file]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dunlin starts")
            })
            .collect();
        let mut added = 0;
        for child in children {
            let output = child.wait_with_output().expect("dunlin ends");
            assert!(output.status.success(), "{}", text(&output.stderr));
            let said = text(&output.stdout);
            added += said.split(' ').next().and_then(|number| number.parse::<usize>().ok()).expect("a number");
        }
        assert_eq!(added, 400);
        let mut entries = stage.entries();
        entries.sort_by_key(|entry| entry.row.as_ref().map(|row| row.id.clone()).unwrap_or_default());
        let customers: BTreeSet<_> = entries.iter().map(|entry| entry.customer.clone()).collect();
        assert_eq!((entries.len(), customers.len()), (400, 400));
    }
}

#[test]
fn what_was_decided_on_an_older_state_is_not_added() {
    for stage in Stage::both() {
        let (mut one, mut other) = (stage.open(), stage.open());
        assert_eq!(one.append(0, &two_entries("first")).expect("added"), Appended::Added);
        assert_eq!(other.append(0, &two_entries("late")).expect("refused"), Appended::Moved);
        assert_eq!(other.append(3, &two_entries("early")).expect("refused"), Appended::Moved);
        assert_eq!(other.append(2, &[]).expect("nothing to add"), Appended::Added);
        assert_eq!(other.append(2, &two_entries("second")).expect("added"), Appended::Added);
        let names: Vec<_> =
            stage.entries().into_iter().map(|entry| (entry.number, entry.reason.unwrap_or_default())).collect();
        let expected = [(1, "first"), (2, "first"), (3, "second"), (4, "second")];
        assert_eq!(names, expected.map(|(number, name)| (number, name.to_owned())));
    }
}
