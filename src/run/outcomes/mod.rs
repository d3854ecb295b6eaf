//! Outcomes: what people and systems report about the rows of a worklist (`S24`, `S25`).
//!
//! [`Book`] says what a report comes to: an entry of the journal, nothing new, or a refusal.

mod read;
mod sheet;

use std::collections::BTreeMap;

pub use read::read;
pub use sheet::SheetRow;

use crate::base::text::nearest;
use crate::base::{DataPlace, Date, Diagnostic, code, text};
use crate::journal::{Entry, Event, Memory, RowKey};
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::worklist::{Row, Withheld, Worklist};

/// How many committed days back the row of a report is looked for.
const MOST_DAYS_BACK: usize = 31;
/// How many days after the last commit an outcome may be dated; more is a slip of the pen.
const MOST_DAYS_AHEAD: i64 = 31;
/// From how many characters on the beginning of an id stands for it.
const SHORTEST_ID: usize = 4;

/// A report about one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The id of the row, or enough of its beginning.
    pub id: String,
    /// What is reported: [`Event::Done`], [`Event::Skipped`] or [`Event::Undone`].
    pub event: Event,
    /// What came of it.
    pub result: Option<String>,
    /// Who says so.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands, in a file.
    pub place: Option<DataPlace>,
    /// The row as the file has it.
    pub row: Option<SheetRow>,
}

/// What a report comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// This is to be written down.
    Entry(Box<Entry>),
    /// It is written down already, as this sentence says.
    Known(String),
    /// It cannot be taken.
    Refused(Diagnostic),
}

/// What is known about rows: what earlier and present runs suggest, and what was reported.
pub struct Book<'a> {
    plan: &'a Plan,
    snapshot: &'a Snapshot,
    memory: &'a Memory,
    /// The day of the reports.
    date: Date,
    /// What was reported and not taken back, by the id of the row; the last counts.
    reported: BTreeMap<String, Entry>,
    /// What was taken back, by the id of the row.
    taken_back: BTreeMap<String, Entry>,
    /// The rows of the worklists looked at, by id.
    rows: BTreeMap<String, Found>,
    /// The days that were not looked at yet, the last first.
    earlier: Vec<Date>,
    /// The number that the next entry gets.
    next: u64,
}

impl<'a> Book<'a> {
    /// The book of `date`; `entries` are those of the journal.
    #[must_use]
    pub fn new(plan: &'a Plan, snapshot: &'a Snapshot, memory: &'a Memory, entries: &[Entry], date: Date) -> Self {
        let mut earlier: Vec<Date> = memory.commits(date).to_vec();
        earlier.dedup();
        earlier.retain(|commit| *commit < date);
        let back = earlier.len().saturating_sub(MOST_DAYS_BACK);
        let mut book = Self {
            plan,
            snapshot,
            memory,
            date,
            reported: BTreeMap::new(),
            taken_back: BTreeMap::new(),
            rows: BTreeMap::new(),
            earlier: earlier.split_off(back),
            next: memory.head + 1,
        };
        book.look_at(date);
        for entry in entries {
            book.note(entry);
        }
        book
    }

    /// What a report comes to. What it adds is known to the next one.
    pub fn answer(&mut self, report: &Report) -> Answer {
        let answer = match report.event {
            Event::Undone => self.undo(report),
            _ => self.outcome(report),
        };
        match answer {
            Ok(Answer::Entry(entry)) => {
                let entry = Box::new(Entry { number: self.next, ..*entry });
                self.next += 1;
                self.note(&entry);
                Answer::Entry(entry)
            }
            Ok(answer) => answer,
            Err(refused) => Answer::Refused(match &report.place {
                Some(place) => refused.at_data(place.clone(), ""),
                None => *refused,
            }),
        }
    }

    fn note(&mut self, entry: &Entry) {
        let Some(row) = &entry.row else { return };
        match entry.event {
            Event::Done | Event::Skipped => {
                self.taken_back.remove(&row.id);
                self.reported.insert(row.id.clone(), entry.clone());
            }
            Event::Undone => {
                self.reported.remove(&row.id);
                self.taken_back.insert(row.id.clone(), entry.clone());
            }
            _ => {}
        }
    }

