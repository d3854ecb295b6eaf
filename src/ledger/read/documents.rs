//! The table `documents`: joined to customers, checked row by row, grouped.
//!
//! A document with a fault is not in the snapshot: its customer is set aside. Its id stays known,
//! so that its payments do not count as those of an unknown document.

use crate::base::{Currency, DataPlace, Date, Decimal, Diagnostic, code};
use crate::ledger::read::cells::Amount;
use crate::ledger::read::column::CellType;
use crate::ledger::read::columns::{Held, Values, gather, read_cell};
use crate::ledger::read::customers::CustomerIndex;
use crate::ledger::read::faults::{Faults, any_error};
use crate::ledger::read::index::{DocumentIndex, NONE, Slot};
use crate::ledger::read::intern::row_number;
use crate::ledger::read::joins::{starts, unknown_customer};
use crate::ledger::read::money::settle;
use crate::ledger::read::sheet::{ColumnId, Sheet};
use crate::ledger::snapshot::{CustomerRow, Documents};
use crate::schema::LedgerSchema;

/// The columns of the table.
struct Wiring {
    id: ColumnId,
    customer: ColumnId,
    kind: ColumnId,
    status: ColumnId,
    issue_date: ColumnId,
    due_date: ColumnId,
    amount: ColumnId,
    open_amount: ColumnId,
    currency: ColumnId,
    settled_on: ColumnId,
    first_seen: ColumnId,
    declared: Vec<(ColumnId, CellType)>,
}

impl Wiring {
    fn new(sheet: &Sheet) -> Self {
        let column = |name: &str| sheet.column(name);
        Self {
            id: column("id"),
            customer: column("customer"),
            kind: column("kind"),
            status: column("status"),
            issue_date: column("issue_date"),
            due_date: column("due_date"),
            amount: column("amount"),
            open_amount: column("open_amount"),
            currency: column("currency"),
            settled_on: column("settled_on"),
            first_seen: column("first_seen"),
            declared: sheet.declared().into_iter().map(|(name, ty)| (column(&name), ty)).collect(),
        }
    }
}

/// What holds where a column is not there.
struct Defaults {
    invoice: u16,
    status: u16,
    reporting: Currency,
}

/// A row without its ids and its declared fields.
struct Row {
    kind: u16,
    status: u16,
    issue_date: Date,
    due_date: Date,
    amount: Decimal,
    open_amount: Decimal,
    currency: Currency,
    settled_on: Option<Date>,
    first_seen: Option<Date>,
}

/// Reads the documents.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn read(
    mut sheet: Sheet,
    schema: &LedgerSchema,
    customers: &CustomerIndex,
    faults: &mut Faults,
) -> Result<(Documents, DocumentIndex), Vec<Diagnostic>> {
    let wiring = Wiring::new(&sheet);
    let first_status = schema.statuses.values().first();
    let defaults = Defaults {
        invoice: schema.kinds.code("invoice").unwrap_or(0),
        status: first_status.and_then(|status| schema.statuses.code(status)).unwrap_or(0),
        reporting: schema.currency,
    };
    let declared = wiring.declared.iter().map(|(_, ty)| Values::new(ty)).collect();
    let mut making = Making {
        index: DocumentIndex { file: sheet.file.clone(), ..DocumentIndex::default() },
        wiring,
        defaults,
        customers,
        last_customer: (String::new(), None),
        numbers: Vec::new(),
        owners: Vec::new(),
        rows: Vec::new(),
        declared,
    };
    while sheet.advance()? {
        making.row(&sheet, faults);
    }
    Ok(making.finish())
}

/// Documents in the making, in the order of the file.
struct Making<'a> {
    index: DocumentIndex,
    wiring: Wiring,
    defaults: Defaults,
    customers: &'a CustomerIndex,
    /// Exports are often grouped by customer: the one looked up last.
    last_customer: (String, Option<CustomerRow>),
    /// For each row the number of its id and the row of its customer.
    numbers: Vec<u32>,
    owners: Vec<u32>,
    rows: Vec<Row>,
    declared: Vec<Values>,
}

