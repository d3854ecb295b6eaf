//! What does not belong: what was probably meant, and how to say it.

use std::ops::Range;

use crate::base::{Diagnostic, code, text::nearest};
use crate::syntax::lines::{begins_line, line_after, line_before};
use crate::syntax::places::{self, FOREIGN, INNER, Place};
use crate::syntax::reader::{Node, Reader, range};
use crate::syntax::spelling::{RESERVED, is_blank, leading_word};
use crate::syntax::story::words;

/// Signs that end a word even without a blank before them.
const ENDS_WORD: &[char] = &['{', '}', '(', ')', ',', ':', '|', '"', '#'];

/// A piece of text that does not belong, and what stands around it.
struct Stray<'t> {
    start: usize,
    place: Place,
    /// The rest of its line.
    line: &'t str,
    /// The word it begins with; empty for a sign.
    word: &'t str,
    begins_line: bool,
}

impl<'t> Stray<'t> {
    fn new(text: &'t str, start: usize, place: Place) -> Self {
        let line = line_after(text, start);
        Self { start, place, line, word: leading_word(line), begins_line: begins_line(text, start) }
    }

    /// Its first words, with the length of the text up to the last of them.
    fn words<const N: usize>(&self) -> Option<([&'t str; N], usize)> {
        let mut words = [""; N];
        let mut length = 0;
        for word in &mut words {
            let rest = self.line.get(length..)?;
            let trimmed = rest.trim_start_matches(is_blank);
            let end = trimmed.find(|sign| is_blank(sign) || ENDS_WORD.contains(&sign)).unwrap_or(trimmed.len());
            *word = trimmed.get(..end).filter(|word| !word.is_empty())?;
            length += rest.len() - trimmed.len() + end;
        }
        Some((words, length))
    }

    /// The offset of the word in it that may be misspelt though the first one is right.
    fn inner_word(&self) -> Option<usize> {
        let ([first, second], length) = self.words::<2>()?;
        match (self.place, first) {
            (Place::Procedure, "start" | "stop") | (Place::Assign, _) => Some(length - second.len()),
            _ => None,
        }
    }

    /// The first word inside its clause that does not belong there, and what was meant.
    fn inner_clause(&self) -> Option<(Range<usize>, &'static str)> {
        let (.., inner) = INNER.iter().find(|(place, first, _)| *place == self.place && *first == self.word)?;
        let words = words(self.line, self.start).into_iter().skip(1);
        let wrong = words.into_iter().find(|word| !inner.contains(&word.text) && word.text.parse::<i64>().is_err())?;
        let right = nearest(wrong.text, inner.iter().copied()).filter(|_| is_one_word(wrong.text))?;
        Some((wrong.range, right))
    }

    /// What stands behind its word.
    fn behind(&self) -> &'t str {
        self.line.get(self.word.len()..).unwrap_or("").trim_start_matches(is_blank)
    }
}

impl<'t> Reader<'t> {
    /// Reports what does not belong at a place; further strays behind it belong to the same mistake.
    pub(super) fn stray(&mut self, node: &Node<'t>, place: Place) {
        self.stray_at(node.as_span().start(), place);
        self.silence_until(node.as_span().end());
    }

    /// Reports what stands outside every declaration; a misspelt first word of a later line is mended.
    pub(super) fn junk(&mut self, node: &Node<'t>) {
        let range = range(node);
        self.stray_at(range.start, Place::File);
        for (at, _) in node.as_str().match_indices('\n') {
            let start = range.start + at + 1;
            let stray = Stray::new(&self.mended.text, start, Place::File);
            if right_word(&stray).is_some() {
                self.mend_word(&stray);
            }
        }
        self.silence_until(range.end);
    }

    fn stray_at(&mut self, start: usize, place: Place) {
        let mut stray = Stray::new(&self.mended.text, start, place);
        if place == Place::File && !stray.begins_line {
            stray.place = Place::Expression;
        }
        let own_line = stray.begins_line && is_keyword(place, stray.word);
        let follows = self.follows_mistake(start) && !own_line;
        if follows && !stray.begins_line {
            return;
        }
        let inner = stray.inner_word().map(|offset| Stray::new(&self.mended.text, start + offset, place));
        let inner = inner.filter(|inner| right_word(inner).is_some());
        let mended = self.mend_word(inner.as_ref().unwrap_or(&stray))
            || self.mend_sign(&stray)
            || self.mend_shape(&stray)
            || self.mend_inner(&stray)
            || self.mend_comma(&stray)
            || self.mend_results(&stray);
        if !mended && !follows {
            let finding = self.unreadable(&stray);
            self.findings.push(finding);
        }
    }

    /// Misspelt, in capitals, or `if` for `when`.
    fn mend_word(&mut self, stray: &Stray<'t>) -> bool {
        let Some(right) = right_word(stray) else { return false };
        self.misspelt(stray.start..stray.start + stray.word.len(), stray.word, right);
        true
    }

    /// `at dya 7`
    fn mend_inner(&mut self, stray: &Stray<'t>) -> bool {
        let Some((range, right)) = stray.inner_clause() else { return false };
        let word = self.mended.text.get(range.clone()).unwrap_or("");
        self.misspelt(range, word, right);
        true
    }