    fn outcome(&mut self, report: &Report) -> Result<Answer, Box<Diagnostic>> {
        let id = self.known_id(report)?;
        if let Some(before) = id.as_ref().and_then(|id| self.reported.get(id)) {
            return self.known(report, before);
        }
        if report.event == Event::Skipped && report.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            let help = "say why with `--reason`, or in the column `reason` of the file";
            return Err(refused(format!("row `{}` is skipped without a reason", report.id), help));
        }
        let entry = match id.and_then(|id| self.rows.get(&id)) {
            Some(Found::Row(row)) => row.entry(report.event, self.date),
            Some(Found::Withheld(Withheld { reason, .. })) => {
                let message = format!("row `{}` is withheld, so it has no outcome: {reason}", report.id);
                return Err(refused(message, "mend what withholds it, and run again"));
            }
            None => match &report.row {
                Some(row) => row.entry(self.plan, report.event, self.date).ok_or_else(|| self.unknown(report))?,
                None => return Err(self.unknown(report)),
            },
        };
        self.check_date(report, &entry)?;
        self.check_result(report, &entry)?;
        let [result, by, reason] = [&report.result, &report.by, &report.reason].map(Clone::clone);
        Ok(Answer::Entry(Box::new(Entry { result, by, reason, ..entry })))
    }

    fn undo(&mut self, report: &Report) -> Result<Answer, Box<Diagnostic>> {
        let id = self.known_id(report)?;
        let Some(id) = id else { return Err(self.unknown(report)) };
        let Some(before) = self.reported.get(&id) else {
            return match self.taken_back.get(&id) {
                Some(undone) => Ok(Answer::Known(format!("{} was taken back on {}", told(undone), undone.date))),
                None => {
                    Err(refused(format!("row `{}` has no outcome to take back", report.id), "see `dunlin journal`"))
                }
            };
        };
        if before.date > self.date {
            let message = format!("the outcome of row `{}` is dated {}, after {}", report.id, before.date, self.date);
            return Err(refused(message, format!("take it back with `--date {}`", before.date)));
        }
        let undone = Entry {
            number: 0,
            recorded_at: String::new(),
            date: self.date,
            event: Event::Undone,
            undoes: Some(before.number),
            result: None,
            by: report.by.clone(),
            reason: report.reason.clone(),
            ..before.clone()
        };
        Ok(Answer::Entry(Box::new(undone)))
    }

    /// The whole id that is meant: itself, or the only one that begins so. `None` if none is known.
    fn known_id(&mut self, report: &Report) -> Result<Option<String>, Box<Diagnostic>> {
        loop {
            let ids = self.ids_like(&report.id);
            match ids.as_slice() {
                [id] => return Ok(Some(id.clone())),
                [] => {
                    let Some(date) = self.earlier.pop() else { return Ok(None) };
                    self.look_at(date);
                }
                several => {
                    let message = format!("more than one row has an id that begins with `{}`", report.id);
                    return Err(refused(message, format!("write more of it: {}", text::choice(several))));
                }
            }
        }
    }

    /// The id itself, or up to three that begin so.
    fn ids_like(&self, written: &str) -> Vec<String> {
        let known =
            |id: &str| self.rows.contains_key(id) || self.reported.contains_key(id) || self.taken_back.contains_key(id);
        if known(written) {
            return vec![written.to_owned()];
        }
        if written.len() < SHORTEST_ID {
            return Vec::new();
        }
        let mut ids: Vec<String> = begins(&self.rows, written)
            .chain(begins(&self.reported, written))
            .chain(begins(&self.taken_back, written))
            .cloned()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(3);
        ids
    }

    /// Adds the rows of the run of a day that are not known yet.
    fn look_at(&mut self, date: Date) {
        let Worklist { rows, deferred, withheld, .. } = crate::run::run(self.plan, self.snapshot, self.memory, date);
        let open = rows.into_iter().chain(deferred.into_iter().map(|deferred| deferred.row)).map(Found::Row);
        for found in open.chain(withheld.into_iter().map(Found::Withheld)) {
            self.rows.entry(found.row().id.clone()).or_insert(found);
        }
    }

    /// A second report about a row: the same is no news, another needs the first taken back.
    fn known(&self, report: &Report, before: &Entry) -> Result<Answer, Box<Diagnostic>> {
        let undo = |date: String| format!("take that back first: `dunlin undo {}{date}`", report.id);
        if before.date > self.date {
            let message = format!("row `{}` is reported as {} on {}", report.id, before.event.word(), before.date);
            return Err(refused(message, undo(format!(" --date {}", before.date))));
        }
        let same = before.event == report.event && (report.result.is_none() || report.result == before.result);
        if same {
            return Ok(Answer::Known(format!("{} was reported already, on {}", told(before), before.date)));
        }
        let result = before.result.as_ref().map_or_else(String::new, |result| format!(" with the result `{result}`"));
        let message = format!("row `{}` is {} since {}{result}", report.id, before.event.word(), before.date);
        Err(refused(message, undo(String::new())))
    }

    /// An outcome is not older than its row, and not far from the days that were committed.
    fn check_date(&self, report: &Report, entry: &Entry) -> Result<(), Box<Diagnostic>> {
        let listed = report.row.as_ref().and_then(|row| row.date);
        if let Some(due) = listed.max(entry.since).filter(|due| *due > self.date) {
            let message = format!("row `{}` is of {due}, so nothing was done about it on {}", report.id, self.date);
            return Err(refused(message, format!("date the outcome with `--date {due}` or later")));
        }
        if let Some(last) = self.memory.last_commit().filter(|last| self.date.days_since(*last) > MOST_DAYS_AHEAD) {
            let message =
                format!("{} is {} days after the last committed run, of {last}", self.date, self.date.days_since(last));
            return Err(refused(message, "correct the date, or commit the run of that day first"));
        }
        Ok(())
    }

    /// The result must be one of those that the step lists, if it lists any.
    fn check_result(&self, report: &Report, entry: &Entry) -> Result<(), Box<Diagnostic>> {
        let named = |names: &[String], name: Option<&str>| names.iter().any(|known| Some(known.as_str()) == name);
        let mut procedures = self.plan.procedures.iter();
        let procedure = procedures.find(|one| named(&one.known_as, entry.procedure.as_deref()));
        let mut steps = procedure.into_iter().flat_map(|one| one.steps.iter().chain(&one.at_stop));
        let step = steps.find(|one| named(&one.known_as, entry.step.as_deref()));
        let (Some(result), Some(known)) = (&report.result, step.and_then(|step| step.results.as_ref())) else {
            return Ok(());
        };
        if known.code(result).is_some() {
            return Ok(());
        }
        let step = entry.step.as_deref().unwrap_or("");
        let message = format!("step `{step}` does not know the result `{result}`");
        let near = nearest(result, known.values().iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it knows {}", text::enumeration(known.values())),
        };
        Err(refused(message, help))
    }

    fn unknown(&self, report: &Report) -> Box<Diagnostic> {
        if report.id.len() < SHORTEST_ID {
            let message = format!("`{}` is too short for the beginning of an id", report.id);
            return refused(message, format!("write at least {SHORTEST_ID} characters of it"));
        }
        let message = format!("no row of the worklist has the id `{}`", report.id);
        // Of an id that was shortened the beginnings are compared.
        let ids = self.rows.keys().chain(self.reported.keys());
        let near = nearest(&report.id, ids.map(|id| id.get(..report.id.len()).unwrap_or(id)));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.memory.last_commit().is_none() => {
                "no run was committed yet: commit the run of which you report with `dunlin run --commit`".to_owned()
            }
            None => format!("the ids of {} are those of `dunlin run --date {}`", self.date, self.date),
        };
        refused(message, help)
    }
}

