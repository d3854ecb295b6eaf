//! Trying what is offered at a place: what is said there already is offered no more, nor what has no meaning there.
//! The parser and the rules of procedures know that, so they are asked.

use crate::base::{FileId, Label, Place};
use crate::check::look::out_of_place;
use crate::ide::completion::Cursor;
use crate::syntax::ast::Item;
use crate::syntax::tokens::tokens;
use crate::syntax::words::Word;
use crate::workspace::Workspace;

/// A place at which what is offered is tried.
pub(super) struct Trial<'t> {
    pub(super) workspace: &'t Workspace,
    pub(super) place: &'t Cursor<'t>,
}

impl Trial<'_> {
    /// Whether a word may be written at the place that begins something new.
    pub(super) fn may_begin(&self, word: &Word) -> bool {
        let is_of_value = word.begins_value() || word.continues_value() || word.is_unit();
        is_of_value || self.is_open(word.first(), &usage(word))
    }

    /// Whether `usage`, which begins with `word`, may be written at the place.
    pub(super) fn is_open(&self, word: &str, usage: &str) -> bool {
        let mut blocks = self.workspace.trees().flat_map(|tree| &tree.items).filter_map(Item::only_one);
        if blocks.any(|block| block == word) {
            return false;
        }
        let before = self.place.before();
        let (start, end) = (before.len(), before.len() + usage.len());
        let text = format!("{before}{usage} {}", self.place.behind());
        let is_here = |label: &Label| {
            let Place::Text(span) = label.place else { return false };
            let range = span.range();
            start <= range.start && range.end <= end && !range.is_empty()
        };
        let findings = out_of_place(&crate::syntax::parse(FileId(u32::MAX), &text));
        !findings.iter().any(|finding| finding.labels.iter().any(is_here))
    }
}

/// A phrase as somebody would write it, without what its example has before it.
fn usage(word: &Word) -> String {
    let pieces = tokens(word.example);
    let start = pieces.iter().find(|piece| piece.text == word.first()).map_or(0, |piece| piece.range.start);
    word.example.get(start..).unwrap_or("").to_owned()
}
