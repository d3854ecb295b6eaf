//! Results as JUnit XML, for build servers: the tests of each file and the days of each suite.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::base::Diagnostic;
use crate::report::View;
use crate::testing::results::Results;

/// A case of a build server.
struct Case {
    name: String,
    file: String,
    line: Option<u64>,
    failures: Vec<String>,
}

/// All results.
#[must_use]
pub fn xml(results: &Results, view: View<'_>) -> String {
    let mut suites: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for test in &results.tests {
        let place = view.span(test.span);
        let failures = test.findings.iter().map(|finding| told(finding, view)).collect();
        let case = Case { name: test.title.clone(), file: place.file.clone(), line: place.line, failures };
        suites.entry(place.file).or_default().push(case);
    }
    for suite in &results.suites {
        let folder = view.path(&suite.folder).into_owned();
        let cases = suites.entry(folder.clone()).or_default();
        if !suite.findings.is_empty() {
            let failures = suite.findings.iter().map(|finding| told(finding, view)).collect();
            cases.push(Case { name: "suite.toml".to_owned(), file: folder.clone(), line: None, failures });
        }
        cases.extend(suite.days.iter().map(|day| Case {
            name: day.date.to_string(),
            file: view.path(&day.path).into_owned(),
            line: None,
            failures: day.finding().iter().map(|finding| told(finding, view)).collect(),
        }));
    }
    written(&suites)
}

/// `path:line: message`, what explains it below.
fn told(finding: &Diagnostic, view: View<'_>) -> String {
    let mut out = format!("{}: {} {}", view.locate(finding).short(), finding.code.id, finding.message);
    for label in finding.labels.iter().filter(|label| !label.text.is_empty()) {
        let _ = write!(out, "\n{}: {}", view.place(&label.place).short(), label.text);
    }
    out.extend(finding.help.iter().map(|help| format!("\n{help}")));
    out
}

/// The document. Replace this by the writer that `check` uses once both are there.
fn written(suites: &BTreeMap<String, Vec<Case>>) -> String {
    let failed = |cases: &[Case]| cases.iter().filter(|case| !case.failures.is_empty()).count();
    let (all, bad) = suites.values().fold((0, 0), |(all, bad), cases| (all + cases.len(), bad + failed(cases)));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"dunlin\" tests=\"{all}\" failures=\"{bad}\">");
    for (name, cases) in suites {
        let name = escaped(name);
        let _ = writeln!(out, "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\">", cases.len(), failed(cases));
        for case in cases {
            let line = case.line.map_or_else(String::new, |line| format!(" line=\"{line}\""));
            let (title, file) = (escaped(&case.name), escaped(&case.file));
            let _ = write!(out, "    <testcase name=\"{title}\" classname=\"{name}\" file=\"{file}\"{line}");
            let Some(first) = case.failures.first() else {
                out.push_str("/>\n");
                continue;
            };
            let message = escaped(first.lines().next().unwrap_or(""));
            let text = escaped(&case.failures.join("\n\n"));
            let _ = writeln!(out, ">\n      <failure message=\"{message}\">{text}</failure>\n    </testcase>");
        }
        out.push_str("  </testsuite>\n");
    }
    out + "</testsuites>\n"
}

/// The escapes of XML; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => {}
            other => out.push(other),
        }
    }
    out
}
