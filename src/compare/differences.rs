//! What is different between two looks at one date.

use std::collections::BTreeSet;

use crate::compare::look::Look;
use crate::compare::{Action, Aspect, Difference, Facts, Kind, Position, Status};
use crate::run::worklist::RowMode;

/// Every difference.
pub(super) fn between(old: &Look, new: &Look) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    let mut add = |customer: &str, kind: Kind| {
        found.insert(Difference { customer: customer.to_owned(), kind });
    };
    rows(old, new, &mut add);
    positions(old, new, &mut add);
    for (customer, message) in new.set_aside.difference(&old.set_aside) {
        add(customer, Kind::SetAside(message.clone()));
    }
    for (customer, message) in old.set_aside.difference(&new.set_aside) {
        add(customer, Kind::NoLongerSetAside(message.clone()));
    }
    found
}

/// The customers for whom other steps are passed over, or since another day: nothing is suggested of them,
/// so it is no difference of behaviour, but a snapshot of the worklist shows it.
pub(super) fn passed_over(old: &Look, new: &Look) -> BTreeSet<String> {
    let differs = |one: &Look, other: &Look| {
        let only = one.passed_over.iter().filter(|(key, day)| other.passed_over.get(key) != Some(day));
        only.map(|(((customer, ..), _), _)| customer.clone()).collect::<BTreeSet<_>>()
    };
    &differs(old, new) | &differs(new, old)
}

fn rows(old: &Look, new: &Look, add: &mut dyn FnMut(&str, Kind)) {
    for (key @ (customer, action), facts) in &old.rows {
        match new.rows.get(key) {
            None => add(customer, Kind::Vanishes(action.clone(), facts.clone())),
            Some(now) if now == facts => {}
            Some(now) => changes(action, facts, now).into_iter().for_each(|kind| add(customer, kind)),
        }
    }
    for (key @ (customer, action), facts) in &new.rows {
        if !old.rows.contains_key(key) {
            add(customer, Kind::Appears(action.clone(), facts.clone()));
        }
    }
}

fn changes(action: &Action, old: &Facts, new: &Facts) -> Vec<Kind> {
    let aspects = old.told().into_iter().zip(new.told()).filter(|(before, now)| before != now);
    let change = |((what, old), (_, new))| Kind::Changes { action: action.clone(), what, old, new };
    aspects.map(change).collect()
}

fn positions(old: &Look, new: &Look, add: &mut dyn FnMut(&str, Kind)) {
    let mut reassigned = BTreeSet::new();
    for (customer, before) in &old.primary {
        let Some(now) = new.primary.get(customer).filter(|now| now.procedure != before.procedure) else { continue };
        add(customer, Kind::Reassigned { old: before.clone(), new: now.clone() });
        reassigned.extend([before, now].map(|position| (customer, position.procedure.clone())));
    }
    let lanes: BTreeSet<_> = old.lanes.keys().chain(new.lanes.keys()).collect();
    for lane @ (customer, procedure, document) in lanes {
        let (before, now) = (old.lanes.get(lane), new.lanes.get(lane));
        // That a customer who was reassigned leaves the one and enters the other is said already.
        if before == now || reassigned.contains(&(customer, Some(procedure.clone()))) {
            continue;
        }
        // A customer that is set aside in one version does not move.
        if !old.primary.contains_key(customer) || !new.primary.contains_key(customer) {
            continue;
        }
        let position = |step: &Option<String>| Position { procedure: Some(procedure.clone()), step: step.clone() };
        let kind = Kind::Moves {
            procedure: procedure.clone(),
            document: document.clone(),
            old: before.map(position),
            new: now.map(position),
        };
        add(customer, kind);
    }
}

impl Facts {
    /// Each of them as it is told.
    #[must_use]
    pub fn told(&self) -> [(Aspect, String); 10] {
        let status = match self.status {
            Status::Suggested => "suggested".to_owned(),
            Status::PutOff(until) => format!("put off to {until}"),
            Status::Withheld => "withheld".to_owned(),
        };
        let mode = if self.mode == RowMode::Automatic { "automatic" } else { "by hand" };
        let or_nothing = |told: Option<String>| told.unwrap_or_default();
        [
            (Aspect::Status, status),
            (Aspect::Mode, mode.to_owned()),
            (Aspect::Language, or_nothing(self.language.clone())),
            (Aspect::Documents, self.documents.join(" ")),
            (Aspect::Amount, or_nothing(self.amount.map(|amount| amount.to_string()))),
            (Aspect::Dip, or_nothing(self.dip.map(|dip| dip.to_string()))),
            (Aspect::ReachedOn, self.reached_on.to_string()),
            (Aspect::Priority, or_nothing(self.priority.map(|priority| priority.to_string()))),
            (Aspect::Text, or_nothing(self.text.as_deref().map(str::to_owned))),
            (Aspect::Arguments, self.arguments.clone()),
        ]
    }
}

/// By what is told of them.
impl PartialOrd for Facts {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Facts {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.told().cmp(&other.told())
    }
}
