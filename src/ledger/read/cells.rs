//! One cell to one value, exactly or not at all; and what to say when it is none.

use std::borrow::Cow;

use crate::base::text::{choice, nearest};
use crate::base::{Code, Currency, Date, Decimal, code};
use crate::ledger::dates::{DateFormat, possible_forms};
use crate::ledger::numbers::{Figure, NoFigure, NumberFormat, Room, explain};
use crate::ledger::read::column::{CellType, Column};
use crate::ledger::read::table::Cell;
use crate::schema::ClosedList;

/// Why a cell has no value: becomes a finding where its place is known.
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: String,
    /// How little it tells about the whole column: 0 for `28/02/2012`, more for `03/04/2012` and `04/04/2012`.
    pub(crate) vagueness: u8,
}

impl Problem {
    pub(crate) fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), vagueness: 0 }
    }
}

/// An amount as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) value: Decimal,
    /// The currency, where the cell names one.
    pub(crate) currency: Option<Currency>,
    /// Whether the point may as well separate thousands, as in `5.000`.
    pub(crate) like_thousands: bool,
}

/// The text of a cell.
pub(crate) fn text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) | Cell::Plain(text) => text,
        Cell::Date(date) => date.to_string().into(),
        Cell::Flag(flag) => if flag { "yes" } else { "no" }.into(),
        Cell::Garbled(text) => text.into(),
        Cell::Missing => "".into(),
    }
}

/// The date in a cell.
pub(crate) fn date(cell: Cell<'_>, column: &Column) -> Result<Date, Problem> {
    let stated = match cell {
        Cell::Date(date) => return Ok(date),
        Cell::Text(_) => column.formats.dates.as_ref(),
        _ => None,
    };
    let text = text(cell);
    let date = stated.map_or_else(|| Date::parse(&text), |form| form.read(&text));
    date.ok_or_else(|| no_date(&text, stated.map(ToString::to_string)))
}

fn no_date(text: &str, stated: Option<String>) -> Problem {
    let forms: Vec<String> = possible_forms(text).into_iter().filter(|form| Some(form) != stated.as_ref()).collect();
    let state = |form: &String| format!("`dates = \"{form}\"`");
    let form = stated.as_deref().unwrap_or("YYYY-MM-DD");
    match forms.as_slice() {
        [] => impossible_date(text, form),
        [only] => Problem::new(
            code::BAD_DATE,
            format!("`{text}` is no date of the form {form}"),
            format!("if the export writes dates like this, write {} below `[format]` in `dunlin.toml`", state(only)),
        ),
        [first, second, ..] => {
            let meant = |form: &String| {
                let date = DateFormat::parse(form).ok().and_then(|form| form.read(text));
                date.map_or_else(String::new, |date| date.to_string())
            };
            let help = format!(
                "write {} or {} below `[format]` in `dunlin.toml`, as the export means it",
                state(first),
                state(second)
            );
            let (one, other) = (meant(first), meant(second));
            let vagueness = if one == other { 2 } else { 1 };
            let message = if one == other {
                format!("`{text}` is no date of the form {form}")
            } else {
                format!("`{text}` may be {one} or {other}")
            };
            Problem { vagueness, ..Problem::new(code::BAD_DATE, message, help) }
        }
    }
}

/// A date that no form can read: no such day, a year no ledger has, or no date at all.
fn impossible_date(text: &str, form: &str) -> Problem {
    let empty =
        format!("let it count as empty with `values = {{ \"{text}\" = \"\" }}` for this column in `dunlin.toml`");
    let groups: Vec<&str> = text.split(|char: char| !char.is_ascii_digit()).collect();
    let year = groups.iter().filter(|group| group.len() == 4).find_map(|group| group.parse::<i32>().ok());
    let (message, help) = match year {
        Some(year) if groups.len() == 3 && !(Date::FIRST_YEAR..=Date::LAST_YEAR).contains(&year) => {
            (format!("`{text}` lies outside the years 1900 to 2999"), format!("correct it, or {empty}"))
        }
        Some(_) if groups.len() == 3 => (format!("there is no day `{text}`"), "correct the date".to_owned()),
        _ => (format!("`{text}` is no date of the form {form}"), format!("correct it, or {empty}")),
    };
    Problem::new(code::BAD_DATE, message, help)
}

fn figure(cell: &Cell<'_>, text: &str, format: NumberFormat, room: Room) -> Result<Figure, Problem> {
    let format = if matches!(cell, Cell::Text(_)) { format } else { NumberFormat::PLAIN };
    let no_number = |reason: &str, help: String| Problem::new(code::BAD_NUMBER, format!("`{text}` {reason}"), help);
    format.read(text, room).map_err(|why| match why {
        NoFigure::Form => {
            let (reason, help) = explain(text);
            no_number(reason, help)
        }
        NoFigure::TooFine => no_number(
            &format!("has more than {} digits after the point", room.places),
            format!("export it rounded to {} digits or fewer", room.places),
        ),
        NoFigure::TooLarge => no_number(
            &format!("has more than {} digits before the point", room.whole),
            "correct it; no ledger needs so large a number here".to_owned(),
        ),
    })
}

