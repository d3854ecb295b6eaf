//! A text in pieces that are read one by one: a declaration each, with the comments above it.
//!
//! A line that begins with what looks like a declaration ends whatever stood before it, so no piece
//! knows of another. After an edit only the pieces that have changed are read again.

use std::collections::HashMap;
use std::sync::Arc;

use pest::Parser;

use crate::syntax::Parsed;
use crate::syntax::grammar::{Grammar, Rule};

/// The first words of declarations.
pub(super) const FIRST_WORDS: [&str; 9] =
    ["procedure", "define", "template", "calendar", "ledger", "assign", "contact_policy", "action", "test"];

/// The pieces of a text as they were read, each as if the text began with it.
#[derive(Debug, Clone, Default)]
pub struct Pieces(HashMap<Arc<str>, Arc<Parsed>>);

impl Pieces {
    /// What is known of a piece, or what `read` makes of it.
    pub(super) fn of(&self, text: &str, read: impl FnOnce() -> Parsed) -> (Arc<str>, Arc<Parsed>) {
        match self.0.get_key_value(text) {
            Some((text, parsed)) => (Arc::clone(text), Arc::clone(parsed)),
            None => (text.into(), Arc::new(read())),
        }
    }

    /// The pieces of the text that was read last; others are forgotten.
    pub(super) fn keep(&mut self, pieces: impl IntoIterator<Item = (Arc<str>, Arc<Parsed>)>) {
        self.0 = pieces.into_iter().collect();
    }
}

/// The offsets at which the pieces of a text begin; the first is 0.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    // Where the comments directly above the line at hand begin.
    let mut comments = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('#') {
            comments = comments.or(Some(at));
        } else {
            if begins_declaration(line, text.get(at..).unwrap_or("")) {
                starts.push(comments.unwrap_or(at));
            }
            comments = None;
        }
        at += line.len();
    }
    starts.dedup();
    starts
}

/// Whether a declaration begins with a line, which `rest` goes on from.
fn begins_declaration(line: &str, rest: &str) -> bool {
    let word = FIRST_WORDS.iter().find_map(|word| line.strip_prefix(word));
    let Some(after) = word.filter(|after| !after.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_'))
    else {
        return false;
    };
    // In `assign` at the edge, a procedure may be called `define`.
    !after.trim_start().starts_with("when ") && Grammar::parse(Rule::item_start, rest).is_ok()
}
