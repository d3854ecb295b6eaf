//! A timeline to read in a terminal: an axis with one line per lane, below it lane by lane what
//! happened, what is suggested today and what is planned.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::base::Date;
use crate::report::grid::shortened;
use crate::report::page::wrapped_after;
use crate::report::style::Ink;
use crate::report::timeline::{PLANNED, drawn_until, lane_name, lane_state, month_name, months, sentence};
use crate::report::{Style, View};
use crate::run::timeline::{Lane, Mark, Time, Timeline, What};

/// Text is not set wider than this: long lines read badly.
const WIDEST: usize = 100;
/// The narrowest that still holds an axis.
const NARROWEST: usize = 50;
/// The longest name of a lane beside the axis.
const LONGEST_NAME: usize = 26;

/// The whole timeline.
#[must_use]
pub fn render(timeline: &Timeline, view: View<'_>, style: Style) -> String {
    let style = Style { width: style.width.clamp(NARROWEST, WIDEST), ..style };
    let name = timeline.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
    let title = format!("{}{name} on {}", timeline.customer, timeline.today);
    let mut out = format!("{}\n", style.paint(Ink::Strong, &title));
    let assumed = wrapped_after(&format!("{} Until {}.", PLANNED, timeline.until), 0, style.width);
    for line in assumed.lines() {
        let _ = writeln!(out, "{}", style.paint(Ink::Faint, line));
    }
    if timeline.lanes.is_empty() {
        out.push_str("\nNo procedure concerns this customer.\n");
    } else {
        out.push('\n');
        out.push_str(&axis(timeline, style));
    }
    for lane in &timeline.lanes {
        out.push('\n');
        out.push_str(&self::lane(lane, style));
    }
    if let Some((from, diagnostic)) = &timeline.set_aside {
        let place = view.locate(diagnostic).short();
        let text = format!("set aside from {from} on: {} {} {place}", diagnostic.message, diagnostic.code.id);
        let _ = writeln!(out, "\n{} {}", style.paint(Ink::Red, "!"), wrapped_after(&text, 2, style.width));
    }
    out
}

/// The days of a timeline as columns.
struct Scale {
    from: Date,
    days: i64,
    columns: usize,
}

impl Scale {
    fn column(&self, date: Date) -> usize {
        let days = date.days_since(self.from).clamp(0, self.days - 1);
        usize::try_from(days * i64::try_from(self.columns).unwrap_or(1) / self.days).unwrap_or(0)
    }
}

fn axis(timeline: &Timeline, style: Style) -> String {
    let names: Vec<String> = timeline.lanes.iter().map(|lane| shortened(&lane_name(lane), LONGEST_NAME)).collect();
    let margin = names.iter().map(|name| name.width()).max().unwrap_or(0).max(5) + 2;
    let columns = style.width.saturating_sub(margin).max(20);
    let until = drawn_until(timeline);
    let scale = Scale { from: timeline.from, days: until.days_since(timeline.from) + 1, columns };
    let blanks = " ".repeat(margin);
    let mut out = format!("{blanks}{}\n", style.paint(Ink::Faint, header(&months(timeline, until), &scale).trim_end()));
    for (lane, name) in timeline.lanes.iter().zip(&names) {
        let gap = " ".repeat(margin - name.width());
        let _ = writeln!(out, "{name}{gap}{}", line(lane, timeline.today, &scale, style).trim_end());
    }
    let today = scale.column(timeline.today);
    let label = "today";
    let before = (margin + today).saturating_sub(label.len() / 2).min(margin + columns - label.len());
    let _ = writeln!(out, "{}{}", " ".repeat(before), style.paint(Ink::Strong, label));
    out
}

/// The months, each where it begins.
fn header(months: &[Date], scale: &Scale) -> String {
    let mut out = String::new();
    for month in months {
        let (column, name) = (scale.column(*month), month_name(*month));
        if (out.is_empty() || column > out.len()) && column + name.len() <= scale.columns {
            out.push_str(&" ".repeat(column - out.len()));
            out.push_str(&name);
        }
    }
    out
}