    /// Reports a word and mends it.
    pub(super) fn misspelt(&mut self, range: Range<usize>, word: &str, right: &str) {
        let span = self.mended.span(range.clone());
        let finding = Diagnostic::new(code::MISSPELT_KEYWORD, format!("`{word}` is not a word that stands here"))
            .label(span, format!("did you mean `{right}`?"))
            .help(format!("write `{right}`"))
            .fix(format!("write `{right}`"), span, right);
        self.mend(range, right, finding);
    }

    /// A comma, or a sign between a word and what belongs to it.
    fn mend_sign(&mut self, stray: &Stray<'t>) -> bool {
        let behind = stray.behind();
        let Some(sign) = behind.chars().next() else { return false };
        let needless = match sign {
            ',' => stray.word.is_empty() && (stray.place != Place::Brackets || self.ends_brackets(stray)),
            ':' | '=' => is_keyword(stray.place, stray.word) || (stray.word.is_empty() && stray.place.is_header()),
            _ => false,
        };
        if needless {
            let at = stray.start + stray.line.len() - behind.len();
            let span = self.mended.span(at..at + 1);
            let finding = Diagnostic::new(code::NEEDLESS_SIGN, format!("no `{sign}` is written here"))
                .label(span, "this sign has no meaning here")
                .help("take it away")
                .fix("take it away", span, "");
            self.mend(at..at + 1, " ", finding);
        }
        needless
    }

    fn ends_brackets(&self, stray: &Stray<'t>) -> bool {
        stray.line.get(1..).unwrap_or("").trim_start_matches(is_blank).starts_with(')')
    }

    /// Right words in the wrong shape, where it is certain what is meant.
    fn mend_shape(&mut self, stray: &Stray<'t>) -> bool {
        let Some((length, right)) = right_shape(stray) else { return false };
        let text = stray.line.get(..length).unwrap_or("");
        let range = stray.start..stray.start + length;
        let span = self.mended.span(range.clone());
        let finding = Diagnostic::new(code::WRONG_CLAUSE, format!("`{text}` is not how this is written"))
            .label(span, format!("write `{right}`"))
            .help(format!("write `{right}`"))
            .fix(format!("write `{right}`"), span, right.clone());
        self.mend(range, &right, finding);
        true
    }

    /// `weekend saturday sunday`
    fn mend_comma(&mut self, stray: &Stray<'t>) -> bool {
        let listing = matches!(stray.place, Place::Calendar | Place::Ledger) && !stray.begins_line;
        if !listing || stray.word.is_empty() || Place::of_word(stray.word).is_some() {
            return false;
        }
        let before = self.token_before(stray.start);
        let gap = before.end..before.end;
        let span = self.mended.span(gap.clone());
        let finding = Diagnostic::new(code::WRONG_CLAUSE, format!("a comma is missing before `{}`", stray.word))
            .label(
                self.mended.span(before).to(self.mended.span(stray.start..stray.start + stray.word.len())),
                "`,` between the two",
            )
            .help("write `,` between names")
            .fix("write `,`", span, ",");
        self.mend(gap, ",", finding);
        true
    }

    /// `result a | b`, or behind an action: what only `results` has.
    fn mend_results(&mut self, stray: &Stray<'t>) -> bool {
        if stray.place != Place::Action || !stray.line.starts_with('|') {
            return false;
        }
        let before = line_before(&self.mended.text, stray.start);
        let line = before.rsplit('{').next().unwrap_or("").trim_start_matches(is_blank);
        let start = stray.start - line.len();
        if let Some(results) = words(line, start).into_iter().skip(1).find(|word| word.text == "results") {
            self.mend_results_behind(results.range);
            return true;
        }
        let action = Stray::new(&self.mended.text, start, Place::Step);
        let wrong = misspelt(Place::Step, action.word).is_some();
        if wrong {
            self.mend_word(&action);
        }
        wrong
    }

    /// `call customer results a | b`
    fn mend_results_behind(&mut self, results: Range<usize>) {
        let (span, gap) = (self.mended.span(results.clone()), results.start..results.start);
        let finding = Diagnostic::new(code::WRONG_CLAUSE, "`results` stands on a line of its own")
            .label(span, "this begins a new line")
            .help("write `results` on the line below the action")
            .fix("begin a new line", self.mended.span(gap.clone()), "\n");
        self.mend(gap, "\n", finding);
    }

    fn unreadable(&self, stray: &Stray<'t>) -> Diagnostic {
        let place = stray.place;
        if stray.word.is_empty() {
            return self.unreadable_sign(stray);
        }
        let word = stray.word;
        let span = self.mended.span(stray.start..stray.start + word.len());
        let own = place.usage(word);
        if let Some(usage) = own.as_ref().filter(|_| stray.begins_line || place == Place::StepHeader) {
            return Diagnostic::new(code::WRONG_CLAUSE, format!("`{word}` is not written like this"))
                .label(span, "what follows does not fit")
                .help(format!("write `{usage}`"));
        }
        if let Some(finding) = self.special(stray, span) {
            return finding;
        }
        let home = Place::of_word(word).filter(|_| own.is_none() && stray.begins_line);
        if let Some(home) = home {
            return Diagnostic::new(code::MISPLACED_CLAUSE, format!("`{word}` does not stand {}", place.called()))
                .label(span, "not here")
                .help(format!("`{word}` stands {}", home.called()));
        }
        Diagnostic::new(code::UNREADABLE_TEXT, format!("`{word}` does not belong {}", place.called()))
            .label(span, "not understood")
            .help(place.help())
    }

