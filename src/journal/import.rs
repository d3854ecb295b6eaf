//! What a file of entries adds to a journal.

use std::collections::{HashMap, VecDeque};

use super::Entry;
use super::columns::{self, Cell};

/// The entries of `file` that are not in the journal `there` yet, in the order of the file, numbered
/// as they will be when they are appended.
///
/// An entry is there if the journal has one that says the same in every column but its number. If it
/// says the same as another one of the file (two calls in one second, say), the journal must have two:
/// so what happened twice stays twice, and the second import of a file adds nothing. What an entry
/// takes back (`undoes`) is renumbered with it.
#[must_use]
pub fn missing(there: &[Entry], file: &[Entry]) -> Vec<Entry> {
    let mut unmatched: HashMap<Vec<Cell<'_>>, VecDeque<u64>> = HashMap::new();
    for entry in there {
        unmatched.entry(content(entry, entry.undoes)).or_default().push_back(entry.number);
    }
    let mut next = there.last().map_or(0, |entry| entry.number) + 1;
    let mut renumbered: HashMap<u64, u64> = HashMap::new();
    let mut missing = Vec::new();
    for entry in file {
        let undoes = entry.undoes.and_then(|number| renumbered.get(&number).copied());
        let same = unmatched.get_mut(&content(entry, undoes)).and_then(VecDeque::pop_front);
        let number = same.unwrap_or(next);
        if same.is_none() {
            missing.push(Entry { number, undoes, ..entry.clone() });
            next += 1;
        }
        renumbered.insert(entry.number, number);
    }
    missing
}

/// All that an entry says but its number.
fn content(entry: &Entry, undoes: Option<u64>) -> Vec<Cell<'_>> {
    let undone = undoes.map_or(Cell::Empty, Cell::Number);
    let cells = columns::cells(entry).into_iter().skip(1);
    cells.take(columns::WIDTH - 2).chain([undone]).collect()
}
