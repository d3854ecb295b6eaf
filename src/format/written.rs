//! Where comments stood among the words that were written, and so among those that are printed.

use crate::base::Span;
use crate::syntax::ast::Comment;
use crate::syntax::tokens::{Kind, tokens};

/// The words and comments of a text.
pub(super) struct Written<'f> {
    /// Where each word begins and ends; none where there are no comments.
    words: Vec<(u32, u32)>,
    comments: &'f [Comment],
}

/// A place in a printed line where a comment stood.
pub(super) struct Break {
    /// Where the word behind it begins in the line.
    pub(super) printed: usize,
    /// Where the word before it ended in the text.
    pub(super) end: u32,
    /// Where the word behind it began in the text.
    pub(super) start: u32,
}

impl<'f> Written<'f> {
    /// What is written in `text`, whose comments are known.
    pub(super) fn new(text: &str, comments: &'f [Comment]) -> Self {
        let all = if comments.is_empty() { Vec::new() } else { tokens(text) };
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let words = all.iter().filter(|token| token.kind != Kind::Comment);
        Self { words: words.map(|token| (offset(token.range.start), offset(token.range.end))).collect(), comments }
    }

    /// Whether a comment stands within a stretch of the text.
    pub(super) fn has_comment(&self, span: Span) -> bool {
        !self.comments_in(span).is_empty()
    }

    fn comments_in(&self, span: Span) -> &'f [Comment] {
        let place = |at: u32| self.comments.partition_point(|comment| comment.text.span.start < at);
        self.comments.get(place(span.start)..place(span.end)).unwrap_or(&[])
    }

    fn words_in(&self, span: Span) -> &[(u32, u32)] {
        let place = |at: u32| self.words.partition_point(|word| word.0 < at);
        self.words.get(place(span.start)..place(span.end)).unwrap_or(&[])
    }

    /// A stretch together with the words before it that belong to nothing else: what was printed ended at `after`.
    pub(super) fn whole(&self, span: Span, after: u32) -> Span {
        let first = self.words_in(Span { start: after.min(span.start), ..span }).first();
        Span { start: first.map_or(span.start, |word| word.0.min(span.start)), ..span }
    }

    /// A stretch up to its last word before a place.
    pub(super) fn before(&self, span: Span, place: u32) -> Span {
        let last = self.words_in(Span { end: place, ..span }).last();
        Span { end: last.map_or(place, |word| word.1), ..span }
    }

    /// Where comments stand among the words of a stretch, which is printed as `line` with the same words
    /// in the same order.
    pub(super) fn breaks(&self, span: Span, line: &str) -> Vec<Break> {
        let comments = self.comments_in(span);
        if comments.is_empty() {
            return Vec::new();
        }
        let (words, printed) = (self.words_in(span), tokens(line));
        if words.len() != printed.len() {
            return Vec::new();
        }
        let place = |comment: &Comment| words.partition_point(|word| word.0 < comment.text.span.start);
        let mut places: Vec<usize> = comments.iter().map(place).collect();
        places.dedup();
        let at = |place: usize| {
            let (before, behind) = (words.get(place.checked_sub(1)?)?, words.get(place)?);
            Some(Break { printed: printed.get(place)?.range.start, end: before.1, start: behind.0 })
        };
        places.into_iter().filter_map(at).collect()
    }
}
