//! The table `payments`, and whether it agrees with the documents.

use crate::base::{Decimal, Diagnostic, Money, code};
use crate::ledger::read::faults::Faults;
use crate::ledger::read::joins::{Joins, group};
use crate::ledger::read::money::settle;
use crate::ledger::read::sheet::Sheet;
use crate::ledger::snapshot::{DocumentRow, Grouped, Payment};

/// Reads the payments.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn read(sheet: Sheet, joins: &Joins<'_>, faults: &mut Faults) -> Result<Grouped<Payment>, Vec<Diagnostic>> {
    let columns = ["document", "date", "amount", "currency"].map(|name| sheet.column(name));
    let [document, date, amount, currency] = columns;
    let rows = joins.rows(sheet, faults, (None, Some("document")), |sheet, _| {
        let known = joins.document(sheet, document);
        let date = sheet.date(date);
        let paid = sheet.amount(amount);
        let stated = sheet.currency(currency);
        let owner = known?.row?;
        let of_document = joins.documents.currency.get(owner.0 as usize).copied()?;
        let paid = paid?;
        let found = settle(sheet, stated, std::iter::once((amount, paid)), of_document);
        if let Some(other) = found.filter(|found| *found != of_document) {
            let place = joins.index.place(&sheet.glance(document).unwrap_or_default());
            let message = format!("this payment is in {other}, its document in {of_document}");
            let finding = Diagnostic::new(code::TWO_CURRENCIES, message)
                .at_data(sheet.place(currency), "")
                .at_data(place, "the document");
            sheet.add_note(finding.help("give the payment in the currency of its document"));
        }
        Some((owner.0, Payment { date: date?, amount: paid.value }))
    })?;
    let payments = group(rows, joins.index.len(), |one, other| (one.date, one.amount).cmp(&(other.date, other.amount)));
    compare(joins, &payments, faults);
    Ok(payments)
}

/// Warns of documents that are paid by more than they amount to, and of those that their table has
/// as settled although the payments leave a rest: by `S2` the payments count.
fn compare(joins: &Joins<'_>, payments: &Grouped<Payment>, faults: &mut Faults) {
    let documents = joins.documents;
    for row in (0..).map(DocumentRow).take(documents.len()) {
        let paid = payments.of(row.0);
        let at = row.0 as usize;
        let (Some(amount), Some(currency)) = (documents.amount.get(at), documents.currency.get(at)) else { continue };
        let Some(rest) = paid.iter().try_fold(*amount, |rest, payment| rest.minus(payment.amount)) else { continue };
        if paid.is_empty() || rest == Decimal::ZERO {
            continue;
        }
        let settled = documents.settled_on.get(at).copied().flatten();
        let overpaid = (rest < Decimal::ZERO) != (*amount < Decimal::ZERO);
        let id = documents.id.get(at);
        let message = match settled {
            _ if overpaid => {
                format!("the payments of `{id}` exceed its amount: {} remain", Money::new(rest, *currency))
            }
            Some(date) => {
                format!("`{id}` is settled on {date}, but its payments leave {} open", Money::new(rest, *currency))
            }
            None => continue,
        };
        let help = "the payments count: correct them, or enter what else settled the document (a discount, a set-off) as a payment";
        let finding = Diagnostic::new(code::PAYMENTS_DISAGREE, message).at_data(joins.index.place(id), "").help(help);
        let owner = documents.customer.get(at).and_then(|owner| joins.customers.id(*owner));
        faults.add([finding], owner);
    }
}
