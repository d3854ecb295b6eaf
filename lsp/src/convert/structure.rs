//! The shape of a file: what folds, what is selected together, where its links lead.

use dunlin::ide::folding::{self, Fold, Kind};
use dunlin::ide::{links, selection};
use tower_lsp::ls_types::{DocumentLink, FoldingRange, FoldingRangeKind, Position, Range, SelectionRange};

use crate::view::View;

/// What can be folded.
pub(crate) fn folds(view: &View<'_>, path: &str) -> Option<Vec<FoldingRange>> {
    Some(folding::folds(view.workspace(), path).iter().filter_map(|it| fold(view, path, it)).collect())
}

fn fold(view: &View<'_>, path: &str, fold: &Fold) -> Option<FoldingRange> {
    let lines = view.lines(path);
    let inner = match fold.kind {
        Kind::Block => fold.range.start + 1..fold.range.end.saturating_sub(1),
        Kind::Lines | Kind::Comment => fold.range.clone(),
    };
    let Range { start, end } = lines.range(&inner);
    let folds_lines = view.editor.folds_lines();
    // Where only whole lines fold, the closing brace stays with the lines that are seen.
    let end_line = if folds_lines && fold.kind == Kind::Block { end.line.checked_sub(1)? } else { end.line };
    let start_character = (!folds_lines && fold.kind == Kind::Block).then_some(start.character);
    let end_character = (!folds_lines).then_some(end.character);
    let kind = (fold.kind == Kind::Comment).then_some(FoldingRangeKind::Comment);
    let folded =
        FoldingRange { start_line: start.line, start_character, end_line, end_character, kind, collapsed_text: None };
    (start.line < end_line).then_some(folded)
}

/// What is selected around places.
pub(crate) fn selections(view: &View<'_>, path: &str, positions: &[Position]) -> Option<Vec<SelectionRange>> {
    let lines = view.lines(path);
    let around = |position: &Position| {
        let stretches = selection::around(view.workspace(), path, lines.offset(*position));
        let outwards = stretches.iter().rev();
        let chain = outwards.fold(None, |parent: Option<SelectionRange>, stretch| {
            Some(SelectionRange { range: lines.range(stretch), parent: parent.map(Box::new) })
        });
        chain.unwrap_or(SelectionRange { range: Range { start: *position, end: *position }, parent: None })
    };
    Some(positions.iter().map(around).collect())
}

/// The links of a file.
pub(crate) fn links(view: &View<'_>, path: &str) -> Option<Vec<DocumentLink>> {
    let lines = view.lines(path);
    let link = |link: links::Link| {
        let target = view.uri(&link.target)?;
        Some(DocumentLink {
            range: lines.range(&link.range),
            target: Some(target),
            tooltip: Some(link.title).filter(|_| view.editor.describes_links()),
            data: None,
        })
    };
    Some(links::links(view.workspace(), path).into_iter().filter_map(link).collect())
}
