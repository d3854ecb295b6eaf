//! Lines to be printed, before comments and empty lines are put between them.

use unicode_width::UnicodeWidthStr;

use super::written::Written;
use crate::base::Span;
use crate::syntax::ast::Name;

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
    /// Any other line.
    Plain,
}

/// What a line says: its columns, which neighbours of the same table have at the same places, and then
/// pieces, between which it may be broken.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// What the line shares its columns with; empty for a line that has none.
    pub(super) table: String,
    /// The columns before the pieces; an empty one takes no room unless a neighbour has it.
    pub(super) columns: Vec<String>,
    /// The rest.
    pub(super) pieces: Vec<String>,
}

impl Words {
    /// Words in columns.
    pub(super) fn table(table: &str, columns: Vec<String>, pieces: Vec<String>) -> Self {
        Self { table: table.to_owned(), columns, pieces }
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
        let columns = self.columns.into_iter().filter(|column| !column.is_empty());
        Self::from(columns.chain(self.pieces).collect::<Vec<_>>())
    }

    /// The words on one line.
    pub(super) fn text(&self) -> String {
        let text = format!("{}{}", self.start().0, self.pieces.join(" "));
        text.trim_end().to_owned()
    }

    /// The same words, parted at places of their text.
    fn parted(self, places: &[usize]) -> Vec<Self> {
        let start = self.start().0.len();
        let words = if places.iter().any(|place| *place < start) { self.loose() } else { self };
        let mut at = words.start().0.len();
        let Self { table, columns, pieces } = words;
        let mut all = vec![Self { table, columns, pieces: Vec::new() }];
        let mut places = places.iter().copied().peekable();
        for piece in pieces {
            let end = at + piece.len();
            let mut from = 0;
            while let Some(place) = places.next_if(|place| *place < end) {
                add(&mut all, piece.get(from..place.saturating_sub(at)));
                from = place.saturating_sub(at);
                all.push(Self::default());
            }
            add(&mut all, piece.get(from..));
            at = end + 1;
        }
        all
    }
}

/// Adds a piece to the last of several words, unless there is nothing in it.
fn add(all: &mut [Words], piece: Option<&str>) {
    let piece = piece.map(str::trim_end).filter(|piece| !piece.is_empty());
    if let (Some(last), Some(piece)) = (all.last_mut(), piece) {
        last.pieces.push(piece.to_owned());
    }
}

impl From<Vec<String>> for Words {
    fn from(pieces: Vec<String>) -> Self {
        Self { pieces, ..Self::default() }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::from(vec![text])
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
    written: Written<'f>,
}

impl<'f> Lines<'f> {
    /// No lines yet, of what was written.
    pub(super) const fn new(written: Written<'f>) -> Self {
        Self { all: Vec::new(), depth: 0, written }
    }

    /// The lines.
    pub(super) fn finish(self) -> Vec<Line> {
        self.all
    }

    /// Whether a comment stands within a stretch of the text.
    pub(super) fn has_comment(&self, span: Span) -> bool {
        self.written.has_comment(span)
    }

    /// Clauses whose order says nothing, each with its place: in the order in which they are given, but as
    /// written where a comment stands among them.
    pub(super) fn in_order(&self, span: Span, mut clauses: Vec<(Span, Vec<String>)>) -> Vec<String> {
        if self.has_comment(span) {
            clauses.sort_by_key(|(place, _)| place.start);
        }
        clauses.into_iter().flat_map(|(_, pieces)| pieces).collect()
    }

    /// Whether `text` fits on a line here.
    pub(super) fn fits(&self, text: &str) -> bool {
        self.depth * INDENT + width(text) <= WIDTH
    }

    /// Adds a line; its pieces are joined by blanks, or broken between where they do not fit. It is broken
    /// behind each word that a comment stands behind, too, so that the comment stays there.
    pub(super) fn add(&mut self, kind: Kind, span: Span, words: impl Into<Words>) {
        let words = words.into();
        let before = self.all.last().map_or(0, |line| line.span.end);
        let span = self.written.whole(span, before);
        let breaks = self.written.breaks(span, &words.text());
        let kind = if breaks.is_empty() || !matches!(kind, Kind::OneLine(_)) { kind } else { Kind::Plain };
        let places: Vec<usize> = breaks.iter().map(|one| one.printed).collect();
        let at = self.all.len();
        let starts = std::iter::once(span.start).chain(breaks.iter().map(|one| one.start));
        let ends = breaks.iter().map(|one| one.end).chain(std::iter::once(span.end));
        for (words, (start, end)) in words.parted(&places).into_iter().zip(starts.zip(ends)) {
            let goes_on = self.all.len() > at;
            let depth = self.depth + usize::from(goes_on);
            let (first, mut stops) = words.start();
            let mut pieces = words.pieces;
            match pieces.first_mut() {
                Some(piece) => piece.insert_str(0, &first),
                None => pieces.push(first),
            }
            let text = self.fill(pieces, depth * INDENT).trim_end().to_owned();
            // A column that ends with the line has no next one.
            stops.retain(|stop| breaks.is_empty() || *stop <= text.len());
            self.all.push(Line {
                depth,
                text,
                table: words.table,
                stops,
                kind,
                span: Span { start, end, ..span },
                goes_on,
            });
        }
    }

    /// Adds a declaration that has one line if it is not too wide.
    pub(super) fn add_one_line(&mut self, word: &'static str, span: Span, words: impl Into<Words>) {
        let words = words.into();
        let kind = if self.fits(&words.text()) { Kind::OneLine(word) } else { Kind::Plain };
        self.add(kind, span, words);
    }

    fn fill(&self, pieces: Vec<String>, mut column: usize) -> String {
        let mut text = String::new();
        let further = (self.depth + 1) * INDENT;
        for piece in pieces {
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
        if self.has_comment(opening) {
            // The brace stands behind the header's comments.
            self.add(Kind::Plain, self.written.before(opening, body.start), header);
            self.add(Kind::Opening, Span { start: body.start, ..opening }, "{");
            self.all.last_mut().into_iter().for_each(|line| line.goes_on = true);
        } else {
            self.add(Kind::Opening, opening, header);
            let gap = if fits { " ".to_owned() } else { format!("\n{}", " ".repeat(self.depth * INDENT)) };
            self.all.last_mut().into_iter().for_each(|line| line.text.push_str(&format!("{gap}{{")));
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
pub(super) fn listed(word: &str, names: &[Name]) -> Vec<String> {
    let last = names.len().saturating_sub(1);
    let with_comma =
        |(at, name): (usize, &Name)| if at == last { name.value.clone() } else { format!("{},", name.value) };
    prefixed(&format!("{word} "), names.iter().enumerate().map(with_comma).collect())
}

/// Pieces with `prefix` before the first.
pub(super) fn prefixed(prefix: &str, mut pieces: Vec<String>) -> Vec<String> {
    if let Some(first) = pieces.first_mut() {
        first.insert_str(0, prefix);
    }
    pieces
}

/// Pieces with `suffix` behind the last.
pub(super) fn suffixed(mut pieces: Vec<String>, suffix: &str) -> Vec<String> {
    if let Some(last) = pieces.last_mut() {
        last.push_str(suffix);
    }
    pieces
}
