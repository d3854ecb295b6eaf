//! How a company writes its numbers: exact reading, and why a text is none.

/// The signs an export uses in its numbers. A leading `-` is always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberFormat {
    /// What stands before the decimals; `None` where nothing is stated: then a point.
    pub decimal: Option<char>,
    /// What stands between thousands, if anything; a space means the narrow and the hard one too.
    pub thousands: Option<char>,
    /// How negative amounts are marked besides a leading `-`.
    pub negative: Option<Negative>,
}

/// Another way of writing a negative amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negative {
    /// `(12.00)`
    Brackets,
    /// `12.00-`
    Trailing,
}

/// How much room a number has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Digits before the point.
    pub(crate) whole: usize,
    /// Digits after it.
    pub(crate) places: usize,
}

impl Room {
    /// Money (design, section 2).
    pub(crate) const MONEY: Self = Self { whole: 15, places: 6 };
    /// Numbers and percentages.
    pub(crate) const NUMBER: Self = Self { whole: 11, places: 6 };
    /// Exchange rates.
    pub(crate) const RATE: Self = Self { whole: 7, places: 10 };
}

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// In units of the last place of its [`Room`].
    pub(crate) units: i128,
    /// Whether it looks like `1.234`, where the point may as well separate thousands.
    pub(crate) like_thousands: bool,
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoFigure {
    /// It is not written as stated.
    Form,
    /// More digits after the point than there is room for.
    TooFine,
    /// More digits before the point than there is room for.
    TooLarge,
}

impl NumberFormat {
    /// Dunlin's own way: a point, nothing between thousands.
    pub(crate) const PLAIN: Self = Self { decimal: Some('.'), thousands: None, negative: None };

    /// Reads a number exactly.
    pub(crate) fn read(&self, text: &str, room: Room) -> Result<Figure, NoFigure> {
        let (negative, body) = self.sign(text);
        let decimal = self.decimal.unwrap_or('.');
        let mut whole = Digits::default();
        let mut fraction = Digits::default();
        let mut after_point = false;
        // Digits since the last separator of thousands; `None` before the first.
        let mut group: Option<usize> = None;
        for char in body.chars() {
            match char.to_digit(10) {
                Some(digit) if after_point => fraction.push(digit),
                Some(digit) => {
                    whole.push(digit);
                    group = group.map(|digits| digits + 1);
                }
                None if char == decimal && !after_point && group.is_none_or(|digits| digits == 3) => {
                    after_point = true;
                    group = None;
                }
                None if !after_point && self.separates(char) && whole.fits_before(group) => group = Some(0),
                None => return Err(NoFigure::Form),
            }
        }
        if whole.count == 0 || (after_point && fraction.count == 0) || group.is_some_and(|digits| digits != 3) {
            return Err(NoFigure::Form);
        }
        if fraction.significant > room.places {
            return Err(NoFigure::TooFine);
        }
        if whole.count - whole.leading_zeros > room.whole {
            return Err(NoFigure::TooLarge);
        }
        let units = whole.value * power_of_ten(room.places) + fraction.scaled_to(room.places);
        let like_thousands =
            self.decimal.is_none() && fraction.count == 3 && (1..=3).contains(&whole.count) && whole.leading_zeros == 0;
        Ok(Figure { units: if negative { -units } else { units }, like_thousands })
    }

    fn sign<'t>(&self, text: &'t str) -> (bool, &'t str) {
        let bare = match self.negative {
            Some(Negative::Brackets) => text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')),
            Some(Negative::Trailing) => text.strip_suffix('-'),
            None => None,
        };
        if let Some(body) = bare.or_else(|| text.strip_prefix('-')) {
            return (true, body.trim());
        }
        (false, text.strip_prefix('+').unwrap_or(text).trim_start())
    }

    fn separates(&self, char: char) -> bool {
        match self.thousands {
            Some(' ') => matches!(char, ' ' | '\u{a0}' | '\u{202f}'),
            Some('\'') => matches!(char, '\'' | '\u{2019}'),
            Some(stated) => char == stated,
            None => false,
        }
    }
}

#[derive(Default)]
struct Digits {
    value: i128,
    count: usize,
    leading_zeros: usize,
    /// Up to and including the last digit that is not 0.
    significant: usize,
}

impl Digits {
    fn push(&mut self, digit: u32) {
        if digit == 0 && self.leading_zeros == self.count {
            self.leading_zeros += 1;
        }
        self.count += 1;
        // Beyond any room the value no longer matters: the count decides.
        if self.count - self.leading_zeros <= 20 {
            self.value = self.value * 10 + i128::from(digit);
        }
        if digit != 0 {
            self.significant = self.count;
        }
    }

    /// Whether a separator of thousands may follow: after one to three digits, then after every three.
    fn fits_before(&self, group: Option<usize>) -> bool {
        group.map_or_else(|| (1..=3).contains(&self.count), |digits| digits == 3)
    }

    /// As digits after the point, in units of the place `places`; the caller knows that they fit.
    fn scaled_to(&self, places: usize) -> i128 {
        if self.significant == 0 {
            return 0;
        }
        if self.count <= places {
            return self.value * power_of_ten(places - self.count);
        }
        self.value / power_of_ten(self.count.min(20 + self.leading_zeros) - places)
    }
}

fn power_of_ten(exponent: usize) -> i128 {
    10i128.pow(u32::try_from(exponent).unwrap_or(0))
}

