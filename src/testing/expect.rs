//! What a line of a test expects, against what came: each difference is one finding, with its reason.

use crate::base::{Date, Diagnostic, Sources, Span, code};
use crate::journal::Memory;
use crate::ledger::{DocumentRow, Snapshot};
use crate::plan::{Plan, Procedure, Step};
use crate::run::why::{Line, Section, Verdict};
use crate::run::worklist::Row;
use crate::run::{self, Explanation, Worklist};
use crate::syntax::ast::{Name, StepRef};
use crate::testing::rows::Rows;

/// What a run showed on a day.
pub(super) struct Seen<'a> {
    pub(super) plan: &'a Plan,
    pub(super) sources: &'a Sources,
    pub(super) snapshot: &'a Snapshot,
    pub(super) memory: Memory,
    pub(super) date: Date,
    pub(super) worklist: &'a Worklist,
    pub(super) rows: &'a Rows<'a>,
}

/// Whether a row is of a step for a subject.
pub(super) fn is_of(row: &Row, subject: &Name, step: &StepRef, is_document: bool) -> bool {
    let for_subject = match &row.document {
        Some(document) => is_document && *document == subject.value,
        None => !is_document && row.customer == subject.value,
    };
    for_subject && row.procedure == step.procedure.value && row.step == step.step.value
}

/// A reason in one line, and the place in the program that it is about.
struct Reason {
    text: String,
    place: Option<Span>,
}

