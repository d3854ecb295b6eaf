//! What holds for runs that are committed day after day, with some of their rows executed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use dunlin::base::{Date, Sources};
use dunlin::journal::{Entry, Event, Memory};
use dunlin::ledger::Snapshot;
use dunlin::plan::{self, Plan, Start};
use dunlin::run::worklist::Row;
use dunlin::run::{self, Worklist, notices};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::run::{OF_THE_DATA, shown, snapshot, tables, world, worlds};

/// Days that are played.
const DAYS: i64 = 24;

/// Procedures in dip timing by assignment only, and no contact policy: nothing that a run would note.
const WITHOUT_MEMORY: &str = r#"
ledger {
    currency EUR
    customer {
        score: number?
        since: date
    }
    document { status: open | dispute | plan | outsourcing }
}

calendar week { weekend saturday, sunday }

assign {
    young when since > today - 40 days
    otherwise standard
}

procedure standard {
    start by assignment
    timing dip

    step remind at day 2 repeat every 3 days at most 2 times { statement customer }
    step call   at day 9 when overdue_total > 50 EUR { call customer }
    step end    at day 20 { set_status outsourcing }
}

procedure young for document {
    start by assignment
    follow documents where status in (open, plan)
    timing dip counting working days

    step remind at day 1 { statement customer }
    step end    at day 8 { set_status outsourcing }
}
"#;

/// Procedures that start and stop at different sums, soon complete, and outcomes of them that nobody waited for.
const SWITCHES: &str = r#"
ledger {
    currency EUR
    document { status: open | dispute | plan | outsourcing }
    recipient sales
}

procedure large {
    start when total_due > 400 EUR
    stop when total_due < 100 EUR
    timing after previous

    step stop_it { hold_deliveries }
    step resume at stop { release_deliveries }
}

procedure dispute for document {
    start when days_overdue between 2 days and 9 days
    stop when days_overdue > 20 days
    timing after previous

    step inform { notify sales }
    step ask after 1 day repeat every 2 days at most 2 times { call customer }
}
"#;

/// A journal that grows day by day.
struct Play<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    snapshot: &'a Snapshot,
    entries: Vec<Entry>,
}

impl<'a> Play<'a> {
    fn new((plan, sources): &'a (Plan, Sources), snapshot: &'a Snapshot) -> Self {
        Self { plan, sources, snapshot, entries: Vec::new() }
    }

    fn run(&self, date: Date) -> Worklist {
        run::run(self.plan, self.snapshot, &Memory::new(&self.entries, self.snapshot), date)
    }

    fn append(&mut self, entry: Entry) -> u64 {
        let number = self.entries.len() as u64 + 1;
        self.entries.push(Entry { number, ..entry });
        number
    }

    /// Commits the run of a day; how many entries it wrote, but that it was committed.
    fn commit(&mut self, list: &Worklist, date: Date) -> usize {
        let committed = Memory::new(&self.entries, self.snapshot).commits(date).last() == Some(&date);
        let entries = notices::entries(list, self.sources, date, committed).unwrap_or_default();
        let written = entries.len();
        entries.into_iter().for_each(|entry| {
            self.append(entry);
        });
        written.saturating_sub(1)
    }

    /// Commits the run of a day and executes some of its rows; what it suggested.
    fn day(&mut self, date: Date, seed: u64) -> Worklist {
        let list = self.run(date);
        self.commit(&list, date);
        for row in list.rows.iter().filter(|row| is_chosen(row, date, seed)) {
            self.append(row.entry(Event::Done, date));
        }
        list
    }
}

/// Whether a row is executed on a day: about every other one, always the same ones.
fn is_chosen(row: &Row, date: Date, seed: u64) -> bool {
    let of_row = u64::from_str_radix(&row.id, 16).expect("an id");
    let of_day = u64::try_from(date.days_since(start())).unwrap_or(0);
    (of_row ^ seed.wrapping_mul(of_day.wrapping_add(1))).count_ones().is_multiple_of(2)
}

fn start() -> Date {
    Date::parse("2026-02-05").expect("a date")
}

fn day(number: i64) -> Date {
    start().plus_days(number).expect("near")
}

/// Everything of a run but what is said of it as a whole, and what it would write.
fn everything(list: &Worklist) -> String {
    format!("{} {:#?}", shown(&Worklist { findings: Vec::new(), ..list.clone() }), list.notices)
}

