//! How an export writes its cells: everything that `[format]` of `dunlin.toml` can say.

use crate::base::Currency;
use crate::ledger::dates::DateFormat;
use crate::ledger::numbers::NumberFormat;

/// What is stated about the form of a file and its cells. `None` where nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Formats {
    /// The form of dates; `YYYY-MM-DD` where nothing is stated.
    pub dates: Option<DateFormat>,
    /// The form of numbers.
    pub numbers: NumberFormat,
    /// What separates the cells of a CSV file; a comma where nothing is stated.
    pub delimiter: Option<u8>,
    /// How a CSV file encodes its letters; UTF-8 where nothing is stated.
    pub encoding: Option<Encoding>,
    /// What may stand beside a number for its currency, and the currency it stands for; the longest first.
    pub symbols: Vec<(String, Currency)>,
}

/// How a file encodes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252, what Windows programs of western Europe write; it includes ISO 8859-1.
    Windows1252,
}

impl Formats {
    /// These settings, and those of `base` where these say nothing.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        let (own, other) = (self.numbers, base.numbers);
        Self {
            dates: self.dates.clone().or_else(|| base.dates.clone()),
            numbers: NumberFormat {
                decimal: own.decimal.or(other.decimal),
                thousands: own.thousands.or(other.thousands),
                negative: own.negative.or(other.negative),
            },
            delimiter: self.delimiter.or(base.delimiter),
            encoding: self.encoding.or(base.encoding),
            symbols: if self.symbols.is_empty() { base.symbols.clone() } else { self.symbols.clone() },
        }
    }

    /// Takes the sign of a currency off an amount: `€ -5` is `-5` and EUR.
    pub(crate) fn split_symbol<'t>(&self, text: &'t str) -> (std::borrow::Cow<'t, str>, Option<Currency>) {
        let core = text.trim_matches(|char: char| "+-()".contains(char) || char.is_whitespace());
        let found = self
            .symbols
            .iter()
            .find(|(symbol, _)| core.starts_with(symbol.as_str()) || core.ends_with(symbol.as_str()));
        let Some((symbol, currency)) = found else {
            return (text.into(), None);
        };
        (text.replacen(symbol.as_str(), "", 1).trim().to_owned().into(), Some(*currency))
    }
}

impl Encoding {
    /// The text of `bytes` as UTF-8; UTF-8 itself is left as it is, checked cell by cell.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 => None,
            Self::Windows1252 => Some(bytes.iter().map(|byte| windows_1252(*byte)).collect::<String>().into_bytes()),
        }
    }
}

fn windows_1252(byte: u8) -> char {
    /// The characters of 0x80 to 0x9F; the five unused places keep their number, as browsers do.
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let place = usize::from(byte).checked_sub(0x80);
    place.and_then(|place| UPPER.get(place)).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_sign_is_taken_off_at_either_end() {
        let euro = Currency::parse("EUR").expect("a known code");
        let formats = Formats { symbols: vec![("EUR".into(), euro), ("€".into(), euro)], ..Formats::default() };
        for (text, number) in
            [("€ 5", "5"), ("5 EUR", "5"), ("-€5", "-5"), ("€ -5", "-5"), ("(€ 5)", "( 5)"), ("5-€", "5-")]
        {
            assert_eq!(formats.split_symbol(text), (number.into(), Some(euro)), "{text}");
        }
        assert_eq!(formats.split_symbol("5€50"), ("5€50".into(), None));
        assert_eq!(formats.split_symbol("5"), ("5".into(), None));
    }

    #[test]
    fn windows_letters() {
        assert_eq!(Encoding::Windows1252.decode(b"M\xfcller \x80").map(String::from_utf8), Some(Ok("Müller €".into())));
    }
}
