//! Whom the parts of a program reach in two versions of it, on one day: a glance, without the search for causes.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Money;
use crate::compare::Part;
use crate::plan::{Plan, Step};
use crate::run::survey::Survey;
use crate::run::worklist::RowMode;

/// A version of a program, and its run.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The program.
    pub plan: &'a Plan,
    /// Its run. Both versions ran over the same ledger, for the same day.
    pub survey: &'a Survey,
}

/// Who is looked at: a customer, or one of its documents in a procedure for document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The customer's id.
    pub customer: String,
    /// The document's id.
    pub document: Option<String>,
}

/// How the subjects of a part of the program differ, each list in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shift {
    /// Only in the newer version.
    pub more: Vec<Subject>,
    /// Only in the older version.
    pub fewer: Vec<Subject>,
    /// In both, and not with the same.
    pub otherwise: Vec<Subject>,
}

impl Shift {
    /// Whether there is no difference.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.more.is_empty() && self.fewer.is_empty() && self.otherwise.is_empty()
    }
}

/// Subjects, with what they have of a part, in an order that does not depend on the version.
type People<'a> = BTreeMap<Key<'a>, Vec<Fact<'a>>>;
type Key<'a> = (&'a str, Option<&'a str>);

/// What a subject has.
#[derive(Debug, PartialEq)]
enum Fact<'a> {
    /// It is assigned, or the procedure runs for it and has come to that step.
    Stands(Option<&'a str>),
    /// A row is suggested.
    Row { action: &'a str, recipient: &'a str, mode: RowMode, documents: &'a [String], amount: Option<Money> },
}

/// The parts of a program that reach others than in the older version, or the same with something else: rules
/// of assignment (who is assigned), procedures (for whom they run), steps (to whom their actions are suggested).
/// Under [`Part::Ledger`] all customers who get others of the actions stand.
#[must_use]
pub fn shifts(old: Version<'_>, new: Version<'_>) -> BTreeMap<Part, Shift> {
    let (before, now) = (parts(old, new.plan), parts(new, new.plan));
    let keys: BTreeSet<&Part> = before.keys().chain(now.keys()).collect();
    let nobody = People::new();
    let mut shifts = BTreeMap::new();
    let mut touched = BTreeSet::new();
    for part in keys {
        let shift = shift(before.get(part).unwrap_or(&nobody), now.get(part).unwrap_or(&nobody));
        if matches!(part, Part::Step(..)) {
            let all = shift.more.iter().chain(&shift.fewer).chain(&shift.otherwise);
            touched.extend(all.map(|subject| Subject { document: None, ..subject.clone() }));
        }
        if !shift.is_empty() {
            shifts.insert(part.clone(), shift);
        }
    }
    if !touched.is_empty() {
        shifts.insert(Part::Ledger, Shift { otherwise: touched.into_iter().collect(), ..Shift::default() });
    }
    shifts
}

fn shift(old: &People<'_>, new: &People<'_>) -> Shift {
    let mut shift = Shift::default();
    for (key, facts) in new {
        match old.get(key) {
            None => shift.more.push(subject(key)),
            Some(before) if before != facts => shift.otherwise.push(subject(key)),
            Some(_) => {}
        }
    }
    shift.fewer.extend(old.keys().filter(|key| !new.contains_key(*key)).map(subject));
    shift
}

fn subject((customer, document): &Key<'_>) -> Subject {
    Subject { customer: (*customer).to_owned(), document: document.map(str::to_owned) }
}

/// The subjects of each part, under the names of `present`.
fn parts<'a>(version: Version<'a>, present: &'a Plan) -> BTreeMap<Part, People<'a>> {
    let Version { plan, survey } = version;
    let rules = rules(plan, present);
    let mut parts: BTreeMap<Part, People<'a>> = BTreeMap::new();
    let mut add = |part: Part, customer: &'a str, document: Option<&'a str>, fact: Fact<'a>| {
        parts.entry(part).or_default().entry((customer, document)).or_default().push(fact);
    };
    for place in &survey.places {
        if let Some(rule) = place.rule.and_then(|rule| rules.get(rule)) {
            add(rule.clone(), &place.customer, None, Fact::Stands(None));
        }
        for running in &place.running {
            let procedure = present_procedure(present, &running.procedure);
            let step = running.step.as_deref().map(|step| present_step(present, procedure, step));
            let part = Part::Procedure(procedure.to_owned());
            add(part, &place.customer, running.document.as_deref(), Fact::Stands(step));
        }
    }
    for row in &survey.worklist.rows {
        let procedure = present_procedure(present, &row.procedure);
        let step = present_step(present, procedure, &row.step);
        let (action, recipient, documents) = (row.action.as_str(), row.recipient.as_str(), row.documents.as_slice());
        let fact = Fact::Row { action, recipient, mode: row.mode, documents, amount: row.amount };
        let part = Part::Step(procedure.to_owned(), step.to_owned());
        add(part, &row.customer, row.document.as_deref(), fact);
    }
    parts
}

/// The rules of assignment by their procedures, in written order: a second one for the same is `strict (2)`.
#[must_use]
pub fn rule_names<'a>(procedures: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let named = procedures.into_iter().map(|procedure| {
        let number = seen.entry(procedure).or_default();
        *number += 1;
        if *number == 1 { procedure.to_owned() } else { format!("{procedure} ({number})") }
    });
    named.collect()
}

/// The rules of assignment of a plan, under the names that procedures have in `present`.
#[must_use]
pub fn rules(plan: &Plan, present: &Plan) -> Vec<Part> {
    let procedures = plan.assignment.iter().map(|rule| {
        let procedure = rule.procedure.and_then(|id| plan.procedures.get(id.0));
        let name = procedure.map_or("none", |procedure| present_procedure(present, &procedure.name));
        if rule.when.is_none() { OTHERWISE } else { name }
    });
    rule_names(procedures).into_iter().map(Part::Rule).collect()
}

/// What the last rule of assignment is called.
pub const OTHERWISE: &str = "otherwise";

/// What a procedure is called now: as ever, or as the one that was called so.
fn present_procedure<'a>(present: &'a Plan, name: &'a str) -> &'a str {
    let is_there = present.procedures.iter().any(|procedure| procedure.name == name);
    let mut procedures = present.procedures.iter().filter(|_| !is_there);
    let renamed = procedures.find(|procedure| procedure.known_as.iter().any(|known| known == name));
    renamed.map_or(name, |procedure| &procedure.name)
}

/// What a step is called now, of a procedure by its present name.
fn present_step<'a>(present: &'a Plan, procedure: &str, name: &'a str) -> &'a str {
    let procedure = present.procedures.iter().find(|known| known.name == procedure);
    let steps = || procedure.into_iter().flat_map(|procedure| procedure.steps.iter().chain(&procedure.at_stop));
    let is_there = steps().any(|step| step.name == name);
    let is_renamed = |step: &&Step| !is_there && step.known_as.iter().any(|known| known == name);
    steps().find(is_renamed).map_or(name, |step| &step.name)
}
