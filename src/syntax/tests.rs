use super::*;

fn findings(text: &str) -> Vec<String> {
    let parsed = parse(FileId(0), text);
    let show = |finding: &Diagnostic| {
        let span = finding.span().map_or(0..0, |span| span.range());
        format!("{} {:?} {} | {}", finding.code.id, &text[span], finding.message, finding.help.as_deref().unwrap_or(""))
    };
    parsed.findings.iter().map(show).collect()
}

#[test]
fn the_programs_of_the_design_and_the_prelude_are_read() {
    assert_eq!(findings(include_str!("../../tests/data/design.proc")), [""; 0]);
    assert_eq!(findings(crate::schema::PRELUDE), [""; 0]);
}

/// The codes of the findings, in the order of the text.
fn codes(text: &str) -> Vec<&'static str> {
    parse(FileId(0), text).findings.iter().map(|finding| finding.code.id).collect()
}

fn seconds(text: &str) -> (f64, Vec<&'static str>) {
    let start = std::time::Instant::now();
    let codes = codes(text);
    (start.elapsed().as_secs_f64(), codes)
}

#[test]
fn peek() {
    let all = std::fs::read_to_string("/tmp/mistakes.txt").unwrap();
    let mut out = String::new();
    for case in all.split("%%\n") {
        out += case;
        for finding in findings(case) {
            out += &format!("   >> {finding}\n");
        }
        out += "-----\n";
    }
    std::fs::write("/tmp/mistakes.out", out).unwrap();
}

#[test]
fn peek_speed() {
    let deep = |n: usize, close: bool| {
        format!("define x = {}1{}\ndefine y = 2\n", "(".repeat(n), if close { ")".repeat(n) } else { String::new() })
    };
    let cases = [
        ("60", deep(60, true)),
        ("60 open", deep(60, false)),
        ("128", deep(128, true)),
        ("129", deep(129, true)),
        ("128 min", format!("define x = {}1{}", "min(1, ".repeat(128), ")".repeat(128))),
        ("128 +", format!("define x = {}1{}", "(1 + ".repeat(128), ")".repeat(128))),
        ("128 in", format!("define x = {}1{}", "(1 in (".repeat(64), "))".repeat(64))),
        ("60 sum", format!("define x = {}1{}", "sum(a of documents where ".repeat(60), ")".repeat(60))),
        ("60 sum open", format!("define x = {}1", "sum(a of documents where ".repeat(60))),
        ("100000", deep(100_000, true)),
        ("100000 open", deep(100_000, false)),
        ("not", format!("define x = {} a\n", "not ".repeat(100_000))),
        ("- ", format!("define x = {} a\n", "- ".repeat(100_000))),
        ("not 128", format!("define x = {} a\n", "not ".repeat(128))),
        ("not 129", format!("define x = {} a\n", "not ".repeat(129))),
        ("+", format!("define x = a{}\n", " + a".repeat(100_000))),
        ("or else", format!("define x = a{}\n", " or else a".repeat(100_000))),
        ("or else or", format!("define x = a{}\n", " or else".repeat(100_000))),
        ("{", "{".repeat(100_000)),
        ("procedure {", "procedure a { ".repeat(70_000)),
        ("procedure a", "procedure a ".repeat(80_000)),
        ("step a", format!("procedure p {{ {}", "step a ".repeat(140_000))),
        ("step a {", format!("procedure p {{ {}", "step a { ".repeat(100_000))),
        ("quotes", "\"".repeat(500_001)),
        ("junk words", "foo bar ".repeat(125_000)),
        ("junk lines", "foo bar\n".repeat(125_000)),
        ("procedur lines", "procedur x { }\n".repeat(20_000)),
        ("template x", "template x ".repeat(90_000)),
        ("assign", "assign ".repeat(140_000)),
        ("test", "test \"\" ".repeat(110_000)),
        ("semicolons", ";".repeat(300_000)),
        ("comments", "# x\n".repeat(250_000)),
        ("blank", " ".repeat(1_000_000)),
        ("emails", format!("procedure p {{ step a {{\n{}", "email a b c d e\n".repeat(60_000))),
        ("email long", format!("procedure p {{ step a {{\nemail {}", "a ".repeat(400_000))),
        ("missing", "define x =\n".repeat(90_000)),
        ("define x = (", "define x = (\n".repeat(80_000)),
        ("a = (", format!("define x = {}", "a = ( ".repeat(100))),
        ("tpl", "template x { a \"".repeat(60_000)),
        ("odd blocks", format!("procedure p {{ {}", "x { ".repeat(250_000))),
        ("fields", format!("ledger {{ customer {{ {}", "a: b | c  ".repeat(100_000))),
        ("dates", "1/2/2020 ".repeat(110_000)),
        ("eur", "EUR 1 ".repeat(160_000)),
    ];
    let only = std::env::var("ONLY").unwrap_or_default();
    for (name, text) in cases.into_iter().filter(|(n, _)| n.starts_with(&only)) {
        let (time, codes) = seconds(&text);
        let mut half = text.len() / 2;
        while !text.is_char_boundary(half) {
            half += 1
        }
        let (half, _) = seconds(&text[..half]);
        println!("{name:15} {time:8.3}s {:5.2} {:6} {:?}", time / half, codes.len(), &codes[..codes.len().min(4)]);
    }
}

#[test]
fn peek_phases() {
    for n in [50_000, 100_000, 200_000] {
        let text = format!("procedure p {{ step a {{\nemail {}", "a ".repeat(n));
        let t = std::time::Instant::now();
        let _ = spelling::check(FileId(0), &text);
        let a = t.elapsed();
        let p = Grammar::parse(Rule::file, &text).unwrap();
        let b = t.elapsed();
        drop(p);
        println!("{n} spelling {a:?} pest {:?} drop {:?}", b - a, t.elapsed() - b);
        let _ = parse(FileId(0), &text);
        println!("all {:?}", t.elapsed());
    }
}
