//! From the text of a `suite.toml` to [`Suite`].

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use crate::base::{DataPlace, Date, Diagnostic, code};
use crate::ledger::config::walk::{Entry, Walk};
use crate::ledger::{Config, files};
use crate::testing::suites::{Done, SETTINGS, Suite};

const KNOWN: &[&str] = &["dates", "ledger", "commit", "done"];
const DONE: &[(&str, Done)] =
    &[("nothing", Done::Nothing), ("automatic", Done::Automatic), ("everything", Done::Everything)];

/// See [`Suite::from_toml`].
pub(super) fn read(text: &str, folder: &str, is_folder: &dyn Fn(&str) -> bool) -> Result<Suite, Vec<Diagnostic>> {
    let path = format!("{folder}/{SETTINGS}");
    let mut walk = Walk::new(text, &path);
    let mut suite = Suite {
        folder: folder.to_owned(),
        dates: BTreeSet::new(),
        dates_at: DataPlace::default(),
        ledger: Some(files::join(folder, Config::LEDGER)).filter(|own| is_folder(own)),
        commit: false,
        done: Done::Nothing,
    };
    match DeTable::parse(text) {
        Ok(document) => settings(&mut walk, document.get_ref(), &mut suite, is_folder),
        Err(error) => {
            let reason = error.message().lines().next().unwrap_or("").to_owned();
            let finding = Diagnostic::new(code::TOML_SYNTAX, format!("`{path}` cannot be read here: {reason}"));
            let place = walk.place(&error.span().unwrap_or(0..0));
            walk.findings.push(finding.at_data(place, "").help("write `dates = [\"2026-03-02\"]`"));
        }
    }
    if walk.findings.is_empty() { Ok(suite) } else { Err(walk.findings) }
}

fn settings(walk: &mut Walk, document: &DeTable<'_>, suite: &mut Suite, is_folder: &dyn Fn(&str) -> bool) {
    let entries = Walk::entries(document);
    for entry in &entries {
        match entry.key {
            "dates" => dates(walk, entry, suite),
            "ledger" => ledger(walk, entry, suite, is_folder),
            "commit" => suite.commit = flag(walk, entry),
            "done" => suite.done = walk.word(entry, DONE).unwrap_or_default(),
            _ => walk.unknown(entry, "a suite", KNOWN),
        }
    }
    if walk.findings.is_empty() && !entries.iter().any(|entry| entry.key == "dates") {
        walk.refuse(&(0..0), "the suite has no dates", "write `dates = [\"2026-03-02\"]`");
    }
    let done = entries.iter().find(|entry| entry.key == "done");
    if let Some(done) = done.filter(|_| suite.done != Done::Nothing && !suite.commit) {
        let help = "write `commit = true` too";
        walk.refuse(&done.value.span(), "what is done counts only where runs are committed", help);
    }
}

fn ledger(walk: &mut Walk, entry: &Entry<'_, '_>, suite: &mut Suite, is_folder: &dyn Fn(&str) -> bool) {
    let Some(written) = walk.text(entry) else { return };
    let path = files::join(&suite.folder, &written);
    if !is_folder(&path) {
        let help = "write the folder of a ledger as it is seen from that of the suite, \
                    or leave it out for the ledger of the program";
        let finding = Diagnostic::new(code::MISSING_TABLE, format!("there is no folder `{path}`"));
        walk.findings.push(finding.at_data(walk.place(&entry.value.span()), "not found").help(help));
    }
    suite.ledger = Some(path);
}

fn dates(walk: &mut Walk, entry: &Entry<'_, '_>, suite: &mut Suite) {
    let help = "write `dates = [\"2026-03-02\", \"2026-03-09\"]`";
    suite.dates_at = walk.place(&entry.span);
    let Some(list) = entry.value.get_ref().as_array().filter(|list| !list.is_empty()) else {
        walk.refuse(&entry.value.span(), "`dates` is no list of days", help);
        return;
    };
    for written in list.iter() {
        let date = match written.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() => Date::parse(&date.to_string()),
            DeValue::String(date) => Date::parse(date),
            _ => None,
        };
        match date {
            Some(date) if suite.dates.insert(date) => {}
            Some(date) => walk.refuse(&written.span(), format!("{date} stands here twice"), "remove one of them"),
            None => walk.refuse(&written.span(), "this is no day", help),
        }
    }
}

fn flag(walk: &mut Walk, entry: &Entry<'_, '_>) -> bool {
    let flag = entry.value.get_ref().as_bool();
    if flag.is_none() {
        walk.refuse(
            &entry.value.span(),
            format!("`{}` is neither true nor false", entry.key),
            "write `true` or `false`",
        );
    }
    flag.unwrap_or(false)
}
