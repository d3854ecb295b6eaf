//! Timelines and simulations of small stories.

use super::{World, day, world};
use crate::journal::{Entry, Event, Memory};
use crate::run::play::{Assumption, Assumptions};
use crate::run::simulate::{Period, simulate};
use crate::run::timeline::{Lane, State, Time, What, timeline};
use crate::run::{notices, run};

const TABLES: &[&str] = &[
    "customers\nid\nC1",
    "documents\nid,customer,issue_date,due_date,amount\nF1,C1,2026-03-01,2026-04-01,600",
    "payments\ndocument,date,amount\nF1,2026-04-10,400",
];

/// The journal of runs committed on every day of a stretch, whose suggestions are executed on some.
fn journal(world: &World, from: &str, to: &str, executed: &[&str]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut date = day(from);
    while date <= day(to) {
        let list = run(&world.plan, &world.snapshot, &Memory::new(&entries, &world.snapshot), date);
        let written = notices::entries(&list, &world.sources, date, false).unwrap_or_default();
        let is_executed = executed.iter().any(|on| day(on) == date);
        let done = list.rows.iter().filter(|_| is_executed).map(|row| row.entry(Event::Done, date));
        for entry in written.into_iter().chain(done) {
            entries.push(Entry { number: entries.len() as u64 + 1, ..entry });
        }
        date = date.plus_days(1).expect("a day");
    }
    entries
}

/// The one lane of the customer on a day.
fn lane(world: &World, entries: &[Entry], date: &str) -> Lane {
    let memory = Memory::new(entries, &world.snapshot);
    let until = day(date).plus_days(60).expect("a day");
    let timeline = timeline(&world.plan, &world.snapshot, &memory, day(date), until, "C1", &world.sources);
    timeline.expect("the customer is there").lanes.remove(0)
}

fn steps(lane: &Lane, time: Time) -> Vec<String> {
    let marks = lane.marks.iter().filter(|mark| mark.time == time);
    marks.filter_map(|mark| Some(format!("{} {}", mark.date, mark.step.as_ref()?))).collect()
}

#[test]
fn s25_a_timeline_of_an_earlier_day_sees_nothing_of_later_ones() {
    let world = world(
        "ledger { currency EUR  recipient sales }
        assign { otherwise main }
        procedure main { start by assignment  timing after previous
            step one { task sales text \"one\" }
            step two after 3 days { task sales text \"two\" } }",
        TABLES,
    );
    let entries = journal(&world, "2026-04-01", "2026-04-03", &["2026-04-03"]);
    for entries in [&entries[..], &journal(&world, "2026-04-01", "2026-04-01", &[])] {
        let lane = lane(&world, entries, "2026-04-01");
        assert_eq!(steps(&lane, Time::Past), [""; 0]);
        assert_eq!(steps(&lane, Time::Today), ["2026-04-01 one"]);
        assert_eq!(steps(&lane, Time::Planned), ["2026-04-04 two"]);
    }
    assert_eq!(steps(&lane(&world, &entries, "2026-04-03"), Time::Planned), ["2026-04-06 two"]);
}

#[test]
fn s11_a_complete_instance_is_said_to_be_complete_and_then_that_it_may_start_again() {
    let world = world(
        "ledger { currency EUR  recipient sales }
        procedure large { start when overdue_total > 500 EUR  stop when overdue_total = 0 EUR  timing after previous
            step one { task sales text \"one\" } }",
        TABLES,
    );
    let entries = journal(&world, "2026-04-02", "2026-04-12", &["2026-04-04"]);
    let lane = lane(&world, &entries, "2026-04-12");
    assert_eq!(lane.state, State::Complete);
    assert_eq!(lane.stretches, [(day("2026-04-02"), Some(day("2026-04-05")))]);
    let complete = lane.marks.iter().filter(|mark| mark.what == What::Completed);
    let said: Vec<_> = complete.map(|mark| (mark.date, mark.reason.as_deref().unwrap_or(""))).collect();
    let wanted = [
        (day("2026-04-05"), "its last step has an outcome"),
        (day("2026-04-10"), "its start condition does not hold any more: it may start again"),
    ];
    assert_eq!(said, wanted);
}

#[test]
fn s11_a_complete_instance_goes_on_where_a_changed_program_has_a_further_step() {
    let program = |more: &str| {
        format!(
            "ledger {{ currency EUR  recipient sales }}
            assign {{ otherwise main }}
            procedure main {{ start by assignment  timing after previous
                step one {{ task sales text \"one\" }} {more} }}"
        )
    };
    let entries = journal(&world(&program(""), TABLES), "2026-04-02", "2026-04-03", &["2026-04-02"]);
    let longer = world(&program("step two after 9 days { task sales text \"two\" }"), TABLES);
    let lane = lane(&longer, &entries, "2026-04-04");
    assert_eq!(lane.state, State::Running);
    assert_eq!(lane.stretches, [(day("2026-04-02"), None)]);
}

#[test]
fn a_last_step_that_repeats_is_reached_once() {
    let world = world(
        "ledger { currency EUR  recipient sales }
        assign { otherwise main }
        procedure main { start by assignment  timing dip
            step one at day 1 { task sales text \"one\" }
            step last at day 5 repeat every 3 days { task sales text \"again\" } }",
        TABLES,
    );
    for assumption in [Assumption::DoneAtOnce, Assumption::Never] {
        let assumptions = Assumptions::both(assumption);
        let period = Period { from: day("2026-04-01"), to: day("2026-05-01"), assumptions };
        let simulation = simulate(&world.plan, &world.snapshot, &Memory::default(), period, &|_| ());
        let reached: Vec<_> = simulation.last_steps.iter().map(|last| (last.on, last.step.as_str())).collect();
        assert_eq!(reached, [(day("2026-04-06"), "last")]);
    }
}