    /// What has a message of its own.
    fn special(&self, stray: &Stray<'t>, span: crate::base::Span) -> Option<Diagnostic> {
        let word = stray.word;
        let number = word.starts_with(|sign: char| sign.is_ascii_digit());
        let usage = places::event(word);
        Some(match stray.place {
            Place::StepHeader if number => {
                Diagnostic::new(code::WRONG_CLAUSE, format!("it is not said what `{word}` counts"))
                    .label(span, "`at day` or `after` must stand before it")
                    .help(format!("write `at day {word}` or `after {word} days`"))
            }
            Place::Test if usage.is_some() => {
                Diagnostic::new(code::WRONG_CLAUSE, format!("`{word}` is not written like this"))
                    .label(span, "`on` and a day must stand before it")
                    .help(format!("write `{}`", usage.unwrap_or_default()))
            }
            Place::Action if stray.line.trim_end_matches(['}', ' ', '\r']).trim_end() == word => {
                Diagnostic::new(code::MISSING_VALUE, format!("nothing stands after `{word}`"))
                    .label(span, "a value must follow")
                    .help("write what it is, for example `using reminder`")
            }
            _ if word == "in" => Diagnostic::new(code::WRONG_CLAUSE, "the values of `in` stand in brackets")
                .label(span, "`(` must follow")
                .help("write `in (a, b)`"),
            _ => return None,
        })
    }

    fn unreadable_sign(&self, stray: &Stray<'t>) -> Diagnostic {
        let shown: String = stray.line.chars().take(1).collect();
        let span = self.mended.span(stray.start..stray.start + shown.len());
        if shown == "}" {
            return Diagnostic::new(code::BRACES, "this `}` closes nothing")
                .label(span, "one `}` too many")
                .help("take it away, or write the `{` that it closes")
                .fix("take it away", span, "");
        }
        Diagnostic::new(code::UNREADABLE_TEXT, format!("`{shown}` does not belong {}", stray.place.called()))
            .label(span, "not understood")
            .help(stray.place.help())
    }
}

fn is_keyword(place: Place, word: &str) -> bool {
    place.usages().any(|known| known == word)
}

/// The word that was certainly meant.
fn right_word(stray: &Stray<'_>) -> Option<&'static str> {
    let word = stray.word;
    if word.is_empty() || is_keyword(stray.place, word) {
        return None;
    }
    if let Some((.., right)) = FOREIGN.iter().find(|(place, wrong, _)| *place == stray.place && *wrong == word) {
        return Some(right);
    }
    let own = stray.place.usages();
    let in_capitals =
        RESERVED.iter().copied().chain(own).find(|known| known.eq_ignore_ascii_case(word) && *known != word);
    in_capitals.or_else(|| misspelt(stray.place, word))
}

/// Whether a word is long enough to be told as misspelt, and no number stands in it.
fn is_one_word(word: &str) -> bool {
    word.len() > 2 && !word.contains(|sign: char| sign.is_ascii_digit())
}

/// The word of a place that `word` is a misspelling of.
fn misspelt(place: Place, word: &str) -> Option<&'static str> {
    let mut words = place.usages();
    if place == Place::Test && places::events().all(|event| event != word) {
        return nearest(word, words.chain(places::events())).filter(|_| word.len() > 2);
    }
    if word.len() < 3 || words.any(|known| known == word) || Place::of_word(word).is_some() {
        return None;
    }
    nearest(word, place.usages())
}

/// Right words in the wrong shape at a place: how much of the text, and what is meant.
fn right_shape(stray: &Stray<'_>) -> Option<(usize, String)> {
    let number = |word: &str| word.parse::<i64>().is_ok();
    match (stray.place, stray.word) {
        (Place::StepHeader, "at") => {
            let ([_, day], length) = stray.words::<2>()?;
            let unit = stray.words::<3>().filter(|([.., unit], _)| matches!(*unit, "day" | "days"));
            let joined = day.strip_prefix("days").or_else(|| day.strip_prefix("day")).unwrap_or(day);
            let length = unit.map_or(length, |(_, length)| length);
            number(joined).then(|| (length, format!("at day {joined}")))
        }
        (Place::StepHeader, "day" | "days") => {
            let ([_, day], length) = stray.words::<2>()?;
            number(day).then(|| (length, format!("at day {day}")))
        }
        (Place::Entity | Place::Record, _) => {
            let ([name, value], length) = stray.words::<2>()?;
            Some((length, format!("{name}: {value}")))
        }
        _ => None,
    }
}
