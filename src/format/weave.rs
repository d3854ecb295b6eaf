//! Comments and empty lines, put between the lines where they stood.

use super::columns::{align, last_width, of_comments};
use super::lines::{INDENT, Kind, Line};
use crate::syntax::ast::{BlankLines, Comment};

/// A line with the comment behind it, or a comment of its own.
pub(super) struct Row {
    /// How deep it stands.
    pub(super) depth: usize,
    /// The line, or the comment of its own.
    pub(super) text: String,
    /// The table it belongs to; empty for none.
    pub(super) table: String,
    /// Where its second and further columns begin in its text.
    pub(super) stops: Vec<usize>,
    /// The comment behind it.
    pub(super) comment: Option<String>,
    /// What the line is; `None` for a comment of its own.
    pub(super) kind: Option<Kind>,
    start: u32,
    end: u32,
    /// Whether an empty line must follow: a comment that must not become the doc of what follows.
    apart: bool,
    /// Whether no empty line stands before it: it goes on with a line, or is a comment in one.
    pub(super) goes_on: bool,
}

/// The text of lines and comments.
pub(super) fn weave(lines: Vec<Line>, comments: &[Comment], blank_lines: &BlankLines) -> String {
    let mut rows = rows(lines, comments);
    let apart = |before: &Row, row: &Row| empty_line(before, row, blank_lines);
    align(&mut rows, apart);
    let columns = of_comments(&rows, apart);
    let mut text = String::new();
    let mut before: Option<&Row> = None;
    for (row, column) in rows.iter().zip(columns) {
        if before.is_some_and(|before| apart(before, row)) {
            text.push('\n');
        }
        let line = format!("{}{}", " ".repeat(row.depth * INDENT), row.text);
        text.push_str(&line);
        if let Some(comment) = &row.comment {
            let gap = column.saturating_sub(last_width(&line)).max(2);
            text.push_str(&" ".repeat(gap));
            text.push_str(comment);
        }
        text.push('\n');
        before = Some(row);
    }
    text
}

fn rows(lines: Vec<Line>, comments: &[Comment]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    for comment in comments {
        let start = comment.text.span.start;
        while let Some(line) = lines.next_if(|line| line.span.start <= start) {
            rows.push(line_row(line));
        }
        let depth = lines.peek().map_or(0, |next| next.depth + usize::from(next.kind == Kind::Closing));
        place(&mut rows, comment, depth);
        if let (Some(row), Some(true)) = (rows.last_mut(), lines.peek().map(|next| next.goes_on)) {
            // The line goes on behind the comment.
            (row.goes_on, row.apart) = (row.goes_on || row.kind.is_none(), false);
        }
    }
    rows.extend(lines.map(line_row));
    rows
}

fn line_row(line: Line) -> Row {
    Row {
        depth: line.depth,
        text: line.text,
        table: line.table,
        stops: line.stops,
        comment: None,
        kind: Some(line.kind),
        start: line.span.start,
        end: line.span.end,
        apart: false,
        goes_on: line.goes_on,
    }
}

fn comment_row(comment: &Comment, depth: usize, apart: bool) -> Row {
    Row {
        depth,
        text: comment.text.value.clone(),
        table: String::new(),
        stops: Vec::new(),
        comment: None,
        kind: None,
        start: comment.text.span.start,
        end: comment.text.span.end,
        apart,
        goes_on: false,
    }
}

/// Puts a comment behind the last line, unless there is one already, or below it.
fn place(rows: &mut Vec<Row>, comment: &Comment, depth: usize) {
    let line = rows.iter().rev().find(|row| row.kind.is_some());
    let inside = line.is_some_and(|row| comment.text.span.start < row.end);
    let behind = inside || !comment.own_line;
    match rows.last_mut() {
        Some(last) if behind && last.kind.is_some() && last.comment.is_none() => {
            last.comment = Some(comment.text.value.clone());
        }
        _ => rows.push(comment_row(comment, depth, behind)),
    }
}

/// Whether an empty line stands between two rows.
fn empty_line(before: &Row, row: &Row, blank_lines: &BlankLines) -> bool {
    if row.goes_on || before.kind == Some(Kind::Opening) || row.kind == Some(Kind::Closing) {
        return false;
    }
    let written = blank_lines.between(before.end, row.start);
    let declaration_ends = row.depth == 0 && before.kind.is_some();
    let same = before.kind == row.kind && matches!(row.kind, Some(Kind::OneLine(_)));
    let comment_in_a_row = matches!(before.kind, Some(Kind::OneLine(_))) && row.kind.is_none();
    written || (before.apart && !row.apart) || (declaration_ends && !same && !comment_in_a_row)
}
