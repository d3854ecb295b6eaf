//! How a company writes its dates, and what to state when a date cannot be read.

use std::fmt;

use crate::base::Date;

/// The form of the dates in an export, such as `D.M.YYYY`.
///
/// `D` and `M` are one or two digits, `DD` and `MM` two, `YYYY` four; `YY` is a year from 2000 to
/// 2099. A `*` at the end lets anything follow, such as the time of day. Everything else stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    written: String,
    parts: Vec<Part>,
    open_end: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Number { unit: Unit, least: usize, most: usize },
    Literal(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
}

impl DateFormat {
    /// Reads a form.
    ///
    /// # Errors
    /// What is wrong with it, to be put after "the form of dates".
    pub fn parse(written: &str) -> Result<Self, &'static str> {
        let (body, open_end) = written.strip_suffix('*').map_or((written, false), |body| (body, true));
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = body;
        while let Some(first) = rest.chars().next() {
            let run = rest.chars().take_while(|char| *char == first).count();
            let part = match (first, run) {
                ('D', 1 | 2) => Part::Number { unit: Unit::Day, least: run, most: 2 },
                ('M', 1 | 2) => Part::Number { unit: Unit::Month, least: run, most: 2 },
                ('Y', 2 | 4) => Part::Number { unit: Unit::Year, least: run, most: run },
                ('D' | 'M' | 'Y', _) => return Err("has a part that is none of `D`, `DD`, `M`, `MM`, `YY` and `YYYY`"),
                _ => Part::Literal(first),
            };
            let runs_together = matches!(
                (parts.last(), part),
                (Some(Part::Number { least, most, .. }), Part::Number { .. }) if least != most
            );
            if runs_together {
                return Err("has `D` or `M` directly before another part; write `DD` or `MM` there");
            }
            let taken = if matches!(part, Part::Literal(_)) { first.len_utf8() } else { run };
            parts.push(part);
            rest = rest.get(taken..).unwrap_or("");
        }
        let count = |wanted: Unit| {
            parts.iter().filter(|part| matches!(part, Part::Number { unit, .. } if *unit == wanted)).count()
        };
        if [Unit::Day, Unit::Month, Unit::Year].into_iter().any(|unit| count(unit) != 1) {
            return Err("needs a day, a month and a year, each once");
        }
        Ok(Self { written: written.to_owned(), parts, open_end })
    }

    /// The date that `text` is in this form; `None` if it is none.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Date> {
        let (mut day, mut month, mut year) = (0, 0, 0);
        let mut rest = text;
        for part in &self.parts {
            match *part {
                Part::Literal(char) => rest = rest.strip_prefix(char)?,
                Part::Number { unit, least, most } => {
                    let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
                    let value = rest.get(..digits).filter(|_| digits >= least)?.parse::<u32>().ok()?;
                    rest = rest.get(digits..)?;
                    match unit {
                        Unit::Day => day = value,
                        Unit::Month => month = value,
                        Unit::Year => year = if most == 2 { 2000 + value } else { value },
                    }
                }
            }
        }
        let ends_well = rest.is_empty() || (self.open_end && !rest.starts_with(|next: char| next.is_ascii_digit()));
        Date::new(i32::try_from(year).ok()?, month, day).filter(|_| ends_well)
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// The forms that `text` may be a date in, for the help of a finding: none if it looks like no date.
#[must_use]
pub fn possible_forms(text: &str) -> Vec<String> {
    let (body, end) = match text.find(['T', ' ']) {
        Some(at) if text.get(at + 1..).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) => {
            (text.get(..at).unwrap_or(text), "*")
        }
        _ => (text, ""),
    };
    let separator = body.chars().find(|char| !char.is_ascii_digit());
    let candidates: Vec<String> = match separator {
        None => ["YYYYMMDD", "DDMMYYYY", "DDMMYY"].map(str::to_owned).into(),
        Some(separator) => {
            [["D", "M", "YYYY"], ["M", "D", "YYYY"], ["YYYY", "M", "D"], ["D", "M", "YY"], ["M", "D", "YY"]]
                .map(|parts| parts.join(&separator.to_string()))
                .into()
        }
    };
    let fits = |form: &String| DateFormat::parse(form).ok().and_then(|form| form.read(body)).is_some();
    let iso = Date::parse(body).map(|_| "YYYY-MM-DD".to_owned());
    let forms = iso.map_or_else(|| candidates.into_iter().filter(fits).collect::<Vec<_>>(), |form| vec![form]);
    forms.into_iter().map(|form| form + end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str, text: &str) -> Option<String> {
        DateFormat::parse(form).expect("a form").read(text).map(|date| date.to_string())
    }

    #[test]
    fn a_form_is_read_to_the_letter() {
        assert_eq!(read("M/D/YYYY", "1/26/2013").as_deref(), Some("2013-01-26"));
        assert_eq!(read("M/D/YYYY", "01/06/2013").as_deref(), Some("2013-01-06"));
        assert_eq!(read("DD/MM/YYYY", "03/01/2012").as_deref(), Some("2012-01-03"));
        assert_eq!(read("DD/MM/YYYY", "3/1/2012"), None);
        assert_eq!(read("YYYYMMDD", "20260302").as_deref(), Some("2026-03-02"));
        assert_eq!(read("D.M.YY", "2.3.26").as_deref(), Some("2026-03-02"));
        assert_eq!(read("D.M.YYYY", "30.2.2026"), None);
        assert_eq!(read("YYYY-MM-DD", "2026-03-02 00:00"), None);
        assert_eq!(read("YYYY-MM-DD*", "2026-03-02 00:00").as_deref(), Some("2026-03-02"));
        assert_eq!(read("D.M.YYYY*", "2.3.20261"), None);
    }

    #[test]
    fn a_form_must_be_complete_and_clear() {
        for form in ["", "DD/MM", "DMYYYY", "DD/MM/YYY", "DD/DD/YYYY", "DDD/MM/YYYY"] {
            assert!(DateFormat::parse(form).is_err(), "{form}");
        }
    }

    #[test]
    fn what_may_be_stated_for_a_date() {
        assert_eq!(possible_forms("03/04/2012"), ["D/M/YYYY", "M/D/YYYY"]);
        assert_eq!(possible_forms("26/01/2013"), ["D/M/YYYY"]);
        assert_eq!(possible_forms("2.3.26"), ["D.M.YY", "M.D.YY"]);
        assert_eq!(possible_forms("20260302"), ["YYYYMMDD"]);
        assert_eq!(possible_forms("2026-03-02T00:00:00"), ["YYYY-MM-DD*"]);
        assert_eq!(possible_forms("2026-3-2"), ["YYYY-M-D"]);
        assert!(possible_forms("2026-02-30").is_empty());
        assert!(possible_forms("soon").is_empty());
    }
}
