//! Programs with one thing changed.

use std::ops::Range;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word or sign is taken away.
    Drop,
    /// A word or sign is written twice.
    Double,
    /// Two words or signs change places.
    Swap,
    /// A line ends before a word or sign.
    Break,
    /// A comment and a line end stand before a word or sign.
    Comment,
    /// A line is taken away.
    DropLine,
    /// A line end is taken away.
    Join,
}

/// Every kind.
pub(crate) const KINDS: &[Kind] =
    &[Kind::Drop, Kind::Double, Kind::Swap, Kind::Break, Kind::Comment, Kind::DropLine, Kind::Join];

/// The mutants of one kind. Of many places, `only` says which ones.
pub(crate) fn of(text: &str, kind: Kind, only: impl Fn(usize) -> bool) -> Vec<String> {
    let places = match kind {
        Kind::DropLine => lines(text),
        Kind::Join => lines(text).into_iter().map(|line| line.end - 1..line.end).collect(),
        _ => tokens(text),
    };
    let chosen = (0..places.len()).filter(|at| only(*at));
    chosen.filter_map(|at| mutant(text, kind, &places[at], places.get(at + 1))).collect()
}

fn mutant(text: &str, kind: Kind, at: &Range<usize>, next: Option<&Range<usize>>) -> Option<String> {
    let (before, here, after) = (&text[..at.start], &text[at.clone()], &text[at.end..]);
    Some(match kind {
        Kind::Drop | Kind::DropLine => format!("{before}{after}"),
        Kind::Double => format!("{before}{here} {here}{after}"),
        Kind::Break => format!("{}\n        {here}{after}", before.trim_end_matches(' ')),
        Kind::Comment => format!("{} # why\n        {here}{after}", before.trim_end_matches(' ')),
        Kind::Join => format!("{before} {after}"),
        Kind::Swap => {
            let next = next?;
            let (between, there) = (&text[at.end..next.start], &text[next.clone()]);
            format!("{before}{there}{between}{here}{}", &text[next.end..])
        }
    })
}

/// Every line with its end.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let pieces = text.split_inclusive('\n').map(|line| {
        start += line.len();
        start - line.len()..start
    });
    pieces.collect()
}

/// Every word, number, text and sign.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' => rest[1..].find(['"', '\n']).map_or(rest.len(), |end| end + 2),
            _ if is_word(first) => rest.find(|sign| !is_word(sign)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        if first != '#' && !first.is_whitespace() {
            found.push(at..at + length);
        }
        at += length;
    }
    found
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}
