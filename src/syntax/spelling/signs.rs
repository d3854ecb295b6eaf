//! Signs and operators as other languages write them, and `;`.

use super::{Walk, is_word};
use crate::base::{Diagnostic, code};

/// What people write, what it is here, and why. Longer ones first where one begins another.
const SIGNS: &[(&str, &str)] = &[
    ("===", "="),
    ("!==", "!="),
    ("==", "="),
    (":=", "="),
    ("<>", "!="),
    ("≠", "!="),
    ("=>", ">="),
    ("≥", ">="),
    ("=<", "<="),
    ("≤", "<="),
    ("&&", "and"),
    ("&", "and"),
    ("||", "or"),
    ("−", "-"),
    ("–", "-"),
    ("×", "*"),
    ("÷", "/"),
];

/// Operators that are right, to be passed as a whole.
const RIGHT: &[&str] = &["!=", "<=", ">="];

impl Walk<'_> {
    /// A sign that is no quote, bracket, word or number.
    pub(super) fn sign(&mut self, first: char) {
        let rest = self.rest();
        let blank = super::is_blank(first);
        self.after_number &= blank;
        if let Some((wrong, right)) = SIGNS.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
            self.wrong_operator(wrong, right);
        } else if let Some(right) = RIGHT.iter().find(|right| rest.starts_with(**right)) {
            self.at += right.len();
        } else if first == '!' {
            self.wrong_operator("!", "not");
        } else if first == ';' {
            self.semicolon();
        } else if !self.currency_sign_first(first) {
            self.at += first.len_utf8();
        }
    }

    fn wrong_operator(&mut self, wrong: &str, right: &str) {
        let range = self.at..self.at + wrong.len();
        let finding = Diagnostic::new(code::WRONG_OPERATOR, format!("`{wrong}` is written `{right}` here"))
            .label(self.span(range.start, range.end), format!("write `{right}`"))
            .help(format!("write `{right}`"));
        let text = self.spaced(&range, right);
        self.mend_and_offer(range, &text, finding);
    }

    /// `text`, with blanks where it would run into a word beside it.
    fn spaced(&self, range: &std::ops::Range<usize>, text: &str) -> String {
        if !text.starts_with(is_word) {
            return text.to_owned();
        }
        let before = self.text.get(..range.start).and_then(|before| before.chars().next_back());
        let after = self.text.get(range.end..).and_then(|after| after.chars().next());
        let blank = |beside: Option<char>| if beside.is_some_and(|sign| !sign.is_whitespace()) { " " } else { "" };
        format!("{}{text}{}", blank(before), blank(after))
    }

    fn semicolon(&mut self) {
        let range = self.at..self.at + 1;
        let rest = self.text.get(range.end..).unwrap_or("").trim_start_matches(super::is_blank);
        let last = rest.is_empty() || rest.starts_with(['\n', '#', '}']);
        let finding = Diagnostic::new(code::NEEDLESS_SIGN, "no `;` is written here")
            .label(self.span(range.start, range.end), "this sign has no meaning")
            .help(if last { "take it away: a line ends by itself" } else { "take it away and begin a new line" });
        self.mend_and_offer(range, if last { "" } else { "\n" }, finding);
    }
}
