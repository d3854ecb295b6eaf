//! Results as JUnit XML, for build servers: the tests of each file and the days of each suite.

use std::collections::BTreeMap;

use crate::base::Diagnostic;
use crate::report::junit::{Case, Outcome, Report, Suite, all_of};
use crate::report::testing::human::changed_lines;
use crate::report::{Style, View};
use crate::testing::results::Results;

/// All results.
#[must_use]
pub fn xml(results: &Results, view: View<'_>) -> String {
    let mut suites: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for test in &results.tests {
        let place = view.span(test.span);
        let case = case(&test.title, &place.file, &place.file, place.line, &test.findings, view);
        suites.entry(place.file).or_default().push(case);
    }
    for suite in &results.suites {
        let folder = view.path(&suite.folder).into_owned();
        if suite.findings.is_empty() && suite.days.is_empty() {
            continue;
        }
        let cases = suites.entry(folder.clone()).or_default();
        if !suite.findings.is_empty() {
            cases.push(case("suite.toml", &folder, &folder, None, &suite.findings, view));
        }
        for day in &suite.days {
            let findings: Vec<Diagnostic> = day.finding().into_iter().collect();
            // A build server shows this place: that of a text that is not there yet would lead nowhere.
            let (file, line) = match day.accepted {
                Some(_) => (&day.path, None),
                None => (&day.stated.file, day.stated.line),
            };
            let mut case = case(&day.date.to_string(), &folder, &view.path(file), line, &findings, view);
            if let Outcome::Failed { text, .. } = &mut case.outcome {
                text.push_str("\n\n");
                text.push_str(changed_lines(day, Style::PLAIN).trim_end());
            }
            cases.push(case);
        }
    }
    let suites = suites.into_iter().map(|(name, cases)| Suite { name, cases }).collect();
    Report { name: "dunlin test".to_owned(), suites }.to_xml()
}

fn case(name: &str, class: &str, file: &str, line: Option<u64>, findings: &[Diagnostic], view: View<'_>) -> Case {
    let outcome = findings.first().map_or(Outcome::Passed, |first| Outcome::Failed {
        kind: first.code.id.to_owned(),
        message: first.message.clone(),
        text: findings.iter().map(|finding| all_of(view, finding)).collect::<Vec<_>>().join("\n\n"),
    });
    let [name, class] = [name, class].map(str::to_owned);
    Case { name, class, file: Some(file.to_owned()), line, milliseconds: None, outcome }
}
