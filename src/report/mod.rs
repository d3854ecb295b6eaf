//! What is shown to people and to other programs: findings, worklists, explanations.
//!
//! Everything here turns data into text. Nothing here reads a file or writes to the terminal.

pub mod compare;
pub mod concise;
#[cfg(feature = "cli")]
pub mod diff;
pub mod github;
pub mod gitlab;
pub mod grid;
#[cfg(feature = "cli")]
pub mod human;
pub mod journal;
pub mod json;
pub mod junit;
pub mod page;
pub mod place;
pub mod sarif;
pub mod simulation;
pub mod style;
#[cfg(feature = "cli")]
pub mod testing;
pub mod timeline;
pub mod why;
pub mod worklist;
pub mod xml;

pub use place::View;
pub use style::Style;

use crate::base::text::count;
use crate::base::{Diagnostic, Severity};

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub hints: usize,
}

impl Tally {
    /// Counts `findings`.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            match finding.severity() {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Hint => tally.hints += 1,
            }
        }
        tally
    }

    /// `3 errors, 1 warning`; `no findings` where there is none.
    #[must_use]
    pub fn sentence(self) -> String {
        let parts =
            [(self.errors, "error", "errors"), (self.warnings, "warning", "warnings"), (self.hints, "hint", "hints")];
        let written: Vec<String> = parts
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, many)| count(i64::try_from(number).unwrap_or(i64::MAX), one, many))
            .collect();
        if written.is_empty() { "no findings".to_owned() } else { written.join(", ") }
    }
}

/// The word for a severity in messages.
#[must_use]
pub const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

/// What a finding says where only a place and a text are shown: what is wrong, what is remarked about the place
/// itself, and what to write instead or why. Remarks about other places are told with their place.
fn told(view: View<'_>, finding: &Diagnostic) -> Vec<String> {
    let mut lines = vec![finding.message.clone()];
    for (at, label) in finding.labels.iter().enumerate().filter(|(_, label)| !label.text.is_empty()) {
        let place = if at == 0 { String::new() } else { format!("{}: ", view.place(&label.place).short()) };
        lines.push(format!("{place}{}", label.text));
    }
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines
}

/// `1,234 documents`: a count with its word, its digits grouped.
fn number(value: u64, one: &str, many: &str) -> String {
    let word = if value == 1 { one } else { many };
    format!("{} {word}", crate::base::money::grouped(&value.to_string()))
}
