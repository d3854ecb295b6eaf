//! Who stands behind a line: a table to choose from.

use std::collections::BTreeSet;

use crate::compare::Part;
use crate::compare::people::{Shift, Subject};
use crate::ide::lens::figures::{counted, opened};
use crate::ide::lens::{Behind, Figures, Place, Run, What};
use crate::run::worklist::{Row, RowMode, SetAside};

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What it shows.
    pub title: String,
    /// The heads of its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Entry>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The id of the customer that it is about.
    pub customer: Option<String>,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A table has no more rows than this: nobody reads on.
pub const MOST_ROWS: usize = 1000;

/// The name of a customer, by id.
type Names<'n> = dyn Fn(&str) -> Option<String> + 'n;

impl Figures {
    /// Who stands behind a line; `None` where that is not known any more. `name` gives the name of a customer by id.
    #[must_use]
    pub fn list(&self, behind: &Behind, name: &Names<'_>) -> Option<List> {
        let mut list = match &behind.place {
            Place::Test(path, title) => self.failures(path, title)?,
            Place::Part(part) => {
                let people = People { run: self.run()?, name };
                match behind.what {
                    What::All => people.all(part),
                    What::SetAside => people.set_aside(),
                    What::Against => people.differing(part)?,
                }
            }
        };
        if list.rows.len() > MOST_ROWS {
            let all = counted(list.rows.len(), "row", "rows");
            list.title = format!("{}: the first {MOST_ROWS} of {all}", list.title);
            list.rows.truncate(MOST_ROWS);
        }
        Some(list)
    }

    fn failures(&self, path: &str, title: &str) -> Option<List> {
        let findings = &self.test(path, title)?.findings;
        let cells =
            findings.iter().map(|finding| vec![finding.message.clone(), finding.help.clone().unwrap_or_default()]);
        let rows = cells.map(|cells| Entry { customer: None, cells }).collect();
        Some(List { title: format!("test \"{title}\""), columns: vec!["what came", "help"], rows })
    }
}

struct People<'a> {
    run: &'a Run,
    name: &'a Names<'a>,
}

