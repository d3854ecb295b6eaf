//! The page of an error code, set for a terminal: headings, wrapped paragraphs, indented examples.

use unicode_width::UnicodeWidthStr;

use crate::base::Code;
use crate::report::style::Ink;
use crate::report::{Style, severity_word};

/// Text is not set wider than this: long lines read badly.
const WIDEST: usize = 88;

/// The page of a code.
#[must_use]
pub fn page(code: Code, style: Style) -> String {
    let ink = match code.severity {
        crate::base::Severity::Error => Ink::Red,
        crate::base::Severity::Warning => Ink::Yellow,
        crate::base::Severity::Hint => Ink::Blue,
    };
    let kind = style.paint(ink, &format!("{}[{}]", severity_word(code.severity), code.id));
    let mut out = format!("{kind}: {}\n", style.paint(Ink::Strong, code.title()));
    let body = code.page.lines().skip_while(|line| !line.starts_with("# ")).skip(1);
    let mut paragraph = Vec::new();
    let mut example: Option<Example> = None;
    for line in body.chain([""]) {
        if let Some(open) = &mut example {
            if line.starts_with("```") {
                example = None;
            } else {
                open.line(&mut out, line, style);
            }
            continue;
        }
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("```") {
            close(&mut out, &mut paragraph, style);
        }
        if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("\n{}\n", style.paint(Ink::Strong, heading)));
        } else if let Some(name) = line.strip_prefix("```") {
            example = Some(Example::open(&mut out, name, style));
        } else if !line.trim().is_empty() {
            paragraph.push(line.trim());
        }
    }
    out
}

/// A block of an example: four blanks before every line.
struct Example;

impl Example {
    fn open(out: &mut String, name: &str, style: Style) -> Self {
        out.push('\n');
        if name.contains('.') {
            out.push_str(&format!("  {}\n", style.paint(Ink::Faint, name)));
        }
        Self
    }

    fn line(&mut self, out: &mut String, line: &str, style: Style) {
        if line.is_empty() {
            out.push('\n');
        } else {
            out.push_str(&format!("    {}\n", style.paint(Ink::Blue, line)));
        }
    }
}

fn close(out: &mut String, paragraph: &mut Vec<&str>, style: Style) {
    if !paragraph.is_empty() {
        out.push('\n');
        out.push_str(&wrapped(&paragraph.join(" "), style.width.min(WIDEST)));
        paragraph.clear();
    }
}

/// `text` in lines of at most `width` columns, broken at blanks.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        if column > 0 && column + 1 + word.width() > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.width();
    }
    out.push('\n');
    out
}
