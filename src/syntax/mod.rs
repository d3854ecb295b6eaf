//! Text to syntax tree. Never fails: what cannot be read is kept, reported once, and the rest keeps its meaning.
//!
//! `spelling` looks at single signs and words, `grammar` (made of `grammar/procedure.pest`) at the structure;
//! `items`, `procedures`, `steps`, `cases`, `exprs` and `chains` build the tree; `strays` says what was
//! probably meant by what does not belong. What was certainly meant is mended (`mend`) and read again.

pub mod ast;
mod cases;
mod chains;
mod exprs;
mod grammar;
mod items;
mod lines;
mod mend;
mod places;
mod procedures;
mod reader;
mod spelling;
mod steps;
mod story;
mod strays;

use pest::Parser;

use crate::base::{Diagnostic, FileId, code};
use ast::File;
use grammar::{Grammar, Rule};
use mend::Mended;
use reader::Reader;

/// How often a text is read again after mending it. Mistakes that hide one another need one reading each.
const MAX_READINGS: usize = 8;

/// A text as a tree, and what is wrong with how it is written.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The tree of everything that could be read.
    pub file: File,
    /// The mistakes, in the order of the text; each is reported once.
    pub findings: Vec<Diagnostic>,
}

/// Reads a text. Takes every text, in time proportional to its length.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
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
