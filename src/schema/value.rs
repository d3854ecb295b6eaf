//! Values at run time.

use std::sync::Arc;

use crate::base::{Date, Decimal, Money};

/// A value that is there. A missing one is `Option::None` around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text, trimmed and in NFC.
    Text(Arc<str>),
    /// A number.
    Number(Decimal),
    /// The figure before the `%`: 8 for `8 %`.
    Percent(Decimal),
    /// An amount.
    Money(Money),
    /// A date.
    Date(Date),
    /// Whole days.
    Days(i64),
    /// `yes` or `no`.
    Flag(bool),
    /// The code of a value of a closed list; the type knows the list.
    Choice(u16),
}
