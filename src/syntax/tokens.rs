//! A text piece by piece: its words, numbers, dates, texts, comments and signs, whatever they mean.

use std::ops::Range;

use pest::Parser;

use crate::syntax::grammar::{Grammar, Rule};

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, digits and `_`.
    Word,
    /// Digits, with `_` and a point.
    Number,
    /// `2026-03-05`
    Date,
    /// What stands in quotes, with them.
    Text,
    /// From `#` to the end of the line.
    Comment,
    /// Anything else: `{`, `!=`, `,`.
    Sign,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// As it is written.
    pub text: &'t str,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Everything in a text but blanks, in order.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let pairs = Grammar::parse(Rule::tokens, text).into_iter().flatten().flat_map(pest::iterators::Pair::into_inner);
    let token = |pair: pest::iterators::Pair<'_, Rule>| {
        let kind = match pair.as_rule() {
            Rule::word => Kind::Word,
            Rule::number => Kind::Number,
            Rule::date => Kind::Date,
            Rule::string => Kind::Text,
            Rule::remark => Kind::Comment,
            Rule::sign => Kind::Sign,
            _ => return None,
        };
        Some((kind, pair.as_span().start()..pair.as_span().end()))
    };
    let piece = |(kind, range): (Kind, Range<usize>)| Some(Token { kind, text: text.get(range.clone())?, range });
    pairs.filter_map(token).filter_map(piece).collect()
}

/// The bytes of the word around an offset or that ends there; empty at the offset where there is none.
#[must_use]
pub fn word_at(text: &str, offset: usize) -> Range<usize> {
    let is_word = |sign: char| sign == '_' || sign.is_alphanumeric();
    let (before, after) = (text.get(..offset).unwrap_or(""), text.get(offset..).unwrap_or(""));
    let start = before.trim_end_matches(is_word).len();
    let end = offset + after.len() - after.trim_start_matches(is_word).len();
    start..end
}
