//! Remarks within the lines.

use dunlin::ide::inlay_hints::{Hint, inlay_hints};
use tower_lsp::ls_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip, Range};

use crate::view::View;

/// The remarks within a range of a file.
pub(crate) fn hints(view: &View<'_>, path: &str, range: Range) -> Option<Vec<InlayHint>> {
    let Some(remarks) = view.program.remarks().filter(|_| view.settings.has_hints) else { return Some(Vec::new()) };
    let lines = view.lines(path);
    let hint = |it: Hint| InlayHint {
        position: lines.position(it.offset),
        label: InlayHintLabel::String(it.text),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(it.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Some(inlay_hints(view.workspace(), path, &lines.stretch(range), remarks).into_iter().map(hint).collect())
}
