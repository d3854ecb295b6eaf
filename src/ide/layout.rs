//! The canonical layout of the files that a change is made in: columns stay aligned where they were.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::ide::{Edit, formatting};
use crate::workspace::Workspace;

/// Adds to the edits, which lead to `after`, what keeps the layout of their files canonical. What belongs to one
/// of the edits becomes part of it; `apart` is one that stands for itself.
pub(super) fn keep(workspace: &Workspace, after: &Workspace, edits: &mut Vec<Edit>, apart: Option<&mut Edit>) {
    let mut all: Vec<&mut Edit> = edits.iter_mut().chain(apart).collect();
    let paths: BTreeSet<String> = all.iter().map(|edit| edit.location.path.clone()).collect();
    let was_canonical = |path: &String| formatting::edits(workspace, path).is_empty();
    let mut more = Vec::new();
    for path in paths.into_iter().filter(was_canonical) {
        let mut of_file: Vec<&mut Edit> =
            all.iter_mut().filter(|edit| edit.location.path == path).map(|it| &mut **it).collect();
        of_file.sort_by_key(|edit| (edit.location.range.start, edit.location.range.end));
        more.extend(gaps(&mut of_file, formatting::edits(after, &path)));
    }
    edits.extend(more);
}

/// The later edits as edits of the text before: each one within an earlier one is made there.
fn gaps(earlier: &mut [&mut Edit], later: Vec<Edit>) -> Vec<Edit> {
    let mut more = Vec::new();
    // From the last to the first, so that the places of those before do not change.
    for mut edit in later.into_iter().rev() {
        let Range { start, end } = edit.location.range;
        // How much longer the text has become before the edit.
        let (mut added, mut removed) = (0, 0);
        let mut is_own = true;
        for known in earlier.iter_mut() {
            let from = known.location.range.start + added - removed;
            let to = from + known.text.len();
            if end < from || (end == from && start < end) {
                break;
            }
            if from <= start && end <= to {
                known.text.replace_range(start - from..end - from, &edit.text);
                is_own = false;
                break;
            }
            if start < to {
                // It reaches beyond, which no change of blanks does.
                return Vec::new();
            }
            added += known.text.len();
            removed += known.location.range.len();
        }
        if is_own {
            edit.location.range = start + removed - added..end + removed - added;
            more.push(edit);
        }
    }
    more
}