impl Seen<'_> {
    /// `expect F1 dispute.inform`
    pub(super) fn step(&self, subject: &Name, step: &StepRef, line: Span) -> Vec<Diagnostic> {
        if let Some(aside) = self.set_aside(subject, line) {
            return vec![aside];
        }
        let is_document = self.rows.customer_of(&subject.value).is_some();
        if self.worklist.rows.iter().any(|row| is_of(row, subject, step, is_document)) {
            return Vec::new();
        }
        let name = format!("{}.{}", step.procedure.value, step.step.value);
        let message = format!("`{name}` is not suggested for `{}` on {}", subject.value, self.date);
        let finding = Diagnostic::new(code::TEST_NOT_MET, message).label(line, self.instead(subject));
        vec![self.because(finding, subject, step)]
    }

    /// `expect C1 nothing from standard`
    pub(super) fn nothing(&self, subject: &Name, from: Option<&Name>, line: Span) -> Vec<Diagnostic> {
        if let Some(aside) = self.set_aside(subject, line) {
            return vec![aside];
        }
        let mut found: Vec<(String, StepRef, Name)> = Vec::new();
        for row in self.rows_of(subject).filter(|row| from.is_none_or(|from| from.value == row.procedure)) {
            let of = row.document.as_ref().unwrap_or(&row.customer);
            let told = format!("`{}.{}` is suggested for `{of}` on {}", row.procedure, row.step, self.date);
            if !found.iter().any(|(known, ..)| *known == told) {
                let name = |text: &str| Name::new(text.to_owned(), line);
                let step = StepRef { procedure: name(&row.procedure), step: name(&row.step) };
                found.push((told, step, name(of)));
            }
        }
        let expected = from
            .map_or_else(|| "expected: nothing".to_owned(), |from| format!("expected: nothing from `{}`", from.value));
        let finding = |(told, step, of): (String, StepRef, Name)| {
            self.because(Diagnostic::new(code::TEST_NOT_MET, told).label(line, &expected), &of, &step)
        };
        found.into_iter().map(finding).collect()
    }

    /// The rows about a subject: of a customer all; of a document those of its own and those that cover it.
    fn rows_of(&self, subject: &Name) -> impl Iterator<Item = &Row> {
        let owner = self.rows.customer_of(&subject.value);
        let id = subject.value.clone();
        self.worklist.rows.iter().filter(move |row| match &owner {
            None => row.customer == id,
            Some(owner) => {
                let covers = row.document.is_none() && row.documents.contains(&id);
                row.customer == *owner && (row.document.as_ref() == Some(&id) || covers)
            }
        })
    }

    /// What came in the place of what was expected.
    fn instead(&self, subject: &Name) -> String {
        let mut came: Vec<String> = Vec::new();
        for row in self.rows_of(subject) {
            let of = row.document.as_ref().filter(|document| **document != subject.value);
            let of = of.map_or_else(String::new, |document| format!(" of `{document}`"));
            let told = format!("`{}.{}`{of}", row.procedure, row.step);
            if !came.contains(&told) {
                came.push(told);
            }
        }
        if came.is_empty() { "nothing is suggested".to_owned() } else { format!("instead: {}", came.join(", ")) }
    }

    fn customer(&self, subject: &Name) -> String {
        self.rows.customer_of(&subject.value).unwrap_or_else(|| subject.value.clone())
    }

    /// Nothing can be expected of a customer that is set aside (`S21`).
    pub(super) fn set_aside(&self, subject: &Name, line: Span) -> Option<Diagnostic> {
        let customer = self.customer(subject);
        let aside = self.worklist.set_aside.iter().find(|aside| aside.customer == customer)?;
        let message = format!("`{customer}` is set aside on {}: {}", self.date, aside.diagnostic.message);
        let mut finding = Diagnostic::new(code::TEST_CANNOT_BE_PLAYED, message)
            .label(line, "nothing is suggested because of its data");
        finding.labels.extend(aside.diagnostic.labels.iter().filter(|_| aside.diagnostic.span().is_some()).cloned());
        finding.help.clone_from(&aside.diagnostic.help);
        Some(finding)
    }

    /// The finding with the reason why a step is, or is not, suggested.
    pub(super) fn because(&self, finding: Diagnostic, subject: &Name, step: &StepRef) -> Diagnostic {
        let reason = self.put_off(subject, step).or_else(|| self.why(subject, step));
        match reason {
            Some(Reason { text, place }) => {
                let read = format!("{text} {}", place.map_or("", |place| self.sources.slice(place)));
                let usual = self.rows.usual_in(&read, &subject.value);
                let usual = usual.iter().map(|(field, value)| format!("\n`{field}` is not given, so it is `{value}`"));
                let finding = finding.help(format!("why: {text}{}{}", self.at(place), usual.collect::<String>()));
                // A condition is shown; the name of a step or procedure would tell nothing new.
                place
                    .filter(|place| !self.is_name(*place))
                    .into_iter()
                    .fold(finding, |finding, place| finding.label(place, "this decides"))
            }
            None => finding,
        }
    }

    /// Whether a place is the name of a procedure or step.
    fn is_name(&self, place: Span) -> bool {
        let steps = |procedure: &Procedure| {
            let mut steps = procedure.steps.iter().chain(&procedure.at_stop);
            procedure.span == place || steps.any(|step| step.span == place)
        };
        self.plan.procedures.iter().any(steps)
    }

    /// ` (standard.proc:11)`
    fn at(&self, place: Option<Span>) -> String {
        let Some((source, span)) = place.and_then(|span| Some((self.sources.get(span.file)?, span))) else {
            return String::new();
        };
        format!(" ({}:{})", source.path, source.line_column(span.start as usize).0)
    }

    /// Why a row of the step is put off or withheld.
    fn put_off(&self, subject: &Name, step: &StepRef) -> Option<Reason> {
        let is_document = self.rows.customer_of(&subject.value).is_some();
        let deferred = self.worklist.deferred.iter().find(|late| is_of(&late.row, subject, step, is_document));
        let withheld = self.worklist.withheld.iter().find(|held| is_of(&held.row, subject, step, is_document));
        let text = match (deferred, withheld) {
            (Some(late), _) => format!("`{}` is put off to {}: {}", late.row.action, late.until, late.reason),
            (None, Some(held)) => format!("`{}` is withheld: {}", held.row.action, held.reason),
            (None, None) => return None,
        };
        let (_, step) = self.declared(step)?;
        Some(Reason { text, place: Some(step.span) })
    }

    fn declared(&self, step: &StepRef) -> Option<(&Procedure, &Step)> {
        let procedure = self.plan.procedures.iter().find(|procedure| procedure.name == step.procedure.value)?;
        let mut steps = procedure.steps.iter().chain(&procedure.at_stop);
        Some((procedure, steps.find(|candidate| candidate.name == step.step.value)?))
    }

    /// What `dunlin why` says of a step for a subject, in one line.
    fn why(&self, subject: &Name, step: &StepRef) -> Option<Reason> {
        let customer = self.customer(subject);
        let told: Explanation = run::why(self.plan, self.snapshot, &self.memory, self.date, &customer, self.sources)?;
        let (procedure, step) = self.declared(step)?;
        let Some(section) = told.sections.iter().find(|section| section.source == Some(procedure.span)) else {
            return told.sections.iter().find(|section| section.title == "assignment").and_then(assigned);
        };
        let document = self.rows.customer_of(&subject.value).map(|_| subject.value.as_str());
        let not_issued = self.not_issued(&customer, document, section);
        let not_issued = not_issued.map(|text| Reason { text, place: Some(procedure.span) });
        not_issued.or_else(|| of_section(section, document, procedure, step))
    }

    /// Nothing is told of documents before they are issued.
    fn not_issued(&self, customer: &str, document: Option<&str>, section: &Section) -> Option<String> {
        let mut rows = self.snapshot.documents.of(self.snapshot.customers.find(customer)?);
        let id = |row: &DocumentRow| self.snapshot.documents.id.get(row.0 as usize);
        let known = |row: &DocumentRow| self.snapshot.document_at(*row, self.date).is_some();
        match document {
            Some(document) => {
                let row = rows.find(|row| id(row) == document).filter(|row| !known(row))?;
                Some(format!("document {} is not issued by {}", id(&row), self.date))
            }
            None => {
                let all: Vec<DocumentRow> = rows.collect();
                let none = !all.is_empty() && !all.iter().any(known) && section.lines.iter().all(not_of_step);
                none.then(|| format!("no document of {customer} is issued by {}", self.date))
            }
        }
    }
}

