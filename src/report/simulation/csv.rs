//! A simulation as CSV: a header, then one line per day.

use crate::run::simulate::{Day, Simulation};

/// The columns of a day, in their order.
pub const COLUMNS: [&str; 13] = [
    "date",
    "customers",
    "worklist_automatic",
    "worklist_manual",
    "new_automatic",
    "new_manual",
    "done_automatic",
    "done_manual",
    "open_automatic",
    "open_manual",
    "deferred",
    "started",
    "ended",
];

/// The days as CSV, with `\n` at the end of every line.
///
/// # Errors
/// None that can occur: it is written to memory.
pub fn days(simulation: &Simulation) -> Result<Vec<u8>, ::csv::Error> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for day in &simulation.days {
        writer.write_record(cells(day))?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}

fn cells(day: &Day) -> [String; 13] {
    let numbers = [
        day.customers,
        day.worklist.automatic,
        day.worklist.manual,
        day.new.automatic,
        day.new.manual,
        day.done.automatic,
        day.done.manual,
        day.open.automatic,
        day.open.manual,
        day.deferred,
        day.started,
        day.ended,
    ];
    let mut numbers = numbers.iter().map(ToString::to_string);
    std::array::from_fn(|place| if place == 0 { day.date.to_string() } else { numbers.next().unwrap_or_default() })
}
