//! Comments and empty lines, put between the lines where they stood.

use super::lines::{Kind, Line, width};
use crate::syntax::ast::{BlankLines, Comment};

/// How many blanks a block is indented by.
const INDENT: usize = 4;

/// A line with the comment behind it, or a comment of its own.
struct Row {
    depth: usize,
    text: String,
    comment: Option<String>,
    kind: Option<Kind>,
    start: u32,
    end: u32,
    /// Whether an empty line must follow: a comment that must not become the doc of what follows.
    apart: bool,
}

/// The text of lines and comments.
pub(super) fn weave(lines: Vec<Line>, comments: &[Comment], blank_lines: &BlankLines) -> String {
    let rows = rows(lines, comments);
    let columns = comment_columns(&rows, blank_lines);
    let mut text = String::new();
    let mut before: Option<&Row> = None;
    for (row, column) in rows.iter().zip(columns) {
        if before.is_some_and(|before| empty_line(before, row, blank_lines)) {
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
        let at = comment.text.span.start;
        while let Some(line) = lines.next_if(|line| line.span.start <= at) {
            rows.push(line_row(line));
        }
        let depth = lines.peek().map_or(0, |next| next.depth + usize::from(next.kind == Kind::Closing));
        place(&mut rows, comment, depth);
    }
    rows.extend(lines.map(line_row));
    rows
}

fn line_row(line: Line) -> Row {
    Row {
        depth: line.depth,
        text: line.text,
        comment: None,
        kind: Some(line.kind),
        start: line.span.start,
        end: line.span.end,
        apart: false,
    }
}

/// Puts a comment behind the last line or below it.
fn place(rows: &mut Vec<Row>, comment: &Comment, depth: usize) {
    let span = comment.text.span;
    let text = comment.text.value.clone();
    let last_line = rows.iter_mut().rev().find(|row| row.kind.is_some());
    let inside = last_line.as_ref().is_some_and(|row| span.start < row.end);
    let field = last_line.as_ref().is_some_and(|row| row.kind == Some(Kind::Field));
    let behind = (inside && !field) || (!inside && !comment.own_line);
    match last_line {
        Some(row) if behind && row.comment.is_none() => row.comment = Some(text),
        _ => {
            let apart = inside || !comment.own_line;
            rows.push(Row { depth, text, comment: None, kind: None, start: span.start, end: span.end, apart });
        }
    }
}

/// Whether an empty line stands between two rows.
fn empty_line(before: &Row, row: &Row, blank_lines: &BlankLines) -> bool {
    if before.kind == Some(Kind::Opening) || row.kind == Some(Kind::Closing) {
        return false;
    }
    let written = blank_lines.between(before.end, row.start);
    let declaration_ends = row.depth == 0 && before.kind.is_some();
    let same = before.kind == row.kind && matches!(row.kind, Some(Kind::OneLine(_)));
    let comment_in_a_row = matches!(before.kind, Some(Kind::OneLine(_))) && row.kind.is_none();
    written || (before.apart && !row.apart) || (declaration_ends && !same && !comment_in_a_row)
}

/// The column of each row's comment: one for neighbours.
fn comment_columns(rows: &[Row], blank_lines: &BlankLines) -> Vec<usize> {
    let mut columns = vec![0; rows.len()];
    let mut group = 0..0;
    let mut widest = 0;
    let mut before: Option<&Row> = None;
    for (at, row) in rows.iter().enumerate() {
        let joined = before.is_some_and(|before| neighbours(before, row) && !empty_line(before, row, blank_lines));
        if !joined {
            fill(&mut columns, group.clone(), widest);
            (group, widest) = (at..at, 0);
        }
        if row.comment.is_some() {
            group.end = at + 1;
            widest = widest.max(row.depth * INDENT + last_width(&row.text) + 2);
        }
        before = Some(row);
    }
    fill(&mut columns, group, widest);
    columns
}

/// Whether the comments behind two rows stand in one column.
fn neighbours(before: &Row, row: &Row) -> bool {
    let commented = before.comment.is_some() && row.comment.is_some();
    commented && before.depth == row.depth && before.kind != Some(Kind::Opening) && row.kind != Some(Kind::Opening)
}

fn fill(columns: &mut [usize], group: std::ops::Range<usize>, column: usize) {
    for slot in columns.get_mut(group).into_iter().flatten() {
        *slot = column;
    }
}

/// The width of the last line of a text.
fn last_width(text: &str) -> usize {
    width(text.rsplit('\n').next().unwrap_or(""))
}
