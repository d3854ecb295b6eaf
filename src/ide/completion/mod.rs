//! What could be written at a place.
//!
//! Words of the language are those that the grammar expects there (`syntax::expected`). For names a
//! word that means nothing is put there, the declaration around it is read, and the checker says what
//! it looks for at that word (`check::look`): so it works while the rest of the line is not there yet.

mod key;
mod lists;
mod names;
mod snippets;
mod templates;
#[cfg(test)]
mod tests;
mod texts;
mod trial;
mod words;

use std::ops::Range;

use crate::check::look::Look;
use crate::check::mentions::{Symbol, Wanted};
use crate::ide::around::declaration;
use crate::ide::hover::{self, Page};
use crate::schema::functions::question;
use crate::syntax::expected::{Expected, expected};
use crate::syntax::places::Place;
use crate::syntax::tokens::{Kind as Piece, Token, tokens, word_at};
use crate::syntax::words::Word;
use crate::workspace::Workspace;
use snippets::Snippet;

pub use key::Source;
pub use snippets::plain;

/// What could be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The bytes of the word that stands there, which is replaced.
    pub range: Range<usize>,
    /// The best first.
    pub items: Vec<Completion>,
    /// Whether something must be written there: then it helps to offer it unasked.
    pub is_needed: bool,
}

impl Completions {
    /// Nothing.
    const fn none(range: Range<usize>) -> Self {
        Self { range, items: Vec::new(), is_needed: false }
    }
}

/// Something that could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, and what is typed to find it.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// Its type, or what it is, in a few words.
    pub detail: String,
    /// What is written; where it is a snippet, `${1:x}` and `$0` are to be filled in.
    pub insert: String,
    /// Whether `insert` is a snippet.
    pub is_snippet: bool,
    /// Where its documentation is found.
    pub source: Source,
}

/// What something is that could be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Kind {
    Procedure,
    Step,
    Template,
    Calendar,
    Role,
    Action,
    Label,
    Field,
    Define,
    Value,
    Name,
    Function,
    Word,
    Unit,
    Type,
    File,
    Snippet,
}

impl Completion {
    /// Something that is written as it is shown.
    fn plain(label: impl Into<String>, kind: Kind, detail: impl Into<String>) -> Self {
        let label = label.into();
        Self { insert: label.clone(), label, kind, detail: detail.into(), is_snippet: false, source: Source::Nothing }
    }

    fn from(self, source: Source) -> Self {
        Self { source, ..self }
    }

    fn inserting(self, insert: impl Into<String>, is_snippet: bool) -> Self {
        Self { insert: insert.into(), is_snippet, ..self }
    }
}

/// What could be written at `offset`; `files` are the files of the program's folder, asked for where a path stands.
#[must_use]
pub fn completions(workspace: &Workspace, path: &str, offset: usize, files: &dyn Fn() -> Vec<String>) -> Completions {
    let Some(text) = workspace.text(path).filter(|text| text.is_char_boundary(offset)) else {
        return Completions::none(offset..offset);
    };
    if workspace.parsed(path).is_none() {
        return templates::completions(workspace, path, text, offset);
    }
    let around = declaration(workspace, path, offset);
    let place = Cursor::new(path, around.start, text.get(around.clone()).unwrap_or(""), offset - around.start);
    let moved = |range: Range<usize>| range.start + around.start..range.end + around.start;
    match place.what {
        What::Comment => Completions::none(offset..offset),
        What::Text => {
            let (range, items) = texts::items(workspace, &place, files);
            Completions { range: moved(range), items, is_needed: true }
        }
        What::Word => {
            let (items, is_needed) = items(workspace, &place);
            Completions { range: moved(place.word.clone()), items, is_needed }
        }
    }
}

/// What is known of something that could be written.
#[must_use]
pub fn documentation(workspace: &Workspace, source: &Source) -> Page {
    match source {
        Source::Symbol(symbol) => hover::names::of(workspace, symbol, None, None),
        Source::Word(word) => Page::of_word(word),
        Source::Snippet(snippet) => Page::of_text(snippet.doc),
        Source::Nothing => Page::default(),
    }
}

/// What stands at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Word,
    /// A text in quotes, closed or not.
    Text,
    Comment,
}

/// A place in a declaration.
#[derive(Debug)]
struct Cursor<'t> {
    /// The file.
    path: &'t str,
    /// Where the declaration begins in it.
    start: usize,
    /// The text of the declaration, up to the next one.
    text: &'t str,
    /// The place in it.
    offset: usize,
    /// The word that stands there.
    word: Range<usize>,
    what: What,
}

