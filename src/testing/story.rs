//! The story of a test: its lines in order, over a ledger and a journal that change with them.

use crate::base::{Date, Diagnostic, Label, Place, Sources, code};
use crate::journal::{Entry, Event, Memory};
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::worklist::Row;
use crate::run::{self, Recorder, Worklist, notices};
use crate::syntax::ast::{self, EventKind, Name, StepRef};
use crate::testing::expect::{self, Seen};
use crate::testing::rows::Rows;

/// The subject and step of a line that expects or reports a step.
#[derive(PartialEq)]
struct StepLine<'e> {
    subject: &'e Name,
    step: &'e StepRef,
}

impl<'e> StepLine<'e> {
    const fn of(event: &'e ast::Event) -> Option<Self> {
        match &event.kind {
            EventKind::Expect { subject, step } | EventKind::Outcome { subject, step, .. } => {
                Some(Self { subject, step })
            }
            _ => None,
        }
    }
}

/// A story while it is told.
pub(super) struct Story<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    recorder: Option<&'a Recorder>,
    rows: Rows<'a>,
    snapshot: Snapshot,
    journal: Vec<Entry>,
    /// What the committed runs suggested, and what somebody may still report.
    suggested: Vec<Row>,
    /// The committed run of that day, while nothing has happened since.
    last: Option<(Date, Worklist)>,
}

impl<'a> Story<'a> {
    /// A story that begins with `rows`.
    ///
    /// # Errors
    /// What of the rows cannot be read.
    pub(super) fn new(
        plan: &'a Plan,
        sources: &'a Sources,
        recorder: Option<&'a Recorder>,
        rows: Rows<'a>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let snapshot = rows.snapshot()?;
        Ok(Self { plan, sources, recorder, rows, snapshot, journal: Vec::new(), suggested: Vec::new(), last: None })
    }

    /// Plays the lines in order; every expectation that is not met is a finding. A line that cannot be
    /// played ends the story, which is said once.
    pub(super) fn play(mut self, events: &[ast::Event]) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut missed: Vec<(&StepLine<'_>, usize)> = Vec::new();
        let lines: Vec<Option<StepLine<'_>>> = events.iter().map(StepLine::of).collect();
        for (place, (event, line)) in events.iter().zip(&lines).enumerate() {
            match self.event(event) {
                Ok(found) => {
                    missed.retain(|(missed, _)| line.as_ref() != Some(*missed));
                    missed.extend(line.iter().filter(|_| !found.is_empty()).map(|line| (line, findings.len())));
                    findings.extend(found);
                }
                Err(found) => {
                    // That what did not come cannot be reported follows from it: it is one mistake.
                    let known = missed.iter().find(|(missed, _)| line.as_ref() == Some(*missed));
                    match known {
                        Some((_, finding)) => self.not_played(findings.get_mut(*finding), Some(event)),
                        None => {
                            findings.extend(found);
                            self.not_played(findings.last_mut(), events.get(place + 1));
                        }
                    }
                    break;
                }
            }
        }
        findings
    }

    /// Says in the last finding that the story was not played from `event` on, if there is one.
    fn not_played(&self, finding: Option<&mut Diagnostic>, event: Option<&ast::Event>) {
        let (Some(finding), Some(event)) = (finding, event) else { return };
        let line =
            self.sources.get(event.span.0.file).map_or(0, |source| source.line_column(event.span.0.start as usize).0);
        let text = format!("from here, line {line}, the rest of the test was not played");
        finding.labels.push(Label { place: Place::Text(event.span.0), text });
    }

