//! The currency of a row: its currency column, the signs in its amounts, and whether they agree.

use crate::base::{Currency, code};
use crate::ledger::read::cells::Amount;
use crate::ledger::read::sheet::{ColumnId, Sheet};

/// The currency of a row with these amounts: the one its column states, otherwise the one that
/// stands in the amounts. Notes where they contradict each other, and amounts like `5.000` that
/// may be meant in two ways.
pub(crate) fn settle(
    sheet: &Sheet,
    stated: Option<Currency>,
    amounts: impl Iterator<Item = (ColumnId, Amount)> + Clone,
    fallback: Currency,
) -> Option<Currency> {
    let mut known = stated;
    for (id, amount) in amounts.clone() {
        match (known, amount.currency) {
            (Some(one), Some(other)) if one != other => {
                let message = format!("this amount is in {other}, the row in {one}");
                sheet.note(
                    id,
                    code::TWO_CURRENCIES,
                    message,
                    "correct the currency column or the amount: a row has one currency",
                );
            }
            (None, found) => known = found,
            _ => {}
        }
    }
    let digits = known.unwrap_or(fallback).minor_digits();
    for (id, amount) in amounts {
        if amount.like_thousands && digits != 3 {
            let text = sheet.glance(id).unwrap_or_default();
            let message = format!("`{text}` may be {} or {}", amount.value, text.replace('.', ""));
            let help = "write `decimal = \".\"` below `[format]` in `dunlin.toml` if the point stands before decimals; `thousands = \".\"` and `decimal = \",\"` if it separates thousands";
            sheet.note(id, code::BAD_NUMBER, message, help);
        }
    }
    known
}
