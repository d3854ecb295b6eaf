//! The lanes of a timeline: which there are, in which order, how they stand today.

use crate::base::Date;
use crate::plan::{Plan, Step};
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::instance::{self, Instance};
use crate::run::timeline::{Act, Lane, Leading, Mark, State, What};
use crate::run::worklist::Row;
use crate::run::{assign, procedures, progress, settled_state};

/// The lanes of a customer while they are gathered.
pub(super) struct Lanes<'a> {
    plan: &'a Plan,
    today: Date,
    lanes: Vec<Lane>,
}

impl<'a> Lanes<'a> {
    pub(super) const fn new(customer: &Customer<'a>) -> Self {
        Self { plan: customer.run.plan, today: customer.run.date, lanes: Vec::new() }
    }

    /// The lanes of what concerns the customer today.
    pub(super) fn judge(&mut self, customer: &Customer<'a>) -> Result<(), Box<Fault>> {
        let primary = assign::assign(customer)?.procedure;
        for procedure in procedures(customer, primary) {
            for mut instance in instance::of(customer, procedure, primary)? {
                let (state, _) = settled_state(customer, &mut instance)?;
                let state = match state {
                    _ if progress::is_complete(&instance, &state) => State::Complete,
                    progress::State::Running(_) => State::Running,
                    progress::State::Idle => State::Idle,
                    progress::State::Suspended => State::OnHold,
                    _ => State::NotRunning,
                };
                self.stands(customer, &instance, state);
            }
        }
        Ok(())
    }

    fn stands(&mut self, customer: &Customer<'a>, instance: &Instance<'a>, state: State) {
        let is_primary = instance.assigned;
        if state == State::NotRunning && !is_primary {
            return;
        }
        let document = instance.document().map(|place| customer.document_id(place));
        let leading = instance.leading.map(|leading| Leading {
            document: customer.document_id(leading.document).to_owned(),
            anchor: leading.anchor,
            dip: leading.dip,
        });
        let since = instance.life.running.as_ref().map(|running| running.since).or(instance.dated);
        let lane = self.lane(Some(&instance.procedure.name), document);
        lane.primary = is_primary;
        lane.state = state;
        if matches!(state, State::Running | State::Complete | State::OnHold) {
            let since = since.or_else(|| leading.as_ref().map(|leading| leading.anchor));
            lane.stretches.extend(since.map(|since| (since, None)));
        }
        lane.leading = leading;
    }

    /// The lane of a procedure, by any of its names, and subject.
    fn lane(&mut self, name: Option<&str>, document: Option<&str>) -> &mut Lane {
        let known = self
            .plan
            .procedures
            .iter()
            .find(|procedure| name.is_some_and(|name| procedure.known_as.iter().any(|known| known == name)));
        let procedure = known.map(|known| known.name.clone()).or_else(|| name.map(str::to_owned));
        let is_it = |lane: &Lane| lane.procedure == procedure && lane.document.as_deref() == document;
        let place = self.lanes.iter().position(is_it).unwrap_or_else(|| {
            let otherwise = procedure.clone().unwrap_or_else(|| "Contacts outside of procedures".to_owned());
            self.lanes.push(Lane {
                title: known.map_or(otherwise, |known| known.title.clone()),
                procedure,
                primary: false,
                document: document.map(str::to_owned),
                state: State::NotRunning,
                leading: None,
                stretches: Vec::new(),
                marks: Vec::new(),
            });
            self.lanes.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the place was just found or made")]
        &mut self.lanes[place]
    }

    fn step(&self, procedure: Option<&str>, step: &str) -> Option<&'a Step> {
        let knows = |names: &[String], name: &str| names.iter().any(|known| known == name);
        let procedure = self.plan.procedures.iter().find(|known| knows(&known.known_as, procedure.unwrap_or("")))?;
        procedure.steps.iter().chain(&procedure.at_stop).find(|known| knows(&known.known_as, step))
    }

    /// Adds a mark. What differs from one that is there in its action only is added to that.
    pub(super) fn add(&mut self, procedure: Option<&str>, document: Option<&str>, mut mark: Mark) {
        if let Some(step) = mark.step.as_deref().and_then(|step| self.step(procedure, step)) {
            mark.step = Some(step.name.clone());
            mark.title = Some(step.title.clone()).filter(|title| *title != step.name);
        }
        mark.due = mark.due.filter(|due| *due != mark.date);
        let lane = self.lane(procedure, document);
        let same = |other: &Mark| {
            Mark { actions: Vec::new(), ..other.clone() } == Mark { actions: Vec::new(), ..mark.clone() }
        };
        match lane.marks.iter_mut().find(|other| same(other)) {
            Some(other) => other.actions.append(&mut mark.actions),
            None => lane.marks.push(mark),
        }
    }

    /// Adds a mark about a row of a worklist.
    pub(super) fn add_row(&mut self, row: &Row, mark: Mark) {
        let act = Act {
            action: row.action.clone(),
            recipient: row.recipient.clone(),
            mode: Some(row.mode),
            amount: row.amount,
            documents: row.documents.clone(),
        };
        let mark = Mark { step: Some(row.step.clone()), due: Some(row.reached_on), actions: vec![act], ..mark };
        self.add(Some(&row.procedure), row.document.as_deref(), mark);
    }

    /// The lanes in order, each with its marks in order and the stretches in which it runs.
    pub(super) fn finish(mut self) -> Vec<Lane> {
        let plan = self.plan;
        for lane in &mut self.lanes {
            lane.marks.sort_by_key(|mark| (mark.date, mark.time, mark.what));
            lane.stretches = stretches(lane, self.today);
        }
        let rank = |lane: &Lane| {
            let of_plan = plan.procedures.iter().position(|procedure| Some(&procedure.name) == lane.procedure.as_ref());
            (!lane.primary, lane.procedure.is_none(), of_plan.unwrap_or(usize::MAX))
        };
        self.lanes.sort_by(|one, other| {
            (rank(one), &one.procedure, &one.document).cmp(&(rank(other), &other.procedure, &other.document))
        });
        self.lanes
    }
}

/// From start to end, as the marks tell; a lane that runs today without a start on record, since it counts.
/// One that is complete has come to its end, but goes on where a changed program has a further step (`S11`).
fn stretches(lane: &Lane, today: Date) -> Vec<(Date, Option<Date>)> {
    let mut stretches: Vec<(Date, Option<Date>)> = Vec::new();
    let starts = |mark: &Mark| mark.what == What::Started && mark.date <= today;
    if !lane.marks.iter().any(starts) {
        stretches.extend(&lane.stretches);
    }
    let mut is_complete = false;
    for mark in &lane.marks {
        let last = stretches.last_mut();
        let is_open = last.as_ref().is_some_and(|(_, end)| end.is_none());
        match (mark.what, last) {
            (What::Started, _) if !is_open => stretches.push((mark.due.unwrap_or(mark.date).min(mark.date), None)),
            (What::Ended | What::Completed, Some((_, end))) if is_open => *end = Some(mark.date),
            (What::Suggested | What::PutOff, Some((_, end))) if is_complete => *end = None,
            _ => {}
        }
        is_complete = match mark.what {
            What::Completed => true,
            What::Started | What::Ended | What::Suggested | What::PutOff => false,
            _ => is_complete,
        };
    }
    stretches
}
