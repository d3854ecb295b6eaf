//! Inside quotes: files of the program's folder, and ids of tests.

use std::ops::Range;

use crate::check::mentions::Wanted;
use crate::ide::completion::{Completion, Cursor, Kind, NOTHING, names, tried};
use crate::workspace::Workspace;

/// What could stand between the quotes, and which bytes it replaces.
pub(super) fn items(
    workspace: &Workspace,
    place: &Cursor<'_>,
    files: &dyn Fn() -> Vec<String>,
) -> (Range<usize>, Vec<Completion>) {
    let before = place.text.get(..place.offset).unwrap_or("");
    let start = before.rfind('"').map_or(place.offset, |quote| quote + 1);
    let behind = place.text.get(place.offset..).unwrap_or("");
    let end = place.offset + behind.find(['"', '\n', '\r']).unwrap_or(behind.len());
    let mut look = workspace.look();
    // Between quotes with nothing in them nobody looks for anything.
    let text = format!("{before}{NOTHING}{behind}");
    let wanted = tried(&mut look, &text, place.offset);
    let items = match wanted.last() {
        Some(Wanted::File) => files().into_iter().map(|file| Completion::plain(file, Kind::File, "file")).collect(),
        Some(Wanted::OneOf(_)) => {
            let mut items = names::items(workspace, &look, place, &wanted);
            items.iter_mut().for_each(|item| item.insert = item.label.clone());
            items
        }
        _ => Vec::new(),
    };
    (start..end, items)
}
