//! Numbers with their units. A figure that could be read in two ways is an error that shows both.

use super::literal;
use crate::base::decimal::DecimalError;
use crate::base::money::grouped;
use crate::base::text::nearest;
use crate::base::{Currency, Decimal, Diagnostic, Money, Span, code};
use crate::check::context::Context;
use crate::check::ledger::{currency_meant, not_a_currency};
use crate::check::tree::Expr;
use crate::schema::{Type, Value};
use crate::syntax::ast::{self, Literal, Name, Unit};

/// The most days that may be written (design, section 2, Types).
pub(in crate::check) const MOST_DAYS: i64 = 100_000;

/// The words that may stand after a number.
const UNITS: &[&str] = &["day", "days", "week", "weeks", "working days"];

impl Context<'_> {
    /// A number with its unit.
    pub(super) fn number(&self, number: &Literal, unit: Option<&Unit>, span: Span) -> Option<Expr> {
        match unit {
            None => {
                self.no_thousands(number)?;
                let figure = self.figure(number, Decimal::MAX_NUMBER)?;
                Some(literal(Value::Number(figure), Type::Number, span))
            }
            Some(Unit::Percent) => {
                let figure = self.figure(number, Decimal::MAX_NUMBER)?;
                Some(literal(Value::Percent(figure), Type::Percent, span))
            }
            Some(Unit::Days) => self.days(number, 1, span),
            Some(Unit::Weeks) => self.days(number, 7, span),
            Some(Unit::WorkingDays(_)) => self.refuse(lone_working_days(number, span)),
            Some(Unit::Currency(currency)) => self.money(number, currency, span),
            Some(Unit::Other(word)) => self.refuse(unknown_unit(number, word, span)),
        }
    }

    fn days(&self, number: &Literal, each: i64, span: Span) -> Option<Expr> {
        let count = self.whole(number, "days")?.saturating_mul(each);
        self.within(count, 0..=MOST_DAYS, number.span, "days")?;
        Some(literal(Value::Days(count), Type::Days, span))
    }

    fn money(&self, number: &Literal, code: &Name, span: Span) -> Option<Expr> {
        let Some(currency) = Currency::parse(&code.value) else {
            return self.refuse(not_a_currency(code));
        };
        if currency.minor_digits() != 3 {
            self.unambiguous(number, currency, span)?;
        }
        let figure = self.figure(number, Decimal::MAX_MONEY)?;
        Some(literal(Value::Money(Money::new(figure, currency)), Type::Money, span))
    }

    /// Refuses `5.000 EUR`: five, or five thousand.
    fn unambiguous(&self, number: &Literal, currency: Currency, span: Span) -> Option<()> {
        let Some((whole, fraction)) = thousands_like(&number.value) else { return Some(()) };
        let small = match fraction.strip_suffix('0') {
            Some(cents) => format!("{whole}.{cents}"),
            None => format!("{whole}.{fraction}0"),
        };
        let (large, small) = (format!("{whole}_{fraction} {currency}"), format!("{small} {currency}"));
        self.refuse(
            Diagnostic::new(code::MISLEADING_NUMBER, format!("`{} {currency}` can be read in two ways", number.value))
                .label(span, "thousands, or a fraction?")
                .help(format!("write `{large}` if the point separates thousands, `{small}` if it does not"))
                .fix(format!("write `{large}`"), span, large)
                .fix(format!("write `{small}`"), span, small),
        )
    }

    /// Refuses `5.000` without a unit: a fraction of zeros is a separator of thousands.
    fn no_thousands(&self, number: &Literal) -> Option<()> {
        let Some((whole, "000")) = thousands_like(&number.value) else { return Some(()) };
        self.refuse(
            Diagnostic::new(code::MISLEADING_NUMBER, format!("`{}` can be read in two ways", number.value))
                .label(number.span, "thousands, or a fraction?")
                .help(format!("write `{whole}_000` for thousands, `{whole}` otherwise"))
                .fix(format!("write `{whole}_000`"), number.span, format!("{whole}_000"))
                .fix(format!("write `{whole}`"), number.span, whole),
        )
    }

    /// The figure of a literal, within a limit.
    pub(in crate::check) fn figure(&self, number: &Literal, limit: Decimal) -> Option<Decimal> {
        if let Some(finding) = badly_grouped(number) {
            return self.refuse(finding);
        }
        let problem = match Decimal::parse(&number.value.replace('_', "")) {
            Ok(figure) if figure.within(limit) => return Some(figure),
            Ok(_) | Err(DecimalError::TooLarge) => {
                let digits = if limit == Decimal::MAX_MONEY { 15 } else { 11 };
                format!("at most {digits} digits may stand before the point")
            }
            Err(DecimalError::TooFine) => "at most 6 digits may stand after the point".to_owned(),
            Err(DecimalError::NotANumber) => "write digits, with a point before the fraction: `1_250.50`".to_owned(),
        };
        self.refuse(
            Diagnostic::new(code::OUT_OF_RANGE, format!("`{}` is out of range", number.value))
                .label(number.span, "does not fit")
                .help(problem),
        )
    }

    /// A whole number; `what` is counted.
    pub(in crate::check) fn whole(&self, number: &Literal, what: &str) -> Option<i64> {
        let figure = self.figure(number, Decimal::MAX_NUMBER)?;
        let millions = figure.millionths() / 1_000_000;
        let below = i64::try_from(millions).unwrap_or(i64::MAX);
        if figure.is_whole() && !number.value.contains('.') {
            return Some(below);
        }
        let finding = Diagnostic::new(code::NOT_WHOLE, format!("{what} are whole numbers, not `{}`", number.value))
            .label(number.span, "not a whole number");
        self.refuse(if figure.is_whole() {
            let whole = below.to_string();
            finding.help(format!("write `{}`", counted(below, what))).fix(
                format!("write `{whole}`"),
                number.span,
                whole,
            )
        } else {
            finding.help(format!("write `{}` or `{}`", counted(below, what), counted(below.saturating_add(1), what)))
        })
    }

    /// Refuses a count outside its range.
    pub(in crate::check) fn within(
        &self,
        count: i64,
        range: std::ops::RangeInclusive<i64>,
        span: Span,
        what: &str,
    ) -> Option<()> {
        if range.contains(&count) {
            return Some(());
        }
        let (least, most) = (range.start(), separated(*range.end()));
        self.refuse(
            Diagnostic::new(code::OUT_OF_RANGE, format!("`{}` is out of range", counted(count, what)))
                .label(span, "out of range")
                .help(format!("write a number from {least} to {most}")),
        )
    }
}