/// Rows of procedures that start by assignment, but those at their stop.
fn primary_rows<'l>(plan: &Plan, list: &'l Worklist) -> impl Iterator<Item = &'l Row> {
    let at_stop = |row: &Row| {
        let procedure = plan.procedures.iter().find(|procedure| procedure.name == row.procedure).expect("a procedure");
        let by_assignment = matches!(procedure.start, Start::Assignment { .. });
        !by_assignment || procedure.at_stop.iter().any(|step| step.name == row.step)
    };
    let rows: Vec<&Row> = list.rows.iter().chain(list.deferred.iter().map(|late| &late.row)).collect();
    rows.into_iter().filter(move |row| !at_stop(row)).collect::<Vec<_>>().into_iter()
}

/// The entries with those of one customer after those of the other, each in their order.
fn by_customer(entries: &[Entry]) -> Vec<Entry> {
    let mut sorted = entries.to_vec();
    sorted.sort_by(|one, other| other.customer.cmp(&one.customer));
    (1..).zip(sorted).map(|(number, entry)| Entry { number, ..entry }).collect()
}

/// The plays are worth something: every step comes up in one of them, those at the stop too, and
/// contacts are put off.
#[test]
fn every_step_comes_up_in_a_play() {
    let mut runner = TestRunner::deterministic();
    let world = &worlds()[1];
    let steps = |procedure: &plan::Procedure| {
        let all = procedure.steps.iter().chain(&procedure.at_stop);
        all.map(|step| (procedure.name.clone(), step.name.clone())).collect::<Vec<_>>()
    };
    let mut missing: BTreeSet<_> = world.0.procedures.iter().flat_map(steps).collect();
    let mut put_off = 0;
    for seed in 0..120 {
        if missing.is_empty() && put_off > 0 {
            break;
        }
        let tables = tables().new_tree(&mut runner).expect("a ledger").current();
        let snapshot = snapshot(&world.0, &tables);
        let mut play = Play::new(world, &snapshot);
        for date in (0..DAYS + 12).map(day) {
            let list = play.day(date, seed);
            put_off += list.deferred.len();
            for row in list.rows.into_iter().chain(list.deferred.into_iter().map(|late| late.row)) {
                missing.remove(&(row.procedure, row.step));
            }
        }
    }
    assert!(missing.is_empty(), "never suggested: {missing:?}");
    assert!(put_off > 0, "nothing was put off");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Day by day: a second run of a committed day is the first one and would write nothing; nobody is
    /// set aside for other reasons than data; a customer has one primary procedure; and no more contacts
    /// are made than the policy allows, and none on a day off.
    #[test]
    fn every_day_of_a_play(tables in tables(), seed in any::<u64>()) {
        for world in worlds() {
            let snapshot = snapshot(&world.0, &tables);
            let mut play = Play::new(world, &snapshot);
            let mut made: BTreeMap<String, BTreeSet<(Date, String)>> = BTreeMap::new();
            for date in (0..DAYS).map(day) {
                let list = play.run(date);
                for aside in &list.set_aside {
                    prop_assert!(OF_THE_DATA.contains(&aside.diagnostic.code.id), "{:?}", aside.diagnostic.message);
                }
                play.commit(&list, date);
                let again = play.run(date);
                prop_assert_eq!(shown(&Worklist { findings: Vec::new(), ..list.clone() }), shown(&Worklist { findings: Vec::new(), ..again.clone() }), "a second run of {}", date);
                prop_assert!(again.notices.is_empty(), "a second commit of {date} writes {:#?}", again.notices);
                let mut primary: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
                for row in primary_rows(&world.0, &list) {
                    primary.entry(&row.customer).or_default().insert(&row.procedure);
                }
                prop_assert!(primary.values().all(|of| of.len() == 1), "{primary:?}");
                for row in list.rows.iter().filter(|row| is_chosen(row, date, seed)) {
                    if row.contact {
                        let contact = format!("{} {} {} {}", row.procedure, row.step, row.action, row.recipient);
                        made.entry(row.customer.clone()).or_default().insert((date, contact));
                    }
                    play.append(row.entry(Event::Done, date));
                }
            }
            if world.0.policy.is_some() {
                for (customer, contacts) in &made {
                    for (date, _) in contacts {
                        let within = |days: i64| contacts.iter().filter(|(on, _)| on <= date && date.days_since(*on) < days).count();
                        prop_assert!(within(2) <= 1, "{customer} {contacts:?}");
                        // Eight working days of a week with one day off are at least nine days.
                        prop_assert!(within(8) <= 3, "{customer} {contacts:?}");
                        // The first day of the play is a Thursday.
                        prop_assert!(!matches!(date.days_since(start()).rem_euclid(7), 2 | 3), "{customer} {date}");
                    }
                }
            }
        }
    }

    /// Commits between two days that note nothing change nothing. More is not promised of every
    /// program: a start or a stop is seen by a run, what was put off goes first on its day, and a
    /// date after `from` is read when the procedure starts.
    #[test]
    fn commits_that_note_nothing_change_nothing(tables in tables(), seed in any::<u64>(), first in 0..10i64, gap in 2..12i64) {
        for world in worlds() {
            let snapshot = snapshot(&world.0, &tables);
            let mut play = Play::new(world, &snapshot);
            (0..=first).map(day).for_each(|date| { play.day(date, seed); });
            // What was reported after the commit may be noted by a second one of the same day.
            let list = play.run(day(first));
            play.commit(&list, day(first));
            let skipped = play.run(day(first + gap));
            let noted: usize = (first + 1..first + gap).map(day).map(|date| { let list = play.run(date); play.commit(&list, date) }).sum();
            if noted == 0 {
                prop_assert_eq!(everything(&play.run(day(first + gap))), everything(&skipped));
            }
        }
    }

    /// Procedures in dip timing that start by assignment are computed afresh on every run: as long as
    /// nothing is reported it does not matter which days were committed, or whether any was.
    #[test]
    fn dip_by_assignment_needs_no_commits(tables in tables(), gap in 1..DAYS) {
        static WORLD: OnceLock<(Plan, Sources)> = OnceLock::new();
        let world = WORLD.get_or_init(|| world(WITHOUT_MEMORY));
        let snapshot = snapshot(&world.0, &tables);
        let mut play = Play::new(world, &snapshot);
        let alone = play.run(day(gap));
        for date in (0..gap).map(day) {
            let list = play.run(date);
            prop_assert_eq!(play.commit(&list, date), 0);
        }
        prop_assert_eq!(everything(&play.run(day(gap))), everything(&alone));
    }

    /// A day that is committed twice, before anything of it is reported, is as if it were committed once:
    /// no later worklist differs. (A commit after a report may see what the report completed: `S11`.)
    #[test]
    fn a_second_commit_of_a_day_changes_nothing_later(
        tables in tables(), seed in any::<u64>(), gaps in prop::collection::vec(1..6i64, 8),
    ) {
        static SWITCH: OnceLock<(Plan, Sources)> = OnceLock::new();
        let switch = SWITCH.get_or_init(|| world(SWITCHES));
        for world in worlds().iter().chain([switch]) {
            let snapshot = snapshot(&world.0, &tables);
            let (mut once, mut twice) = (Play::new(world, &snapshot), Play::new(world, &snapshot));
            let days = gaps.iter().scan(0, |day, gap| { *day += gap; Some(*day) });
            for date in days.map(day) {
                let first = twice.run(date);
                twice.commit(&first, date);
                let (one, two) = (once.day(date, seed), twice.day(date, seed));
                prop_assert_eq!(
                    shown(&Worklist { findings: Vec::new(), ..one }),
                    shown(&Worklist { findings: Vec::new(), ..two }),
                    "the worklist of {}", date
                );
            }
        }
    }

    /// Done and taken back is as if nothing had been, on the same day and on the next.
    #[test]
    fn undo_is_the_identity(tables in tables(), seed in any::<u64>(), last in 0..12i64) {
        for world in worlds() {
            let snapshot = snapshot(&world.0, &tables);
            let mut play = Play::new(world, &snapshot);
            (0..=last).map(day).for_each(|date| { play.day(date, seed); });
            let before = [play.run(day(last)), play.run(day(last + 1))];
            let reported: Vec<Entry> = before.iter().take(1).flat_map(|list| &list.rows).map(|row| row.entry(Event::Done, day(last))).collect();
            let numbers: Vec<(Entry, u64)> = reported.into_iter().map(|entry| (entry.clone(), play.append(entry))).collect();
            for (entry, number) in numbers {
                play.append(Entry { event: Event::Undone, undoes: Some(number), ..entry });
            }
            for (list, number) in before.iter().zip([last, last + 1]) {
                prop_assert_eq!(everything(&play.run(day(number))), everything(list));
            }
        }
    }

    /// No customer sees another: the order of their entries does not matter.
    #[test]
    fn the_order_of_customers_in_the_journal_does_not_matter(tables in tables(), seed in any::<u64>(), last in 0..DAYS) {
        for world in worlds() {
            let snapshot = snapshot(&world.0, &tables);
            let mut play = Play::new(world, &snapshot);
            (0..=last).map(day).for_each(|date| { play.day(date, seed); });
            let list = play.run(day(last + 1));
            play.entries = by_customer(&play.entries);
            prop_assert_eq!(everything(&play.run(day(last + 1))), everything(&list));
        }
    }
}
