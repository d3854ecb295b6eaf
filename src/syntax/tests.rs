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
