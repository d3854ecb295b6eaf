//! Text to syntax tree. Never fails: what cannot be read is kept, reported once, and the rest keeps its meaning.
//!
//! `spelling` looks at single signs and words, `grammar` (made of `grammar/procedure.pest`) at the structure;
//! `items`, `procedures`, `steps`, `cases`, `exprs` and `chains` build the tree; `strays` says what was
//! probably meant by what does not belong. What was certainly meant is mended (`mend`) and read again.

pub mod ast;
mod cases;
mod chains;
pub mod expected;
mod exprs;
mod grammar;
mod items;
mod lines;
mod mend;
mod moved;
pub mod pieces;
pub mod places;
mod procedures;
mod reader;
mod spelling;
mod steps;
mod story;
mod strays;
pub mod tokens;
pub mod words;

use std::collections::HashSet;

use pest::Parser;

use crate::base::{Diagnostic, FileId, code};
use ast::File;
use grammar::{Grammar, Rule};
use mend::Mended;
use moved::Moved;
use pieces::Pieces;
use reader::Reader;

/// How often a text is read again after mending it. Mistakes that hide one another need one reading each.
const MAX_READINGS: usize = 8;

/// A text as a tree, and what is wrong with how it is written.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The tree of everything that could be read.
    pub file: File,
    /// The mistakes, in the order of the text; each is reported once.
    pub findings: Vec<Diagnostic>,
}

/// Reads a text. Takes every text, in time proportional to its length.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    parse_again(file, text, &mut Pieces::default())
}

/// [`parse`], where the text was read before: what has not changed in it is not read again.
/// `pieces` is what is known of the text before, and of this one afterwards.
#[must_use]
pub fn parse_again(file: FileId, text: &str, pieces: &mut Pieces) -> Parsed {
    let starts = pieces::starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let read: Vec<_> = starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect();
    let read: Vec<_> = read.into_iter().map(|piece| pieces.of(piece, || parse_piece(file, piece))).collect();
    let mut whole = Parsed::default();
    for (start, (_, piece)) in starts.into_iter().zip(&read) {
        whole.add(piece, u32::try_from(start).unwrap_or(u32::MAX));
    }
    whole.say_once();
    pieces.keep(read);
    whole
}

impl Parsed {
    /// Puts the next piece of the text behind what is there; it begins at `start`.
    fn add(&mut self, piece: &Self, start: u32) {
        let Self { file, mut findings } = piece.clone();
        let File { mut items, mut comments, mut blank_lines } = file;
        findings.shift(start);
        items.shift(start);
        comments.shift(start);
        blank_lines.shift(start);
        self.findings.extend(findings);
        self.file.items.extend(items);
        self.file.comments.extend(comments);
        self.file.blank_lines.0.extend(blank_lines.0);
    }

    /// A name with odd letters is told where it stands first.
    fn say_once(&mut self) {
        let mut said = HashSet::new();
        self.findings.retain(|finding| {
            let is_about_letters = finding.code == code::ODD_NAME && finding.fixes.is_empty();
            !is_about_letters || said.insert(finding.message.clone())
        });
    }
}

fn parse_piece(file: FileId, text: &str) -> Parsed {
    let spelling = spelling::check(file, text);
    let mut repairs = spelling.repairs;
    let mut findings = spelling.findings;
    let mut readings = 1;
    let items = loop {
        let mended = Mended::new(file, text, &repairs);
        let mut reader = Reader::new(&mended, text, &spelling.comments);
        let items = read(&mut reader);
        let (found, wanted) = (reader.findings, reader.repairs);
        let mut unmended = Vec::new();
        let wishes = wanted.len();
        for repair in wanted {
            let finding = repair.finding.clone();
            if readings == MAX_READINGS || !mend::insert(&mut repairs, repair) {
                unmended.push(finding);
            }
        }
        if unmended.len() == wishes {
            findings.extend(found.into_iter().chain(unmended));
            break items;
        }
        readings += 1;
    };
    findings.extend(repairs.into_iter().map(|repair| repair.finding));
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Parsed { file: File { items, comments: spelling.comments, blank_lines: spelling.blank_lines }, findings }
}

/// Whether a text is one word, as a value of a closed list may be.
#[must_use]
pub fn is_word(text: &str) -> bool {
    is_a(Rule::word, text)
}

/// Whether a text is a name: a word that is not reserved.
#[must_use]
pub fn is_name(text: &str) -> bool {
    is_a(Rule::name, text)
}

fn is_a(rule: Rule, text: &str) -> bool {
    Grammar::parse(rule, text).is_ok_and(|taken| taken.as_str() == text)
}

fn read(reader: &mut Reader<'_>) -> Vec<ast::Item> {
    match Grammar::parse(Rule::file, &reader.mended.text) {
        Ok(mut pairs) => pairs.next().map_or_else(Vec::new, |file| reader.file(file)),
        // Only a stack that is already nearly full can bring us here: the grammar takes every text.
        Err(_) => {
            let span = reader.mended.span(0..0);
            reader.findings.push(Diagnostic::new(code::UNREADABLE_TEXT, "this file cannot be read").label(span, ""));
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests;
