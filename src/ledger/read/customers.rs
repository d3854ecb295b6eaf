//! The table `customers`: one customer per id, also from a file with several rows for each.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::base::{Currency, DataPlace, Diagnostic, code};
use crate::ledger::read::column::CellType;
use crate::ledger::read::columns::{Held, Values, gather, read_cell};
use crate::ledger::read::faults::Faults;
use crate::ledger::read::intern::{Ids, row_number};
use crate::ledger::read::money::settle;
use crate::ledger::read::sheet::{ColumnId, Sheet};
use crate::ledger::snapshot::{CustomerRow, Customers, Interned};

/// Customers by their ids.
#[derive(Default)]
pub(crate) struct CustomerIndex {
    ids: Ids,
    /// The row of each customer in the snapshot.
    rows: Vec<u32>,
    /// The reverse: the number of the id of each row.
    numbers: Vec<u32>,
}

impl CustomerIndex {
    /// The row of the customer with this id.
    pub(crate) fn find(&self, id: &str) -> Option<CustomerRow> {
        let number = self.ids.find(id)?;
        self.rows.get(number as usize).copied().map(CustomerRow)
    }

    /// The id of a customer.
    pub(crate) fn id(&self, row: CustomerRow) -> Option<&str> {
        self.numbers.get(row.0 as usize).map(|number| self.ids.get(*number))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// The built-in columns besides the id, in the order in which [`Making::finish`] takes them.
const COLUMNS: [(&str, CellType); 7] = [
    ("name", CellType::Text),
    ("language", CellType::Text),
    ("country", CellType::Text),
    ("email", CellType::Text),
    ("phone", CellType::Text),
    ("credit_limit", CellType::Money),
    ("currency", CellType::Currency),
];
const CURRENCY: &str = "currency";

/// Reads the customers. A row with a fault keeps its customer, without what could not be read, so
/// that it can be listed as set aside. `shared` says that the documents come from the same file:
/// then a customer has a row for each of them.
///
/// # Errors
/// Where the file cannot be read to its end.
pub(crate) fn read(
    mut sheet: Sheet,
    reporting: Currency,
    shared: bool,
    faults: &mut Faults,
) -> Result<(Customers, CustomerIndex), Vec<Diagnostic>> {
    let built_in = COLUMNS.into_iter().map(|(name, ty)| (name.to_owned(), ty));
    let fields = built_in.chain(sheet.declared()).map(|(name, ty)| Field {
        id: sheet.column(&name),
        values: Values::new(&ty),
        name,
        ty,
    });
    let mut making = Making::new(reporting, shared, fields.collect());
    let id = sheet.column("id");
    while sheet.advance()? {
        making.row(&sheet, id, faults);
    }
    Ok(making.finish())
}

/// Customers in the making: a row for each id, in the order in which the ids came.
struct Making {
    reporting: Currency,
    shared: bool,
    ids: Ids,
    /// The line of each customer's first row.
    lines: Vec<u64>,
    fields: Vec<Field>,
    /// The fields of customers that have more than one value: customer, then field.
    contradicted: BTreeSet<(u32, usize)>,
}

struct Field {
    name: String,
    id: ColumnId,
    ty: CellType,
    values: Values,
}

impl Making {
    fn new(reporting: Currency, shared: bool, fields: Vec<Field>) -> Self {
        Self { reporting, shared, ids: Ids::default(), lines: Vec::new(), fields, contradicted: BTreeSet::new() }
    }

    fn row(&mut self, sheet: &Sheet, id: ColumnId, faults: &mut Faults) {
        let name = if sheet.is_broken() { sheet.glance(id).map(Cow::Owned) } else { sheet.text(id) };
        let Some(name) = name else {
            return faults.add(sheet.take_notes(), None);
        };
        let (customer, new) = self.ids.insert(&name);
        if new {
            self.lines.push(sheet.line());
            for field in &mut self.fields {
                field.values.push(None);
            }
        }
        if !sheet.is_broken() {
            let agrees = self.merge(sheet, customer);
            if !new && !self.shared && agrees {
                sheet.add_note(
                    Diagnostic::new(code::REPEATED_CUSTOMER, format!("the customer `{name}` stands here again"))
                        .at_data(sheet.place(id), "")
                        .at_data(self.first_place(sheet, customer), "first here")
                        .help("take one of the rows away; they say the same"),
                );
            }
        }
        faults.add(sheet.take_notes(), Some(&name));
    }

    /// Puts the values of a row to those of its customer; whether none contradicts an earlier one.
    /// An empty cell says nothing and contradicts nothing.
    fn merge(&mut self, sheet: &Sheet, customer: u32) -> bool {
        let mut row: Vec<Option<Held<'_>>> =
            self.fields.iter().map(|field| read_cell(sheet, field.id, &field.ty)).collect();
        self.settle_currency(sheet, &mut row);
        let mut agrees = true;
        for (at, value) in row.iter().enumerate() {
            let (Some(field), Some(value)) = (self.fields.get_mut(at), value) else { continue };
            if field.values.is_missing(customer as usize) {
                field.values.set(customer as usize, Some(value));
            } else if !field.values.is(customer as usize, value) {
                agrees = false;
                if self.contradicted.insert((customer, at)) {
                    self.contradiction(sheet, customer, at);
                }
            }
        }
        agrees
    }

    /// The currency of the customer, where only the signs in the amounts tell it.
    fn settle_currency(&self, sheet: &Sheet, row: &mut [Option<Held<'_>>]) {
        let at = self.fields.iter().position(|field| field.name == CURRENCY).unwrap_or(usize::MAX);
        let stated = match row.get(at) {
            Some(Some(Held::Text(code))) => Currency::parse(code),
            _ => None,
        };
        let amounts = self.fields.iter().zip(row.iter()).filter_map(|(field, value)| match value {
            Some(Held::Money(amount)) => Some((field.id, *amount)),
            _ => None,
        });
        let settled = settle(sheet, stated, amounts, self.reporting);
        if let Some(slot) = row.get_mut(at) {
            *slot = settled.map(|currency| Held::Text(currency.code().to_owned().into()));
        }
    }

    fn contradiction(&self, sheet: &Sheet, customer: u32, at: usize) {
        let Some(field) = self.fields.get(at) else { return };
        let message = format!("the customer `{}` has another `{}` in another row", self.ids.get(customer), field.name);
        let finding = Diagnostic::new(code::CUSTOMER_CONTRADICTED, message)
            .at_data(sheet.place(field.id), "")
            .at_data(self.first_place(sheet, customer), "first here")
            .help(format!("give the customer one `{}`, or leave this column out of the mapping", field.name));
        sheet.add_note(finding);
    }

    fn first_place(&self, sheet: &Sheet, customer: u32) -> DataPlace {
        let line = self.lines.get(customer as usize).copied();
        DataPlace { file: sheet.file.clone(), line, ..DataPlace::default() }
    }

    fn finish(mut self) -> (Customers, CustomerIndex) {
        for (customer, at) in &self.contradicted {
            if let Some(field) = self.fields.get_mut(*at) {
                field.values.set(*customer as usize, None);
            }
        }
        let mut order: Vec<u32> = (0..row_number(self.ids.len())).collect();
        order.sort_unstable_by(|one, other| self.ids.get(*one).cmp(self.ids.get(*other)));
        let mut customers = Customers::default();
        let mut rows = vec![0; order.len()];
        for (row, number) in order.iter().enumerate() {
            customers.id.push(self.ids.get(*number));
            if let Some(slot) = rows.get_mut(*number as usize) {
                *slot = row_number(row);
            }
        }
        let mut fields = self.fields.into_iter().map(|field| field.values);
        let mut texts = || fields.next().map(|values| values.into_texts().gather(&order)).unwrap_or_default();
        customers.name = texts();
        customers.language = texts();
        customers.country = texts();
        customers.email = texts();
        customers.phone = texts();
        customers.credit_limit =
            fields.next().map(|values| gather(&values.into_decimals(), &order)).unwrap_or_default();
        customers.currency =
            fields.next().map(|values| currencies(&values.into_texts().gather(&order))).unwrap_or_default();
        customers.declared = fields.map(|values| values.gather(&order)).collect();
        (customers, CustomerIndex { ids: self.ids, rows, numbers: order })
    }
}

fn currencies(codes: &Interned) -> Vec<Option<Currency>> {
    let pool: Vec<Option<Currency>> = codes.pool.iter().map(|code| Currency::parse(code)).collect();
    codes.rows.iter().map(|number| pool.get(*number as usize).copied().flatten()).collect()
}
