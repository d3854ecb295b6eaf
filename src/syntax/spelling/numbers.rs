//! Numbers with commas, and currencies before their amount.

use super::{Walk, is_blank, is_word, leading_blanks};
use crate::base::{Currency, Diagnostic, code};

/// Signs of currencies and what is written for them.
const SIGNS: &[(char, &str)] = &[('€', "EUR"), ('$', "USD"), ('£', "GBP"), ('¥', "JPY")];

impl Walk<'_> {
    /// A number or a date.
    pub(super) fn number(&mut self) {
        if self.date() {
            self.after_number = false;
            return;
        }
        let length = number_length(self.rest(), self.depth == 0);
        let written = self.rest().get(..length).unwrap_or("");
        let (start, end) = (self.at, self.at + length);
        if let Some((sign, currency)) = self.sign_behind(end) {
            let blanks = leading_blanks(self.text.get(end..).unwrap_or(""));
            let right = format!("{} {currency}", plain_number(written));
            self.currency_sign(start..end + blanks + sign.len_utf8(), &right);
        } else if written.contains(',') {
            let right = plain_number(written);
            let finding = Diagnostic::new(code::NUMBER_WITH_COMMA, "a number has no comma")
                .label(self.span(start, end), format!("write `{right}`"))
                .help("thousands are grouped with `_`, and a point stands before the cents: `10_000`, `0.50`");
            self.mend_and_offer(start..end, &right, finding);
        } else {
            self.at = end;
            let word: usize = self.rest().chars().take_while(|sign| is_word(*sign)).map(char::len_utf8).sum();
            self.at += word;
        }
        self.after_number = true;
    }

    fn sign_behind(&self, end: usize) -> Option<(char, &'static str)> {
        let rest = self.text.get(end..)?.trim_start_matches(is_blank);
        SIGNS.iter().copied().find(|(sign, _)| rest.starts_with(*sign))
    }

    /// `EUR 250`: reports and mends it; `false` if the word here is no currency before an amount.
    pub(super) fn currency_first(&mut self, word: &str) -> bool {
        if word.len() != 3 || self.after_number || !word.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return false;
        }
        Currency::parse(word).is_some() && self.amount_behind(word.len(), word)
    }

    /// `€ 250`: reports and mends it; `false` if the sign here is none of a currency before an amount.
    pub(super) fn currency_sign_first(&mut self, sign: char) -> bool {
        let known = SIGNS.iter().find(|(known, _)| *known == sign);
        known.is_some_and(|(_, currency)| self.amount_behind(sign.len_utf8(), currency))
    }

    fn amount_behind(&mut self, width: usize, currency: &str) -> bool {
        let behind = self.rest().get(width..).unwrap_or("");
        let blanks = leading_blanks(behind);
        let amount = behind.get(blanks..).unwrap_or("");
        if !amount.starts_with(|sign: char| sign.is_ascii_digit()) {
            return false;
        }
        let length = number_length(amount, self.depth == 0);
        let after = amount.get(length..).unwrap_or("");
        if after.starts_with(|sign: char| is_word(sign) || matches!(sign, '-' | '/')) {
            return false;
        }
        let right = format!("{} {currency}", plain_number(amount.get(..length).unwrap_or("")));
        self.currency_sign(self.at..self.at + width + blanks + length, &right);
        self.after_number = true;
        true
    }

    fn currency_sign(&mut self, range: std::ops::Range<usize>, right: &str) {
        let finding = Diagnostic::new(code::CURRENCY_FIRST, "an amount is written as number and currency code")
            .label(self.span(range.start, range.end), format!("write `{right}`"))
            .help(format!("write `{right}`"));
        self.mend_and_offer(range, right, finding);
    }
}

/// How many bytes of digits, `_`, points and (outside brackets, where they could part two numbers) commas.
fn number_length(text: &str, commas: bool) -> usize {
    let bytes = text.as_bytes();
    let inside = |at: usize| match bytes.get(at) {
        Some(b'.') => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        Some(b',') => commas && bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        Some(byte) => *byte == b'_' || byte.is_ascii_digit(),
        None => false,
    };
    (0..).take_while(|at| inside(*at)).count()
}

/// A number with commas as it is written here. The last sign stands for the point if it differs from
/// the others or if not three digits follow it; the others group thousands.
fn plain_number(written: &str) -> String {
    let last = written.rfind([',', '.']).unwrap_or(0);
    let (whole, fraction) = (written.get(..last).unwrap_or(""), written.get(last + 1..).unwrap_or(""));
    let sign = written.get(last..=last).unwrap_or(",");
    let grouped = |text: &str| text.replace([',', '.'], "_");
    let differs = whole.contains([',', '.']) && !whole.contains(sign);
    if !written.contains(',') {
        written.to_owned()
    } else if differs || fraction.len() != 3 {
        format!("{}.{fraction}", grouped(whole))
    } else {
        grouped(written)
    }
}
