//! Results as one JSON object, for other programs.

use serde::Serialize;

use crate::base::Date;
use crate::report::json::{Finding, of};
use crate::report::place::Located;
use crate::report::testing::human::changed_lines;
use crate::report::testing::mutants::unnoticed;
use crate::report::testing::named;
use crate::report::{Style, View};
use crate::testing::coverage::{Coverage, Share};
use crate::testing::mutants::Tried;
use crate::testing::results::{Results, State, SuiteResult};

#[derive(Serialize)]
struct Object<'a> {
    passed: bool,
    findings: Vec<Finding<'a>>,
    tests: Vec<Test<'a>>,
    suites: Vec<Suite<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Reached>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutants: Option<Mutants<'a>>,
}

#[derive(Serialize)]
struct Mutants<'a> {
    noticed: usize,
    not_tried: usize,
    unnoticed: Vec<Unnoticed<'a>>,
}

#[derive(Serialize)]
struct Unnoticed<'a> {
    #[serde(flatten)]
    place: Located,
    what: &'a str,
}

#[derive(Serialize)]
struct Test<'a> {
    title: &'a str,
    file: String,
    line: Option<u64>,
    passed: bool,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Suite<'a> {
    folder: String,
    findings: Vec<Finding<'a>>,
    snapshots: Vec<Snapshot>,
    stale: Vec<String>,
}

#[derive(Serialize)]
struct Snapshot {
    date: Date,
    file: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<String>,
}

#[derive(Serialize)]
struct Reached {
    steps: Counted,
    conditions: Counted,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Counted {
    reached: usize,
    all: usize,
}

#[derive(Serialize)]
struct Part {
    name: String,
    steps: Counted,
    conditions: Counted,
    never: Vec<Never>,
}

#[derive(Serialize)]
struct Never {
    file: String,
    line: Option<u64>,
    what: String,
    lacks: Vec<&'static str>,
}

/// The object, over several lines: `findings` are what stands against running anything.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn object(results: &Results, view: View<'_>) -> serde_json::Result<String> {
    let tests = results.tests.iter().map(|test| {
        let place = view.span(test.span);
        let findings = test.findings.iter().map(|finding| of(view, finding)).collect();
        Test { title: &test.title, file: place.file, line: place.line, passed: test.passed(), findings }
    });
    let object = Object {
        passed: results.passed(),
        findings: results.check.iter().map(|finding| of(view, finding)).collect(),
        tests: tests.collect(),
        suites: results.suites.iter().map(|suite| self::suite(suite, view)).collect(),
        coverage: results.coverage.as_ref().map(|coverage| reached(coverage, view)),
        mutants: results.mutants.as_ref().map(|tried| mutants(tried, view)),
    };
    serde_json::to_string_pretty(&object).map(|text| text + "\n")
}

fn suite<'a>(suite: &'a SuiteResult, view: View<'_>) -> Suite<'a> {
    let path = |path: &str| view.path(path).into_owned();
    let snapshots = suite.days.iter().map(|day| Snapshot {
        date: day.date,
        file: path(&day.path),
        state: day.state().word(),
        difference: (day.state() != State::Same).then(|| changed_lines(day, Style::PLAIN)),
    });
    Suite {
        folder: path(&suite.folder),
        findings: suite.findings.iter().map(|finding| of(view, finding)).collect(),
        snapshots: snapshots.collect(),
        stale: suite.stale.iter().map(|stale| path(&stale.path)).collect(),
    }
}

fn mutants<'a>(tried: &'a Tried, view: View<'_>) -> Mutants<'a> {
    let unnoticed = unnoticed(tried, view).into_iter().map(|(place, what)| Unnoticed { place, what });
    Mutants { noticed: tried.noticed, not_tried: tried.left, unnoticed: unnoticed.collect() }
}

fn reached(coverage: &Coverage, view: View<'_>) -> Reached {
    let counted = |share: Share| Counted { reached: share.reached, all: share.all };
    let parts = coverage.parts.iter().map(|part| {
        let never = part.points.iter().filter(|point| point.ways.iter().any(|way| way.times == 0)).map(|point| {
            let place = view.span(point.span);
            let lacks = point.ways.iter().filter(|way| way.times == 0).map(|way| way.lack).collect();
            Never { file: place.file, line: place.line, what: named(part, point, view.sources), lacks }
        });
        Part {
            name: part.name.clone(),
            steps: counted(part.steps()),
            conditions: counted(part.branches()),
            never: never.collect(),
        }
    });
    Reached { steps: counted(coverage.steps()), conditions: counted(coverage.branches()), parts: parts.collect() }
}
