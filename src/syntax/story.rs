//! Lines of a test's story that cannot be read: one finding each, with the form that is right.

use std::ops::Range;

use crate::base::{Diagnostic, code, text::nearest};
use crate::syntax::lines::line_before;
use crate::syntax::places::{self, EVENT_WORDS, FOREIGN_EVENTS};
use crate::syntax::reader::{Node, Reader, range};
use crate::syntax::spelling::{is_blank, is_word};

/// A word of a line, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
}

impl<'t> Reader<'t> {
    /// `on 2026-03-02 promise F1 100 EUR`
    pub(super) fn bad_event(&mut self, node: &Node<'t>) {
        let line = range(node);
        let words = words(node.as_str(), line.start);
        // The first two are `on` and the date.
        let Some(event) = words.get(2) else {
            let finding = not_written_so("on").label(self.mended.span(line.clone()), "what happens must follow");
            return self.report(line, finding.help(every_event()));
        };
        if let Some((word, usage)) = usage(event.text) {
            let rest = words.get(3..).unwrap_or(&[]);
            if !self.mend_event_words(rest) && !self.mend_id(rest) {
                let from_event = event.range.start..line.end;
                let finding = not_written_so(word).label(self.mended.span(from_event), "this does not fit");
                self.report(line, finding.help(format!("write `{usage}`")));
            }
        } else if let Some(right) = event_meant(event.text) {
            self.misspelt(event.range.clone(), event.text, right);
        } else {
            let finding = Diagnostic::new(code::WRONG_CLAUSE, format!("`{}` is nothing that happens", event.text))
                .label(self.mended.span(event.range.clone()), "not understood");
            self.report(line, finding.help(every_event()));
        }
    }

    /// What stands behind a line of the story that could have ended.
    pub(super) fn event_stray(&mut self, node: &Node<'t>) {
        let stray = range(node);
        let words = words(node.as_str(), stray.start);
        if self.mend_comma_behind(node) || self.mend_event_words(&words) {
            return;
        }
        let before = line_before(&self.mended.text, stray.start);
        let told = before.split_whitespace().rev().find_map(usage);
        let (word, usage) = told.unwrap_or_else(|| ("on", "on 2026-03-02 expect F1 dispute.inform".to_owned()));
        let finding = not_written_so(word).label(self.span(node), "this does not fit");
        self.report(stray, finding.help(format!("write `{usage}`")));
    }

    /// `untill` for `until`
    fn mend_event_words(&mut self, words: &[Word<'t>]) -> bool {
        let meant = |word: &Word<'t>| {
            let known = EVENT_WORDS.contains(&word.text) || word.text.len() < 4;
            nearest(word.text, EVENT_WORDS.iter().copied()).filter(|_| !known)
        };
        let Some((word, right)) = words.iter().find_map(|word| Some((word, meant(word)?))) else { return false };
        self.misspelt(word.range.clone(), word.text, right);
        true
    }

    /// `expect 4711 standard.call`: an id that is no name stands in quotes.
    fn mend_id(&mut self, words: &[Word<'t>]) -> bool {
        let Some(id) = words.first() else { return false };
        let is_amount = words.get(1).is_some_and(|unit| unit.text.chars().all(|sign| sign.is_ascii_uppercase()));
        let is_name = id.text.chars().all(is_word) && !id.text.starts_with(|sign: char| sign.is_ascii_digit());
        let is_sign = !id.text.chars().any(is_word) || id.text.contains(['"', '.', ',', ':', '=']);
        if is_amount || is_name || is_sign {
            return false;
        }
        let finding = self.odd_id(id.range.clone(), id.text);
        self.mend(id.range.clone(), &quoted(id.text), finding);
        true
    }

    /// The finding about an id that is no name and stands without quotes.
    pub(super) fn odd_id(&self, range: Range<usize>, id: &str) -> Diagnostic {
        let (span, quoted) = (self.mended.span(range), quoted(id));
        Diagnostic::new(code::ODD_NAME, format!("`{id}` is not a name"))
            .label(span, "an id that is no name stands in quotes")
            .help(format!("write `{quoted}`"))
            .fix(format!("write `{quoted}`"), span, quoted)
    }

    /// `paid F1, 100 EUR`
    fn mend_comma_behind(&mut self, node: &Node<'t>) -> bool {
        let Some(rest) = node.as_str().strip_prefix(',') else { return false };
        let rest = rest.trim_start_matches(is_blank);
        let goes_on = |word: &&str| rest.split_whitespace().next() == Some(word);
        let needless =
            rest.is_empty() || rest.starts_with(|sign: char| sign.is_ascii_digit()) || EVENT_WORDS.iter().any(goes_on);
        if needless {
            let comma = range(node).start..range(node).start + 1;
            let span = self.mended.span(comma.clone());
            let finding = Diagnostic::new(code::NEEDLESS_SIGN, "no `,` is written here")
                .label(span, "this sign has no meaning here")
                .help("take it away")
                .fix("take it away", span, "");
            self.mend(comma, " ", finding);
        }
        needless
    }
}

/// A kind of line, by its word, and how it is written.
fn usage(word: &str) -> Option<(&str, String)> {
    Some((word, places::event(word)?))
}

/// The kind of line that was certainly meant.
fn event_meant(word: &str) -> Option<&'static str> {
    let foreign = FOREIGN_EVENTS.iter().find(|(other, _)| *other == word).map(|(_, right)| *right);
    foreign.or_else(|| nearest(word, places::events()))
}

fn quoted(id: &str) -> String {
    format!("\"{id}\"")
}

fn not_written_so(word: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_CLAUSE, format!("`{word}` is not written like this"))
}

fn every_event() -> &'static str {
    "write for example `on 2026-03-02 expect F1 dispute.inform`; behind the day stands `expect`, `done`, `skip`, `paid`, `set`, `hold` or `promise`"
}

/// The words of a text that begins at an offset.
pub(super) fn words(text: &str, start: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_blank);
        let end = rest.find(is_blank).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        if word.is_empty() {
            return words;
        }
        let at = start + text.len() - rest.len();
        words.push(Word { text: word, range: at..at + word.len() });
        rest = behind;
    }
}
