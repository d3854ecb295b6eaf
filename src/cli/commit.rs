//! A run that is committed: the journal gets what is new, all of it or nothing (`S25`).

use crate::base::code;
use crate::base::text::count;
use crate::cli::journal::JournalArguments;
use crate::cli::ledger::Ready;
use crate::cli::project::Project;
use crate::cli::stamp::stamp;
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{Appended, Entry, Event, Memory};
use crate::run::{self, Worklist, notices};

/// The words of a commit, in the order in which they are told.
const TOLD: &[(Event, &str)] = &[
    (Event::Started, "started"),
    (Event::Stopped, "stopped"),
    (Event::Reassigned, "reassigned"),
    (Event::Completed, "complete"),
    (Event::Deferred, "put off"),
];

/// Runs and commits. If somebody else writes into the journal meanwhile, the run is made again with
/// what he wrote, so that nothing is lost or written twice.
pub(super) fn run(
    ready: &Ready,
    arguments: &JournalArguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Worklist, Trouble> {
    let mut journal = arguments.open(project)?;
    loop {
        let memory = Memory::new(&journal.entries()?, &ready.snapshot);
        let date = ready.date;
        if let Some(last) = memory.last_commit().filter(|last| *last > date) {
            return Err(Trouble::with_help(
                format!("the run of {date} cannot be committed: that of {last} is committed already"),
                format!("commit a run of {last} or later; without `--commit` any day can be run"),
            ));
        }
        let mut worklist = run::run(&ready.plan, &ready.snapshot, &memory, date);
        // This is the commit that it asks for.
        worklist.findings.retain(|finding| finding.code != code::STOP_NEEDS_JOURNAL);
        let committed = memory.last_commit() == Some(date);
        let Some(mut entries) = notices::entries(&worklist, project.workspace.sources(), date, committed) else {
            terminal.note(&format!("the run of {date} is committed already, and there is nothing new to write"));
            return Ok(worklist);
        };
        stamp(&mut entries);
        if journal.append(memory.head, &entries)? == Appended::Added {
            arguments.tell_new(project, memory.head, terminal)?;
            terminal.note(&format!("the run of {date} is committed{}", told(&entries)));
            return Ok(worklist);
        }
    }
}

/// `: 3 started, 1 stopped`
fn told(entries: &[Entry]) -> String {
    let number = |event: Event| entries.iter().filter(|entry| entry.event == event).count();
    let parts = TOLD.iter().map(|(event, word)| (number(*event), *word)).filter(|(number, _)| *number > 0);
    let words: Vec<String> =
        parts.map(|(number, word)| count(i64::try_from(number).unwrap_or(i64::MAX), word, word)).collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}
