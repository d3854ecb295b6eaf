//! The page of an error code, set for a terminal: headings, wrapped paragraphs, indented examples.

use unicode_width::UnicodeWidthStr;

use crate::base::{Code, Severity};
use crate::report::style::Ink;
use crate::report::{Style, severity_word};

/// Text is not set wider than this: long lines read badly.
const WIDEST: usize = 88;

/// The page of a code.
#[must_use]
pub fn page(code: Code, style: Style) -> String {
    let ink = match code.severity {
        Severity::Error => Ink::Red,
        Severity::Warning => Ink::Yellow,
        Severity::Hint => Ink::Blue,
    };
    let kind = style.paint(ink, &format!("{}[{}]", severity_word(code.severity), code.id));
    let mut out = format!("{kind}: {}\n", style.paint(Ink::Strong, code.title()));
    let body = code.page.lines().skip_while(|line| !line.starts_with("# ")).skip(1);
    let mut paragraph = Vec::new();
    let mut in_example = false;
    for line in body.chain([""]) {
        let fence = line.strip_prefix("```");
        if in_example && fence.is_none() {
            let blanks = if line.is_empty() { "" } else { "    " };
            out.push_str(&format!("{blanks}{}\n", style.paint(Ink::Blue, line)));
            continue;
        }
        if line.trim().is_empty() || line.starts_with('#') || fence.is_some() {
            close(&mut out, &mut paragraph, style);
        }
        if let Some(name) = fence {
            in_example = !in_example;
            out.push_str(&opening(name, in_example, style));
        } else if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("\n{}\n", style.paint(Ink::Strong, heading)));
        } else if !line.trim().is_empty() {
            paragraph.push(line.trim());
        }
    }
    out
}

/// What stands above an example: a blank line, and the name of the file where it is not a program.
fn opening(name: &str, opens: bool, style: Style) -> String {
    match (opens, name.contains('.')) {
        (false, _) => String::new(),
        (true, false) => "\n".to_owned(),
        (true, true) => format!("\n  {}\n", style.paint(Ink::Faint, name)),
    }
}

fn close(out: &mut String, paragraph: &mut Vec<&str>, style: Style) {
    if !paragraph.is_empty() {
        out.push('\n');
        out.push_str(&wrapped_after(&paragraph.join(" "), 0, style.width.min(WIDEST)));
        out.push('\n');
        paragraph.clear();
    }
}

/// `text` in lines of at most `width` columns, broken at blanks; every line but the first starts
/// after `indent` blanks, where the caller has begun the first.
#[must_use]
pub fn wrapped_after(text: &str, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for word in text.split_whitespace() {
        if column > indent && column + 1 + word.width() > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.width();
    }
    out
}
