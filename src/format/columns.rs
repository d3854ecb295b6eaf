//! Columns: neighbours that say the same kind of thing say it below each other.
//!
//! An empty line ends a table, and so does a line that would become too wide: the next one begins
//! anew. What stands inside the block of a step does not end the table of the steps.

use super::lines::{INDENT, Kind, WIDTH, width};
use super::weave::Row;

/// Rows of one table, one depth and no empty line between.
struct Table {
    depth: usize,
    name: String,
    rows: Vec<usize>,
    /// How wide each column is, with the blank behind it.
    columns: Vec<usize>,
    /// By the number of columns before it: how wide the rest of a row is at most.
    rests: Vec<usize>,
}

impl Table {
    fn new(at: usize, row: &Row) -> Self {
        let (columns, rests) = measures(row);
        Self { depth: row.depth, name: row.table.clone(), rows: vec![at], columns, rests }
    }

    /// Takes a row in, unless one of the rows became too wide.
    fn take(&mut self, at: usize, row: &Row) -> bool {
        let (columns, rests) = measures(row);
        let (columns, rests) = (larger(&self.columns, &columns), larger(&self.rests, &rests));
        let mut start = self.depth * INDENT;
        let starts = columns.iter().map(|wide| {
            start += wide;
            start
        });
        let starts = std::iter::once(self.depth * INDENT).chain(starts);
        let fits = starts.zip(&rests).all(|(start, rest)| *rest == 0 || start + rest <= WIDTH);
        if fits {
            (self.columns, self.rests) = (columns, rests);
            self.rows.push(at);
        }
        fits
    }

    /// Puts the blanks into its rows.
    fn set(self, rows: &mut [Row]) {
        for at in self.rows {
            let Some(row) = rows.get_mut(at) else { continue };
            let mut text = String::with_capacity(row.text.len());
            let mut start = 0;
            for (stop, (wide, own)) in row.stops.iter().zip(self.columns.iter().zip(widths(row))) {
                text.push_str(row.text.get(start..*stop).unwrap_or(""));
                text.push_str(&" ".repeat(wide.saturating_sub(own)));
                start = *stop;
            }
            text.push_str(row.text.get(start..).unwrap_or(""));
            row.text = text;
        }
    }
}

/// The widths of the columns of a row, each with the blank behind it, and of its rest.
fn widths(row: &Row) -> Vec<usize> {
    let starts = std::iter::once(0).chain(row.stops.iter().copied());
    let ends = row.stops.iter().copied().chain(std::iter::once(row.text.len()));
    starts.zip(ends).map(|(start, end)| width(row.text.get(start..end).unwrap_or(""))).collect()
}

/// The widths of the columns of a row, and that of its rest at the place of their number.
fn measures(row: &Row) -> (Vec<usize>, Vec<usize>) {
    let mut columns = widths(row);
    let rest = columns.pop().unwrap_or(0);
    let mut rests = vec![0; columns.len()];
    rests.push(rest);
    (columns, rests)
}

/// The larger ones of two lists, place by place.
fn larger(left: &[usize], right: &[usize]) -> Vec<usize> {
    let at = |list: &[usize], place: usize| list.get(place).copied().unwrap_or(0);
    (0..left.len().max(right.len())).map(|place| at(left, place).max(at(right, place))).collect()
}

/// Sets rows in columns. `apart` tells whether an empty line stands between two rows.
pub(super) fn align(rows: &mut [Row], apart: impl Fn(&Row, &Row) -> bool) {
    let mut open: Vec<Table> = Vec::new();
    let mut done: Vec<Table> = Vec::new();
    let mut before: Option<&Row> = None;
    for (at, row) in rows.iter().enumerate() {
        let fresh = before.is_some_and(|before| apart(before, row));
        let is_line = !matches!(row.kind, None | Some(Kind::Closing));
        let is_cell = is_line && !row.table.is_empty() && !row.text.contains('\n');
        let goes_on = |table: &Table| !fresh && (!is_line || (is_cell && table.name == row.table));
        done.extend(
            open.extract_if(.., |table| table.depth > row.depth || table.depth == row.depth && !goes_on(table)),
        );
        if is_cell {
            let taken = open.last_mut().is_some_and(|table| table.depth == row.depth && table.take(at, row));
            if !taken {
                done.extend(open.pop_if(|table| table.depth == row.depth));
                open.push(Table::new(at, row));
            }
        }
        before = Some(row);
    }
    for table in done.into_iter().chain(open) {
        table.set(rows);
    }
}

/// The column of each row's comment: one for neighbours, where there is room.
pub(super) fn of_comments(rows: &[Row], apart: impl Fn(&Row, &Row) -> bool) -> Vec<usize> {
    let mut columns = vec![0; rows.len()];
    let mut group = 0..0;
    let (mut widest, mut longest) = (0, 0);
    let mut before: Option<&Row> = None;
    for (at, row) in rows.iter().enumerate() {
        let (start, length) = room(row);
        let joined = before.is_some_and(|before| neighbours(before, row) && !apart(before, row));
        if !joined || widest.max(start) + longest.max(length) > WIDTH {
            fill(&mut columns, group.clone(), widest);
            (group, widest, longest) = (at..at, 0, 0);
        }
        if row.comment.is_some() {
            group.end = at + 1;
            (widest, longest) = (widest.max(start), longest.max(length));
        }
        before = Some(row);
    }
    fill(&mut columns, group, widest);
    columns
}

/// Where the comment behind a row begins at best, and how wide it is.
fn room(row: &Row) -> (usize, usize) {
    let start = if row.text.contains('\n') { 0 } else { row.depth * INDENT };
    (start + last_width(&row.text) + 2, row.comment.as_deref().map_or(0, width))
}

/// Whether the comments behind two rows stand in one column.
fn neighbours(before: &Row, row: &Row) -> bool {
    let commented = before.comment.is_some() && row.comment.is_some();
    commented
        && (row.goes_on
            || before.depth == row.depth && before.kind != Some(Kind::Opening) && row.kind != Some(Kind::Opening))
}

fn fill(columns: &mut [usize], group: std::ops::Range<usize>, column: usize) {
    for slot in columns.get_mut(group).into_iter().flatten() {
        *slot = column;
    }
}

/// The width of the last line of a text.
pub(super) fn last_width(text: &str) -> usize {
    width(text.rsplit('\n').next().unwrap_or(""))
}
