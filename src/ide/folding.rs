//! What can be folded: blocks, declarations of several lines, and comments of several lines.

use std::ops::Range;

use crate::base::Span;
use crate::syntax::ast::{Comment, File, Item};
use crate::workspace::Workspace;

/// Something that can be folded away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// From its first byte to its last: of a block from `{` to `}`.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What stands between braces, which stay.
    Block,
    /// The lines of a declaration after the first.
    Lines,
    /// Comments that stand alone on lines that follow one another.
    Comment,
}

/// What can be folded in a file, by place; only what goes over several lines.
#[must_use]
pub fn folds(workspace: &Workspace, path: &str) -> Vec<Fold> {
    let (Some((file, _)), Some(text)) = (workspace.parsed(path), workspace.text(path)) else { return Vec::new() };
    let mut folds: Vec<Fold> = file.items.iter().flat_map(of_item).collect();
    folds.extend(comments(file, text));
    folds.retain(|fold| text.get(fold.range.clone()).is_some_and(|text| text.contains('\n')));
    folds.sort_by_key(|fold| (fold.range.start, fold.range.end));
    folds
}

fn block(span: Span) -> Fold {
    Fold { range: span.range(), kind: Kind::Block }
}

fn of_item(item: &Item) -> Vec<Fold> {
    let head = item.head();
    let mut folds = vec![head.body.map_or_else(|| Fold { range: head.span.range(), kind: Kind::Lines }, block)];
    let inner: Vec<Option<Span>> = match item {
        Item::Ledger(ledger) => {
            [ledger.customer_block, ledger.document_block].into_iter().flatten().map(|block| block.body).collect()
        }
        Item::Procedure(procedure) => procedure.steps.iter().map(|step| step.head.body).collect(),
        Item::Test(test) => test.records.iter().map(|record| record.block.body).collect(),
        _ => Vec::new(),
    };
    folds.extend(inner.into_iter().flatten().map(block));
    folds
}

/// Comments on lines of their own that follow one another.
fn comments(file: &File, text: &str) -> Vec<Fold> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for comment in file.comments.iter().filter(|comment| comment.own_line) {
        match runs.last_mut().filter(|run| follows(run, comment, text)) {
            Some(run) => run.end = comment.text.span.range().end,
            None => runs.push(comment.text.span.range()),
        }
    }
    runs.into_iter().map(|range| Fold { range, kind: Kind::Comment }).collect()
}

fn follows(run: &Range<usize>, comment: &Comment, text: &str) -> bool {
    let between = text.get(run.end..comment.text.span.range().start).unwrap_or("");
    between.trim().is_empty() && between.matches('\n').count() == 1
}
