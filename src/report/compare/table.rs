//! A comparison to read in a terminal: what it comes to, then change by change what was written, what is
//! written now and what follows, then totals.

use std::collections::BTreeMap;
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::base::money::grouped;
use crate::compare::{Cause, Change, Comparison, Totals};
use crate::report::Style;
use crate::report::compare::{Effect, customer, effects, headline, lines, place, remarks, span, title, trace};
use crate::report::grid::{self, Column, one_line};
use crate::report::number;
use crate::report::page::wrapped_after;
use crate::report::style::Ink;

/// Customers of an effect that are told of, unless all are asked for.
const EXAMPLES: usize = 3;
/// Lines of a declaration that are shown of each version.
const LINES: usize = 12;
/// The width below which details are not set beside what they are about.
const LEAST: usize = 24;
/// Text is not set wider than this: long lines read badly.
const WIDEST: usize = 100;

/// The whole comparison; one line where there is no change. `all` tells of every customer.
#[must_use]
pub fn render(comparison: &Comparison, all: bool, style: Style) -> String {
    let style = Style { width: style.width.min(WIDEST), ..style };
    let head = wrapped_after(&headline(comparison), 0, if comparison.is_empty() { usize::MAX } else { style.width });
    let mut out = head.lines().map(|line| style.paint(Ink::Strong, line) + "\n").collect::<String>();
    for said in remarks(comparison) {
        let told = wrapped_after(&said, 0, style.width);
        out.extend(told.lines().map(|line| style.paint(Ink::Faint, line) + "\n"));
    }
    if comparison.is_empty() {
        return out;
    }
    for cause in &comparison.causes {
        out.push('\n');
        out.push_str(&self::cause(comparison, cause, all, style));
    }
    out.push_str(&without_effect(comparison, style));
    let many = comparison.dates.len() > 1;
    let over = if many { format!(", added up over {} days", comparison.dates.len()) } else { String::new() };
    out.push_str(&totals("action", &over, &comparison.actions, style));
    out.push_str(&totals("step", &over, &comparison.steps, style));
    if comparison.capped {
        let said = "Not everything was tried: there are too many changes, customers or days. Fewer days \
                    (`--every`) leave time for more.";
        let _ = writeln!(out, "\n{}", wrapped_after(said, 0, style.width));
    }
    out
}

fn cause(comparison: &Comparison, cause: &Cause, all: bool, style: Style) -> String {
    let mut out = String::new();
    let changes: Vec<&Change> = cause.changes.iter().filter_map(|place| comparison.changes.get(*place)).collect();
    for change in &changes {
        out.push_str(&heading(change, style));
        for line in lines(change, if changes.len() > 4 { 3 } else { LINES }) {
            let ink = if line.starts_with('-') { Ink::Red } else { Ink::Green };
            for line in folded(&line, style.width.saturating_sub(2)) {
                let _ = writeln!(out, "  {}", style.paint(ink, &line));
            }
        }
    }
    if let Some(said) = trace(cause) {
        let _ = writeln!(out, "({said})");
    }
    out.push('\n');
    for effect in effects(cause) {
        out.push_str(&self::effect(comparison, &effect, all, style));
    }
    out
}

/// A line of source with its sign in front, in lines of at most `width` columns.
fn folded(line: &str, width: usize) -> Vec<String> {
    if line.width() <= width {
        return vec![line.to_owned()];
    }
    let (sign, text) = line.split_at(line.len().min(2));
    let indent = text.len() - text.trim_start().len();
    let folded = wrapped_after(text, indent + 4, width.saturating_sub(2));
    let first = format!("{}{folded}", " ".repeat(indent));
    first.lines().map(|line| format!("{sign}{line}")).collect()
}

fn heading(change: &Change, style: Style) -> String {
    let place = place(change);
    let gap = if place.is_empty() { "" } else { "  " };
    format!("{}{gap}{}\n", style.paint(Ink::Strong, &title(change)), style.paint(Ink::Faint, &place))
}