impl People<'_> {
    fn entry(&self, customer: &str, more: impl IntoIterator<Item = String>) -> Entry {
        let mut cells = vec![customer.to_owned(), (self.name)(customer).unwrap_or_default()];
        cells.extend(more);
        Entry { customer: Some(customer.to_owned()).filter(|id| !id.is_empty()), cells }
    }

    fn title(&self, part: &Part) -> String {
        let date = self.run.date;
        match part {
            Part::Rule(rule) => format!("rule {rule} on {date}"),
            Part::Procedure(procedure) => format!("procedure {procedure} on {date}"),
            Part::Step(procedure, step) => format!("{procedure}.{step} on {date}"),
            _ => format!("worklist of {date}"),
        }
    }

    /// Everybody whom a part reaches.
    fn all(&self, part: &Part) -> List {
        let (columns, rows): (&[&str], Vec<Entry>) = match part {
            Part::Rule(rule) => (&["customer", "name"], self.assigned(rule)),
            Part::Procedure(procedure) => (&["customer", "name", "document", "step", "open"], self.running(procedure)),
            Part::Step(procedure, step) => {
                let columns = &["customer", "name", "action", "by", "amount", "documents", "days in procedure"];
                (columns, self.rows(procedure, step))
            }
            _ => {
                let columns = &["customer", "name", "step", "action", "by", "amount", "documents", "days in procedure"];
                (columns, self.worklist())
            }
        };
        List { title: self.title(part), columns: columns.to_vec(), rows }
    }

    fn assigned(&self, rule: &str) -> Vec<Entry> {
        let place = self.run.rule(rule);
        let places = self.run.survey.places.iter().filter(|stands| place.is_some() && stands.rule == place);
        places.map(|stands| self.entry(&stands.customer, [])).collect()
    }

    fn running(&self, procedure: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        for place in &self.run.survey.places {
            for running in place.running.iter().filter(|running| running.procedure == procedure) {
                let step = running.step.clone().unwrap_or_else(|| "before its first step".to_owned());
                let document = running.document.clone().unwrap_or_default();
                let open = opened([running]);
                entries.push(self.entry(&place.customer, [document, step, open]));
            }
        }
        entries
    }

    /// The rows of a step: suggested, put off, withheld.
    fn rows(&self, procedure: &str, step: &str) -> Vec<Entry> {
        let worklist = &self.run.survey.worklist;
        let is_here = |row: &Row| row.procedure == procedure && row.step == step;
        let suggested = worklist.rows.iter().map(|row| (row, String::new()));
        let put_off = worklist.deferred.iter().map(|it| (&it.row, format!(", put off to {}: {}", it.until, it.reason)));
        let withheld = worklist.withheld.iter().map(|it| (&it.row, format!(", withheld: {}", it.reason)));
        let all = suggested.chain(put_off).chain(withheld).filter(|(row, _)| is_here(row));
        all.map(|(row, remark)| self.row(row, &remark)).collect()
    }

    /// All rows that are suggested.
    fn worklist(&self) -> Vec<Entry> {
        let step = |row: &Row| format!("{}.{}", row.procedure, row.step);
        let entry = |row: &Row| self.entry(&row.customer, std::iter::once(step(row)).chain(cells(row, "")));
        self.run.survey.worklist.rows.iter().map(entry).collect()
    }

    fn row(&self, row: &Row, remark: &str) -> Entry {
        self.entry(&row.customer, cells(row, remark))
    }

    fn set_aside(&self) -> List {
        let entry = |aside: &SetAside| self.entry(&aside.customer, [aside.diagnostic.message.clone()]);
        let rows = self.run.survey.worklist.set_aside.iter().map(entry).collect();
        let title = format!("set aside on {}", self.run.date);
        List { title, columns: vec!["customer", "name", "reason"], rows }
    }

    /// Those for whom a part differs from the last commit.
    fn differing(&self, part: &Part) -> Option<List> {
        let shift = self.run.shifts.get(part)?;
        let title = match part {
            Part::Ledger => format!("something else than at the last commit, on {}", self.run.date),
            _ => format!("{}, against the last commit", self.title(part)),
        };
        let rows = match part {
            Part::Ledger => self.moved(shift),
            _ => self.shifted(part, shift),
        };
        Some(List { title, columns: vec!["customer", "name", "document", "difference"], rows })
    }

    fn shifted(&self, part: &Part, shift: &Shift) -> Vec<Entry> {
        let kinds = [(&shift.more, "new"), (&shift.fewer, "no longer"), (&shift.otherwise, "changed")];
        let entry = |subject: &Subject, word: &str| {
            let document = subject.document.clone().unwrap_or_default();
            let steps = match part {
                Part::Procedure(procedure) => self.steps(&subject.customer, Some(procedure)),
                _ => String::new(),
            };
            let colon = if steps.is_empty() { "" } else { ": " };
            self.entry(&subject.customer, [document, format!("{word}{colon}{steps}")])
        };
        kinds.into_iter().flat_map(|(of, word)| of.iter().map(move |subject| entry(subject, word))).collect()
    }

    /// The customers who get something else, each with the steps that it is about.
    fn moved(&self, shift: &Shift) -> Vec<Entry> {
        let entry = |subject: &Subject| {
            let steps = self.steps(&subject.customer, None);
            self.entry(&subject.customer, [String::new(), steps])
        };
        shift.otherwise.iter().take(MOST_ROWS + 1).map(entry).collect()
    }

    /// The steps that are new for a customer, are so no longer, or have changed: of a procedure, or of all.
    fn steps(&self, customer: &str, of: Option<&str>) -> String {
        let mut steps = BTreeSet::new();
        for (part, shift) in &self.run.shifts {
            let Part::Step(procedure, step) = part else { continue };
            let name = match of {
                None => format!("{procedure}.{step}"),
                Some(only) if only == procedure => step.clone(),
                Some(_) => continue,
            };
            let kinds = [(&shift.more, '+'), (&shift.fewer, '−'), (&shift.otherwise, '~')];
            for (_, sign) in kinds.into_iter().filter(|(of, _)| has(of, customer)) {
                steps.insert(format!("{sign}{name}"));
            }
        }
        steps.into_iter().collect::<Vec<_>>().join(" ")
    }
}

/// What a row says, but whose it is.
fn cells(row: &Row, remark: &str) -> [String; 5] {
    let to = if row.recipient.is_empty() { String::new() } else { format!(" {}", row.recipient) };
    let by = if row.mode == RowMode::Automatic { "automatic" } else { "by hand" };
    let amount = row.amount.map_or_else(String::new, |amount| amount.to_string());
    let days = row.dip.map_or_else(String::new, |dip| format!("day {dip}"));
    [format!("{}{to}{remark}", row.action), by.to_owned(), amount, row.documents.join(" "), days]
}

/// Whether a customer is among subjects, which are sorted.
fn has(subjects: &[Subject], customer: &str) -> bool {
    let at = subjects.partition_point(|subject| subject.customer.as_str() < customer);
    subjects.get(at).is_some_and(|subject| subject.customer == customer)
}
