//! The tables about what was agreed and done: `promises`, `holds`, `status_history`, `history`.

use crate::base::{Diagnostic, code};
use crate::ledger::read::faults::Faults;
use crate::ledger::read::intern::Pool;
use crate::ledger::read::joins::{Joins, group};
use crate::ledger::read::money::settle;
use crate::ledger::read::sheet::Sheet;
use crate::ledger::snapshot::{DocumentRow, Grouped, HistoryEntry, Hold, Outcome, Promise, StatusChange};
use crate::schema::LedgerSchema;

/// Reads the promises to pay.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn promises(
    sheet: Sheet,
    schema: &LedgerSchema,
    joins: &Joins<'_>,
    faults: &mut Faults,
) -> Result<Grouped<Promise>, Vec<Diagnostic>> {
    let columns = ["customer", "document", "amount", "currency", "made_on", "due_on"].map(|name| sheet.column(name));
    let [customer, document, amount, currency, made_on, due_on] = columns;
    let rows = joins.rows(sheet, faults, (Some("customer"), Some("document")), |sheet, faults| {
        let owner = joins.owner(sheet, customer, document, faults);
        let promised = sheet.amount(amount);
        let stated = sheet.currency(currency);
        let (made, due) = (sheet.date(made_on), sheet.date(due_on));
        let found = settle(sheet, stated, promised.map(|promised| (amount, promised)).into_iter(), schema.currency);
        let (made_on, due_on_date) = (made?, due?);
        if due_on_date < made_on {
            let message = format!("promised for {due_on_date}, before it was made on {made_on}");
            sheet.note(due_on, code::DATES_OUT_OF_ORDER, message, "correct one of the dates");
        }
        let owner = owner?;
        let promise = Promise {
            document: owner.document,
            amount: promised.map(|promised| promised.value),
            currency: found,
            made_on,
            due_on: due_on_date,
        };
        Some((owner.customer.0, promise))
    })?;
    let key = |promise: &Promise| (promise.made_on, promise.due_on, promise.document, promise.amount, promise.currency);
    Ok(group(rows, joins.customers.len(), |one, other| key(one).cmp(&key(other))))
}

/// Reads the holds.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn holds(sheet: Sheet, joins: &Joins<'_>, faults: &mut Faults) -> Result<Grouped<Hold>, Vec<Diagnostic>> {
    let columns = ["customer", "document", "from", "until", "reason", "freezes"].map(|name| sheet.column(name));
    let [customer, document, from, until, reason, freezes] = columns;
    let mut pool = Pool::default();
    let rows = joins.rows(sheet, faults, (Some("customer"), Some("document")), |sheet, faults| {
        let owner = joins.owner(sheet, customer, document, faults);
        let (first, last) = (sheet.date(from), sheet.date(until));
        let reason = sheet.text(reason).map(|text| pool.share(&text));
        let freezes = sheet.flag(freezes).unwrap_or(false);
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            let message = format!("this hold ends on {last}, before it begins on {first}");
            sheet.note(
                until,
                code::HOLD_WITHOUT_DAYS,
                message,
                "correct one of the dates; both days belong to the hold",
            );
        }
        let owner = owner?;
        Some((owner.customer.0, Hold { document: owner.document, from: first, until: last, reason, freezes }))
    })?;
    let order = |one: &Hold, other: &Hold| {
        let days = |hold: &Hold| (hold.from, hold.until, hold.document, hold.freezes);
        days(one).cmp(&days(other)).then_with(|| one.reason.cmp(&other.reason))
    };
    Ok(group(rows, joins.customers.len(), order))
}