/// What to say about a text that is no number: the reason, and what to state in `dunlin.toml`.
pub(crate) fn explain(text: &str) -> (&'static str, String) {
    let format = |settings: &str| {
        format!("write {settings} below `[format]` in `dunlin.toml` if that is how the export writes numbers")
    };
    let bare = text.trim_matches(|char: char| !char.is_ascii_digit());
    if bare.is_empty() {
        let help =
            format!("leave the cell empty where there is nothing, or translate it: `values = {{ \"{text}\" = \"\" }}`");
        return ("is no number", help);
    }
    if text.starts_with('(') && text.ends_with(')') {
        return ("stands in brackets", format("`negative = \"brackets\"`"));
    }
    if text.ends_with('-') {
        return ("has its minus sign at the end", format("`negative = \"trailing\"`"));
    }
    let (points, commas) = (bare.matches('.').count(), bare.matches(',').count());
    let signs_only = bare.chars().all(|char| char.is_ascii_digit() || char == '.' || char == ',');
    if signs_only && bare.len() == text.trim_start_matches(['-', '+']).len() {
        return match (bare.rfind('.'), bare.rfind(',')) {
            (Some(point), Some(comma)) if point < comma && commas == 1 => {
                ("has a decimal comma", format("`decimal = \",\"` and `thousands = \".\"`"))
            }
            (Some(_), Some(_)) if points == 1 => ("has commas between thousands", format("`thousands = \",\"`")),
            (None, Some(_)) if commas == 1 => ("has a comma", format("`decimal = \",\"`, or `thousands = \",\"`,")),
            (None, Some(_)) => ("has commas between thousands", format("`thousands = \",\"`")),
            (Some(_), None) => {
                ("has a point that is no decimal point", format("`thousands = \".\"` and `decimal = \",\"`"))
            }
            _ => ("is not written as stated", format("how decimals and thousands are separated")),
        };
    }
    let digits_and = |extra: &[char]| {
        text.chars().all(|char| char.is_ascii_digit() || ".,+-".contains(char) || extra.contains(&char))
    };
    if digits_and(&['e', 'E']) {
        return ("is written with an exponent", "export it with all its digits, as in `1000.00`".to_owned());
    }
    if digits_and(&[' ', '\u{a0}', '\u{202f}']) {
        return ("has spaces in it", format("`thousands = \" \"`"));
    }
    if digits_and(&['\'', '\u{2019}']) {
        return ("has apostrophes in it", format("`thousands = \"'\"`"));
    }
    ("is no number", "write it with digits and a point, as in `1234.50`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: NumberFormat, text: &str) -> Result<i128, NoFigure> {
        format.read(text, Room::MONEY).map(|figure| figure.units)
    }

    #[test]
    fn plain_numbers_are_exact() {
        let plain = NumberFormat::default();
        assert_eq!(read(plain, "1234.5"), Ok(1_234_500_000));
        assert_eq!(read(plain, "-0.000001"), Ok(-1));
        assert_eq!(read(plain, "+007"), Ok(7_000_000));
        assert_eq!(read(plain, "1.50000000000000000000000000000"), Ok(1_500_000));
        assert_eq!(read(plain, "0.00000000000000000000000000000"), Ok(0));
        assert_eq!(read(plain, "0.0000001"), Err(NoFigure::TooFine));
        assert_eq!(read(plain, "999999999999999.999999"), Ok(999_999_999_999_999_999_999));
        assert_eq!(read(plain, "1000000000000000"), Err(NoFigure::TooLarge));
        assert_eq!(read(plain, &"9".repeat(500)), Err(NoFigure::TooLarge));
        for text in
            ["", "-", ".", "1.", ".5", "1e3", "NaN", "1,5", "1 000", "(12.00)", "12-", "--1", "€ 5", "1_000", "٣"]
        {
            assert_eq!(read(plain, text), Err(NoFigure::Form), "{text}");
        }
    }

    #[test]
    fn thousands_stand_where_they_belong() {
        let german = NumberFormat { decimal: Some(','), thousands: Some('.'), negative: Some(Negative::Trailing) };
        assert_eq!(read(german, "1.234.567,89"), Ok(1_234_567_890_000));
        assert_eq!(read(german, "1234,5-"), Ok(-1_234_500_000));
        for text in ["1.23,45", "1.2345,00", ".123,00", "1234.567,00", "1.234.56", "1,234.567", "12.", "1.,5"] {
            assert_eq!(read(german, text), Err(NoFigure::Form), "{text}");
        }
        let french = NumberFormat { decimal: Some(','), thousands: Some(' '), negative: Some(Negative::Brackets) };
        assert_eq!(read(french, "(1\u{202f}234,5)"), Ok(-1_234_500_000));
    }

    #[test]
    fn a_point_before_three_digits_is_noticed() {
        let like_thousands = |text| NumberFormat::default().read(text, Room::MONEY).map(|figure| figure.like_thousands);
        assert_eq!(like_thousands("5.000"), Ok(true));
        assert_eq!(like_thousands("0.125"), Ok(false));
        assert_eq!(like_thousands("1234.500"), Ok(false));
        assert_eq!(NumberFormat::PLAIN.read("5.000", Room::MONEY).map(|figure| figure.like_thousands), Ok(false));
    }

    #[test]
    fn a_rate_has_ten_places() {
        assert_eq!(NumberFormat::PLAIN.read("0.0000000001", Room::RATE).map(|figure| figure.units), Ok(1));
        assert_eq!(NumberFormat::PLAIN.read("12345678", Room::RATE), Err(NoFigure::TooLarge));
    }

    #[test]
    fn what_to_state_for_a_number() {
        let lines: Vec<String> = [
            "1.234,56",
            "1,234.56",
            "1,5",
            "1.234.567",
            "(12.00)",
            "12.00-",
            "1e3",
            "NaN",
            "1 234.50",
            "1'234.50",
            "12a",
        ]
        .iter()
        .map(|text| format!("{text}: {} / {}", explain(text).0, explain(text).1))
        .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
