//! The changes that mend findings, where the editor asks for them.

use std::ops::Range;

use crate::base::{Diagnostic, FileId};
use crate::ide::diagnostics::{Finding, Fix};
use crate::ide::{Edit, spliced};
use crate::syntax;
use crate::workspace::Workspace;

/// The findings of a file that touch a stretch of it and can be mended.
pub fn at<'a>(findings: &'a [Finding], range: &Range<usize>) -> Vec<(&'a Finding, &'a Fix)> {
    let touches = |finding: &&Finding| finding.range.start <= range.end && range.start <= finding.range.end;
    let here = findings.iter().filter(touches);
    here.flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))).collect()
}

/// Everything in a file that can be mended without asking: mistakes of writing of which it is certain
/// what was meant. What a word was probably meant to be is left to its author.
#[must_use]
pub fn all(workspace: &Workspace, path: &str) -> Vec<Edit> {
    let (Some((_, findings)), Some(text)) = (workspace.parsed(path), workspace.text(path)) else { return Vec::new() };
    let mut taken: Vec<Edit> = Vec::new();
    let mut left = findings.len();
    let is_guess = |finding: &&Diagnostic| finding.help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
    for fix in findings.iter().filter(|finding| !is_guess(finding)).filter_map(Diagnostic::only_fix) {
        let edits = fix.edits.iter().filter_map(|edit| Edit::of(workspace, edit.span, &*edit.text));
        let tried: Vec<Edit> = taken.iter().cloned().chain(edits).collect();
        let Some(fixed) = spliced(text, &tried) else { continue };
        let found = syntax::parse(FileId(0), &fixed).findings.len();
        if found < left {
            (taken, left) = (tried, found);
        }
    }
    taken
}
