//! Results for people at a terminal: what failed, the differences, one line about all of it.

use crate::base::text::count;
use crate::report::style::Ink;
use crate::report::{Style, View, diff, human};
use crate::testing::results::{Day, Results, Stale, State};

/// Everything that did not come as expected.
#[must_use]
pub fn failures(results: &Results, view: View<'_>, style: Style) -> String {
    let mut out = String::new();
    for test in results.tests.iter().filter(|test| !test.passed()) {
        let place = view.span(test.span);
        let place = place.line.map_or_else(String::new, |line| format!("{}:{line}", place.file));
        let word = style.paint(Ink::Red, "failed");
        let title = style.paint(Ink::Strong, &format!("\"{}\"", test.title));
        out += &format!("{word} {title}  {}\n\n", style.paint(Ink::Faint, &place));
        out += &human::findings(view, &test.findings, style);
    }
    for suite in &results.suites {
        out += &human::findings(view, &suite.findings, style);
        for day in suite.days.iter().filter(|day| day.state() != State::Same) {
            out += &difference(day, view, style);
            out.push('\n');
        }
        for stale in &suite.stale {
            out += &format!("{}; `--accept` removes it\n\n", self::stale(stale, view, style));
        }
    }
    out
}

/// A run that does not give what was accepted: its file and the difference.
#[must_use]
pub fn difference(day: &Day, view: View<'_>, style: Style) -> String {
    let (word, ink) = match day.state() {
        State::New => ("new", Ink::Green),
        _ => (day.state().word(), Ink::Red),
    };
    let path = style.paint(Ink::Strong, &view.path(&day.path));
    format!("{} {path}\n\n{}", style.paint(ink, word), changed_lines(day, style))
}

/// What changes from what was accepted to what the run gives.
pub(super) fn changed_lines(day: &Day, style: Style) -> String {
    diff::lines(day.accepted.as_deref().unwrap_or(""), &day.text, style)
}

/// `stale tests/march/snapshots/2026-02-28.snap: the suite has no run of this day`
#[must_use]
pub fn stale(stale: &Stale, view: View<'_>, style: Style) -> String {
    format!("{} {}: {}", style.paint(Ink::Yellow, "stale"), view.path(&stale.path), stale.reason)
}

/// `12 tests passed, 1 failed; 3 snapshots the same`
#[must_use]
pub fn summary(results: &Results, style: Style) -> String {
    let number = |number: usize, one: &str, many: &str| count(i64::try_from(number).unwrap_or(i64::MAX), one, many);
    let passed = results.tests.iter().filter(|test| test.passed()).count();
    let failed = results.tests.len() - passed;
    let broken = results.suites.iter().filter(|suite| !suite.findings.is_empty()).count();
    let stale: usize = results.suites.iter().map(|suite| suite.stale.len()).sum();
    let mut tests = vec![match results.tests.len() {
        0 => "no tests".to_owned(),
        _ => number(passed, "test passed", "tests passed"),
    }];
    tests.extend((failed > 0).then(|| style.paint(Ink::Red, &format!("{failed} failed"))));
    let mut snapshots = Vec::new();
    if !results.suites.is_empty() {
        let changed = [(State::Changed, Ink::Red), (State::New, Ink::Red)].map(|(state, ink)| {
            let days = results.days(state);
            (days > 0).then(|| style.paint(ink, &format!("{days} {}", state.word())))
        });
        snapshots.push(number(results.days(State::Same), "snapshot the same", "snapshots the same"));
        snapshots.extend(changed.into_iter().flatten());
        snapshots.extend((stale > 0).then(|| style.paint(Ink::Yellow, &format!("{stale} stale"))));
        snapshots.extend((broken > 0).then(|| {
            let suites = number(broken, "suite cannot be run", "suites cannot be run");
            style.paint(Ink::Red, &suites)
        }));
    }
    let parts = [tests, snapshots].map(|part| part.join(", "));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ") + "\n"
}