/// The amount of money in a cell.
pub(crate) fn amount(cell: Cell<'_>, column: &Column) -> Result<Amount, Problem> {
    let raw = text(cell.clone());
    let (number, currency) = match cell {
        Cell::Text(_) => column.formats.split_symbol(&raw),
        _ => (raw.as_ref().into(), None),
    };
    match figure(&cell, &number, column.formats.numbers, Room::MONEY) {
        Ok(figure) => Ok(Amount {
            value: Decimal::from_millionths(figure.units),
            currency,
            like_thousands: figure.like_thousands && matches!(cell, Cell::Text(_)),
        }),
        Err(problem) => Err(if currency.is_none() { unstated_symbol(&raw).unwrap_or(problem) } else { problem }),
    }
}

/// The finding for an amount with a currency that `[format]` does not state, if that is what it is.
fn unstated_symbol(text: &str) -> Option<Problem> {
    const SIGNS: [(&str, &str); 6] =
        [("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("$", "USD"), ("zł", "PLN"), ("Kč", "CZK")];
    let symbol = text
        .trim_matches(|char: char| char.is_ascii_digit() || "+-().,'\u{2019}".contains(char) || char.is_whitespace());
    let known = SIGNS.iter().find(|(sign, _)| *sign == symbol).map(|(_, code)| *code);
    let meant = known.or_else(|| Currency::parse(symbol).map(|_| symbol))?;
    text.bytes().any(|byte| byte.is_ascii_digit()).then(|| {
        Problem::new(
            code::BAD_NUMBER,
            format!("`{text}` has a currency in it"),
            format!("write `symbols = {{ \"{symbol}\" = \"{meant}\" }}` below `[format]` in `dunlin.toml`"),
        )
    })
}

/// The plain number or percentage in a cell.
pub(crate) fn number(cell: Cell<'_>, column: &Column) -> Result<Decimal, Problem> {
    let text = text(cell.clone());
    let bare = match column.ty {
        CellType::Percent => text.strip_suffix('%').map_or(text.as_ref(), str::trim_end),
        _ => text.as_ref(),
    };
    figure(&cell, bare, column.formats.numbers, Room::NUMBER).map(|figure| Decimal::from_millionths(figure.units))
}

/// The exchange rate in a cell, in units of its tenth digit.
pub(crate) fn rate(cell: Cell<'_>, column: &Column) -> Result<i128, Problem> {
    let text = text(cell.clone());
    figure(&cell, &text, column.formats.numbers, Room::RATE).map(|figure| figure.units)
}

/// The whole number of days in a cell.
pub(crate) fn days(cell: Cell<'_>, column: &Column) -> Result<i64, Problem> {
    /// More days than lie between any two dates of a ledger; far from any overflow.
    const MOST: i64 = 1_000_000;
    let value = number(cell.clone(), column)?;
    let whole = value.is_whole().then_some(value.millionths() / 1_000_000).and_then(|days| i64::try_from(days).ok());
    whole.filter(|days| days.abs() <= MOST).ok_or_else(|| {
        let message = format!("`{}` is no whole number of days up to {MOST}", text(cell));
        Problem::new(code::BAD_NUMBER, message, "write whole days, as in `30`")
    })
}

/// `yes` or `no` in a cell.
pub(crate) fn flag(cell: Cell<'_>, column: &Column) -> Result<bool, Problem> {
    if let Cell::Flag(flag) = cell {
        return Ok(flag);
    }
    let text = text(cell);
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["yes", "true", "1"]) {
        return Ok(true);
    }
    if is(["no", "false", "0"]) {
        return Ok(false);
    }
    let help = format!("write `yes` or `no`, or {}", translate(&text, "yes", column));
    Err(Problem::new(code::NOT_IN_LIST, format!("`{text}` is neither yes nor no"), help))
}

/// The currency in a cell.
pub(crate) fn currency(cell: Cell<'_>, column: &Column) -> Result<Currency, Problem> {
    const USUAL: [&str; 14] =
        ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY", "CAD", "AUD", "CNY"];
    let text = text(cell);
    Currency::parse(&text).ok_or_else(|| {
        let upper = text.to_uppercase();
        let near = USUAL.into_iter().find(|code| *code == upper).or_else(|| nearest(&text, USUAL));
        let write = near.map_or_else(|| "three capital letters, as in `EUR`".to_owned(), |near| format!("`{near}`"));
        let help = format!("write {write}, or {}", translate(&text, near.unwrap_or("…"), column));
        Problem::new(code::BAD_CURRENCY, format!("`{text}` is no currency of ISO 4217"), help)
    })
}

/// The code of the value of a closed list in a cell.
pub(crate) fn listed(cell: Cell<'_>, column: &Column, list: &ClosedList) -> Result<u16, Problem> {
    let text = text(cell);
    list.code(&text).ok_or_else(|| {
        let near = nearest(&text, list.values().iter().map(String::as_str));
        let write = near.map_or_else(|| shortened_choice(list.values()), |near| format!("`{near}`"));
        let help = format!("write {write}, or {}", translate(&text, near.unwrap_or("…"), column));
        Problem::new(code::NOT_IN_LIST, format!("`{text}` is not in the list `{}`", list.name()), help)
    })
}

/// A choice that stays readable however long the list is.
pub(crate) fn shortened_choice(values: &[String]) -> String {
    const MOST: usize = 12;
    match values.get(..MOST) {
        Some(first) if values.len() > MOST => format!("{} or another value of the list", choice(first)),
        _ => choice(values),
    }
}

fn translate(from: &str, to: &str, column: &Column) -> String {
    let values = format!("values = {{ \"{from}\" = \"{to}\" }}");
    format!("translate it with `{} = {{ column = \"{}\", {values} }}` {}", column.name, column.in_file, column.below())
}
