//! Lines to be printed, before comments and empty lines are put between them.

use unicode_width::UnicodeWidthStr;

use super::exprs::prefixed;
use crate::base::Span;
use crate::syntax::ast::Comment;

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

    /// Adds a line; its pieces are joined by blanks, or broken between where they do not fit.
    pub(super) fn add(&mut self, kind: Kind, span: Span, words: impl Into<Words>) {
        let words = words.into();
        let (start, stops) = words.start();
        let pieces = if words.pieces.is_empty() { vec![start] } else { prefixed(&start, words.pieces) };
        let text = self.fill(&pieces).trim_end().to_owned();
        self.all.push(Line { depth: self.depth, text, table: words.table, stops, kind, span });
    }

    /// Adds a declaration that has one line if it is not too wide.
    pub(super) fn add_one_line(&mut self, word: &'static str, span: Span, words: impl Into<Words>) {
        let words = words.into();
        let kind = if self.fits(&words.text()) { Kind::OneLine(word) } else { Kind::Plain };
        self.add(kind, span, words);
    }

    fn fill(&self, pieces: &[String]) -> String {
        let mut text = String::new();
        let mut column = self.depth * INDENT;
        let further = (self.depth + 1) * INDENT;
        for piece in pieces {
            let wide = column + 1 + width(piece) > WIDTH;
            if !text.is_empty() && wide && column > further {
                text.push('\n');
                text.push_str(&" ".repeat(further));
                column = further;
            } else if !text.is_empty() {
                text.push(' ');
                column += 1;
            }
            text.push_str(piece);
            column += width(piece);
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
        let at = self.all.len();
        let fits = self.fits(&format!("{} {{", header.text()));
        self.add(Kind::Opening, opening, header);
        if let Some(line) = self.all.last_mut() {
            let brace = if fits { " {".to_owned() } else { format!("\n{}{{", " ".repeat(self.depth * INDENT)) };
            line.text.push_str(&brace);
        }
        self.depth += 1;
        content(self);
        self.depth -= 1;
        let empty = self.all.len() == at + 1 && !self.has_comment(Span { start: opening.start, ..closing });
        match self.all.last_mut() {
            Some(line) if empty => {
                line.text.push('}');
                line.kind = Kind::Plain;
                line.span = span;
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
pub(super) fn listed(word: &str, names: &[String]) -> Vec<String> {
    let last = names.len().saturating_sub(1);
    let with_commas =
        names.iter().enumerate().map(|(at, name)| if at == last { name.clone() } else { format!("{name},") });
    let mut pieces: Vec<String> = with_commas.collect();
    if let Some(first) = pieces.first_mut() {
        *first = format!("{word} {first}");
    }
    pieces
}