fn not_of_step(line: &Line) -> bool {
    !line.text.starts_with("step ")
}

/// Which rule assigned another procedure.
fn assigned(section: &Section) -> Option<Reason> {
    let decided = section.lines.iter().find(|line| line.verdict == Verdict::Holds).or(section.lines.last())?;
    Some(Reason { text: format!("it is not assigned: {}", decided.text), place: decided.source })
}

/// What is told of a step; where nothing is, why its procedure does not run.
fn of_section(section: &Section, document: Option<&str>, procedure: &Procedure, step: &Step) -> Option<Reason> {
    let about = |line: &&Line| {
        document.is_some_and(|id| {
            let rest = line.text.strip_prefix("document ").and_then(|rest| rest.strip_prefix(id));
            rest.is_some_and(|rest| rest.starts_with([':', ' ']))
        })
    };
    let own = section.lines.iter().find(about);
    let lines: &[Line] = match (document, own) {
        (Some(_), Some(line)) if line.details.is_empty() => std::slice::from_ref(line),
        (Some(_), Some(line)) => &line.details,
        (Some(_), None) => &[],
        (None, _) => &section.lines,
    };
    let named = format!("step {} ", step.name);
    let of_step = lines.iter().find(|line| line.source == Some(step.span) && line.text.starts_with(&named));
    let first = |verdict, word| lines.iter().find(|line| line.verdict == verdict && line.text.starts_with(word));
    let of_conditions = || first(Verdict::DoesNotHold, "start when ").or_else(|| first(Verdict::Holds, "stop when "));
    let decided = of_step.or_else(of_conditions);
    let reason = |line: &Line| {
        // A step may not be reached any more because another document leads since one was paid.
        let paid = lines.iter().filter(|other| line.verdict == Verdict::NotYet && is_settled(other));
        let texts: Vec<&str> = std::iter::once(line).chain(paid).map(|line| line.text.as_str()).collect();
        Reason { text: texts.join("; "), place: Some(line.source.unwrap_or(procedure.span)) }
    };
    decided
        .map(reason)
        .or_else(|| not_followed(lines, procedure))
        .or_else(|| first(Verdict::NotRunning, "").or(lines.last()).map(reason))
}

fn is_settled(line: &Line) -> bool {
    line.verdict == Verdict::NotFollowed && line.text.contains(" is settled since ")
}

/// Why a procedure follows none of the documents told of, if it follows none.
fn not_followed(lines: &[Line], procedure: &Procedure) -> Option<Reason> {
    const MOST_TOLD: usize = 3;
    if lines.iter().any(|line| matches!(line.verdict, Verdict::Leads | Verdict::Followed)) {
        return None;
    }
    let told: Vec<&Line> = lines.iter().filter(|line| line.verdict == Verdict::NotFollowed).collect();
    let mut texts: Vec<&str> = told.iter().take(MOST_TOLD).map(|line| line.text.as_str()).collect();
    texts.extend((told.len() > MOST_TOLD).then_some("…"));
    let place = told.iter().find_map(|line| line.source).or(Some(procedure.span));
    (!texts.is_empty()).then(|| Reason { text: texts.join("; "), place })
}
