//! Processes that are killed while they add to the journal: afterwards each batch is there or not,
//! and going on gives exactly what lacks.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Stage, sample};

/// How many entries are added at once.
const BATCH: usize = 60;
/// How many batches there are for one journal; then the next journal starts.
const BATCHES: usize = 40;
/// Processes that are let run before giving up on killing enough of them.
const MOST: usize = 10_000;

/// The process that adds a batch and is killed.
fn committing(stage: &Stage, batch: usize) -> Command {
    stage.command(&["import", &format!("batch{batch}.csv")])
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

#[test]
fn a_killed_process_leaves_whole_batches_in_a_file() {
    killed(500, || Some(Stage::file()));
}

#[test]
fn a_killed_process_leaves_whole_batches_in_a_database() {
    killed(100, Stage::postgres);
}

fn killed(kills: usize, new: impl Fn() -> Option<Stage>) {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    // About how long a process takes, in microseconds; found out on the way.
    let mut usual: u64 = 10_000;
    let (mut killed, mut started, mut half_written) = (0, 0, 0);
    while killed < kills {
        let Some(stage) = new() else { return };
        let all = sample("crash", (BATCH * BATCHES) as u64);
        for (number, batch) in all.chunks(BATCH).enumerate() {
            stage.export(&format!("batch{number}.csv"), batch);
        }
        let mut there = 0;
        while killed < kills && there < BATCHES {
            let mut command = committing(&stage, there);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("dunlin starts");
            std::thread::sleep(Duration::from_micros(usual / 4 + dice.throw(usual)));
            child.kill().expect("the process can be killed");
            let status = child.wait().expect("the process ends");
            let was_killed = status.signal() == Some(9);
            assert!(was_killed || status.success(), "{status}");
            killed += usize::from(was_killed);
            usual = if was_killed { usual + usual / 50 } else { usual - usual / 20 };
            started += 1;
            assert!(started < MOST, "only {killed} of {started} processes were killed");
            half_written +=
                usize::from(std::fs::metadata(format!("{}-journal", stage.place)).is_ok_and(|file| file.len() > 0));

            let entries = stage.entries();
            assert_eq!(entries.len() % BATCH, 0, "a part of a batch is there");
            assert_eq!(entries, all[..entries.len()], "after {killed} kills");
            let now = entries.len() / BATCH;
            assert!(now == there || now == there + 1, "{there} batches were there, now {now}");
            assert!(was_killed || now == there + 1, "a process that was not killed did its work");
            there = now;
        }
        let everything = stage.export("all.csv", &all);
        let output = stage.dunlin(&["import", &everything]);
        let wanted = format!("{} entries added, {} already there\n", (BATCHES - there) * BATCH, there * BATCH);
        assert_eq!(super::text(&output.stdout), wanted);
        assert_eq!(stage.entries(), all);
        if !stage.place.starts_with("postgres") && killed >= kills {
            assert!(half_written > 0, "none of {killed} processes was killed while it wrote");
        }
    }
}
