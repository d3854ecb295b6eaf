//! Coverage as a table, and everything that no test and no suite reached.

use std::fmt::Write;

use crate::report::grid::{self, Column};
use crate::report::style::Ink;
use crate::report::testing::named;
use crate::report::{Style, View};
use crate::testing::coverage::{Coverage, Share};

/// The table and the list.
#[must_use]
pub fn table(coverage: &Coverage, view: View<'_>, style: Style) -> String {
    let mut rows: Vec<(String, Share, Share)> =
        coverage.parts.iter().map(|part| (part.name.clone(), part.steps(), part.branches())).collect();
    rows.push(("together".to_owned(), coverage.steps(), coverage.branches()));
    let of = |share: Share| if share.all == 0 { "-".to_owned() } else { format!("{} of {}", share.reached, share.all) };
    let percent = |share: Share| if share.all == 0 { String::new() } else { format!("{} %", share.percent()) };
    let columns = vec![
        Column::new("part", rows.iter().map(|(name, ..)| name.clone())),
        Column::new("steps", rows.iter().map(|(_, steps, _)| of(*steps))).right(),
        Column::new("", rows.iter().map(|(_, steps, _)| percent(*steps))).right(),
        Column::new("conditions", rows.iter().map(|(.., branches)| of(*branches))).right(),
        Column::new("", rows.iter().map(|(.., branches)| percent(*branches))).right(),
    ];
    let mut out = style.paint(Ink::Strong, "Reached by tests and suites") + "\n";
    for line in grid::lines(columns, 2, style) {
        let _ = writeln!(out, "{line}");
    }
    let missed = missed(coverage, view);
    if !missed.is_empty() {
        let _ = writeln!(out, "\n{} ({})", style.paint(Ink::Strong, "Never reached"), missed.len());
        for (place, what) in &missed {
            let _ = writeln!(out, "  {} {what}", style.paint(Ink::Faint, place));
        }
    }
    out.push('\n');
    out
}

/// What was never reached, with its place.
fn missed(coverage: &Coverage, view: View<'_>) -> Vec<(String, String)> {
    let mut missed = Vec::new();
    for part in &coverage.parts {
        for point in &part.points {
            let ways: Vec<&str> = point.ways.iter().filter(|way| way.times == 0).map(|way| way.lack).collect();
            if ways.is_empty() {
                continue;
            }
            let what = named(part, point, view.sources);
            let lack = if ways.len() < 2 { ways.concat() } else { "is never asked for".to_owned() };
            let place = view.span(point.span);
            let line = place.line.map_or_else(String::new, |line| format!(":{line}"));
            missed.push((format!("{}{line}", place.file), format!("{what} {lack}")));
        }
    }
    missed
}
