//! Exact decimals: whole numbers of millionths in 128 bits.
//!
//! Money, numbers and percents all have six digits after the point; addition is exact, and
//! multiplication and division round half to even once, in integers (design, section 2).

use std::fmt;

use serde::{Serialize, Serializer};

/// Millionths in one unit.
const SCALE: i128 = 1_000_000;
/// Digits after the point.
const PLACES: usize = 6;

/// An exact decimal with six digits after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

/// Why a text is no decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// It is not digits with at most one point.
    NotANumber,
    /// It has more than six digits after the point that are not 0.
    TooFine,
    /// It has more digits before the point than fit.
    TooLarge,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// The largest money: 15 digits before the point and 6 after.
    pub const MAX_MONEY: Self = Self(1_000_000_000_000_000 * SCALE - 1);
    /// The largest number or percent: 11 digits before the point and 6 after.
    pub const MAX_NUMBER: Self = Self(100_000_000_000 * SCALE - 1);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self(number as i128 * SCALE)
    }

    /// The decimal that is `millionths` / 1,000,000.
    #[must_use]
    pub const fn from_millionths(millionths: i128) -> Self {
        Self(millionths)
    }

    /// How many millionths it is.
    #[must_use]
    pub const fn millionths(self) -> i128 {
        self.0
    }

    /// Reads `-1234.50`: an optional sign, digits, and a point with digits. No separators, no exponent.
    ///
    /// # Errors
    /// [`DecimalError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', ..] => (true, text.get(1..).unwrap_or("")),
            [b'+', ..] => (false, text.get(1..).unwrap_or("")),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(DecimalError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > PLACES {
            return Err(DecimalError::TooFine);
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 21 {
            return Err(DecimalError::TooLarge);
        }
        let value = format!("{whole}{fraction:0<PLACES$}").parse::<i128>().map_err(|_| DecimalError::TooLarge)?;
        Ok(Self(if negative { -value } else { value }))
    }

    /// Exact sum; `None` beyond 128 bits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Exact difference; `None` beyond 128 bits.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Product, rounded half to even at the sixth digit; `None` beyond 128 bits.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        round_half_even(self.0.checked_mul(other.0)?, SCALE).map(Self)
    }

    /// Quotient, rounded half to even at the sixth digit; `None` for a divisor of 0 or beyond 128 bits.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        round_half_even(self.0.checked_mul(SCALE)?, other.0).map(Self)
    }

    /// `self × numerator ÷ denominator` in whole numbers, rounded half to even once;
    /// `None` for a denominator of 0 or beyond 128 bits.
    #[must_use]
    pub fn times_ratio(self, numerator: i128, denominator: i128) -> Option<Self> {
        round_half_even(self.0.checked_mul(numerator)?, denominator).map(Self)
    }

    /// The negative of it.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Whether it lies in `-limit ..= limit`.
    #[must_use]
    pub const fn within(self, limit: Self) -> bool {
        self.0 <= limit.0 && self.0 >= -limit.0
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }

    /// Text with exactly `places` (at most 6) digits after the point, rounded half to even.
    #[must_use]
    pub fn to_places(self, places: u32) -> String {
        let places = places.min(6);
        let unit = 10i128.pow(6 - places);
        let rounded = round_half_even(self.0, unit).unwrap_or(self.0);
        let factor = 10u128.pow(places);
        let sign = if rounded < 0 { "-" } else { "" };
        let magnitude = rounded.unsigned_abs();
        let whole = magnitude / factor;
        if places == 0 {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}.{:0width$}", magnitude % factor, width = places as usize)
    }
}

/// `value / divisor`, halves to the even neighbour. `None` for a divisor of 0.
#[must_use]
pub fn round_half_even(value: i128, divisor: i128) -> Option<i128> {
    let quotient = value.checked_div(divisor)?;
    let rest = value.checked_rem(divisor)?.unsigned_abs();
    let half = divisor.unsigned_abs() - rest;
    let away = rest > half || (rest == half && quotient % 2 != 0);
    let step = if (value < 0) == (divisor < 0) { 1 } else { -1 };
    Some(if away { quotient + step } else { quotient })
}

/// As few digits as it takes: `8`, `0.5`, `-12.25`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_places(6);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let two_places = |millionths| Decimal::from_millionths(millionths).to_places(2);
        assert_eq!(two_places(1_005_000), "1.00");
        assert_eq!(two_places(1_015_000), "1.02");
        assert_eq!(two_places(-1_005_000), "-1.00");
        assert_eq!(two_places(-1_015_001), "-1.02");
        assert_eq!(round_half_even(5, 0), None);
    }

    #[test]
    fn reads_and_prints_exactly() {
        for text in ["0", "12.5", "-0.000001", "999999999999999.999999"] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(Decimal::parse("1e3"), Err(DecimalError::NotANumber));
        assert_eq!(Decimal::parse("1_000"), Err(DecimalError::NotANumber));
        assert_eq!(Decimal::parse("."), Err(DecimalError::NotANumber));
        assert_eq!(Decimal::parse("0.0000001"), Err(DecimalError::TooFine));
        assert_eq!(Decimal::parse("0.5000000"), Ok(Decimal::from_millionths(500_000)));
    }

    #[test]
    fn the_largest_product_fits() {
        assert!(Decimal::MAX_MONEY.times(Decimal::MAX_NUMBER).is_some());
    }
}
