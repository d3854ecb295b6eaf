//! Small helpers for words in messages.

/// The candidate that `word` is most probably a misspelling of, if any is near enough.
///
/// Ties go to the first in the order given, so callers pass candidates in a fixed order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    // Each letter more or less is a mistake, which is quicker to count than to find.
    let near = |candidate: &&str| candidate.chars().count().abs_diff(length) <= limit;
    for candidate in candidates.into_iter().filter(near) {
        let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
        if distance <= limit && candidate != word && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
