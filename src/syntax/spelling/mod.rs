//! The first look at a text: comments, empty lines, and what is misspelt whatever it stands for.
//!
//! Operators of other languages, odd quotes, dates in another order, `EUR 250`, `;` and the like are
//! reported and mended here, once, so that the grammar need not know them.

mod dates;
mod numbers;
mod signs;
mod texts;

use std::collections::HashSet;

use crate::base::{Diagnostic, FileId, Span, Spanned, code};
use crate::syntax::ast::{BlankLines, Comment};
use crate::syntax::expected::CURSOR;
use crate::syntax::mend::Repair;
use crate::syntax::pieces::FIRST_WORDS;

/// How deeply brackets may be nested.
pub(super) const MAX_NESTING: usize = 128;
/// What stands for brackets that are nested too deeply; see `too_deep` in the grammar.
pub(super) const TOO_DEEP: char = '\u{1}';
/// Words that stand nowhere else than at their place.
pub(super) const RESERVED: &[&str] =
    &["and", "or", "not", "in", "is", "between", "where", "when", "of", "otherwise", "yes", "no"];

/// What the first look found.
pub(super) struct Spelling {
    /// Every comment.
    pub(super) comments: Vec<Comment>,
    /// Every empty line.
    pub(super) blank_lines: BlankLines,
    /// What to mend, sorted, without overlap.
    pub(super) repairs: Vec<Repair>,
    /// What is reported without being mended.
    pub(super) findings: Vec<Diagnostic>,
}

/// Looks through `text` once.
pub(super) fn check(file: FileId, text: &str) -> Spelling {
    let mut walk = Walk {
        file,
        text,
        at: 0,
        line_start: 0,
        depth: 0,
        too_deep: None,
        after_number: false,
        last_word: None,
        reported_words: HashSet::new(),
        out: Spelling {
            comments: Vec::new(),
            blank_lines: blank_lines(text),
            repairs: Vec::new(),
            findings: Vec::new(),
        },
    };
    while walk.step() {}
    walk.end_too_deep();
    walk.out
}

fn blank_lines(text: &str) -> BlankLines {
    let mut offset = 0u32;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push(offset);
        }
        offset = offset.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
    }
    BlankLines(found)
}

/// Brackets nested too deeply, while they are walked over.
struct TooDeep {
    start: usize,
    repairs: usize,
    findings: usize,
}

/// The state of the look: where it stands and what it has seen.
struct Walk<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    line_start: usize,
    depth: usize,
    too_deep: Option<TooDeep>,
    /// Whether a number is the last thing seen on this line.
    after_number: bool,
    /// Where the word begins that is the last thing seen on this line but for blanks.
    last_word: Option<usize>,
    reported_words: HashSet<&'t str>,
    out: Spelling,
}