    /// One line: what it expects and does not find, or why the story cannot go on.
    fn event(&mut self, event: &ast::Event) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let (date, span) = (event.date.value, event.span.0);
        match &event.kind {
            EventKind::Expect { subject, step } => {
                self.commit(date);
                return Ok(self.seen(date).map(|seen| seen.step(subject, step, span)).unwrap_or_default());
            }
            EventKind::ExpectNothing { subject, from } => {
                self.commit(date);
                return Ok(self.seen(date).map(|seen| seen.nothing(subject, from.as_ref(), span)).unwrap_or_default());
            }
            EventKind::Outcome { outcome, subject, step, result } => {
                let told = if outcome.value == "done" { Event::Done } else { Event::Skipped };
                self.report(told, event, subject, step, result.as_ref()).map_err(|finding| vec![*finding])?;
            }
            EventKind::Paid { document, amount } => {
                let open = self.open_amount(document, date).ok_or_else(|| vec![not_open(document, date)])?;
                let paid = self.rows.pay(document, amount.as_ref(), open, date, span);
                paid.map_err(|finding| vec![*finding])?;
            }
            EventKind::Set { subject, field, value } => {
                self.rows.set(subject, field, value).map_err(|finding| vec![*finding])?;
            }
            EventKind::Hold { subject, until } => {
                self.rows.hold(subject, date, until.as_ref().map(|until| until.value), span);
            }
            EventKind::Promise { subject, amount, until } => {
                self.rows.promise(subject, amount.as_ref(), date, until.value, span);
            }
        }
        self.last = None;
        if !matches!(event.kind, EventKind::Outcome { .. }) {
            self.snapshot = self.rows.snapshot()?;
        }
        Ok(Vec::new())
    }

    fn memory(&self) -> Memory {
        Memory::new(&self.journal, &self.snapshot)
    }

    fn run(&self, date: Date) -> Worklist {
        run::run_recorded(self.plan, &self.snapshot, &self.memory(), date, self.recorder)
    }

    /// Commits the run of a day (`S26`), unless that is done and nothing has happened since.
    fn commit(&mut self, date: Date) {
        if self.last.as_ref().is_some_and(|(last, _)| *last == date) {
            return;
        }
        let list = self.run(date);
        let committed = self.memory().last_commit() == Some(date);
        for entry in notices::entries(&list, self.sources, date, committed).unwrap_or_default() {
            self.append(entry);
        }
        let rows = list.rows.iter().chain(list.deferred.iter().map(|deferred| &deferred.row));
        self.suggested.extend(rows.cloned());
        self.last = Some((date, list));
    }

    /// What was seen on the day of the last commit.
    fn seen(&self, date: Date) -> Option<Seen<'_>> {
        let (_, worklist) = self.last.as_ref()?;
        Some(self.seen_in(worklist, date))
    }

    fn seen_in<'s>(&'s self, worklist: &'s Worklist, date: Date) -> Seen<'s> {
        Seen {
            plan: self.plan,
            sources: self.sources,
            snapshot: &self.snapshot,
            memory: self.memory(),
            date,
            worklist,
            rows: &self.rows,
        }
    }

    fn append(&mut self, entry: Entry) {
        let number = self.journal.len() as u64 + 1;
        self.journal.push(Entry { number, ..entry });
    }

    /// `done C1 standard.call_1 result promised`: of what is suggested that day, else of what was
    /// suggested last and has no outcome since.
    fn report(
        &mut self,
        told: Event,
        event: &ast::Event,
        subject: &Name,
        step: &StepRef,
        result: Option<&Name>,
    ) -> Result<(), Box<Diagnostic>> {
        let date = event.date.value;
        let is_meant = |row: &&Row| expect::is_of(row, subject, step, self.rows.customer_of(&subject.value).is_some());
        let today = self.run(date);
        let mut rows: Vec<Row> = today.rows.iter().filter(is_meant).cloned().collect();
        if rows.is_empty() {
            rows.extend(today.deferred.iter().map(|deferred| &deferred.row).filter(is_meant).cloned());
        }
        if rows.is_empty() {
            let earlier: Vec<&Row> = self.suggested.iter().filter(is_meant).collect();
            let last = earlier.iter().map(|row| row.date).max();
            rows.extend(earlier.into_iter().filter(|row| Some(row.date) == last && !self.is_told(row)).cloned());
        }
        if rows.is_empty() {
            return Err(Box::new(self.not_suggested(&today, event, subject, step)));
        }
        for row in rows {
            self.append(Entry { result: result.map(|result| result.value.clone()), ..row.entry(told, date) });
        }
        Ok(())
    }

    /// Why `done` or `skip` has nothing to report.
    fn not_suggested(&self, today: &Worklist, event: &ast::Event, subject: &Name, step: &StepRef) -> Diagnostic {
        let date = event.date.value;
        let seen = self.seen_in(today, date);
        if let Some(aside) = seen.set_aside(subject, event.span.0) {
            return aside;
        }
        let (procedure, name) = (&step.procedure, &step.step);
        let finding = Diagnostic::new(
            code::TEST_NOTHING_TO_REPORT,
            format!("`{}.{}` of `{}` is not suggested by {date}", procedure.value, name.value, subject.value),
        )
        .label(procedure.span.to(name.span), "nothing to report");
        let finding = seen.because(finding, subject, step);
        let why = finding.help.clone().map_or_else(String::new, |why| format!("{why}\n"));
        finding.help(format!(
            "{why}write the day on which it is suggested; what was done unasked is history: \
             `history of {} {{ date: {date}  procedure: {}  step: {}  outcome: done }}`",
            subject.value, procedure.value, name.value
        ))
    }

    /// Whether a row has an outcome.
    fn is_told(&self, row: &Row) -> bool {
        let outcomes = self.journal.iter().filter(|entry| matches!(entry.event, Event::Done | Event::Skipped));
        outcomes.filter_map(|entry| entry.row.as_ref()).any(|told| told.id == row.id)
    }

    /// What of a document is open on a day; `None` if nothing is, or it is not issued yet.
    fn open_amount(&self, document: &Name, date: Date) -> Option<String> {
        let customer = self.snapshot.customers.find(&self.rows.customer_of(&document.value)?)?;
        let mut rows = self.snapshot.documents.of(customer);
        let row = rows.find(|row| self.snapshot.documents.id.get(row.0 as usize) == document.value)?;
        let state = self.snapshot.document_at(row, date).filter(|state| state.open)?;
        Some(state.open_amount.to_string())
    }
}

fn not_open(document: &Name, date: Date) -> Diagnostic {
    Diagnostic::new(
        code::TEST_CANNOT_BE_PLAYED,
        format!("nothing of `{}` is open on {date}, so nothing can be paid", document.value),
    )
    .label(document.span, format!("not issued by {date}, or paid already"))
    .help("write a later day, or give the document an earlier `issue_date`")
}
