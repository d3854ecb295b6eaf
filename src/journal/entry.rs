//! One entry of the journal, as every store, file and list has it.

use crate::base::{Currency, Date};

/// Something that happened. Texts are as they were then: names of procedures and steps may have
/// changed since, which `was` in the program tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the journal, counted from 1; 0 until it is stored.
    pub number: u64,
    /// When it was written down, as `2026-03-02T06:00:11Z`. For auditors: nothing is computed from it.
    pub recorded_at: String,
    /// The day it belongs to.
    pub date: Date,
    /// What happened.
    pub event: Event,
    /// The customer; none for what concerns the whole run.
    pub customer: Option<String>,
    /// The document, where the subject is one.
    pub document: Option<String>,
    /// The procedure.
    pub procedure: Option<String>,
    /// The step.
    pub step: Option<String>,
    /// The row of the worklist, of an outcome or a deferral.
    pub row: Option<RowKey>,
    /// For a start the day from which it counts (`start … from`); for a completion the day on which
    /// its start condition did not hold any more, so that it may start again (`S11`); for a row the
    /// day on which its step was reached or fell due.
    pub since: Option<Date>,
    /// For a deferral the day to which the row is put off.
    pub until: Option<Date>,
    /// What was reported back.
    pub result: Option<String>,
    /// Who did it or said so.
    pub by: Option<String>,
    /// Why: the condition of a start or stop as written, the remark of a person.
    pub reason: Option<String>,
    /// The number of the entry that this one takes back.
    pub undoes: Option<u64>,
}

/// The row of a worklist that an outcome or a deferral is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    /// Its id (`S24`).
    pub id: String,
    /// The position of its action in the step, counted from 1.
    pub position: u32,
    /// The name of its action.
    pub action: String,
    /// `customer`, a role, or empty.
    pub recipient: String,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Of how many rows its step consisted then: the step is processed when each has an outcome.
    pub of: u32,
}

/// What an entry says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A run was committed.
    Committed,
    /// A procedure started for its subject (`S8`).
    Started,
    /// It ended (`S10`).
    Stopped,
    /// It ended because another procedure was assigned (`S15`).
    Reassigned,
    /// Its last step has an outcome (`S11`).
    Completed,
    /// A row was put off (`S22`, `S23`).
    Deferred,
    /// A row was executed.
    Done,
    /// A row was left out on purpose.
    Skipped,
    /// The customer was contacted, outside of any step where none is named (`S22`).
    Contact,
    /// An earlier entry is taken back.
    Undone,
}

impl Event {
    /// Every event with its word in files and lists.
    pub const WORDS: &[(Self, &str)] = &[
        (Self::Committed, "committed"),
        (Self::Started, "started"),
        (Self::Stopped, "stopped"),
        (Self::Reassigned, "reassigned"),
        (Self::Completed, "completed"),
        (Self::Deferred, "deferred"),
        (Self::Done, "done"),
        (Self::Skipped, "skipped"),
        (Self::Contact, "contact"),
        (Self::Undone, "undone"),
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(event, _)| *event == self).map_or("", |(_, word)| word)
    }

    /// The event of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(event, _)| *event)
    }
}

impl Entry {
    /// An entry of `event` on `date`, about nothing yet.
    #[must_use]
    pub const fn new(event: Event, date: Date) -> Self {
        Self {
            number: 0,
            recorded_at: String::new(),
            date,
            event,
            customer: None,
            document: None,
            procedure: None,
            step: None,
            row: None,
            since: None,
            until: None,
            result: None,
            by: None,
            reason: None,
            undoes: None,
        }
    }
}
