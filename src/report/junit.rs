//! JUnit XML: what CI servers show as the tests of a job. Plain data in, text out.
//!
//! The format has no standard; this is the part that Jenkins, GitLab, GitHub's actions, Azure and CircleCI
//! agree on: `testsuites`, `testsuite`, `testcase` with `failure` or `skipped`, and `file` and `line`.

use std::fmt::Write;

use crate::base::{Diagnostic, Severity};
use crate::report::xml::escaped;
use crate::report::{View, severity_word, told};

/// A run of tests, or of checks shown as tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What ran: `dunlin test`.
    pub name: String,
    /// Its suites, in the order in which they are shown.
    pub suites: Vec<Suite>,
}

/// Tests that belong together, usually those of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suite {
    /// Its name.
    pub name: String,
    /// Its cases, in the order in which they are shown.
    pub cases: Vec<Case>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its name, unique in its suite.
    pub name: String,
    /// What it belongs to: CI servers group by it.
    pub class: String,
    /// The file it stands in, seen from the working folder.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// How long it took, in milliseconds; `None` keeps the report the same on every run.
    pub milliseconds: Option<u64>,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Passed,
    /// It does not count; why.
    Skipped(String),
    /// Not as it should.
    Failed {
        /// The kind of failure, in a word: a code, `expectation`.
        kind: String,
        /// What is wrong, in one line.
        message: String,
        /// All there is to say about it, over as many lines as it takes.
        text: String,
    },
}

impl Report {
    /// The report as XML, with a line end at its end.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let all: Vec<&Case> = self.suites.iter().flat_map(|suite| &suite.cases).collect();
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        open(&mut out, 0, "testsuites", &self.name, &all);
        for suite in &self.suites {
            open(&mut out, 1, "testsuite", &suite.name, &suite.cases.iter().collect::<Vec<_>>());
            for case in &suite.cases {
                case.write(&mut out);
            }
            out.push_str("  </testsuite>\n");
        }
        out.push_str("</testsuites>\n");
        out
    }
}

/// `<testsuite name="…" tests="3" failures="1" errors="0" skipped="0" time="0.012">`
fn open(out: &mut String, depth: usize, tag: &str, name: &str, cases: &[&Case]) {
    let number = |wanted: fn(&Outcome) -> bool| cases.iter().filter(|case| wanted(&case.outcome)).count();
    let failed = number(|outcome| matches!(outcome, Outcome::Failed { .. }));
    let skipped = number(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let _ = write!(
        out,
        "{}<{tag} name=\"{}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\"",
        "  ".repeat(depth),
        escaped(name),
        cases.len()
    );
    time(out, cases.iter().filter_map(|case| case.milliseconds).reduce(u64::saturating_add));
    out.push_str(">\n");
}

impl Case {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "    <testcase name=\"{}\" classname=\"{}\"", escaped(&self.name), escaped(&self.class));
        if let Some(file) = &self.file {
            let _ = write!(out, " file=\"{}\"", escaped(file));
        }
        if let Some(line) = self.line {
            let _ = write!(out, " line=\"{line}\"");
        }
        time(out, self.milliseconds);
        let inside = match &self.outcome {
            Outcome::Passed => {
                out.push_str("/>\n");
                return;
            }
            Outcome::Skipped(reason) => format!("<skipped message=\"{}\"/>", escaped(reason)),
            Outcome::Failed { kind, message, text } => {
                let (kind, message, text) = (escaped(kind), escaped(message), escaped(text));
                format!("<failure type=\"{kind}\" message=\"{message}\">{text}</failure>")
            }
        };
        let _ = write!(out, ">\n      {inside}\n    </testcase>\n");
    }
}

fn time(out: &mut String, milliseconds: Option<u64>) {
    if let Some(all) = milliseconds {
        let _ = write!(out, " time=\"{}.{:03}\"", all / 1000, all % 1000);
    }
}

/// Findings as tests: a suite for each file, a failed test for each error; a warning or hint is a
/// skipped test, as it does not fail the check. A file without findings is a test that passed.
#[must_use]
pub fn findings(view: View<'_>, files: &[String], findings: &[Diagnostic]) -> String {
    let mut suites: Vec<Suite> =
        files.iter().map(|file| Suite { name: view.path(file).into_owned(), cases: Vec::new() }).collect();
    for finding in findings {
        let place = view.locate(finding).file;
        let name = if place.is_empty() { "program" } else { place.as_str() };
        let case = case(view, finding, name);
        match suites.iter_mut().find(|suite| suite.name == name) {
            Some(suite) => suite.cases.push(case),
            None => suites.push(Suite { name: name.to_owned(), cases: vec![case] }),
        }
    }
    for suite in suites.iter_mut().filter(|suite| suite.cases.is_empty()) {
        suite.cases.push(Case {
            name: "no findings".to_owned(),
            class: suite.name.clone(),
            file: Some(suite.name.clone()),
            line: None,
            milliseconds: None,
            outcome: Outcome::Passed,
        });
    }
    Report { name: "dunlin check".to_owned(), suites }.to_xml()
}

fn case(view: View<'_>, finding: &Diagnostic, class: &str) -> Case {
    let (place, code) = (view.locate(finding), finding.code.id);
    let text = all_of(view, finding);
    let outcome = match finding.severity() {
        Severity::Error => Outcome::Failed { kind: code.to_owned(), message: finding.message.clone(), text },
        Severity::Warning | Severity::Hint => Outcome::Skipped(text),
    };
    let line = place.line.map_or_else(String::new, |line| format!(" in line {line}"));
    Case {
        name: format!("{code}{line}: {}", finding.message),
        class: class.to_owned(),
        file: Some(place.file).filter(|file| !file.is_empty()),
        line: place.line,
        milliseconds: None,
        outcome,
    }
}

/// `path:line:column: error[E0301]: message`, and what explains it below.
pub(super) fn all_of(view: View<'_>, finding: &Diagnostic) -> String {
    let at = view.locate(finding).short();
    let gap = if at.is_empty() { "" } else { ": " };
    let word = severity_word(finding.severity());
    format!("{at}{gap}{word}[{}]: {}", finding.code.id, told(view, finding).join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{Case, Outcome, Report, Suite};

    fn case(name: &str, milliseconds: Option<u64>, outcome: Outcome) -> Case {
        let file = Some("tests.proc".to_owned());
        Case { name: name.to_owned(), class: "tests.proc".to_owned(), file, line: Some(3), milliseconds, outcome }
    }

    #[test]
    fn a_report_as_ci_servers_read_it() {
        let failed = Outcome::Failed {
            kind: "expectation".to_owned(),
            message: "expected `a < b` & \"c\"".to_owned(),
            text: "first line\n\u{1b}[31msecond\u{1b}[0m".to_owned(),
        };
        let suite = Suite {
            name: "tests.proc".to_owned(),
            cases: vec![
                case("one", Some(12), Outcome::Passed),
                case("two", Some(1_300), failed),
                case("three", None, Outcome::Skipped("not today".to_owned())),
            ],
        };
        let empty = Suite { name: "empty".to_owned(), cases: Vec::new() };
        insta::assert_snapshot!(Report { name: "dunlin test".to_owned(), suites: vec![suite, empty] }.to_xml());
    }
}