impl<'t> Cursor<'t> {
    fn new(path: &'t str, start: usize, text: &'t str, offset: usize) -> Self {
        let line = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let before = text.get(line..offset).unwrap_or("");
        let mut what = What::Word;
        for sign in before.chars() {
            what = match (what, sign) {
                (What::Word, '#') => What::Comment,
                (What::Word, '"') => What::Text,
                (What::Text, '"') => What::Word,
                (what, _) => what,
            };
        }
        Self { path, start, text, offset, word: word_at(text, offset), what }
    }

    /// The text before the word.
    fn before(&self) -> &'t str {
        self.text.get(..self.word.start).unwrap_or("")
    }

    /// The text behind the word.
    fn behind(&self) -> &'t str {
        self.text.get(self.word.end..).unwrap_or("")
    }

    /// The pieces on the line before the word.
    fn line_before(&self) -> Vec<Token<'t>> {
        let before = self.before();
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let mut pieces = tokens(before.get(line..).unwrap_or(""));
        pieces.retain(|piece| piece.kind != Piece::Comment);
        pieces
    }
}

fn items(workspace: &Workspace, place: &Cursor<'_>) -> (Vec<Completion>, bool) {
    let expected = expected(place.before());
    let after_point = place.before().ends_with('.');
    let mut look = workspace.look();
    let (wanted, is_certain) = wanted(&mut look, place, &expected);
    let is_needed = !place.line_before().is_empty() && (is_certain || expected.in_phrase);
    let only_names = after_point || wanted.iter().any(names::stands_alone);
    let mut items = match expected.is_one_phrase() && !only_names {
        true => Vec::new(),
        false => names::items(workspace, &look, place, &wanted),
    };
    if !only_names {
        let fits = |word: &Word| names::fits(workspace, place, &wanted, word);
        items.extend(words::items(workspace, place, &expected, &fits));
    }
    let mut seen = std::collections::BTreeSet::new();
    items.retain(|item| seen.insert((item.label.clone(), item.insert.clone())));
    (items, is_needed)
}

/// The word that means nothing.
const NOTHING: &str = "zzz";

/// What the checker looks for at the place, the nearest alone, and whether it is certain that something
/// is to be written there.
fn wanted(look: &mut Look<'_>, place: &Cursor<'_>, expected: &Expected) -> (Vec<Wanted>, bool) {
    let before = place.before();
    for end in endings(place, expected) {
        let text = format!("{before}{NOTHING}{end}{}", place.behind());
        let mut found = tried(look, &text, before.len() + 1);
        if let Some(last) = found.pop() {
            // Roles are asked for twice: with the customer, and without.
            let is_same = |other: &Wanted| matches!((other, &last), (Wanted::OneOf(_), Wanted::OneOf(_)));
            let also: Vec<Wanted> = found.into_iter().rev().take_while(is_same).collect();
            let is_certain = end.is_empty() || end.starts_with(" of");
            return (also.into_iter().chain([last]).collect(), is_certain);
        }
    }
    (Vec::new(), false)
}

/// What the checker looks for at an offset of a text.
fn tried(look: &mut Look<'_>, text: &str, offset: usize) -> Vec<Wanted> {
    let file = crate::base::FileId(u32::MAX);
    let trial = crate::syntax::parse(file, text);
    look.wanted(&trial.file, crate::base::Span::new(file, offset, offset))
}

/// What is put behind the word, so that the whole can be read: first nothing, then what is probably missing.
fn endings(place: &Cursor<'_>, expected: &Expected) -> Vec<&'static str> {
    let mut endings = Vec::new();
    let pieces = place.line_before();
    if let [.., name, bracket] = pieces.as_slice()
        && bracket.text == "("
        && question(name.text).is_some_and(|spec| spec.takes_element)
        && !place.behind().trim_start().starts_with("of ")
    {
        endings.extend([" of documents)", " of documents"]);
    }
    endings.push("");
    endings.extend_from_slice(match expected.place {
        Place::Step => &[" zzz"],
        Place::Assign => &[" when yes"],
        Place::Record => &[": zzz"],
        Place::Entity => &[": text"],
        Place::Test => &[" zzz.zzz", ".zzz", " until 2999-01-01", " yes", ": zzz", " { }"],
        Place::Template => &[" \"\""],
        Place::OtherHeader => &[" { }"],
        _ => &[],
    });
    endings
}

/// A word of the language, a snippet or a name: where documentation comes from.
impl From<&'static Word> for Source {
    fn from(word: &'static Word) -> Self {
        Self::Word(word)
    }
}

impl From<&'static Snippet> for Source {
    fn from(snippet: &'static Snippet) -> Self {
        Self::Snippet(snippet)
    }
}

impl From<Symbol> for Source {
    fn from(symbol: Symbol) -> Self {
        Self::Symbol(symbol)
    }
}
