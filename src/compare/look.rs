//! What a program gives on a date: its rows by what makes them the same, and where customers stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::Date;
use crate::compare::parts::Ready;
use crate::compare::rename::Names;
use crate::compare::{Action, Facts, Position, Status};
use crate::run::Worklist;
use crate::run::survey::{Place, Survey};
use crate::run::worklist::Row;

/// A row: whose, and which.
pub(super) type Key = (String, Action);
/// A procedure for a customer or document: customer, procedure, document.
pub(super) type Lane = (String, String, Option<String>);

/// The texts of templates, by file.
type Texts<'t> = BTreeMap<&'t str, Arc<str>>;

/// What a program gives on a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Every row, on the worklist or not.
    pub(super) rows: BTreeMap<Key, Facts>,
    /// The primary procedure of every customer, and the step that is current for the customer.
    pub(super) primary: BTreeMap<String, Position>,
    /// The current step of whatever runs.
    pub(super) lanes: BTreeMap<Lane, Option<String>>,
    /// The steps that were passed over (`S7`), and when each was reached.
    pub(super) passed_over: BTreeMap<(Lane, String), Date>,
    /// Customers that are set aside, with the messages.
    pub(super) set_aside: BTreeSet<(String, String)>,
}

impl Look {
    /// What a run of a program gives, and where it leaves everybody.
    pub(super) fn new(ready: &Ready, survey: Survey) -> Self {
        let worklist = survey.worklist;
        let mut look = Self::default();
        let files = ready.plan.templates.iter().flat_map(|template| &template.files).map(|(_, file)| file.as_str());
        let texts: Texts<'_> = files.filter_map(|file| Some((file, ready.workspace.text(file)?.into()))).collect();
        for (row, status) in rows(&worklist) {
            look.add(ready, &texts, row, status);
        }
        for aside in &worklist.set_aside {
            look.set_aside.insert((aside.customer.clone(), aside.diagnostic.message.clone()));
        }
        for passed in worklist.passed_over {
            let lane = (passed.customer, passed.procedure, passed.document);
            look.passed_over.insert((lane, passed.step), passed.reached_on);
        }
        survey.places.into_iter().for_each(|place| look.stand(place));
        look
    }

    fn add(&mut self, ready: &Ready, texts: &Texts<'_>, row: &Row, status: Status) {
        let mut action = Action {
            procedure: row.procedure.clone(),
            step: row.step.clone(),
            document: row.document.clone(),
            action: row.action.clone(),
            recipient: row.recipient.clone(),
            currency: row.amount.map(|amount| amount.currency.to_string()),
            nth: 0,
        };
        while self.rows.contains_key(&(row.customer.clone(), action.clone())) {
            action.nth += 1;
        }
        let used = ready.plan.action(&row.procedure, &row.step, row.position);
        let template = used.and_then(|action| action.template).and_then(|id| ready.plan.templates.get(id.0));
        let file = template.and_then(|template| {
            let mut files = template.files.iter();
            files.find(|(language, _)| Some(language) == row.language.as_ref()).map(|(_, file)| file)
        });
        let sources = ready.workspace.sources();
        let facts = Facts {
            status,
            mode: row.mode,
            language: row.language.clone(),
            documents: row.documents.clone(),
            amount: row.amount,
            dip: row.dip,
            reached_on: row.reached_on,
            priority: row.priority,
            text: file.and_then(|file| texts.get(file.as_str())).cloned(),
            arguments: used.map(|action| action.arguments(sources)).unwrap_or_default(),
        };
        self.rows.insert((row.customer.clone(), action), facts);
    }

    fn stand(&mut self, place: Place) {
        let mut running = place.running.iter();
        let own =
            running.find(|running| running.document.is_none() && place.primary.as_ref() == Some(&running.procedure));
        let step = own.and_then(|running| running.step.clone());
        self.primary.insert(place.customer.clone(), Position { procedure: place.primary, step });
        for running in place.running {
            self.lanes.insert((place.customer.clone(), running.procedure, running.document), running.step);
        }
    }

    /// The rows that are on the worklist.
    pub(super) fn suggested(&self) -> impl Iterator<Item = (&Key, &Facts)> {
        self.rows.iter().filter(|(_, facts)| facts.status == Status::Suggested)
    }

    /// Calls everything by its present name.
    pub(super) fn rename(&mut self, names: &Names) {
        if names.is_empty() {
            return;
        }
        let step = |procedure: &str, step: Option<String>| step.map(|step| names.step(procedure, &step).to_owned());
        for ((customer, mut action), facts) in std::mem::take(&mut self.rows) {
            action.step = names.step(&action.procedure, &action.step).to_owned();
            action.procedure = names.procedure(&action.procedure).to_owned();
            self.rows.insert((customer, action), facts);
        }
        for position in self.primary.values_mut() {
            if let Some(procedure) = position.procedure.take() {
                position.step = step(&procedure, position.step.take());
                position.procedure = Some(names.procedure(&procedure).to_owned());
            }
        }
        for (((customer, procedure, document), step), reached_on) in std::mem::take(&mut self.passed_over) {
            let step = names.step(&procedure, &step).to_owned();
            let lane = (customer, names.procedure(&procedure).to_owned(), document);
            self.passed_over.insert((lane, step), reached_on);
        }
        for ((customer, procedure, document), current) in std::mem::take(&mut self.lanes) {
            let current = step(&procedure, current);
            self.lanes.insert((customer, names.procedure(&procedure).to_owned(), document), current);
        }
    }
}

/// Every row of a worklist, and whether it is on it.
fn rows(worklist: &Worklist) -> impl Iterator<Item = (&Row, Status)> {
    let suggested = worklist.rows.iter().map(|row| (row, Status::Suggested));
    let put_off = worklist.deferred.iter().map(|put| (&put.row, Status::PutOff(put.until)));
    suggested.chain(put_off).chain(worklist.withheld.iter().map(|kept| (&kept.row, Status::Withheld)))
}