/// Reads the statuses by date. Before its first entry a document has the first status of the list,
/// which is put in on its issue date.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn status_history(
    sheet: Sheet,
    schema: &LedgerSchema,
    joins: &Joins<'_>,
    faults: &mut Faults,
) -> Result<Grouped<StatusChange>, Vec<Diagnostic>> {
    let [document, date, status] = ["document", "date", "status"].map(|name| sheet.column(name));
    let mut rows = joins.rows(sheet, faults, (None, Some("document")), |sheet, _| {
        let known = joins.document(sheet, document);
        let (date, status) = (sheet.date(date), sheet.listed(status));
        Some((known?.row?.0, StatusChange { date: date?, status: status? }))
    })?;
    let key = |change: &StatusChange| (change.date, change.status);
    rows.sort_by_key(|(document, change)| (*document, key(change)));
    contradictions(&rows, schema, joins, faults);
    let initial = schema.statuses.values().first().and_then(|status| schema.statuses.code(status)).unwrap_or(0);
    let mut previous = None;
    let mut first_entries = Vec::new();
    for (document, change) in &rows {
        let issued = joins.documents.issue_date.get(*document as usize).copied();
        if previous != Some(*document) {
            first_entries.extend(
                issued
                    .filter(|issued| *issued < change.date)
                    .map(|date| (*document, StatusChange { date, status: initial })),
            );
        }
        previous = Some(*document);
    }
    rows.extend(first_entries);
    Ok(group(rows, joins.index.len(), |one, other| key(one).cmp(&key(other))))
}

/// Reports documents that have two statuses from one day on.
fn contradictions(rows: &[(u32, StatusChange)], schema: &LedgerSchema, joins: &Joins<'_>, faults: &mut Faults) {
    for pair in rows.windows(2) {
        let [(document, one), (same, other)] = pair else { continue };
        if document != same || one.date != other.date || one.status == other.status {
            continue;
        }
        let id = joins.documents.id.get(*document as usize);
        let status = |change: &StatusChange| schema.statuses.value(change.status).to_owned();
        let message =
            format!("`{id}` has two statuses from {} on: `{}` and `{}`", one.date, status(one), status(other));
        let finding = Diagnostic::new(code::TWO_STATUSES, message).at_data(joins.index.place(id), "");
        let owner = joins.documents.customer.get(*document as usize).and_then(|owner| joins.customers.id(*owner));
        faults.add([finding.help("keep the later of the two rows in `status_history`")], owner);
    }
}

/// Reads the outcomes that other systems recorded.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn history(
    sheet: Sheet,
    joins: &Joins<'_>,
    faults: &mut Faults,
) -> Result<Grouped<HistoryEntry>, Vec<Diagnostic>> {
    let columns = ["customer", "document", "date", "outcome"].map(|name| sheet.column(name));
    let [customer, document, date, outcome] = columns;
    let [procedure, step, result, by, reason] =
        ["procedure", "step", "result", "by", "reason"].map(|name| sheet.column(name));
    let mut pool = Pool::default();
    let rows = joins.rows(sheet, faults, (Some("customer"), Some("document")), |sheet, faults| {
        let owner = joins.owner(sheet, customer, document, faults);
        let (date, outcome) = (sheet.date(date), sheet.listed_text(outcome));
        let mut text = |column| sheet.text(column).map(|text| pool.share(&text));
        let (procedure, step, result, by, reason) = (text(procedure), text(step), text(result), text(by), text(reason));
        let outcome = match outcome?.as_str() {
            "skipped" => Outcome::Skipped,
            "contact" => Outcome::Contact,
            _ => Outcome::Done,
        };
        let owner = owner?;
        let entry =
            HistoryEntry { date: date?, document: owner.document, procedure, step, outcome, result, by, reason };
        Some((owner.customer.0, entry))
    })?;
    Ok(group(rows, joins.customers.len(), |one, other| {
        let key = |entry: &HistoryEntry| -> (_, Option<DocumentRow>, _) { (entry.date, entry.document, entry.outcome) };
        let texts = |entry: &HistoryEntry| {
            [&entry.procedure, &entry.step, &entry.result, &entry.by, &entry.reason].map(Clone::clone)
        };
        key(one).cmp(&key(other)).then_with(|| texts(one).cmp(&texts(other)))
    }))
}