/// `1 day`, `3 days`: a count with its word in the plural, as it is written in a program.
fn counted(count: i64, what: &str) -> String {
    let word = if count == 1 { what.strip_suffix('s').unwrap_or(what) } else { what };
    format!("{} {word}", separated(count))
}

/// `100_000`: a number as it is written in a program.
fn separated(count: i64) -> String {
    grouped(&count.to_string()).replace(',', "_")
}

/// `5.000` as `5` and `000`, where the point may stand for thousands.
fn thousands_like(number: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = number.split_once('.')?;
    let like = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    like.then_some((whole, fraction))
}

/// The finding for `1_00`: `_` separates thousands and nothing else.
fn badly_grouped(number: &Literal) -> Option<Diagnostic> {
    let (whole, fraction) = number.value.split_once('.').unwrap_or((&number.value, ""));
    let mut groups = whole.split('_');
    let first = groups.next().unwrap_or("");
    let good = !fraction.contains('_')
        && (!whole.contains('_') || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3));
    if good {
        return None;
    }
    let digits: Vec<char> = whole.chars().filter(|c| *c != '_').collect();
    let mut regrouped: Vec<String> = digits.rchunks(3).map(|group| group.iter().collect()).collect();
    regrouped.reverse();
    let point = if number.value.contains('.') { "." } else { "" };
    let better = format!("{}{point}{}", regrouped.join("_"), fraction.replace('_', ""));
    Some(
        Diagnostic::new(code::MISLEADING_NUMBER, format!("`_` separates thousands, not so in `{}`", number.value))
            .label(number.span, "groups of three digits")
            .help(format!("write `{better}`, if that is what you mean"))
            .fix(format!("write `{better}`"), number.span, better),
    )
}

