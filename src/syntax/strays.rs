//! What does not belong: what was probably meant, and how to say it.

use crate::base::{Diagnostic, code, text::nearest};
use crate::syntax::places::Place;
use crate::syntax::reader::{Node, Reader, range};
use crate::syntax::spelling::{is_blank, leading_word};

/// Words that stand everywhere, for those written in capitals.
const SMALL_WORDS: &[&str] =
    &["and", "or", "not", "in", "is", "between", "where", "when", "of", "otherwise", "yes", "no"];

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
        let before = text.get(..start).unwrap_or("").rsplit('\n').next().unwrap_or("");
        let line = text.get(start..).unwrap_or("").split('\n').next().unwrap_or("");
        Self { start, place, line, word: leading_word(line), begins_line: before.chars().all(is_blank) }
    }

    /// Its first words, with the length of the text up to the last of them.
    fn words<const N: usize>(&self) -> Option<([&'t str; N], usize)> {
        let mut words = [""; N];
        let mut length = 0;
        for word in &mut words {
            let rest = self.line.get(length..)?;
            let skipped = rest.len() - rest.trim_start_matches(is_blank).len();
            let rest = rest.get(skipped..)?;
            let sign = usize::from(rest.starts_with('-'));
            let found = sign + leading_word(rest.get(sign..)?).len();
            *word = rest.get(..found).filter(|word| !word.is_empty())?;
            length += skipped + found;
        }
        Some((words, length))
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
        let follows = self.follows_mistake(start);
        if follows && !stray.begins_line {
            return;
        }
        if let Some(([_, second], length)) = stray.words::<2>().filter(|_| place == Place::Assign) {
            let other = Stray::new(&self.mended.text, start + length - second.len(), place);
            stray = if right_word(&other).is_some() { other } else { stray };
        }
        let mended = self.mend_word(&stray) || self.mend_sign(&stray) || self.mend_shape(&stray);
        if !mended && !follows {
            let finding = self.unreadable(&stray);
            self.findings.push(finding);
        }
    }

    /// Misspelt, in capitals, or `if` for `when`.
    fn mend_word(&mut self, stray: &Stray<'t>) -> bool {
        let Some(right) = right_word(stray) else { return false };
        let word = stray.start..stray.start + stray.word.len();
        let span = self.mended.span(word.clone());
        let finding = Diagnostic::new(code::MISSPELT_KEYWORD, format!("`{}` is no word of the language", stray.word))
            .label(span, format!("did you mean `{right}`?"))
            .help(format!("write `{right}`"))
            .fix(format!("write `{right}`"), span, right);
        self.mend(word, right, finding);
        true
    }

    /// A comma, or a sign between a word and what belongs to it.
    fn mend_sign(&mut self, stray: &Stray<'t>) -> bool {
        let behind = stray.behind();
        let Some(sign) = behind.chars().next() else { return false };
        let needless = match sign {
            ',' => stray.word.is_empty(),
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

    fn unreadable(&self, stray: &Stray<'t>) -> Diagnostic {
        let place = stray.place;
        if stray.word.is_empty() {
            return self.unreadable_sign(stray);
        }
        let word = stray.word;
        let span = self.mended.span(stray.start..stray.start + word.len());
        let own = place.usages().iter().find(|(known, _)| *known == word);
        if let Some((_, usage)) = own.filter(|_| stray.begins_line || place == Place::StepHeader) {
            return Diagnostic::new(code::WRONG_CLAUSE, format!("`{word}` is not written like this"))
                .label(span, "what follows does not fit")
                .help(format!("write `{usage}`"));
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
    place.usages().iter().any(|(known, _)| *known == word)
}

/// The word that was certainly meant.
fn right_word(stray: &Stray<'_>) -> Option<&'static str> {
    let word = stray.word;
    if word.is_empty() || is_keyword(stray.place, word) {
        return None;
    }
    if word == "if" && stray.place.has_when() {
        return Some("when");
    }
    let small = word.to_ascii_lowercase();
    let in_capitals = SMALL_WORDS.iter().find(|known| **known == small && **known != word);
    in_capitals.copied().or_else(|| misspelt(stray.place, word))
}

/// The word of a place that `word` is a misspelling of.
fn misspelt(place: Place, word: &str) -> Option<&'static str> {
    let words = place.usages().iter().map(|(known, _)| *known);
    if word.len() < 3 || words.clone().any(|known| known == word) || Place::of_word(word).is_some() {
        return None;
    }
    nearest(word, words)
}

/// Right words in the wrong shape at a place: how much of the text, and what is meant.
fn right_shape(stray: &Stray<'_>) -> Option<(usize, String)> {
    let number = |word: &str| word.parse::<i64>().is_ok();
    match (stray.place, stray.word) {
        (Place::StepHeader, "at") => {
            let ([_, day, unit], length) = stray.words::<3>()?;
            (number(day) && matches!(unit, "day" | "days")).then(|| (length, format!("at day {day}")))
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