impl<'t> Walk<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// One thing further; `false` at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let last_word = if is_blank(first) { self.last_word } else { self.last_word.take() };
        match first {
            '\n' => self.new_line(),
            '#' => self.comment(),
            '"' | '\'' => self.quoted(first),
            _ if texts::is_odd_quote(first) => self.quoted(first),
            '0'..='9' => self.number(),
            _ if is_word(first) => self.word(),
            '(' => self.open_bracket(last_word),
            ')' => self.close_bracket(),
            '{' | '}' => self.brace(),
            TOO_DEEP | CURSOR => self.mend(self.at..self.at + 1, "?", None),
            _ => self.sign(first),
        }
        true
    }

    fn new_line(&mut self) {
        self.at += 1;
        self.line_start = self.at;
        self.after_number = false;
        if FIRST_WORDS.iter().any(|word| self.rest().strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))) {
            self.leave_brackets();
        }
    }

    fn comment(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        let text = self.rest().get(..length).unwrap_or("").trim_end();
        let before = self.text.get(self.line_start..self.at).unwrap_or("");
        self.out.comments.push(Comment {
            text: Spanned::new(text.to_owned(), self.span(self.at, self.at + text.len())),
            own_line: before.chars().all(is_blank),
        });
        self.at += length;
    }

    fn word(&mut self) {
        let word = leading_word(self.rest());
        if self.currency_first(word) {
            return;
        }
        if !word.is_ascii() && self.reported_words.insert(word) {
            let plain = texts::plain_letters(word);
            let mut finding = Diagnostic::new(code::ODD_NAME, format!("`{word}` has letters that names cannot have"))
                .label(self.span(self.at, self.at + word.len()), "names have only the letters a to z, digits and `_`");
            if let Some(plain) = plain {
                finding = finding.help(format!("write `{plain}` wherever it is used"));
            }
            self.out.findings.push(finding);
        }
        self.at += word.len();
        self.last_word = Some(self.at - word.len()).filter(|_| !RESERVED.contains(&word));
        self.after_number = false;
    }

    /// `(`, behind the name of a function or a question that begins at `name`.
    fn open_bracket(&mut self, name: Option<usize>) {
        self.depth += 1;
        if self.depth > MAX_NESTING && self.too_deep.is_none() {
            let (repairs, findings) = (self.out.repairs.len(), self.out.findings.len());
            self.too_deep = Some(TooDeep { start: name.unwrap_or(self.at), repairs, findings });
        }
        self.at += 1;
        self.after_number = false;
    }

    fn close_bracket(&mut self) {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
        if self.depth <= MAX_NESTING {
            self.end_too_deep();
        }
        self.after_number = false;
    }

    fn brace(&mut self) {
        self.leave_brackets();
        self.at += 1;
        self.after_number = false;
    }

    fn leave_brackets(&mut self) {
        self.end_too_deep();
        self.depth = 0;
    }

    fn end_too_deep(&mut self) {
        let Some(TooDeep { start, repairs, findings }) = self.too_deep.take() else { return };
        self.out.repairs.truncate(repairs);
        self.out.findings.truncate(findings);
        let finding = nested_too_deeply(self.span(start, start + 1));
        let text = self.text.get(start..self.at).unwrap_or("");
        let end = start + text.trim_end().len();
        self.mend(start..end, &TOO_DEEP.to_string(), Some(finding));
        self.at = self.at.max(end);
    }

    /// Records a repair and goes on behind it; without a finding nothing is said about it.
    fn mend(&mut self, range: std::ops::Range<usize>, text: &str, finding: Option<Diagnostic>) {
        let finding = finding.unwrap_or_else(|| {
            Diagnostic::new(code::UNREADABLE_TEXT, "a sign that cannot be read")
                .label(self.span(range.start, range.end), "this sign has no meaning")
        });
        self.at = range.end;
        self.out.repairs.push(Repair { range, text: text.to_owned(), finding });
    }

    /// Records a repair that is offered to the user as well.
    fn mend_and_offer(&mut self, range: std::ops::Range<usize>, text: &str, finding: Diagnostic) {
        let span = self.span(range.start, range.end);
        let shown = text.trim();
        let title = if shown.is_empty() { "take it away".to_owned() } else { format!("write `{shown}`") };
        self.mend(range, text, Some(finding.fix(title, span, text)));
    }
}

/// The finding for an expression in an expression in an expression … .
pub(super) fn nested_too_deeply(span: Span) -> Diagnostic {
    Diagnostic::new(code::NESTED_TOO_DEEPLY, "this expression is nested too deeply")
        .label(span, format!("more than {MAX_NESTING} levels"))
        .help("give its parts names with `define` and use the names")
}

/// Whether a character counts as a blank on a line.
pub(super) const fn is_blank(character: char) -> bool {
    matches!(
        character,
        ' ' | '\t' | '\r' | '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{2009}' | '\u{200B}' | '\u{3000}' | '\u{FEFF}'
    )
}

/// Whether a character may be in a word.
pub(super) fn is_word(character: char) -> bool {
    character == '_' || character.is_ascii_alphanumeric() || (!character.is_ascii() && character.is_alphabetic())
}

/// The word that a text begins with; may be empty.
pub(super) fn leading_word(text: &str) -> &str {
    let end = text.find(|character| !is_word(character)).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// How many bytes of blanks a text begins with.
fn leading_blanks(text: &str) -> usize {
    text.find(|character| !is_blank(character)).unwrap_or(text.len())
}
