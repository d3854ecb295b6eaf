//! The id of a worklist row (`S24`): the same on every run, so that a second delivery changes nothing.
//!
//! It is the first 16 hexadecimal digits of the SHA-256 of nine texts joined by the control
//! character U+001F: procedure, customer, document (empty in a procedure for customer), step, date
//! reached as `2026-03-05`, position of the action counted from 1, action, recipient, currency
//! (empty where there is none). Every SQL engine can compute the same.

use sha2::{Digest, Sha256};

use crate::base::{Currency, Date};

/// What makes a row the same row.
pub(crate) struct Identity<'t> {
    /// The procedure's earliest name, so that a renamed one keeps its ids.
    pub(crate) procedure: &'t str,
    /// The customer's id.
    pub(crate) customer: &'t str,
    /// The document's id, in a procedure for document.
    pub(crate) document: Option<&'t str>,
    /// The step's earliest name.
    pub(crate) step: &'t str,
    /// The day on which the step was reached or fell due.
    pub(crate) reached_on: Date,
    /// The position of the action in its step, counted from 1.
    pub(crate) position: usize,
    /// The action's name.
    pub(crate) action: &'t str,
    /// `customer`, a role, or empty.
    pub(crate) recipient: &'t str,
    /// The currency of the row.
    pub(crate) currency: Option<Currency>,
}

impl Identity<'_> {
    /// The id.
    pub(crate) fn id(&self) -> String {
        let (reached_on, position) = (self.reached_on.to_string(), self.position.to_string());
        let parts = [
            self.procedure,
            self.customer,
            self.document.unwrap_or(""),
            self.step,
            &reached_on,
            &position,
            self.action,
            self.recipient,
            self.currency.as_ref().map_or("", Currency::code),
        ];
        let mut hash = Sha256::new();
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                hash.update([0x1f]);
            }
            hash.update(part.as_bytes());
        }
        let mut id = String::with_capacity(16);
        for byte in hash.finalize().iter().take(8) {
            for digit in [byte >> 4, byte & 15] {
                id.extend(char::from_digit(u32::from(digit), 16));
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_what_sha256sum_says() {
        let identity = Identity {
            procedure: "standard",
            customer: "C1",
            document: None,
            step: "reminder",
            reached_on: Date::new(2026, 3, 5).expect("a day"),
            position: 1,
            action: "email",
            recipient: "customer",
            currency: Currency::parse("EUR"),
        };
        // printf 'standard\x1fC1\x1f\x1freminder\x1f2026-03-05\x1f1\x1femail\x1fcustomer\x1fEUR' | sha256sum
        assert_eq!(identity.id(), "4ffd1be6d7647cb8");
    }
}
