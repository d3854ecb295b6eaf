//! A comparison as a comment for a pull request, in the Markdown of GitHub and GitLab.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::base::money::grouped;
use crate::compare::{Cause, Change, Comparison, Totals};
use crate::report::compare::{Case, Effect, customer, effects, headline, how_word, lines, place, span, trace};
use crate::report::number;

/// Customers of an effect that are told of at once.
const EXAMPLES: usize = 3;
/// Customers of an effect that are told of when it is opened, unless all are asked for: a comment may
/// have 65,536 characters.
const MOST: usize = 50;
/// Changes that are named in one heading.
const HEADS: usize = 5;
/// Lines of a declaration that are shown of each version.
const LINES: usize = 20;

/// The comment; one line where there is no change. `all` tells of every customer.
#[must_use]
pub fn comment(comparison: &Comparison, all: bool) -> String {
    if comparison.is_empty() {
        return format!("{}\n", headline(comparison));
    }
    let mut out = format!("**{}**\n", plain(&headline(comparison)));
    for cause in &comparison.causes {
        out.push_str(&self::cause(comparison, cause, all));
    }
    out.push_str(&without_effect(comparison));
    out.push_str(&totals(comparison));
    if comparison.capped {
        out.push_str("\n_Not everything was tried: there are too many changes, customers or days._\n");
    }
    out
}

fn cause(comparison: &Comparison, cause: &Cause, all: bool) -> String {
    let mut out = String::new();
    let changes: Vec<&Change> = cause.changes.iter().filter_map(|place| comparison.changes.get(*place)).collect();
    let mut heads: Vec<String> = changes.iter().take(HEADS).map(|change| heading(change)).collect();
    if changes.len() > HEADS {
        heads.push(format!("and {} more", changes.len() - HEADS));
    }
    let _ = writeln!(out, "\n### {}\n", heads.join(" · "));
    if let Some(said) = trace(cause) {
        let _ = writeln!(out, "_{said}_\n");
    }
    let written: Vec<String> = changes.iter().flat_map(|change| lines(change, LINES)).collect();
    if !written.is_empty() {
        let fence = fence(&written);
        let _ = writeln!(out, "{fence}diff\n{}\n{fence}\n", written.join("\n"));
    }
    let effects = effects(cause);
    out.push_str("| customers | what | for example |\n| --: | --- | --- |\n");
    for effect in &effects {
        let examples: Vec<String> = effect.cases.iter().take(EXAMPLES).map(|case| told(comparison, case)).collect();
        let more = if effect.cases.len() > EXAMPLES { "<br>…" } else { "" };
        let number = grouped(&effect.cases.len().to_string());
        let _ = writeln!(out, "| {number} | {} | {}{more} |", cell(&effect.what), examples.join("<br>"));
    }
    for effect in effects.iter().filter(|effect| effect.cases.len() > EXAMPLES) {
        out.push_str(&details(comparison, effect, all));
    }
    out
}

/// What can be opened: every customer of an effect.
fn details(comparison: &Comparison, effect: &Effect, all: bool) -> String {
    let cases = effect.cases.len();
    let most = if all { cases } else { MOST };
    let which = if cases > most { format!("The first {most} of {cases}") } else { format!("All {cases}") };
    let mut out = format!("\n<details><summary>{which}: {}</summary>\n\n", html(&effect.what));
    for case in effect.cases.iter().take(most) {
        let _ = writeln!(out, "- {}", told(comparison, case));
    }
    out.push_str("\n</details>\n");
    out
}

fn told(comparison: &Comparison, case: &Case) -> String {
    let mut parts = vec![cell(&customer(comparison, &case.customer))];
    if comparison.dates.len() > 1 {
        parts.push(span(&case.dates));
    }
    if !case.detail.is_empty() {
        parts.push(cell(&case.detail));
    }
    parts.join(" – ")
}

fn heading(change: &Change) -> String {
    let mut word = how_word(change.how).to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let place = place(change);
    let place = if place.is_empty() { String::new() } else { format!(" ({})", cell(&place)) };
    format!("{word}: `{}`{place}", change.part)
}

fn without_effect(comparison: &Comparison) -> String {
    let places = comparison.without_effect();
    if places.is_empty() {
        return String::new();
    }
    let number = number(places.len() as u64, "change", "changes");
    let mut out = format!("\n<details><summary>{number} without effect</summary>\n\n");
    for change in places.into_iter().filter_map(|place| comparison.changes.get(place)) {
        let _ = writeln!(out, "- {}", heading(change));
    }
    out.push_str("\n</details>\n");
    out
}

fn totals(comparison: &Comparison) -> String {
    let days = comparison.dates.len();
    let over = if days > 1 { format!(", added up over {days} days") } else { String::new() };
    let mut out = String::new();
    for (of, totals) in [("action", &comparison.actions), ("step", &comparison.steps)] {
        let rows = rows(totals);
        if !rows.is_empty() {
            let _ = writeln!(out, "\n| {of}{over} | before | now | appear | vanish | change |");
            out.push_str("| --- | --: | --: | --: | --: | --: |\n");
            out.push_str(&rows);
        }
    }
    out
}

fn rows(totals: &BTreeMap<String, Totals>) -> String {
    let mut out = String::new();
    for (name, totals) in totals.iter().filter(|(_, totals)| totals.appear + totals.vanish + totals.change > 0) {
        let figures = [totals.old, totals.new, totals.appear, totals.vanish, totals.change];
        let figures: Vec<String> = figures.iter().map(|figure| grouped(&figure.to_string())).collect();
        let _ = writeln!(out, "| `{name}` | {} |", figures.join(" | "));
    }
    out
}

/// Longer than any row of backticks in the lines.
fn fence(lines: &[String]) -> String {
    let longest = lines.iter().map(|line| line.split(|c| c != '`').map(str::len).max().unwrap_or(0)).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// Text in a cell of a table: nothing in it is taken for Markdown.
fn cell(text: &str) -> String {
    plain(text).replace(['\n', '\r'], " ")
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '@' | '#' => {
                out.push('\\');
                out.push(sign);
            }
            _ => out.push(sign),
        }
    }
    out
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
