//! Columns side by side, as wide as they need and no wider than the terminal.

use unicode_width::UnicodeWidthStr;

use crate::report::Style;
use crate::report::style::Ink;

/// Blanks between two columns.
const GAP: usize = 2;

/// A column of a grid.
#[derive(Debug, Clone)]
pub struct Column {
    title: &'static str,
    align_right: bool,
    /// The width below which it is not shortened; `None` if it is never shortened.
    least: Option<usize>,
    /// Whether it may be left out where there is no room; those further to the right go first.
    expendable: bool,
    cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell {
    /// One text.
    Text(String),
    /// Several, of which the first few stand for all where there is no room.
    List(Vec<String>),
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub fn new(title: &'static str, cells: impl IntoIterator<Item = String>) -> Self {
        let cells = cells.into_iter().map(Cell::Text).collect();
        Self { title, align_right: false, least: None, expendable: false, cells }
    }

    /// A column of lists.
    #[must_use]
    pub fn lists(title: &'static str, cells: impl IntoIterator<Item = Vec<String>>) -> Self {
        let cells = cells.into_iter().map(Cell::List).collect();
        Self { title, align_right: false, least: None, expendable: false, cells }
    }

    /// Aligned at its right edge, as numbers are.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.align_right = true;
        self
    }

    /// May be shortened to `least`.
    #[must_use]
    pub fn shrinks_to(mut self, least: usize) -> Self {
        self.least = Some(least);
        self
    }

    /// May be left out.
    #[must_use]
    pub fn expendable(mut self) -> Self {
        self.expendable = true;
        self
    }

    fn natural(&self) -> usize {
        self.cells.iter().map(Cell::width).chain([self.title.width()]).max().unwrap_or(0)
    }

    fn least(&self) -> usize {
        self.least.map_or_else(|| self.natural(), |least| least.min(self.natural()))
    }
}

impl Cell {
    fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.width(),
            Self::List(items) => items.iter().map(|item| item.width() + 1).sum::<usize>().saturating_sub(1),
        }
    }

    fn fitted(&self, width: usize) -> String {
        match self {
            Self::Text(text) => shortened(text, width),
            Self::List(items) => first_few(items, width),
        }
    }
}

/// `text` with blanks in place of control characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `text`, cut with `…` where it is wider than `width`. Control characters become blanks.
#[must_use]
pub fn shortened(text: &str, width: usize) -> String {
    let clean = one_line(text);
    if clean.width() <= width {
        return clean;
    }
    let mut out = String::new();
    for character in clean.chars() {
        out.push(character);
        if out.width() + 1 > width {
            out.pop();
            break;
        }
    }
    out + "…"
}

/// As many items as fit, then `+N` for those that do not.
#[must_use]
pub fn first_few(items: &[String], width: usize) -> String {
    let all = items.join(" ");
    if all.width() <= width {
        return shortened(&all, width);
    }
    for shown in (1..items.len()).rev() {
        let head = items.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(" ");
        let text = format!("{head} +{}", items.len() - shown);
        if text.width() <= width {
            return shortened(&text, width);
        }
    }
    shortened(&all, width)
}

/// The columns as lines, the header first, each after `indent` blanks.
#[must_use]
pub fn lines(mut columns: Vec<Column>, indent: usize, style: Style) -> Vec<String> {
    let room = style.width.saturating_sub(indent);
    while least_width(&columns) > room {
        let Some(place) = columns.iter().rposition(|column| column.expendable) else { break };
        columns.remove(place);
    }
    let widths = widths(&columns, room);
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    let header = columns.iter().map(|column| Cell::Text(column.title.to_owned()));
    let mut out = vec![style.paint(Ink::Faint, &line(&columns, &widths, indent, header))];
    for row in 0..rows {
        let cells = columns.iter().map(|column| column.cells.get(row).cloned().unwrap_or(Cell::Text(String::new())));
        out.push(line(&columns, &widths, indent, cells));
    }
    out
}

fn least_width(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.least() + GAP).sum::<usize>().saturating_sub(GAP)
}

/// Natural widths; where they do not fit, the columns that may shrink share what is left in proportion.
fn widths(columns: &[Column], room: usize) -> Vec<usize> {
    let natural: usize = columns.iter().map(|column| column.natural() + GAP).sum::<usize>().saturating_sub(GAP);
    let missing = natural.saturating_sub(room);
    let slack = natural.saturating_sub(least_width(columns)).max(1);
    columns
        .iter()
        .map(|column| {
            let own_slack = column.natural() - column.least();
            column.natural() - (own_slack * missing).div_ceil(slack).min(own_slack)
        })
        .collect()
}

fn line(columns: &[Column], widths: &[usize], indent: usize, cells: impl Iterator<Item = Cell>) -> String {
    let mut out = " ".repeat(indent);
    for ((column, width), cell) in columns.iter().zip(widths).zip(cells) {
        let text = cell.fitted(*width);
        let blanks = " ".repeat(width.saturating_sub(text.width()));
        if column.align_right {
            out.push_str(&blanks);
            out.push_str(&text);
        } else {
            out.push_str(&text);
            out.push_str(&blanks);
        }
        out.push_str("  ");
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_how_many_are_not_shown() {
        let items: Vec<String> = ["F1", "F2", "F3", "F4"].map(str::to_owned).to_vec();
        assert_eq!(first_few(&items, 20), "F1 F2 F3 F4");
        assert_eq!(first_few(&items, 8), "F1 F2 +2");
        assert_eq!(first_few(&items, 4), "F1 …");
    }

    #[test]
    fn what_may_go_goes_where_there_is_no_room() {
        let columns = || {
            vec![
                Column::new("name", ["Bakkerij De Smet".to_owned()]).shrinks_to(6),
                Column::new("amount", ["12.00".to_owned()]).right(),
                Column::new("note", ["some remark".to_owned()]).expendable(),
            ]
        };
        let at = |width| lines(columns(), 0, Style { colour: false, width }).join("\n");
        assert_eq!(at(80), "name              amount  note\nBakkerij De Smet   12.00  some remark");
        assert_eq!(at(20), "name          amount\nBakkerij De…   12.00");
        assert_eq!(at(5), "name    amount\nBakke…   12.00");
    }
}
