//! Lines to be printed, before comments and empty lines are put between them.

use unicode_width::UnicodeWidthStr;

use super::exprs::prefixed;
use crate::base::Span;
use crate::syntax::ast::{Comment, Name};

/// How wide a line may be.
pub(super) const WIDTH: usize = 120;
/// How many blanks a block is indented by.
pub(super) const INDENT: usize = 4;

/// What a line is to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A declaration on one line, by its first word.
    OneLine(&'static str),
    /// The first line of a block.
    Opening,
    /// The `}` of a block.
    Closing,
    /// A field: a comment behind it is its doc.
    Field,
    /// Any other line.
    Plain,
}

/// A piece of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// What it says.
    pub(super) text: String,
    /// Where that stood, without the words that join it to what is before; `None` where nobody asks.
    pub(super) place: Option<Span>,
    /// Whether the line is broken before it only where a comment stands.
    pub(super) glued: bool,
}

impl Piece {
    /// A piece that stood somewhere.
    pub(super) const fn at(text: String, place: Span) -> Self {
        Self { text, place: Some(place), glued: false }
    }

    /// The same, broken from what is before only by a comment.
    pub(super) const fn glued(mut self) -> Self {
        self.glued = true;
        self
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// What a line says: its columns, which neighbours of the same table have at the same places, and then
/// pieces, between which it may be broken.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// What the line shares its columns with; empty for a line that has none.
    pub(super) table: String,
    /// The columns before the pieces; an empty one takes no room unless a neighbour has it.
    pub(super) columns: Vec<String>,
    /// Where what stands in the columns ended; `None` where the line is not to be broken behind them.
    pub(super) columns_end: Option<u32>,
    /// The rest.
    pub(super) pieces: Vec<Piece>,
}

impl Words {
    /// Words in columns.
    pub(super) fn table(table: &str, columns: Vec<String>, pieces: Vec<Piece>) -> Self {
        Self { table: table.to_owned(), columns, columns_end: None, pieces }
    }

    /// The columns, each with the blank behind it, and where the next one begins. Empty ones at the
    /// end leave no gap.
    fn start(&self) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut stops = Vec::with_capacity(self.columns.len());
        let filled = self.columns.iter().rposition(|column| !column.is_empty()).map_or(0, |last| last + 1);
        for column in self.columns.iter().take(filled) {
            if !column.is_empty() {
                text.push_str(column);
                text.push(' ');
            }
            stops.push(text.len());
        }
        (text, stops)
    }

    /// The same words without columns, breakable between all of them.
    pub(super) fn loose(self) -> Self {
        let columns = self.columns.into_iter().filter(|column| !column.is_empty()).map(Piece::from);
        Self::from(columns.chain(self.pieces).collect::<Vec<_>>())
    }

    /// The words on one line.
    pub(super) fn text(&self) -> String {
        let pieces: Vec<&str> = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let text = format!("{}{}", self.start().0, pieces.join(" "));
        text.trim_end().to_owned()
    }
}

impl From<Vec<Piece>> for Words {
    fn from(pieces: Vec<Piece>) -> Self {
        Self { pieces, ..Self::default() }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::from(vec![Piece::from(text)])
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// One line; broken over several where it is too wide.
#[derive(Debug)]
pub(super) struct Line {
    /// How deep it stands.
    pub(super) depth: usize,
    /// Its text, line ends and their indentation included.
    pub(super) text: String,
    /// The table it belongs to; empty for none.
    pub(super) table: String,
    /// Where its second and further columns begin in its text.
    pub(super) stops: Vec<usize>,
    /// What it is.
    pub(super) kind: Kind,
    /// Where the text it stands for begins and ends.
    pub(super) span: Span,
    /// Whether it goes on with the line before it, from which a comment parts it.
    pub(super) goes_on: bool,
}

/// Collects lines.
pub(super) struct Lines<'f> {
    all: Vec<Line>,
    depth: usize,
    comments: &'f [Comment],
}

impl<'f> Lines<'f> {
    /// No lines yet.
    pub(super) const fn new(comments: &'f [Comment]) -> Self {
        Self { all: Vec::new(), depth: 0, comments }
    }

    /// The lines.
    pub(super) fn finish(self) -> Vec<Line> {
        self.all
    }