fn line(lane: &Lane, today: Date, scale: &Scale, style: Style) -> String {
    let mut cells: Vec<(char, Option<Ink>, u8)> = vec![('·', Some(Ink::Faint), 0); scale.columns];
    let mut put = |column: usize, sign: char, ink: Option<Ink>, weight: u8| {
        if let Some(cell) = cells.get_mut(column).filter(|cell| cell.2 <= weight) {
            *cell = (sign, ink, weight);
        }
    };
    for (from, to) in &lane.stretches {
        let last = to.map_or(scale.columns - 1, |to| scale.column(to));
        for column in scale.column(*from)..=last {
            put(column, '─', None, 1);
        }
    }
    put(scale.column(today), '│', Some(Ink::Strong), 2);
    for mark in &lane.marks {
        let (sign, ink, weight) = sign(mark);
        put(scale.column(mark.date), sign, ink, weight);
    }
    cells.iter().map(|(sign, ink, _)| ink.map_or(sign.to_string(), |ink| style.paint(ink, &sign.to_string()))).collect()
}

/// The sign of a mark, its colour, and which of two in one place is seen.
const fn sign(mark: &Mark) -> (char, Option<Ink>, u8) {
    match (mark.what, mark.time) {
        (What::Started, _) => ('├', None, 3),
        (What::Ended, _) => ('┤', None, 4),
        (What::Completed, _) => ('■', None, 4),
        (What::PassedOver, _) => ('↷', Some(Ink::Yellow), 4),
        (What::Skipped, _) => ('✗', Some(Ink::Faint), 5),
        (What::Contact, _) => ('@', None, 5),
        (What::Done, _) => ('✓', None, 6),
        (What::PutOff, _) => ('…', Some(Ink::Yellow), 7),
        (What::Withheld, _) => ('!', Some(Ink::Red), 7),
        (What::Suggested, Time::Planned) => ('◇', Some(Ink::Blue), 6),
        (What::Suggested, _) => ('→', Some(Ink::Green), 8),
    }
}

fn lane(lane: &Lane, style: Style) -> String {
    let name = lane_name(lane);
    let title = if lane.procedure.as_ref() == Some(&lane.title) { String::new() } else { format!("  {}", lane.title) };
    let mut out = format!("{}{title}\n", style.paint(Ink::Strong, &name));
    let state = lane_state(lane);
    if !state.is_empty() {
        let _ = writeln!(out, "  {}", style.paint(Ink::Faint, &state));
    }
    let widest = lane.marks.iter().filter_map(|mark| mark.step.as_ref()).map(|step| step.width()).max().unwrap_or(0);
    let widest = widest.min(LONGEST_NAME);
    let mut before = None;
    for mark in &lane.marks {
        let date = if before == Some(mark.date) { " ".repeat(10) } else { mark.date.to_string() };
        before = Some(mark.date);
        let step = shortened(mark.step.as_deref().unwrap_or(""), widest);
        let gap = " ".repeat(widest.saturating_sub(step.width()));
        let (sign, ink, _) = sign(mark);
        let indent = 16 + if widest == 0 { 0 } else { widest + 2 };
        let column = if widest == 0 { String::new() } else { format!("{step}{gap}  ") };
        let text = wrapped_after(&sentence(mark), indent, style.width);
        let sign = ink.map_or_else(|| sign.to_string(), |ink| style.paint(ink, &sign.to_string()));
        let date = if mark.time == Time::Today { style.paint(Ink::Strong, &date) } else { date };
        let _ = writeln!(out, "  {date}  {sign} {column}{text}");
    }
    if lane.marks.is_empty() {
        let _ = writeln!(out, "  nothing is planned");
    }
    out
}
