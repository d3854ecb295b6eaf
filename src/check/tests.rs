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
    let checked = check(&[Arc::new(parsed.file)], &syntax::parse(prelude, PRELUDE).file, &Letters, None);
    (checked, parsed.findings, sources)
}

/// The findings as text: code, place, message, the marked text, help, fix.
fn listed(text: &str) -> String {
    let (checked, syntax, sources) = checked(text);
    let mut out = String::new();
    // The rules of procedures, templates and tests have their own tests.
    let of_expressions = checked.findings.iter().filter(|finding| finding.code.id < "E0400");
    for finding in syntax.iter().chain(of_expressions) {
        let severity = format!("{:?}", finding.severity()).to_lowercase();
        let _ = writeln!(out, "{} {severity}: {}", finding.code.id, finding.message);
        for label in &finding.labels {
            let Place::Text(span) = label.place else { continue };
            let line = sources.get(span.file).map_or(0, |source: &Source| source.line_column(span.start as usize).0);
            let _ = writeln!(out, "  {line}: `{}` {}", sources.slice(span), label.text);
        }
        finding.help.iter().for_each(|help| writeln!(out, "  help: {help}").expect("text takes any text"));
        for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
            let _ = writeln!(out, "  fix: `{}` becomes `{}`", sources.slice(edit.span), edit.text);
        }
    }
    let _ = writeln!(out, "program: {}", if checked.program().is_some() { "yes" } else { "no" });
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

/// Every condition of the first procedure's steps, as the tree has it.
fn conditions(text: &str) -> Vec<super::tree::Expr> {
    let (checked, ..) = checked(text);
    let program = checked.program().cloned().unwrap_or_else(|| panic!("{}", listed(text)));
    let steps = program.procedures.iter().flat_map(|procedure| procedure.steps.clone());
    steps.filter_map(|step| step.when).collect()
}

fn with_condition(condition: &str) -> String {
    format!(
        "ledger {{\n    currency EUR\n    customer {{ score: number? }}\n}}\nassign {{ otherwise standard }}\n\
         procedure standard {{\n    start by assignment\n    timing dip\n    step a at day 3 when {condition} {{ call \
         customer }}\n    step b at day 9 {{ set_status legal }}\n}}\n"
    )
}

#[test]
fn what_is_written_as_a_value_is_a_literal() {
    use super::tree::ExprKind;
    use crate::schema::Value;
    let right = |condition: &str| {
        let all = conditions(&with_condition(condition));
        let Some(ExprKind::Binary(_, _, right)) = all.first().map(|expr| &expr.kind) else { panic!("{all:?}") };
        let ExprKind::Literal(value) = &right.kind else { panic!("{right:?}") };
        value.clone()
    };
    assert_eq!(right("dip > 2 weeks"), Value::Days(14));
    assert_eq!(right("dip > -3 days"), Value::Days(-3));
    assert_eq!(right("leading.kind = payment"), Value::Choice(2));
    assert_eq!(right("leading.id = \"  e\u{301}t\u{e9} \""), Value::Text("\u{e9}t\u{e9}".into()));
    assert_eq!(right("leading.overdue = yes"), Value::Flag(true));
}

#[test]
fn what_has_been_asked_for_is_there() {
    let all = conditions(&with_condition("score is present and score < 40"));
    let mut optional = Vec::new();
    all.iter().for_each(|expr| expr.walk(&mut |inner| optional.push(inner.typed.optional)));
    assert_eq!(optional, [false, false, true, false, false, false]);
}

#[test]
fn long_programs_need_no_deep_stack() {
    let mut text = with_condition("d0 > 3");
    for place in 0..3_000 {
        let _ = writeln!(text, "define d{place} = d{} + 1", place + 1);
    }
    let circle = format!("{text}define d3000 = d0\n");
    let line = format!("{text}define d3000 = 5\n");
    for text in [circle, line] {
        let (checked, ..) = checked(&text);
        assert!(checked.program().is_none());
        let ids: Vec<&str> = checked.findings.iter().map(|finding| finding.code.id).collect();
        assert!((1..=2).contains(&ids.len()), "{ids:?}");
    }
}

/// A small program in which every kind of name is declared and used.
const NAMES: &str = r#"ledger {
    currency EUR
    customer { segment: key_account | retail  score: number? }
    document { status: open | dispute  po_number: text? }
    recipient representative
}
calendar belgium { weekend saturday, sunday  holidays BE }
define late = any(documents where days_overdue > 7 days)
define document.large = open_amount > 1_000 EUR
template reminder { en "letter.md"  otherwise en }
action whatsapp(to: recipient, using: template, covering: documents = overdue) contact
assign { none when segment = key_account  otherwise standard }
procedure standard "Standard" was classic {
    start by assignment
    follow documents where status in (open, dispute) and customer.segment != key_account
    timing dip from end_of_month(due_date) counting working days of belgium
    priority max(overdue_total, 1 EUR)
    step call "Call" at day 7 was phone when late or leading.large { call representative covering documents where large
        results promised | refused }
    step letter "Letter" at day 15 when (result of call or else refused) != promised and dip < 60 days { whatsapp customer using reminder }
}
test "names" {
    customer C1 { segment: retail }
    document F1 of C1 { due_date: 2026-02-01  amount: 500 EUR }
    history of C1 { date: 2026-02-08  procedure: standard  step: "call"  outcome: done  result: promised }
    on 2026-03-02 expect C1 standard.call
    on 2026-03-02 done C1 standard.call result promised
    on 2026-03-03 set F1 status dispute
}
"#;

#[test]
fn every_name_stands_for_something() {
    let (checked, _, sources) = checked(NAMES);
    let mut out = String::new();
    for mention in checked.mentions.in_file(FileId(0)) {
        let (line, column) =
            sources.get(FileId(0)).map_or((0, 0), |source| source.line_column(mention.span.start as usize));
        let name = sources.slice(mention.span);
        let how = if mention.is_declaration { "declares" } else { "is" };
        let _ = write!(out, "{line}:{column} `{name}` {how} {:?}", mention.symbol);
        mention.typed.iter().for_each(|typed| write!(out, ": {typed:?}").expect("text takes any text"));
        out.push('\n');
    }
    for finding in &checked.findings {
        let _ = writeln!(out, "{}: {}", finding.code.id, finding.message);
    }
    insta::assert_snapshot!(out);
}