fn effect(comparison: &Comparison, effect: &Effect, all: bool, style: Style) -> String {
    let cases = effect.cases.len();
    let number = grouped(&cases.to_string());
    let indent = number.len().max(3) + 4;
    let mut out = format!("  {number:>3}  {}\n", wrapped_after(&effect.what, indent, style.width));
    let most = if all { cases } else { EXAMPLES };
    let dated = comparison.dates.len() > 1;
    let shown = effect.cases.iter().take(most).map(|case| Shown {
        customer: one_line(&customer(comparison, &case.customer)),
        dates: if dated { span(&case.dates) } else { String::new() },
        detail: one_line(&case.detail),
    });
    out.push_str(&side_by_side(&shown.collect::<Vec<_>>(), indent, style.width));
    if cases > most {
        let _ = writeln!(out, "{}… and {} more: `--all` shows them", " ".repeat(indent), cases - most);
    }
    out
}

/// A case as it is shown.
struct Shown {
    customer: String,
    dates: String,
    detail: String,
}

/// Customers, dates and details beside each other; nothing is cut. Where there is no room, what is said of a
/// customer stands below.
fn side_by_side(shown: &[Shown], indent: usize, width: usize) -> String {
    let widest = |cell: fn(&Shown) -> &str| shown.iter().map(|shown| cell(shown).width()).max().unwrap_or(0);
    let (customers, dates) = (widest(|shown| &shown.customer), widest(|shown| &shown.dates));
    let details = indent + customers + dates + 4;
    let fits = details + widest(|shown| &shown.detail).min(LEAST) <= width;
    let mut out = String::new();
    for Shown { customer, dates: days, detail } in shown {
        let line = if fits {
            let detail = wrapped_after(detail, details, width);
            format!("{}{}  {}  {detail}", " ".repeat(indent), padded(customer, customers), padded(days, dates))
        } else {
            let gap = if days.is_empty() || detail.is_empty() { "" } else { "  " };
            let below = wrapped_after(detail, indent + 2 + days.width() + gap.len(), width);
            let customer = wrapped_after(customer, indent, width);
            format!("{}{customer}\n{}{days}{gap}{below}", " ".repeat(indent), " ".repeat(indent + 2))
        };
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn padded(text: &str, width: usize) -> String {
    text.to_owned() + &" ".repeat(width.saturating_sub(text.width()))
}

fn without_effect(comparison: &Comparison, style: Style) -> String {
    let places = comparison.without_effect();
    if places.is_empty() {
        return String::new();
    }
    let days = if comparison.dates.len() > 1 { "these days" } else { "this day" };
    let head = number(places.len() as u64, "change", "changes");
    let mut out = format!("\n{}\n", style.paint(Ink::Strong, &format!("{head} without effect on {days}")));
    for change in places.into_iter().filter_map(|place| comparison.changes.get(place)) {
        let _ = writeln!(out, "  {}  {}", title(change), style.paint(Ink::Faint, &place(change)));
    }
    out
}

fn totals(of: &'static str, over: &str, totals: &BTreeMap<String, Totals>, style: Style) -> String {
    let touched: Vec<(&String, &Totals)> =
        totals.iter().filter(|(_, totals)| totals.appear + totals.vanish + totals.change > 0).collect();
    if touched.is_empty() {
        return String::new();
    }
    let figures = |title: &'static str, figure: fn(&Totals) -> u64| {
        Column::new(title, touched.iter().map(move |(_, totals)| grouped(&figure(totals).to_string()))).right()
    };
    let columns = vec![
        Column::new(of, touched.iter().map(|(name, _)| (*name).clone())).shrinks_to(16),
        figures("before", |totals| totals.old),
        figures("now", |totals| totals.new),
        figures("appear", |totals| totals.appear),
        figures("vanish", |totals| totals.vanish),
        figures("change", |totals| totals.change),
    ];
    let lines: String = grid::lines(columns, 2, style).iter().map(|line| format!("{line}\n")).collect();
    format!("\n{}\n{lines}", style.paint(Ink::Strong, &format!("Actions by {of}{over}")))
}
