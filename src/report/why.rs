//! The explanation of a customer for people: what decided, line by line, with the place of every rule.

use std::fmt::Write;

use crate::base::Span;
use crate::report::page::wrapped_after;
use crate::report::style::Ink;
use crate::report::{Style, View};
use crate::run::Explanation;
use crate::run::why::{Line, Section, Verdict};

/// Blanks before what explains a line.
const STEP: usize = 4;

/// The whole explanation. Its lines are broken at the width of the style: whoever shows it knows how wide is good.
#[must_use]
pub fn render(explanation: &Explanation, view: View<'_>, style: Style) -> String {
    let name = explanation.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
    let title = format!("{}{name} on {}", explanation.customer, explanation.date);
    let mut out = format!("{}\n", style.paint(Ink::Strong, &title));
    for section in &explanation.sections {
        self::section(&mut out, section, view, style);
    }
    out
}

fn section(out: &mut String, section: &Section, view: View<'_>, style: Style) {
    let title = style.paint(Ink::Strong, &section.title);
    let place = section.source.map_or_else(String::new, |span| format!("  {}", place(span, view)));
    let _ = writeln!(out, "\n{title}{}", style.paint(Ink::Faint, &place));
    for line in &section.lines {
        self::line(out, line, STEP / 2, view, style);
    }
}

fn line(out: &mut String, line: &Line, indent: usize, view: View<'_>, style: Style) {
    let (mark, ink) = mark(line.verdict);
    let blanks = " ".repeat(indent);
    let place = line.source.map_or_else(String::new, |span| place(span, view));
    let text = wrapped_after(&format!("{} {place}", line.text), indent + 2, style.width);
    let text = match text.strip_suffix(&place) {
        Some(before) => format!("{before}{}", style.paint(Ink::Faint, &place)),
        None => text,
    };
    let _ = writeln!(out, "{blanks}{} {text}", style.paint(ink, mark));
    for detail in &line.details {
        self::line(out, detail, indent + STEP, view, style);
    }
}

/// Where a rule stands, to be put behind what came of it.
fn place(span: Span, view: View<'_>) -> String {
    let place = view.span(span);
    place.line.map_or_else(String::new, |line| format!("({}:{line})", place.file))
}

const fn mark(verdict: Verdict) -> (&'static str, Ink) {
    match verdict {
        Verdict::Holds => ("✓", Ink::Green),
        Verdict::Processed => ("✓", Ink::Faint),
        Verdict::DoesNotHold | Verdict::NotFollowed | Verdict::NotRunning => ("✗", Ink::Faint),
        Verdict::Leads => ("▶", Ink::Blue),
        Verdict::Followed | Verdict::Note => ("·", Ink::Faint),
        Verdict::Suggested => ("→", Ink::Green),
        Verdict::Withheld | Verdict::SetAside => ("!", Ink::Red),
        Verdict::NotYet | Verdict::Deferred => ("…", Ink::Faint),
        Verdict::PassedOver => ("↷", Ink::Yellow),
    }
}
