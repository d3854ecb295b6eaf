//! The tables about the surroundings: `recipients` and `rates`.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::{choice, count, nearest};
use crate::base::{Currency, DataPlace, Date, Diagnostic, code};
use crate::ledger::read::faults::{Faults, any_error};
use crate::ledger::read::intern::Pool;
use crate::ledger::read::joins::{Joins, group};
use crate::ledger::read::sheet::Sheet;
use crate::ledger::snapshot::{Grouped, Rates, Recipient};
use crate::schema::LedgerSchema;

/// Reads who plays which role. Rows of roles that the program does not declare are left out, with
/// one finding for each such role.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn recipients(
    sheet: Sheet,
    schema: &LedgerSchema,
    joins: &Joins<'_>,
    faults: &mut Faults,
) -> Result<Grouped<Recipient>, Vec<Diagnostic>> {
    let columns = ["customer", "role", "name", "email", "phone", "language"].map(|name| sheet.column(name));
    let [customer, role, name, email, phone, language] = columns;
    let mut pool = Pool::default();
    let mut undeclared: BTreeMap<String, (DataPlace, i64)> = BTreeMap::new();
    let mut seen: BTreeMap<(u32, String), u64> = BTreeMap::new();
    let rows = joins.rows(sheet, faults, (Some("customer"), None), |sheet, _| {
        let owner = joins.customer(sheet, customer);
        let role_name = sheet.text(role)?.into_owned();
        if !schema.recipients.contains(&role_name) {
            undeclared.entry(role_name).or_insert_with(|| (sheet.place(role), 0)).1 += 1;
            return None;
        }
        let owner = owner?;
        if let Some(first) = seen.insert((owner.0, role_name.clone()), sheet.line()) {
            let place = DataPlace { file: sheet.file.clone(), line: Some(first), ..DataPlace::default() };
            let message = format!("the customer has two recipients in the role `{role_name}`");
            let finding = Diagnostic::new(code::TWO_RECIPIENTS, message).at_data(sheet.place(role), "");
            sheet.add_note(
                finding.at_data(place, "the other one").help("keep one of the rows: a role is played by one"),
            );
        }
        let mut text = |column| sheet.text(column).map(|text| pool.share(&text));
        let (name, email, phone, language) = (text(name), text(email), text(phone), text(language));
        Some((owner.0, Recipient { role: pool.share(&role_name), name, email, phone, language }))
    })?;
    for (role, (place, rows)) in undeclared {
        let message = format!("no recipient `{role}` is declared ({})", count(rows, "row", "rows"));
        let declared: Vec<&str> = schema.recipients.iter().map(String::as_str).collect();
        let help = match (nearest(&role, declared.iter().copied()), declared.is_empty()) {
            (Some(near), _) => format!("write `{near}`"),
            (None, true) => format!("add `recipient {role}` to the program's `ledger`, or take the rows away"),
            (None, false) => {
                format!("write {}, or add it after `recipient` in the program's `ledger`", choice(&declared))
            }
        };
        faults.add([Diagnostic::new(code::UNDECLARED_ROLE, message).at_data(place, "").help(help)], None);
    }
    Ok(group(rows, joins.customers.len(), |one, other| {
        let key = |who: &Recipient| {
            [Some(who.role.clone()), who.name.clone(), who.email.clone(), who.phone.clone(), who.language.clone()]
        };
        key(one).cmp(&key(other))
    }))
}

/// Reads the exchange rates. When one of a currency cannot be read, none of that currency is kept:
/// an older rate in its place would be a guess. The customers who need it are then told so (`S16`).
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn rates(mut sheet: Sheet, schema: &LedgerSchema, faults: &mut Faults) -> Result<Rates, Vec<Diagnostic>> {
    let [currency, date, rate] = ["currency", "date", "rate"].map(|name| sheet.column(name));
    let mut rates: BTreeMap<(Currency, Date), (i128, u64)> = BTreeMap::new();
    let mut spoilt: BTreeSet<Currency> = BTreeSet::new();
    while sheet.advance()? {
        let known = sheet.glance(currency).and_then(|code| Currency::parse(&code));
        if !sheet.is_broken() {
            let (code, day, value) = (sheet.currency(currency), sheet.date(date), sheet.rate(rate));
            if let Some(value) = value {
                if value <= 0 {
                    sheet.note(
                        rate,
                        code::BAD_RATE,
                        "a rate must be more than 0",
                        "write what one unit is worth in the reporting currency",
                    );
                }
                if code == Some(schema.currency) && value != Rates::SCALE {
                    let message = format!("{} is the reporting currency: its rate is 1", schema.currency);
                    sheet.note(rate, code::BAD_RATE, message, "take the row away");
                }
            }
            if let (Some(code), Some(day), Some(value)) = (code, day, value) {
                let first = rates.entry((code, day)).or_insert_with(|| (value, sheet.line()));
                if first.0 != value {
                    let place = DataPlace { file: sheet.file.clone(), line: Some(first.1), ..DataPlace::default() };
                    let message = format!("there are two rates of {code} on {day}");
                    let finding = Diagnostic::new(code::BAD_RATE, message).at_data(sheet.place(rate), "");
                    sheet.add_note(finding.at_data(place, "the other one").help("keep the right one"));
                }
            }
        }
        let notes = sheet.take_notes();
        if any_error(&notes) {
            spoilt.extend(known);
        }
        faults.add(notes, None);
    }
    let kept = rates.into_iter().filter(|((currency, _), _)| !spoilt.contains(currency));
    Ok(Rates { rows: kept.map(|((currency, date), (rate, _))| (currency, date, rate)).collect() })
}
