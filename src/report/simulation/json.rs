//! A simulation as JSON: one object with everything that was counted.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::Date;
use crate::report::View;
use crate::report::simulation::Assumed;
use crate::run::simulate::{Aside, Day, Flow, LastStep, Simulation, Split, StepTotals};

#[derive(Serialize)]
struct Everything<'a> {
    from: Date,
    to: Date,
    assumed: Assumed,
    customers: u64,
    peak: Peaks,
    days: &'a [Day],
    steps: &'a [StepTotals],
    actions: &'a BTreeMap<String, Flow>,
    recipients: BTreeMap<&'a str, Flow>,
    last_steps: &'a [LastStep],
    set_aside: Vec<SetAside<'a>>,
}

#[derive(Serialize)]
struct Peaks {
    all: Option<Peak>,
    automatic: Option<Peak>,
    manual: Option<Peak>,
}

#[derive(Serialize)]
struct Peak {
    date: Date,
    rows: u64,
}

#[derive(Serialize)]
struct SetAside<'a> {
    customer: &'a str,
    from: Date,
    days: u64,
    code: &'static str,
    message: &'a str,
    file: String,
    line: Option<u64>,
}

/// The simulation as one object over several lines.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn object(simulation: &Simulation, view: View<'_>) -> serde_json::Result<String> {
    let peak = |rows: fn(Split) -> u64| simulation.peak(rows).map(|(date, rows)| Peak { date, rows });
    let period = simulation.period;
    let everything = Everything {
        from: period.from,
        to: period.to,
        assumed: period.assumptions.into(),
        customers: simulation.customers,
        peak: Peaks {
            all: peak(Split::total),
            automatic: peak(|rows| rows.automatic),
            manual: peak(|rows| rows.manual),
        },
        days: &simulation.days,
        steps: &simulation.steps,
        actions: &simulation.actions,
        recipients: simulation.recipients.iter().map(|(name, flow)| (recipient(name), *flow)).collect(),
        last_steps: &simulation.last_steps,
        set_aside: simulation.set_aside.iter().map(|aside| set_aside(aside, simulation, view)).collect(),
    };
    serde_json::to_string_pretty(&everything).map(|text| text + "\n")
}

/// The key of the actions without a recipient; no role can be called so.
const fn recipient(name: &str) -> &str {
    if name.is_empty() { "-" } else { name }
}

fn set_aside<'a>(aside: &'a Aside, simulation: &Simulation, view: View<'_>) -> SetAside<'a> {
    let place = view.locate(&aside.diagnostic);
    let (from, days) = aside.days.unwrap_or((simulation.period.from, simulation.days.len() as u64));
    SetAside {
        customer: &aside.customer,
        from,
        days,
        code: aside.diagnostic.code.id,
        message: &aside.diagnostic.message,
        file: place.file,
        line: place.line,
    }
}
