//! Texts in quotes: odd quotes, missing ones, and letters that names cannot have.

use unicode_normalization::UnicodeNormalization;

use super::{Walk, is_blank, leading_word};
use crate::base::{Diagnostic, code};
use crate::syntax::lines::line_after;

/// Words that may follow the title of a step or a procedure: an unclosed title ends before them.
const AFTER_TITLE: &[&str] =
    &["at day", "at stop", "after ", "when ", "automatic", "manual", "repeat every", "for customer", "for document"];

/// Whether a sign is a quote of a word processor.
pub(super) const fn is_odd_quote(sign: char) -> bool {
    matches!(sign, '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚' | '`' | '´')
}

/// Whether `end` may close a text that `start` opened.
const fn closes(start: char, end: char) -> bool {
    match start {
        '\'' | '‘' | '’' | '‚' | '`' | '´' => matches!(end, '\'' | '‘' | '’' | '`' | '´'),
        _ => matches!(end, '"' | '“' | '”' | '»' | '«'),
    }
}

/// The word without accents; `None` if letters remain that have no plain form.
pub(super) fn plain_letters(word: &str) -> Option<String> {
    let plain: String = word.nfd().filter(|letter| !('\u{300}'..='\u{36F}').contains(letter)).collect();
    let plain = plain.replace('ß', "ss").replace('ø', "o").replace('æ', "ae");
    plain.is_ascii().then_some(plain)
}

impl Walk<'_> {
    /// A text that `quote` opens.
    pub(super) fn quoted(&mut self, quote: char) {
        self.after_number = false;
        let start = self.at;
        if quote == '"' {
            match straight_end(self.rest()) {
                Some(length) => self.at += length,
                None => self.unclosed(self.rest().split('\n').next().unwrap_or("")),
            }
            return;
        }
        let line = line_after(self.text, start);
        let inside = line.get(quote.len_utf8()..).unwrap_or("");
        let Some(length) = inside.find(|sign| closes(quote, sign)) else {
            self.at += quote.len_utf8();
            return;
        };
        let content = inside.get(..length).unwrap_or("");
        let closing = inside.get(length..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let end = start + quote.len_utf8() + length + closing;
        let right = format!("\"{}\"", content.replace('\\', "\\\\").replace('"', "\\\""));
        let finding = Diagnostic::new(code::ODD_QUOTES, "a text stands in straight double quotes")
            .label(self.span(start, end), "these are other quotes")
            .help(format!("write `{right}`"));
        self.mend_and_offer(start..end, &right, finding);
    }

    /// A text without its closing quote: it ends where its line does, or before what cannot belong to it.
    fn unclosed(&mut self, line: &str) {
        let start = self.at;
        let length = self.unclosed_length(line);
        let content = line.get(..length).unwrap_or("");
        let backslash = content.chars().rev().take_while(|sign| *sign == '\\').count() % 2 == 1;
        let closing = if backslash { "\\\"" } else { "\"" };
        let end = start + length;
        let finding = Diagnostic::new(code::UNCLOSED_TEXT, "this text has no closing quote")
            .label(self.span(start, end), "it must end on this line")
            .help("write `\"` at its end")
            .fix("write `\"`", self.span(end, end), closing);
        self.mend(end..end, closing, Some(finding));
    }

    fn unclosed_length(&self, line: &str) -> usize {
        let mut kept = line.trim_end_matches(is_blank);
        for brace in ["}", "{"] {
            kept = kept.strip_suffix(brace).map_or(kept, |before| before.trim_end_matches(is_blank));
        }
        let before = self.text.get(self.line_start..self.at).unwrap_or("").trim_start();
        if matches!(leading_word(before), "step" | "procedure") {
            let end = kept.match_indices(is_blank).map(|(at, _)| at).find(|at| {
                let rest = kept.get(*at..).unwrap_or("").trim_start_matches(is_blank);
                AFTER_TITLE.iter().any(|word| rest.starts_with(word))
            });
            kept = kept.get(..end.unwrap_or(kept.len())).unwrap_or(kept);
        }
        kept.trim_end_matches(is_blank).len().max(1)
    }
}

/// The length of the text in straight quotes that a text begins with; `None` if it is not closed.
fn straight_end(line: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, sign) in line.char_indices().skip(1) {
        match sign {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
