//! Small programs and the findings about them, one snapshot each; and what a checked program is like.

use std::fmt::Write;
use std::sync::Arc;

use super::{Checked, Resources, check};
use crate::base::{Diagnostic, FileId, Place, Source, Sources};
use crate::schema::{PRELUDE, PRELUDE_PATH};
use crate::syntax;

/// Every file there is says `Dear customer`.
struct Letters;

impl Resources for Letters {
    fn file(&self, path: &str) -> Option<(FileId, Arc<str>)> {
        path.ends_with(".md").then(|| (FileId(u32::MAX), "Dear customer".into()))
    }
}

/// Checks one text; findings of the parser come first.
pub(super) fn checked(text: &str) -> (Checked, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let file = sources.add("test.proc", text);
    let prelude = sources.add(PRELUDE_PATH, PRELUDE);
    let parsed = syntax::parse(file, text);
    let checked = check(&[parsed.file], &syntax::parse(prelude, PRELUDE).file, &Letters);
    (checked, parsed.findings, sources)
}

/// The findings as text: code, place, message, the marked text, help, fix.
fn listed(text: &str) -> String {
    let (checked, syntax, sources) = checked(text);
    let mut out = String::new();
    for finding in syntax.iter().chain(&checked.findings) {
        let severity = format!("{:?}", finding.severity()).to_lowercase();
        let _ = writeln!(out, "{} {severity}: {}", finding.code.id, finding.message);
        for label in &finding.labels {
            let Place::Text(span) = label.place else { continue };
            let line = sources.get(span.file).map_or(0, |source: &Source| source.line_column(span.start as usize).0);
            let _ = writeln!(out, "  {line}: `{}` {}", sources.slice(span), label.text);
        }
        finding.help.iter().for_each(|help| writeln!(out, "  help: {help}").expect("text takes any text"));
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            let _ = writeln!(out, "  fix: `{}` becomes `{}`", sources.slice(edit.span), edit.text);
        }
    }
    let _ = writeln!(out, "program: {}", if checked.program.is_some() { "yes" } else { "no" });
    out
}

#[test]
fn the_findings_of_each_fixture() {
    insta::glob!("fixtures/*.proc", |path| {
        let text = std::fs::read_to_string(path).expect("a fixture is readable");
        insta::assert_snapshot!(listed(&text));
    });
}

#[test]
fn the_program_of_the_design_has_no_finding() {
    assert_eq!(listed(include_str!("fixtures/design.proc")), "program: yes\n");
}
