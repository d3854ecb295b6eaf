use super::*;
use ast::{ExprKind, Item};

/// The findings of a text: code, what is marked, and what is to be written instead.
fn findings(text: &str) -> Vec<String> {
    let parsed = parse(FileId(0), text);
    let show = |finding: &Diagnostic| {
        let marked = finding.span().and_then(|span| text.get(span.range())).unwrap_or("?");
        format!("{} {marked} | {}", finding.code.id, finding.help.as_deref().unwrap_or(""))
    };
    parsed.findings.iter().map(show).collect()
}

/// The codes of the findings, in the order of the text.
fn codes(text: &str) -> Vec<&'static str> {
    parse(FileId(0), text).findings.iter().map(|finding| finding.code.id).collect()
}

#[test]
fn the_programs_of_the_design_and_the_prelude_are_read() {
    for text in [
        include_str!("../../tests/data/design.proc"),
        include_str!("../../tests/data/forms.proc"),
        include_str!("../schema/prelude.proc"),
    ] {
        assert_eq!(findings(text), [""; 0]);
    }
}

#[test]
fn typical_mistakes_have_one_finding_each() {
    let (mut shown, mut wrong) = (String::new(), Vec::new());
    for case in include_str!("mistakes.txt").split("%%\n").skip(1) {
        let (count, text) = case.split_once('\n').expect("a number of findings");
        let found = findings(text);
        if count.parse() != Ok(found.len()) {
            wrong.push(format!("{text}{found:#?}"));
        }
        shown += &format!("{text}{}\n\n", found.iter().map(|line| format!("  >> {line}\n")).collect::<String>());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!(shown);
}

#[test]
fn ten_mistakes_have_ten_findings_and_the_rest_keeps_its_meaning() {
    let text = r#"
ledger { currency EUR }
define a = overdue_total == 5 EUR
define b = (total_due > EUR 250
define c = score or else
procedur standard "Standard {
    start by assignment
    timing dip
    step one at 7 days { call customer }
    step two at day 9 {
        call customer
    step three from 2026-2-3 { call customer }
}
procedure strict { timing dip timing dip step one at day 3 { call customer } }
"#;
    let ten = ["E0107", "E0104", "E0110", "E0116", "E0102", "E0105", "E0121", "E0103", "E0108", "E0120"];
    assert_eq!(codes(text), ten);
    let parsed = parse(FileId(0), text);
    let steps = parsed.file.items.iter().filter_map(|item| match item {
        Item::Procedure(procedure) => Some(procedure.steps.len()),
        _ => None,
    });
    assert_eq!(steps.collect::<Vec<_>>(), [3, 1]);
    assert_eq!(parsed.file.items.len(), 6);
}

#[test]
fn odd_blanks_and_line_ends_are_blanks() {
    assert_eq!(codes("\u{feff}define\u{a0}a\t=\r\n\u{202f}5 EUR\r\n"), [""; 0]);
    assert_eq!(codes(""), [""; 0]);
    assert_eq!(codes("# only a comment"), [""; 0]);
}

#[test]
fn what_binds_tighter() {
    let shape = |text: &str| {
        let parsed = parse(FileId(0), &format!("define x = {text}"));
        let Some(Item::Define(define)) = parsed.file.items.into_iter().next() else { panic!("no define") };
        bracketed(&define.expr)
    };
    assert_eq!(shape("not a = b and -c or else 1 < 2 * 3 + 4"), "((not (a = b)) and ((-(c else 1)) < ((2 * 3) + 4)))");
    assert_eq!(shape("a - b - c / d"), "((a - b) - (c / d))");
    assert_eq!(shape("a between 1 + 2 and 3 and b"), "((a between (1 + 2), 3) and b)");
    assert_eq!(shape("a or b or c"), "((a or b) or c)");
}

/// An expression with a bracket around each operator.
fn bracketed(expr: &ast::Expr) -> String {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) => {
            format!("({} {} {})", bracketed(left), operator.value.sign(), bracketed(right))
        }
        ExprKind::Not(inner) => format!("(not {})", bracketed(inner)),
        ExprKind::Negate(inner) => format!("(-{})", bracketed(inner)),
        ExprKind::OrElse(left, right) => format!("({} else {})", bracketed(left), bracketed(right)),
        ExprKind::Between(value, low, high) => {
            format!("({} between {}, {})", bracketed(value), bracketed(low), bracketed(high))
        }
        ExprKind::Name(name) => name.clone(),
        ExprKind::Number(literal, _) => literal.value.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn docs_are_the_comments_directly_above() {
    let text = "# not this\n\n# one\n#  two\ndefine a = 1 # nor this\ndefine b = 2\n";
    let docs: Vec<Option<String>> = parse(FileId(0), text)
        .file
        .items
        .into_iter()
        .map(|item| if let Item::Define(define) = item { define.head.doc } else { None })
        .collect();
    assert_eq!(docs, [Some("one\n two".to_owned()), None]);
}

/// `define x = …` with `open` `count` times and `close` as often, or not at all.
fn nested(open: &str, count: usize, close: &str) -> String {
    format!("define x = {}a{}\ndefine y = 1\n", open.repeat(count), close.repeat(count))
}

#[test]
fn nesting_is_bounded() {
    assert_eq!(codes(&nested("(", 128, ")")), [""; 0]);
    assert_eq!(codes(&nested("min(1, ", 128, ")")), [""; 0]);
    assert_eq!(codes(&nested("(1 + ", 128, ")")), [""; 0]);
    assert_eq!(codes(&nested("not ", 128, "")), [""; 0]);
    assert_eq!(codes(&nested("(", 60, "")), ["E0104"]);
    for (open, close) in [
        ("(", ")"),
        ("(", ""),
        ("not ", ""),
        ("- ", ""),
        ("sum(a of documents where ", ")"),
        ("b in (", ")"),
        ("max (1, ", ")"),
    ] {
        for count in [129, 10_000] {
            assert_eq!(codes(&nested(open, count, close)), ["E0119"], "{count} × {open}");
        }
    }
    assert_eq!(codes(&nested("", 10_000, " + a")), ["E0119"]);
    assert_eq!(codes(&nested("", 10_000, " or else a")), ["E0119"]);
    assert_eq!(codes(&nested("(", 100_000, ")")), ["E0119"]);
}

/// The bounds are far above what it takes: they catch what grows faster than the text.
#[test]
fn time_grows_with_the_text() {
    let bound = std::time::Duration::from_secs(20);
    let texts = [
        nested("(", 60, ")"),
        nested("(", 60, ""),
        nested("sum(a of documents where ", 60, ")"),
        "(".repeat(100_000),
        "{".repeat(100_000),
        "\"".repeat(100_001),
        "„".repeat(100_001),
        "procedure a ".repeat(8_000),
        format!("procedure p {{ {}", "step a ".repeat(8_000)),
        "foo bar ".repeat(12_000),
        "1/2/2020; ".repeat(10_000),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let _ = parse(FileId(0), &text);
        let took = start.elapsed();
        assert!(took < bound, "{took:?} for {} …", &text[..20]);
    }
}