/// A row of a worklist.
enum Found {
    /// Suggested or put off.
    Row(Row),
    Withheld(Withheld),
}

impl Found {
    const fn row(&self) -> &Row {
        match self {
            Self::Row(row) => row,
            Self::Withheld(withheld) => &withheld.row,
        }
    }
}

/// The keys that begin so.
fn begins<'m, T>(map: &'m BTreeMap<String, T>, written: &'m str) -> impl Iterator<Item = &'m String> {
    map.range(written.to_owned()..).map(|(id, _)| id).take_while(move |id| id.starts_with(written))
}

/// What an entry records, in words: `done on 2026-03-05: call customer of standard.call_1 for C1, result promised`.
#[must_use]
pub fn sentence(entry: &Entry) -> String {
    let word = if entry.event == Event::Undone { "taken back" } else { entry.event.word() };
    let result = entry.result.as_ref().map_or_else(String::new, |result| format!(", result {result}"));
    format!("{word} on {}: {}{result}", entry.date, told(entry))
}

/// `call customer of standard.call_1 for C1`
fn told(entry: &Entry) -> String {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let action = entry.row.as_ref().map_or_else(String::new, |row: &RowKey| match row.recipient.as_str() {
        "" => row.action.clone(),
        recipient => format!("{} {recipient}", row.action),
    });
    let document = entry.document.as_ref().map_or_else(String::new, |document| format!(" {document}"));
    format!("{action} of {}.{} for {}{document}", text(&entry.procedure), text(&entry.step), text(&entry.customer))
}

fn refused(message: impl Into<String>, help: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(code::OUTCOME_REFUSED, message).help(help))
}