fn lone_working_days(number: &Literal, span: Span) -> Diagnostic {
    let days = format!("{} days", number.value);
    Diagnostic::new(code::LONE_WORKING_DAYS, "working days stand only after `after`, `every`, or with a date")
        .label(span, "working days of when?")
        .help(format!("write `{days}`, or count from a date: `due_date + {} working days`", number.value))
}

fn unknown_unit(number: &Literal, word: &Name, span: Span) -> Diagnostic {
    let finding =
        Diagnostic::new(code::UNKNOWN_UNIT, format!("`{}` is not a unit", word.value)).label(word.span, "not a unit");
    let lower = word.value.to_lowercase();
    if let Some((days, why)) = calendar_unit(&lower) {
        let finding = finding.clone();
        return match number.value.parse::<i64>().ok().and_then(|count| count.checked_mul(days)) {
            Some(total) => {
                let better = format!("{total} days");
                finding.help(format!("write `{better}`: {why}")).fix(format!("write `{better}`"), span, better)
            }
            None => finding.help(format!("write days: {why}")),
        };
    }
    let better = match lower.as_str() {
        "percent" | "pct" | "procent" | "pourcent" => Some("%".to_owned()),
        "d" | "dag" | "dagen" | "jours" | "tage" => Some("days".to_owned()),
        "w" | "wk" => Some("weeks".to_owned()),
        "workdays" | "workday" | "weekdays" | "weekday" | "business" | "workingdays" | "working" => {
            Some("working days".to_owned())
        }
        "hour" | "hours" | "h" | "minute" | "minutes" => {
            return finding.help("the smallest unit of time is a day: write `1 day`");
        }
        _ => nearest(&word.value, UNITS.iter().copied()).map(str::to_owned).or_else(|| currency_meant(&word.value)),
    };
    match better {
        Some(better) => finding.help(format!("write `{} {better}`", number.value)).fix(
            format!("write `{better}`"),
            word.span,
            better,
        ),
        None => finding.help("the units are `days`, `weeks`, `working days`, `%`, and a currency such as `EUR`"),
    }
}

/// Units whose length in days differs, with the days to write instead and the reason.
fn calendar_unit(word: &str) -> Option<(i64, &'static str)> {
    match word {
        "month" | "months" | "mo" | "maand" | "maanden" | "mois" => Some((30, "months differ in length")),
        "quarter" | "quarters" => Some((90, "quarters differ in length")),
        "year" | "years" | "y" | "jaar" => Some((365, "years differ in length")),
        _ => None,
    }
}

impl Context<'_> {
    /// Help for a value of the wrong type: a number without the unit that is wanted, a date in quotes.
    pub(in crate::check) fn with_unit_help(&self, finding: Diagnostic, expr: &ast::Expr, wanted: &Type) -> Diagnostic {
        let Some(better) = self.in_unit(expr, wanted) else { return finding };
        finding.help(format!("write `{better}`")).fix(format!("write `{better}`"), expr.at(), better)
    }

    /// A literal as it would be written with the wanted type.
    fn in_unit(&self, expr: &ast::Expr, wanted: &Type) -> Option<String> {
        match (&expr.kind, wanted) {
            (ast::ExprKind::Number(number, None), wanted) => {
                let figure = &number.value;
                match wanted {
                    Type::Money => Some(format!("{figure} {}", self.symbols.ledger.currency)),
                    Type::Percent => Some(format!("{figure} %")),
                    Type::Days if figure == "1" => Some("1 day".to_owned()),
                    Type::Days if !figure.contains('.') => Some(format!("{figure} days")),
                    Type::Text => Some(format!("\"{figure}\"")),
                    _ => None,
                }
            }
            (ast::ExprKind::Number(number, Some(_)), Type::Number) => Some(number.value.clone()),
            (ast::ExprKind::Text(text), Type::Date) => {
                crate::base::Date::parse(text.trim()).map(|date| date.to_string())
            }
            (ast::ExprKind::Negate(inner), wanted) => self.in_unit(inner, wanted).map(|better| format!("-{better}")),
            _ => None,
        }
    }
}
