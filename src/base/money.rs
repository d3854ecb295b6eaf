//! Currencies and amounts of money.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::base::Decimal;

/// A currency of ISO 4217, by its three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro: stands in where a program's currency could not be read.
    pub const EUR: Self = Self(*b"EUR");

    /// The codes that are offered where somebody writes a currency.
    pub const COMMON: [&'static str; 24] = [
        "EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "CAD", "AUD", "NZD",
        "CNY", "INR", "TRY", "ZAR", "BRL", "MXN", "SGD", "HKD",
    ];

    /// The currency with this code in capital letters; `None` if ISO 4217 has none.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code)?;
        <[u8; 3]>::try_from(code.as_bytes()).ok().map(Self)
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Its name in English: `Euro`.
    #[must_use]
    pub fn name(&self) -> String {
        iso_currency::Currency::from_code(self.code()).map_or_else(String::new, |known| known.name().to_owned())
    }

    /// Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for BHD.
    #[must_use]
    pub fn minor_digits(self) -> u32 {
        let exponent = iso_currency::Currency::from_code(self.code()).and_then(iso_currency::Currency::exponent);
        exponent.map_or(2, u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// An amount in one currency (`S16`). It has no order and no `+` of its own: two amounts may be of
/// different currencies, and only a run knows the rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// `amount` of `currency`.
    #[must_use]
    pub const fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The amount alone, rounded half to even to the minor unit: `1234.50`.
    #[must_use]
    pub fn plain(self) -> String {
        self.amount.to_places(self.currency.minor_digits())
    }
}

/// For people: rounded to the minor unit, grouped, with the code: `1,234.50 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", grouped(&self.plain()), self.currency)
    }
}

/// A comma between every three digits before the point.
#[must_use]
pub fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_printed_with_its_minor_unit() {
        let money = |text: &str, code: &str| {
            Money::new(Decimal::parse(text).unwrap_or_default(), Currency::parse(code).expect("a known code"))
                .to_string()
        };
        assert_eq!(money("1234567.5", "EUR"), "1,234,567.50 EUR");
        assert_eq!(money("-1234.5", "JPY"), "-1,234 JPY");
        assert_eq!(money("999.0005", "BHD"), "999.000 BHD");
        assert_eq!(Currency::parse("EURO"), None);
    }
}
