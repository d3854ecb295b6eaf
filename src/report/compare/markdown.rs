//! A comparison as a comment for a pull request, in the Markdown of GitHub and GitLab.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::base::money::grouped;
use crate::compare::{Cause, Change, Comparison, Part, Totals};
use crate::report::compare::{Case, Effect, customer, effects, headline, how_word, lines, place, remarks, span, trace};
use crate::report::number;

/// Effects with at most so many cases are open from the start.
const FEW: usize = 3;
/// Cases of an effect that are told of, unless all are asked for: as many as fit.
const MOST: [usize; 3] = [50, 10, 3];
/// Characters of a comment, unless all is asked for. GitHub takes 65,536; what posts it may add some.
const LONGEST: usize = 60_000;
/// Changes that are named in one heading.
const HEADS: usize = 5;
/// Lines of a declaration that are shown of each version.
const LINES: usize = 20;

/// The comment; one line where there is no change. `all` tells of every customer.
#[must_use]
pub fn comment(comparison: &Comparison, all: bool) -> String {
    if comparison.is_empty() {
        let said = std::iter::once(headline(comparison)).chain(remarks(comparison));
        return said.map(|line| format!("{line}\n")).collect::<Vec<_>>().join("\n");
    }
    if all {
        return written(comparison, usize::MAX).concat();
    }
    let mut parts = Vec::new();
    for most in MOST {
        parts = written(comparison, most);
        if parts.iter().map(String::len).sum::<usize>() <= LONGEST {
            return parts.concat();
        }
    }
    shortened(parts)
}

/// The parts of the comment: the headline, each cause, the rest. Effects tell of `most` customers.
fn written(comparison: &Comparison, most: usize) -> Vec<String> {
    let remarks = remarks(comparison).into_iter().map(|said| format!("\n{said}\n"));
    let mut parts = vec![format!("**{}**\n", plain(&headline(comparison))) + &remarks.collect::<String>()];
    parts.extend(comparison.causes.iter().map(|cause| self::cause(comparison, cause, most)));
    let mut rest = without_effect(comparison) + &totals(comparison);
    if comparison.capped {
        rest.push_str("\n_Not everything was tried: there are too many changes, customers or days._\n");
    }
    parts.push(rest);
    parts
}

/// As many of the first parts as fit, and how many are left out.
fn shortened(parts: Vec<String>) -> String {
    let (mut out, mut left_out) = (String::new(), 0);
    for part in parts {
        if left_out == 0 && out.len() + part.len() <= LONGEST {
            out.push_str(&part);
        } else {
            left_out += 1;
        }
    }
    let _ = writeln!(
        out,
        "\n_{} too long for a comment; `dunlin diff` tells everything._",
        number(left_out, "more part is", "more parts are")
    );
    out
}

fn cause(comparison: &Comparison, cause: &Cause, most: usize) -> String {
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
        let _ = writeln!(out, "{fence}diff\n{}\n{fence}", written.join("\n"));
    }
    for effect in &effects(cause) {
        out.push_str(&self::effect(comparison, effect, most));
    }
    out
}

/// What can be opened: an effect with its customers.
fn effect(comparison: &Comparison, effect: &Effect, most: usize) -> String {
    let cases = effect.cases.len();
    let open = if cases <= FEW { " open" } else { "" };
    let (one, many) = effect.of;
    let number = number(cases as u64, one, many);
    let what = html(&effect.what);
    let mut out = format!("\n<details{open}><summary><b>{number}</b> – {what}</summary>\n\n");
    for case in effect.cases.iter().take(most) {
        let _ = writeln!(out, "- {}", told(comparison, case));
    }
    if cases > most {
        let _ = writeln!(out, "- … and {} more", grouped(&(cases - most).to_string()));
    }
    out.push_str("\n</details>\n");
    out
}

fn told(comparison: &Comparison, case: &Case) -> String {
    let mut parts = vec![one_line(&customer(comparison, &case.customer))];
    if comparison.dates.len() > 1 {
        parts.push(span(&case.dates));
    }
    if !case.detail.is_empty() {
        parts.push(one_line(&case.detail));
    }
    parts.join(" – ")
}

fn heading(change: &Change) -> String {
    let mut word = how_word(change.how).to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let place = place(change);
    // A text says its file anyway.
    let is_said = !matches!(change.part, Part::Text(_)) && !place.is_empty();
    let place = if is_said { format!(" <sub>{}</sub>", one_line(&place)) } else { String::new() };
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

/// Text in one line: nothing in it is taken for Markdown.
fn one_line(text: &str) -> String {
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
