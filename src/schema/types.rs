//! The types of the language (design, section 2).

use std::fmt;
use std::sync::Arc;

use crate::schema::Owner;

/// The type of a value that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text, compared byte for byte after trimming and NFC.
    Text,
    /// An exact decimal.
    Number,
    /// An exact decimal per hundred.
    Percent,
    /// An amount in a currency.
    Money,
    /// A civil date.
    Date,
    /// A whole number of days.
    Days,
    /// `yes` or `no`.
    Flag,
    /// One of the values of a closed list.
    List(ClosedList),
}

impl Type {
    /// With its article, for messages: `an amount of money`.
    #[must_use]
    pub fn described(&self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::Number => "a number".into(),
            Self::Percent => "a percentage".into(),
            Self::Money => "an amount of money".into(),
            Self::Date => "a date".into(),
            Self::Days => "a number of days".into(),
            Self::Flag => "yes or no".into(),
            Self::List(list) => format!("a value of the list `{}`", list.name()),
        }
    }
}

/// The word that declares it: `money`; for a closed list its values.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Date => "date",
            Self::Days => "days",
            Self::Flag => "flag",
            Self::List(list) => return write!(f, "{}", list.values().join(" | ")),
        })
    }
}

/// A type and whether the value may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The type when it is there.
    pub ty: Type,
    /// Whether it may be missing (`T?`).
    pub optional: bool,
}

impl Typed {
    /// `T`: always there.
    #[must_use]
    pub const fn present(ty: Type) -> Self {
        Self { ty, optional: false }
    }

    /// `T?`: may be missing.
    #[must_use]
    pub const fn optional(ty: Type) -> Self {
        Self { ty, optional: true }
    }
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.ty, if self.optional { "?" } else { "" })
    }
}

/// What declares a closed list: where its values are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListOf {
    /// A field: `segment`.
    Field(Owner, String),
    /// `results a | b` of a step.
    Results {
        /// Its procedure.
        procedure: String,
        /// Its name.
        step: String,
    },
    /// A column of the table `history` that is no field: `outcome`.
    History(&'static str),
}

impl ListOf {
    /// The list of a document's field.
    #[must_use]
    pub fn document(field: &str) -> Self {
        Self::Field(Owner::Document, field.to_owned())
    }
}

/// What the list is called in messages.
impl fmt::Display for ListOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(_, name) => f.write_str(name),
            Self::Results { step, .. } => write!(f, "result of {step}"),
            Self::History(column) => f.write_str(column),
        }
    }
}

/// A closed list of values.
///
/// Two lists are the same type exactly when they have the same values, in whatever order they were
/// written. A value's [`code`](ClosedList::code) is its place among the sorted values, so codes of
/// equal lists agree.
#[derive(Debug, Clone)]
pub struct ClosedList(Arc<Values>);

#[derive(Debug)]
struct Values {
    of: ListOf,
    name: String,
    written: Vec<String>,
    sorted: Vec<String>,
}

impl ClosedList {
    /// The list that `of` declares, with `values` as written; repeats are dropped.
    pub fn new<S: Into<String>>(of: ListOf, values: impl IntoIterator<Item = S>) -> Self {
        let mut written: Vec<String> = Vec::new();
        for value in values {
            let value = value.into();
            if !written.contains(&value) {
                written.push(value);
            }
        }
        let mut sorted = written.clone();
        sorted.sort_unstable();
        Self(Arc::new(Values { name: of.to_string(), of, written, sorted }))
    }

    /// What declares it.
    #[must_use]
    pub fn of(&self) -> &ListOf {
        &self.0.of
    }

    /// What it is called in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The values in written order.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.0.written
    }

    /// The code of a value; `None` if the list has no such value.
    #[must_use]
    pub fn code(&self, value: &str) -> Option<u16> {
        let index = self.0.sorted.binary_search_by(|known| known.as_str().cmp(value)).ok()?;
        u16::try_from(index).ok()
    }

    /// The value of a code; empty if there is none.
    #[must_use]
    pub fn value(&self, code: u16) -> &str {
        self.0.sorted.get(usize::from(code)).map_or("", String::as_str)
    }
}

impl PartialEq for ClosedList {
    fn eq(&self, other: &Self) -> bool {
        self.0.sorted == other.0.sorted
    }
}

impl Eq for ClosedList {}
