//! Small helpers for words in messages.

/// The candidate that `word` is most probably a misspelling of, if any is near enough.
///
/// Ties go to the first in the order given, so callers pass candidates in a fixed order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let letters = Letters::of(&lower);
    for candidate in candidates {
        let other = candidate.to_lowercase();
        // Among thousands of names only few are worth the exact count.
        if candidate == word || letters.missing(&Letters::of(&other)) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lower, &other);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How often each letter stands in a word, as far as 32 can be told apart.
struct Letters([u8; 32]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 32];
        for letter in word.chars() {
            if let Some(count) = counts.get_mut(letter as usize % 32) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }

    /// How many letters one of the words has that the other lacks: a mistake makes up for one at most.
    fn missing(&self, other: &Self) -> usize {
        let lacking = |some: &Self, others: &Self| -> usize {
            some.0.iter().zip(others.0).map(|(some, other)| usize::from(some.saturating_sub(other))).sum()
        };
        lacking(self, other).max(lacking(other, self))
    }
}

/// `` `a`, `b` or `c` ``: a choice in a message.
#[must_use]
pub fn choice<S: AsRef<str>>(words: &[S]) -> String {
    list(words, "or")
}

/// `` `a`, `b` and `c` ``: an enumeration in a message.
#[must_use]
pub fn enumeration<S: AsRef<str>>(words: &[S]) -> String {
    list(words, "and")
}

fn list<S: AsRef<str>>(words: &[S], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// What the system says about an error, without its number and its capital letter.
#[must_use]
pub fn plainly(said: &str) -> String {
    let said = said.split(" (os error").next().unwrap_or(said);
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `1 day`, `3 days`: a count with its word.
#[must_use]
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The sign between the cells of a table of which `header` is the first line, as spreadsheets save it:
/// comma, semicolon or tab, whichever tells most names apart that `is_name` knows. `None` where none
/// tells any.
#[must_use]
pub fn separator(header: &str, is_name: impl Fn(&str) -> bool) -> Option<u8> {
    let names = |sign: char| {
        let cells = header.split(sign).map(|cell| cell.trim().trim_matches('"'));
        if header.contains(sign) { cells.filter(|cell| is_name(cell)).count() } else { 0 }
    };
    let mut best = (0, None);
    for sign in [b',', b';', b'\t'] {
        let found = names(char::from(sign));
        if found > best.0 {
            best = (found, Some(sign));
        }
    }
    best.1
}

/// Text as it is compared everywhere: trimmed, in Unicode normal form C.
#[must_use]
pub fn canonical(text: &str) -> std::borrow::Cow<'_, str> {
    use unicode_normalization::{UnicodeNormalization, is_nfc};
    let trimmed = text.trim();
    if trimmed.is_ascii() || is_nfc(trimmed) { trimmed.into() } else { trimmed.nfc().collect::<String>().into() }
}
