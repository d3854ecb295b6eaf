//! Coverage as an LCOV tracefile: lines of steps and conditions, and the ways conditions came out.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::report::View;
use crate::testing::coverage::{Coverage, Kind};

/// What is told of one file.
#[derive(Default)]
struct File {
    /// How often the step or rule of a line was reached.
    steps: BTreeMap<u64, u64>,
    /// How often a condition of a line was asked for.
    conditions: BTreeMap<u64, u64>,
    /// The conditions of a line: for each way how often it came out so.
    branches: BTreeMap<u64, Vec<Vec<u64>>>,
}

/// The tracefile.
#[must_use]
pub fn tracefile(coverage: &Coverage, view: View<'_>) -> String {
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    for point in coverage.parts.iter().flat_map(|part| &part.points) {
        let place = view.span(point.span);
        let Some(line) = place.line else { continue };
        let file = files.entry(place.file).or_default();
        let times: Vec<u64> = point.ways.iter().map(|way| way.times).collect();
        let reached = times.iter().copied().fold(0, u64::saturating_add);
        if matches!(point.kind, Kind::Step(_) | Kind::Rule(_)) {
            file.steps.insert(line, reached);
        } else {
            let known = file.conditions.entry(line).or_default();
            *known = reached.max(*known);
            file.branches.entry(line).or_default().push(times);
        }
    }
    files.iter().map(|(path, file)| file.section(path)).collect()
}

impl File {
    fn section(&self, path: &str) -> String {
        let mut out = format!("TN:\nSF:{path}\n");
        let (mut found, mut hit) = (0, 0);
        for (line, points) in &self.branches {
            for (block, ways) in points.iter().enumerate() {
                let asked = ways.iter().any(|times| *times > 0);
                for (branch, times) in ways.iter().enumerate() {
                    found += 1;
                    hit += usize::from(*times > 0);
                    let taken = if asked { times.to_string() } else { "-".to_owned() };
                    let _ = writeln!(out, "BRDA:{line},{block},{branch},{taken}");
                }
            }
        }
        let _ = writeln!(out, "BRF:{found}\nBRH:{hit}");
        // What counts of a line with a step is whether the step was suggested.
        let mut lines = self.conditions.clone();
        lines.extend(&self.steps);
        for (line, times) in &lines {
            let _ = writeln!(out, "DA:{line},{times}");
        }
        let reached = lines.values().filter(|times| **times > 0).count();
        let _ = writeln!(out, "LF:{}\nLH:{reached}\nend_of_record", lines.len());
        out
    }
}