impl Making<'_> {
    fn row(&mut self, sheet: &Sheet, faults: &mut Faults) {
        let at = (self.wiring.id, self.wiring.customer);
        if sheet.is_broken() {
            let customer = sheet.glance(at.1);
            let owner = customer.as_deref().and_then(|id| self.customers.find(id));
            if let Some(id) = sheet.glance(at.0) {
                self.take_id(sheet, &id, owner, faults);
            }
            return faults.add(sheet.take_notes(), customer.as_deref());
        }
        let id = sheet.text(at.0);
        let customer = sheet.text(at.1);
        let owner = customer.as_deref().and_then(|id| self.find_customer(sheet, id));
        let number = id.as_deref().map(|id| self.take_id(sheet, id, owner, faults));
        let row = self.cells(sheet);
        let declared: Vec<Option<Held<'_>>> =
            self.wiring.declared.iter().map(|(column, ty)| read_cell(sheet, *column, ty)).collect();
        let row = row.and_then(|row| self.settle(sheet, row, &declared));
        let notes = sheet.take_notes();
        let sound = !any_error(&notes);
        if !notes.is_empty() {
            faults.add(notes, customer.as_deref());
        }
        let (true, Some(row), Some(owner), Some(number)) = (sound, row, owner, number) else {
            return;
        };
        if let Some(slot) = self.index.slots.get_mut(number as usize) {
            slot.row = row_number(self.rows.len());
        }
        self.numbers.push(number);
        self.owners.push(owner.0);
        self.rows.push(row);
        for (values, held) in self.declared.iter_mut().zip(&declared) {
            values.push(held.as_ref());
        }
    }

    fn find_customer(&mut self, sheet: &Sheet, id: &str) -> Option<CustomerRow> {
        if self.last_customer.0 != id {
            id.clone_into(&mut self.last_customer.0);
            self.last_customer.1 = self.customers.find(id);
        }
        let owner = self.last_customer.1;
        if owner.is_none() {
            unknown_customer(sheet, self.wiring.customer, id);
        }
        owner
    }

    /// The number of an id. A second row with it is noted, and the first one is taken out again.
    fn take_id(&mut self, sheet: &Sheet, id: &str, owner: Option<CustomerRow>, faults: &mut Faults) -> u32 {
        let customer = owner.map_or(NONE, |owner| owner.0);
        let (number, new) = self.index.ids.insert(id);
        if new {
            self.index.slots.push(Slot { row: NONE, customer, line: sheet.line() });
            return number;
        }
        let first = self.index.place(id);
        let message = format!("the document `{id}` stands here again");
        let help = "give each document one row and an id of its own";
        sheet.add_note(
            Diagnostic::new(code::DUPLICATE_ID, message)
                .at_data(sheet.place(self.wiring.id), "")
                .at_data(first, "first here")
                .help(help),
        );
        self.withdraw(sheet, number, customer, faults);
        number
    }

    /// Takes the first row of a repeated id out, and reports it to its customer if that is another one.
    fn withdraw(&mut self, sheet: &Sheet, number: u32, customer: u32, faults: &mut Faults) {
        let Some(slot) = self.index.slots.get_mut(number as usize) else { return };
        let first = *slot;
        slot.row = NONE;
        if first.row == NONE || first.customer == customer {
            return;
        }
        let place = DataPlace { file: sheet.file.clone(), line: Some(first.line), ..DataPlace::default() };
        let message =
            format!("the document `{}` stands in another row too, for another customer", self.index.ids.get(number));
        let finding = Diagnostic::new(code::DUPLICATE_ID, message)
            .at_data(place, "")
            .at_data(sheet.place(self.wiring.id), "again here")
            .help("give each document one row and an id of its own");
        let owner = self.customers.id(CustomerRow(first.customer)).map(str::to_owned);
        faults.add([finding], owner.as_deref());
    }

    /// The cells of a row; `None` where one that is needed cannot be read, which is noted.
    fn cells(&self, sheet: &Sheet) -> Option<(Row, Amounts)> {
        let wiring = &self.wiring;
        let kind = sheet.listed_or(wiring.kind, self.defaults.invoice);
        let status = sheet.listed_or(wiring.status, self.defaults.status);
        let issue_date = sheet.date(wiring.issue_date);
        // A credit note or payment may lack a due date (S3).
        let may_lack = kind.is_some_and(|kind| kind != self.defaults.invoice);
        let due_date =
            if may_lack && sheet.is_missing(wiring.due_date) { issue_date } else { sheet.date(wiring.due_date) };
        let amount = sheet.amount(wiring.amount);
        let open_amount = sheet.amount(wiring.open_amount);
        let currency = sheet.currency(wiring.currency);
        let settled_on = sheet.date(wiring.settled_on);
        let first_seen = sheet.date(wiring.first_seen);
        let amounts = Amounts { amount, open_amount, currency };
        let row = Row {
            kind: kind?,
            status: status?,
            issue_date: issue_date?,
            due_date: due_date?,
            amount: amount?.value,
            open_amount: open_amount.or(amount)?.value,
            currency: currency.unwrap_or(self.defaults.reporting),
            settled_on,
            first_seen,
        };
        Some((row, amounts))
    }

    /// What the cells of a row say about each other.
    fn settle(&self, sheet: &Sheet, row: (Row, Amounts), declared: &[Option<Held<'_>>]) -> Option<Row> {
        let wiring = &self.wiring;
        let (mut row, amounts) = row;
        let own = [(wiring.amount, amounts.amount), (wiring.open_amount, amounts.open_amount)];
        let own = own.into_iter().filter_map(|(id, amount)| Some((id, amount?)));
        let declared = wiring.declared.iter().zip(declared).filter_map(|((id, _), held)| match held {
            Some(Held::Money(amount)) => Some((*id, *amount)),
            _ => None,
        });
        if let Some(currency) = settle(sheet, amounts.currency, own.chain(declared), self.defaults.reporting) {
            row.currency = currency;
        }
        self.check_signs(sheet, &mut row);
        self.check_dates(sheet, &row);
        Some(row)
    }

    /// Credit notes and payments on account have negative amounts (S17).
    fn check_signs(&self, sheet: &Sheet, row: &mut Row) {
        let wiring = &self.wiring;
        if row.kind == self.defaults.invoice {
            if row.amount < Decimal::ZERO {
                let message = "an invoice with a negative amount";
                let help = "give it the kind `credit_note` if it is one; `kind` may translate a column of the export";
                sheet.note(wiring.amount, code::NEGATIVE_INVOICE, message, help);
            }
            return;
        }
        if sheet.positive_credits {
            row.amount = row.amount.negated();
            row.open_amount = row.open_amount.negated();
        }
        let positive = [(wiring.amount, row.amount), (wiring.open_amount, row.open_amount)];
        if let Some((id, _)) = positive.into_iter().find(|(_, amount)| *amount > Decimal::ZERO) {
            let message = "a credit note or payment on account needs a negative amount";
            let help = if sheet.positive_credits {
                "with `credits = \"positive\"` in `dunlin.toml` its amounts come without a sign: write it without one"
            } else {
                "write `credits = \"positive\"` below `[tables.documents]` in `dunlin.toml` if the export leaves the sign out"
            };
            sheet.note(id, code::POSITIVE_CREDIT, message, help);
        }
    }

    fn check_dates(&self, sheet: &Sheet, row: &Row) {
        let wiring = &self.wiring;
        let issued = row.issue_date;
        if row.due_date < issued {
            let message = format!("due on {}, before it was issued on {issued}", row.due_date);
            sheet.note(wiring.due_date, code::DATES_OUT_OF_ORDER, message, "correct the due date or the issue date");
        }
        if let Some(settled) = row.settled_on.filter(|settled| *settled < issued) {
            let message = format!("settled on {settled}, before it was issued on {issued}");
            let help = "correct the settlement date or the issue date";
            sheet.note(wiring.settled_on, code::DATES_OUT_OF_ORDER, message, help);
        }
    }

    fn finish(mut self) -> (Documents, DocumentIndex) {
        let order = self.order();
        let mut documents = Documents::default();
        for slot in &mut self.index.slots {
            slot.row = NONE;
        }
        for (row, old) in order.iter().enumerate() {
            let number = self.numbers.get(*old as usize).copied().unwrap_or(NONE);
            documents.id.push(self.index.ids.get(number));
            if let Some(slot) = self.index.slots.get_mut(number as usize) {
                slot.row = row_number(row);
            }
        }
        let owners = gather(&self.owners, &order);
        documents.starts = starts(&owners, self.customers.len());
        documents.customer = owners.into_iter().map(CustomerRow).collect();
        let rows: Vec<&Row> = order.iter().filter_map(|row| self.rows.get(*row as usize)).collect();
        documents.kind = rows.iter().map(|row| row.kind).collect();
        documents.status = rows.iter().map(|row| row.status).collect();
        documents.issue_date = rows.iter().map(|row| row.issue_date).collect();
        documents.due_date = rows.iter().map(|row| row.due_date).collect();
        documents.amount = rows.iter().map(|row| row.amount).collect();
        documents.open_amount = rows.iter().map(|row| row.open_amount).collect();
        documents.currency = rows.iter().map(|row| row.currency).collect();
        documents.settled_on = rows.iter().map(|row| row.settled_on).collect();
        documents.first_seen = rows.iter().map(|row| row.first_seen).collect();
        documents.declared = self.declared.into_iter().map(|values| values.gather(&order)).collect();
        self.index.count = order.len();
        (documents, self.index)
    }

    /// The rows that stay, by customer and id.
    fn order(&self) -> Vec<u32> {
        let stays = |row: &u32| {
            let number = self.numbers.get(*row as usize);
            let slot = number.and_then(|number| self.index.slots.get(*number as usize));
            slot.is_some_and(|slot| slot.row == *row)
        };
        let mut order: Vec<u32> = (0..row_number(self.rows.len())).filter(stays).collect();
        let owner = |row: u32| self.owners.get(row as usize).copied().unwrap_or(NONE);
        let id = |row: u32| self.numbers.get(row as usize).map_or("", |number| self.index.ids.get(*number));
        order.sort_unstable_by(|one, other| owner(*one).cmp(&owner(*other)).then_with(|| id(*one).cmp(id(*other))));
        order
    }
}

struct Amounts {
    amount: Option<Amount>,
    open_amount: Option<Amount>,
    currency: Option<Currency>,
}
