//! Trying a change before it is offered: the program as it would be, and whether that has a new mistake.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Severity};
use crate::ide::{Edit, spliced};
use crate::workspace::Workspace;

/// The program with the edits, which do not overlap.
#[must_use]
pub fn applied(workspace: &Workspace, edits: &[Edit]) -> Workspace {
    let mut by_path: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_path.entry(&edit.location.path).or_default().push(edit);
    }
    let mut after = workspace.clone();
    for (path, edits) in by_path {
        let Some(text) = spliced(workspace.text(path).unwrap_or(""), edits) else { continue };
        if workspace.parsed(path).is_some() {
            after.set_text(path, &text);
        } else {
            after.set_resource(path, Some(&text));
        }
    }
    after
}

/// Whether a change mends a finding: it is gone, and everything that is found after was found before.
#[must_use]
pub fn mends(before: &Workspace, after: &Workspace, finding: &Diagnostic) -> bool {
    let same = |one: &Diagnostic, other: &Diagnostic| one.code == other.code && one.message == other.message;
    let mut known = before.findings();
    let are_known = after.findings().iter().all(|found| match known.iter().position(|other| same(found, other)) {
        Some(at) => {
            known.remove(at);
            true
        }
        None => false,
    });
    are_known && known.iter().any(|gone| same(gone, finding))
}

/// The first mistake of `after` that `before` does not have.
#[must_use]
pub fn new_mistake(before: &Workspace, after: &Workspace) -> Option<Diagnostic> {
    let mistakes = |workspace: &Workspace| {
        let mut all = workspace.findings();
        all.retain(|finding| finding.severity() == Severity::Error);
        all
    };
    let (mut known, mut left) = (mistakes(before), mistakes(after));
    // Those that say the same are the same; of the others, those of a kind, since they may say a new name.
    let same: [fn(&Diagnostic, &Diagnostic) -> bool; 2] =
        [|a, b| a.code == b.code && a.message == b.message, |a, b| a.code == b.code];
    for is_same in same {
        left.retain(|finding| match known.iter().position(|other| is_same(finding, other)) {
            Some(at) => {
                known.remove(at);
                false
            }
            None => true,
        });
    }
    left.into_iter().next()
}