    /// Whether a comment stands within a stretch of the text.
    pub(super) fn has_comment(&self, span: Span) -> bool {
        let next = self.comments.partition_point(|comment| comment.text.span.start < span.start);
        self.comments.get(next).is_some_and(|comment| comment.text.span.start < span.end)
    }

    /// Whether `text` fits on a line here.
    pub(super) fn fits(&self, text: &str) -> bool {
        self.depth * INDENT + width(text) <= WIDTH
    }

    /// Adds a line; its pieces are joined by blanks, or broken between where they do not fit and where
    /// comments stand between them, so that a comment stays behind what it is about.
    pub(super) fn add(&mut self, kind: Kind, span: Span, words: impl Into<Words>) {
        let words = words.into();
        let (start, stops) = words.start();
        let mut stretches = self.stretches(span, &words).into_iter();
        let first = stretches.next().unwrap_or_default();
        let place = |piece: Option<&Piece>| piece.and_then(|piece| piece.place);
        let mut end = place(first.last()).map(|place| place.end).or(words.columns_end).unwrap_or(span.end);
        let first = if first.is_empty() { vec![Piece::from(start)] } else { prefixed(&start, first) };
        let rest: Vec<Vec<Piece>> = stretches.collect();
        let kind = if rest.is_empty() || !matches!(kind, Kind::OneLine(_)) { kind } else { Kind::Plain };
        let text = self.fill(first, self.depth * INDENT).trim_end().to_owned();
        // A column that ends with the line has no next one.
        let stops = stops.into_iter().filter(|stop| rest.is_empty() || *stop <= text.len()).collect();
        let whole = Line { depth: self.depth, text, table: words.table, stops, kind, span, goes_on: false };
        let at = self.all.len();
        self.all.push(whole);
        for pieces in rest {
            let begins = place(pieces.first()).map_or(end, |place| place.start);
            if let Some(before) = self.all.last_mut() {
                before.span.end = end.min(begins);
            }
            end = place(pieces.last()).map_or(span.end, |place| place.end);
            let text = self.fill(pieces, (self.depth + 1) * INDENT);
            let span = Span { start: begins, ..span };
            let (table, stops) = (String::new(), Vec::new());
            self.all.push(Line { depth: self.depth + 1, text, table, stops, kind, span, goes_on: true });
        }
        // What follows the header is told by its last line.
        let last = self.all.len().saturating_sub(1);
        if kind == Kind::Opening && last > at {
            self.all.iter_mut().take(last).skip(at).for_each(|line| line.kind = Kind::Plain);
        }
    }

    /// The pieces of a line, parted where comments stand between them.
    fn stretches(&self, span: Span, words: &Words) -> Vec<Vec<Piece>> {
        if !self.has_comment(span) {
            return vec![words.pieces.clone()];
        }
        let pieces = in_order(words.pieces.clone());
        let mut stretches: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut before = words.columns_end;
        for piece in pieces {
            let between = before.zip(piece.place).map(|(start, place)| Span { start, end: place.start, ..place });
            if between.is_some_and(|between| between.start < between.end && self.has_comment(between)) {
                stretches.push(Vec::new());
            }
            before = piece.place.map(|place| place.start).or(before);
            if let Some(last) = stretches.last_mut() {
                last.push(piece);
            }
        }
        stretches
    }

    /// Adds a declaration that has one line if it is not too wide.
    pub(super) fn add_one_line(&mut self, word: &'static str, span: Span, words: impl Into<Words>) {
        let words = words.into();
        let kind = if self.fits(&words.text()) { Kind::OneLine(word) } else { Kind::Plain };
        self.add(kind, span, words);
    }

    fn fill(&self, pieces: Vec<Piece>, mut column: usize) -> String {
        let mut text = String::new();
        let further = (self.depth + 1) * INDENT;
        for piece in whole(pieces) {
            let wide = column + 1 + width(&piece) > WIDTH;
            if !text.is_empty() && wide && column > further {
                text.push('\n');
                text.push_str(&" ".repeat(further));
                column = further;
            } else if !text.is_empty() {
                text.push(' ');
                column += 1;
            }
            text.push_str(&piece);
            column += width(&piece);
        }
        text
    }

