//! The grammar takes what the compiler reads without a finding of syntax, and refuses the rest.

use dunlin::base::FileId;
use tree_sitter::Parser;

use super::differences::{FINDINGS, Finding, MUTANTS};
use super::mutants::{self, KINDS, Kind};
use super::{parser, programs, tree};

/// Of so many mutants one is tried.
const STRIDE: usize = 23;

/// The codes of what the compiler's reader finds.
fn findings(text: &str) -> Vec<&'static str> {
    dunlin::syntax::parse(FileId(0), text).findings.iter().map(|finding| finding.code.id).collect()
}

fn is_taken(parser: &mut Parser, text: &str) -> bool {
    !tree(parser, text).root_node().has_error()
}

/// What is wrong where the two differ; `None` where they agree or may differ.
fn difference(parser: &mut Parser, text: &str) -> Option<String> {
    let findings = findings(text);
    let listed = |code: &&str| FINDINGS.iter().any(|listed| listed.code == *code);
    match (is_taken(parser, text), findings.as_slice()) {
        (true, []) => None,
        (true, codes) if codes.iter().any(listed) => None,
        (true, codes) => Some(format!("the grammar takes what has {}", codes.join(", "))),
        (false, []) => Some("the grammar refuses a program".to_owned()),
        (false, _) => None,
    }
}

#[test]
fn programs_are_read_alike() {
    let mut parser = parser();
    let differences = programs::all().into_iter().filter_map(|program| {
        difference(&mut parser, &program.text).map(|what| format!("{}: {what}:\n{}", program.place, program.text))
    });
    let differences: Vec<String> = differences.collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn no_difference_is_listed_in_vain() {
    let mut parser = parser();
    for Finding { code, example, reason } in FINDINGS {
        assert_eq!(findings(example), [*code], "{example}");
        assert!(is_taken(&mut parser, example), "{code}: the grammar finds it too, though {reason}");
    }
}

#[test]
fn programs_with_one_change_are_read_alike() {
    let mut parser = parser();
    let mut tried = 0;
    let mut differences = Vec::new();
    for (number, program) in programs::all().iter().enumerate() {
        for kind in KINDS {
            let mutants = mutants::of(&program.text, *kind, |at| (at + number) % stride() == 0);
            tried += mutants.len();
            for mutant in mutants.iter().filter(|mutant| !is_listed(*kind, mutant)) {
                let what = difference(&mut parser, mutant);
                differences.extend(what.map(|what| format!("{}: {kind:?}: {what}:\n{mutant}", program.place)));
            }
        }
    }
    assert!(tried > 5_000, "only {tried} mutants");
    assert!(differences.is_empty(), "{}\n{} of {tried}", differences.join("\n"), differences.len());
}

/// `MUTANTS=all` tries every mutant; that takes minutes.
fn stride() -> usize {
    if std::env::var_os("MUTANTS").is_some_and(|which| which == "all") { 1 } else { STRIDE }
}

fn is_listed(kind: Kind, mutant: &str) -> bool {
    MUTANTS.iter().any(|(listed, piece, _)| *listed == kind && mutant.contains(piece))
}