    /// Adds a block: its header, what `content` adds, and `}`. `body` is where its braces stand.
    pub(super) fn block(
        &mut self,
        span: Span,
        body: Option<Span>,
        header: impl Into<Words>,
        content: impl FnOnce(&mut Self),
    ) {
        let header = header.into();
        let body = body.unwrap_or(Span { start: span.end.saturating_sub(1), ..span });
        let opening = Span { start: span.start, end: body.start.saturating_add(1), file: span.file };
        let closing = Span { start: body.end.saturating_sub(1).max(opening.end), end: body.end, file: span.file };
        let fits = self.fits(&format!("{} {{", header.text()));
        self.add(Kind::Opening, opening, header);
        let brace = " ".repeat(self.depth * INDENT) + "{";
        match self.all.last_mut() {
            Some(line) if line.goes_on => {
                // The header has comments of its own: the brace stands behind them.
                line.kind = Kind::Plain;
                let span = Span { start: body.start, ..opening };
                line.span.end = line.span.end.min(span.start);
                self.add(Kind::Opening, span, "{");
                self.all.last_mut().into_iter().for_each(|line| line.goes_on = true);
            }
            Some(line) if fits => line.text.push_str(" {"),
            Some(line) => line.text.push_str(&format!("\n{brace}")),
            None => {}
        }
        let at = self.all.len();
        self.depth += 1;
        content(self);
        self.depth -= 1;
        let empty = self.all.len() == at && !self.has_comment(Span { start: opening.start, ..closing });
        match self.all.last_mut() {
            Some(line) if empty => {
                line.text.push('}');
                line.kind = Kind::Plain;
                line.span.end = span.end;
            }
            _ => self.add(Kind::Closing, closing, "}"),
        }
    }

    /// Adds lines in the order in which they stand in the text.
    pub(super) fn add_sorted(&mut self, mut parts: Vec<(Kind, Span, Words)>) {
        parts.sort_by_key(|(_, span, _)| span.start);
        for (kind, span, words) in parts {
            self.add(kind, span, words);
        }
    }
}

/// The width of a text in columns of a screen.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Names with commas, breakable behind each.
pub(super) fn listed(word: &str, names: &[Name]) -> Vec<Piece> {
    let last = names.len().saturating_sub(1);
    let with_comma = |(at, name): (usize, &Name)| {
        Piece::at(if at == last { name.value.clone() } else { format!("{},", name.value) }, name.span)
    };
    prefixed(&format!("{word} "), names.iter().enumerate().map(with_comma).collect())
}

/// Modifiers of a step may stand in another order than they are printed in: the most pieces that stood in
/// this order keep their places, so that comments can stand between them.
fn in_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let start = |piece: &Piece| piece.place.map(|place| place.start);
    if pieces.iter().filter_map(start).is_sorted() {
        return pieces;
    }
    // For each piece: how many can follow it in order, and which comes next.
    let mut chains: Vec<(usize, Option<usize>)> = vec![(0, None); pieces.len()];
    for (at, piece) in pieces.iter().enumerate().rev().filter(|(_, piece)| piece.place.is_some()) {
        let later = pieces.iter().enumerate().skip(at + 1).filter(|(_, other)| start(other) > start(piece));
        let lengths = later.filter_map(|(other, _)| Some((chains.get(other)?.0, other)));
        let best = lengths.max_by_key(|(length, other)| (*length, std::cmp::Reverse(*other)));
        if let Some(chain) = chains.get_mut(at) {
            *chain = (best.map_or(1, |(length, _)| length + 1), best.map(|(_, next)| next));
        }
    }
    let lengths = chains.iter().map(|(length, _)| *length).enumerate();
    let mut next = lengths.max_by_key(|(at, length)| (*length, std::cmp::Reverse(*at))).map(|(at, _)| at);
    for (at, piece) in pieces.iter_mut().enumerate() {
        match next {
            Some(kept) if kept == at => next = chains.get(at).and_then(|(_, next)| *next),
            _ => piece.place = None,
        }
    }
    pieces
}

/// Pieces with those that are glued to them.
fn whole(pieces: Vec<Piece>) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match all.last_mut() {
            Some(last) if piece.glued => {
                last.push(' ');
                last.push_str(&piece.text);
            }
            _ => all.push(piece.text),
        }
    }
    all
}
