//! The ledger of a test: its records as rows of tables, with everything filled in that is not given.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Currency, Date, Decimal, Diagnostic, Money, Place, Severity, Span, code};
use crate::ledger::{self, Config, MemoryFiles, Snapshot};
use crate::schema::{ClosedList, LedgerSchema, Owner, Table, Type};
use crate::syntax::ast::{Expr, ExprKind, Name, Record, Test, Unit};

/// Days between the issue date and the due date of a document that gives only the latter.
const USUAL_TERM: i64 = 30;
/// What a date of the company's own is that is not given.
const USUAL_DATE: &str = "2000-01-01";
/// What a text of the company's own is that is not given.
const USUAL_TEXT: &str = "-";

/// A row of a table: cells by column, and what of the test gives it.
#[derive(Debug, Clone)]
struct Row {
    cells: BTreeMap<String, String>,
    /// Where a cell is written, of those that are.
    places: BTreeMap<String, Span>,
    span: Span,
}

impl Row {
    const fn new(cells: BTreeMap<String, String>, span: Span) -> Self {
        Self { cells, places: BTreeMap::new(), span }
    }
}

/// The tables of a test.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    schema: &'a LedgerSchema,
    tables: BTreeMap<Table, Vec<Row>>,
    title: Span,
}

/// A value as the cell of a table, and the currency that stands beside it.
struct Written {
    cell: String,
    currency: Option<String>,
}

impl<'a> Rows<'a> {
    /// The records of a test.
    ///
    /// # Errors
    /// Amounts that do not fit the currency of their record.
    pub(super) fn new(test: &Test, schema: &'a LedgerSchema) -> Result<Self, Vec<Diagnostic>> {
        let tables = BTreeMap::from([(Table::Customers, Vec::new()), (Table::Documents, Vec::new())]);
        let mut rows = Self { schema, tables, title: test.title.span };
        let mut wrong = Vec::new();
        for record in &test.records {
            wrong.extend(rows.record(record).err().map(|finding| *finding));
        }
        if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
    }

    fn record(&mut self, record: &Record) -> Result<(), Box<Diagnostic>> {
        let Some(table) = table(&record.kind.value) else { return Ok(()) };
        let mut row = Row::new(BTreeMap::new(), record.block.span);
        let given = record.fields.iter().find(|(name, _)| name.value == "currency");
        let mut currency = given.map(|(_, value)| written(value).cell);
        for (name, value) in &record.fields {
            let written = written(value);
            agree(&mut currency, &written, value)?;
            row.places.insert(name.value.clone(), value.at());
            if written.currency.is_some() {
                row.places.entry("currency".to_owned()).or_insert(value.at());
            }
            row.cells.insert(name.value.clone(), written.cell);
        }
        if let Some(currency) = currency.filter(|_| table != Table::Rates) {
            row.cells.insert("currency".to_owned(), currency);
        }
        if let Some(id) = &record.id {
            let column = if table == Table::Rates { "currency" } else { "id" };
            row.cells.insert(column.to_owned(), id.value.clone());
        }
        if let Some(of) = &record.of {
            self.belongs(table, &mut row, &of.value);
        }
        self.fill_in(table, &mut row);
        self.tables.entry(table).or_default().push(row);
        Ok(())
    }

    /// Whose a row is: a customer's, or a document's and so its customer's.
    fn belongs(&self, table: Table, row: &mut Row, of: &str) {
        let customer = self.customer_of(of);
        if let Some(customer) = customer {
            row.cells.insert("document".to_owned(), of.to_owned());
            if table != Table::Payments {
                row.cells.insert("customer".to_owned(), customer);
            }
        } else {
            row.cells.insert("customer".to_owned(), of.to_owned());
        }
    }

    /// The customer of a document; `None` for what is no document.
    pub(super) fn customer_of(&self, document: &str) -> Option<String> {
        self.find(Table::Documents, document).and_then(|row| row.cells.get("customer")).cloned()
    }

    fn find(&self, table: Table, id: &str) -> Option<&Row> {
        self.tables.get(&table)?.iter().find(|row| row.cells.get("id").is_some_and(|known| known == id))
    }

    /// What is not given and cannot be missing.
    fn fill_in(&self, table: Table, row: &mut Row) {
        let Some(owner) = owner(table) else { return };
        for field in self.schema.declared(owner).iter().filter(|field| !field.typed.optional) {
            row.cells.entry(field.name.clone()).or_insert_with(|| usual(&field.typed.ty));
        }
        if owner == Owner::Document {
            let first = |list: &ClosedList| list.values().first().cloned().unwrap_or_default();
            let mut usually = |column: &str, value: String| row.cells.entry(column.to_owned()).or_insert(value).clone();
            usually("kind", first(&self.schema.kinds));
            usually("status", first(&self.schema.statuses));
            usually("currency", self.schema.currency.to_string());
            let due = usually("due_date", String::new());
            let issued = Date::parse(&due).and_then(|due| due.plus_days(-USUAL_TERM));
            usually("issue_date", issued.map_or_else(String::new, |issued| issued.to_string()));
            let amount = usually("amount", String::new());
            usually("open_amount", amount);
        }
    }

    /// `set F1 status dispute`: from now on.
    pub(super) fn set(&mut self, subject: &Name, field: &Name, value: &Expr) -> Result<(), Box<Diagnostic>> {
        let table = if self.customer_of(&subject.value).is_some() { Table::Documents } else { Table::Customers };
        let written = written(value);
        let rows = self.tables.entry(table).or_default();
        let named = |row: &&mut Row| row.cells.get("id").is_some_and(|id| *id == subject.value);
        if let Some(row) = rows.iter_mut().find(named) {
            let own = row.cells.get("currency").cloned().unwrap_or_else(|| self.schema.currency.to_string());
            agree(&mut Some(own), &written, value)?;
            // Of what is not paid in part all is open.
            if field.value == "amount" && row.cells.get("amount") == row.cells.get("open_amount") {
                row.cells.insert("open_amount".to_owned(), written.cell.clone());
            }
            row.places.insert(field.value.clone(), value.at());
            row.cells.insert(field.value.clone(), written.cell);
        }
        Ok(())
    }

    /// The company's own fields that `text` names and that a customer or document has because they are not given:
    /// name and value.
    pub(super) fn usual_in(&self, text: &str, subject: &str) -> Vec<(&'a str, &str)> {
        let names =
            |field: &str| text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|word| word == field);
        let customer = self.customer_of(subject);
        let customer = (Owner::Customer, Table::Customers, customer.as_deref().unwrap_or(subject));
        let mut usual = Vec::new();
        for (owner, table, id) in [customer, (Owner::Document, Table::Documents, subject)] {
            let Some(row) = self.find(table, id) else { continue };
            for field in self.schema.declared(owner).iter().filter(|field| !row.places.contains_key(&field.name)) {
                let value = row.cells.get(&field.name).filter(|_| !field.typed.optional && names(&field.name));
                usual.extend(value.map(|value| (field.name.as_str(), value.as_str())));
            }
        }
        usual
    }

    /// `paid F1 100 EUR`; without an amount all that is open, `open`.
    ///
    /// # Errors
    /// An amount that is more than that.
    pub(super) fn pay(
        &mut self,
        document: &Name,
        amount: Option<&Expr>,
        open: String,
        date: Date,
        span: Span,
    ) -> Result<(), Box<Diagnostic>> {
        let Some(row) = self.find(Table::Documents, &document.value) else { return Ok(()) };
        let own = row.cells.get("currency").and_then(|own| Currency::parse(own)).unwrap_or(self.schema.currency);
        if let Some(amount) = amount {
            not_more_than_open(document, amount, &open, own)?;
        }
        let cell = |column: &str| row.cells.get(column).cloned().unwrap_or_default();
        let (whole, left, issued) = (cell("amount"), cell("open_amount"), cell("issue_date"));
        let known = self.tables.get(&Table::Payments).into_iter().flatten();
        let first = !known.clone().any(|row| row.cells.get("document") == Some(&document.value));
        let before = Decimal::parse(&whole).ok().zip(Decimal::parse(&left).ok());
        let before = before.and_then(|(whole, left)| whole.minus(left)).filter(|_| first && whole != left);
        // With payments only they count: what was paid before the test begins is the first of them.
        let earlier = before.map(|paid| [("amount", paid.to_string()), ("date", issued)]);
        let at = amount.map_or(span, |amount| amount.at());
        let written = amount.map(written);
        let currency = written.as_ref().and_then(|written| written.currency.clone());
        let now = [("amount", written.map_or(open, |written| written.cell)), ("date", date.to_string())];
        for paid in earlier.into_iter().chain([now]) {
            let mut cells = of(paid);
            cells.insert("document".to_owned(), document.value.clone());
            cells.extend(currency.clone().map(|currency| ("currency".to_owned(), currency)));
            let places = BTreeMap::from([("amount".to_owned(), at), ("currency".to_owned(), at)]);
            self.tables.entry(Table::Payments).or_default().push(Row { cells, places, span });
        }
        Ok(())
    }

    /// `hold C1 until 2026-04-01`
    pub(super) fn hold(&mut self, subject: &Name, from: Date, until: Option<Date>, span: Span) {
        let mut cells = of([("from", from.to_string())]);
        cells.extend(until.map(|until| ("until".to_owned(), until.to_string())));
        self.dealing(Table::Holds, subject, Row::new(cells, span));
    }

    /// `promise F1 100 EUR until 2026-04-01`
    pub(super) fn promise(&mut self, subject: &Name, amount: Option<&Expr>, made: Date, due: Date, span: Span) {
        let mut cells = of([("made_on", made.to_string()), ("due_on", due.to_string())]);
        if let Some(amount) = amount.map(written) {
            cells.insert("amount".to_owned(), amount.cell);
            cells.extend(amount.currency.map(|currency| ("currency".to_owned(), currency)));
        }
        self.dealing(Table::Promises, subject, Row::new(cells, span));
    }

    fn dealing(&mut self, table: Table, subject: &Name, mut row: Row) {
        self.belongs(table, &mut row, &subject.value);
        self.tables.entry(table).or_default().push(row);
    }

    /// The ledger as it is now.
    ///
    /// # Errors
    /// What cannot be read, at the records that give it.
    pub(super) fn snapshot(&self) -> Result<Snapshot, Vec<Diagnostic>> {
        let mut files = MemoryFiles::default();
        for (table, rows) in &self.tables {
            files.insert(&path(*table), self.csv(*table, rows));
        }
        let snapshot = ledger::read(&files, &Config::default(), self.schema)
            .map_err(|found| found.iter().map(|finding| self.in_the_test(finding)).collect::<Vec<_>>())?;
        let faults = snapshot.faults.iter().map(|fault| &fault.diagnostic);
        // More that is paid than there was is a slip of whoever writes the test, if not of an export.
        let is_wrong =
            |finding: &&Diagnostic| finding.severity() == Severity::Error || finding.code == code::PAYMENTS_DISAGREE;
        let errors = faults.filter(is_wrong);
        let wrong: Vec<Diagnostic> = errors.map(|finding| self.in_the_test(finding)).collect();
        if wrong.is_empty() { Ok(snapshot) } else { Err(wrong) }
    }

    /// The rows as a CSV file, with the columns that any of them has and those that must be there.
    fn csv(&self, table: Table, rows: &[Row]) -> Vec<u8> {
        let required = table.columns().into_iter().filter(|column| column.required).map(|column| column.name);
        let declared = owner(table).into_iter().flat_map(|owner| self.schema.declared(owner));
        let declared = declared.filter(|field| !field.typed.optional).map(|field| field.name.as_str());
        let given = rows.iter().flat_map(|row| row.cells.keys().map(String::as_str));
        let columns: BTreeSet<&str> = required.chain(declared).chain(given).collect();
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail, and every row has as many cells as there are columns.
        let _ = writer.write_record(&columns);
        for row in rows {
            let _ = writer.write_record(columns.iter().map(|column| row.cells.get(*column).map_or("", String::as_str)));
        }
        writer.into_inner().unwrap_or_default()
    }

    /// A finding about a row, at what gives the row.
    fn in_the_test(&self, finding: &Diagnostic) -> Diagnostic {
        let place = finding.labels.iter().find_map(|label| match &label.place {
            Place::Data(place) => Some(place),
            Place::Text(_) => None,
        });
        let row = place.and_then(|place| {
            let table = self.tables.keys().find(|table| path(**table) == place.file)?;
            let line = usize::try_from(place.line?).ok()?;
            self.tables.get(table)?.get(line.checked_sub(2)?)
        });
        let field = place.and_then(|place| place.field.as_ref());
        let cell = row.and_then(|row| row.places.get(field?)).copied();
        let span = cell.or(row.map(|row| row.span)).unwrap_or(self.title);
        let told = Diagnostic::new(code::TEST_CANNOT_BE_PLAYED, finding.message.clone()).label(span, "given here");
        match help(finding) {
            Some(help) => told.help(help),
            None => told,
        }
    }
}

/// What to write in a test. What helps an export, such as a setting, does not help here.
fn help(finding: &Diagnostic) -> Option<&'static str> {
    let code = finding.code;
    let helps = [
        (code::POSITIVE_CREDIT, "write the amount with a minus sign: `amount: -100 EUR`"),
        (code::TWO_CURRENCIES, "give the payment in the currency of its document"),
        (code::PAYMENTS_DISAGREE, "let the payments come to the amount of the document at most"),
    ];
    helps.into_iter().find(|(of, _)| *of == code).map(|(_, help)| help)
}

/// What is paid of a document is no more than is open of it. Another currency is refused with its payment.
fn not_more_than_open(document: &Name, amount: &Expr, open: &str, own: Currency) -> Result<(), Box<Diagnostic>> {
    let paid = written(amount);
    if paid.currency.as_deref().and_then(Currency::parse) != Some(own) {
        return Ok(());
    }
    let Some((paid, open)) = Decimal::parse(&paid.cell).ok().zip(Decimal::parse(open).ok()) else { return Ok(()) };
    let rest = open.minus(paid).unwrap_or_default();
    if rest == Decimal::ZERO || (rest < Decimal::ZERO) == (open < Decimal::ZERO) {
        return Ok(());
    }
    let [paid, open] = [paid, open].map(|amount| Money::new(amount, own));
    Err(Box::new(
        Diagnostic::new(
            code::TEST_CANNOT_BE_PLAYED,
            format!("{paid} is paid, where {open} of `{}` is open", document.value),
        )
        .label(amount.at(), "more than is open")
        .help(format!(
            "write `paid {}` for all that is open; what is paid beyond that is a document with `kind: payment`",
            document.value
        )),
    ))
}

/// The table whose rows a kind of record gives.
fn table(word: &str) -> Option<Table> {
    Some(match word {
        "customer" => Table::Customers,
        "document" => Table::Documents,
        "payment" => Table::Payments,
        "promise" => Table::Promises,
        "hold" => Table::Holds,
        "history" => Table::History,
        "rate" => Table::Rates,
        _ => return None,
    })
}

/// Whose fields of the company's own a table has.
const fn owner(table: Table) -> Option<Owner> {
    match table {
        Table::Customers => Some(Owner::Customer),
        Table::Documents => Some(Owner::Document),
        _ => None,
    }
}

/// The amounts of a record are in one currency: the table has one column for it.
fn agree(currency: &mut Option<String>, written: &Written, value: &Expr) -> Result<(), Box<Diagnostic>> {
    match (&written.currency, &currency) {
        (Some(own), Some(known)) if own != known => Err(Box::new(
            Diagnostic::new(
                code::TEST_CANNOT_BE_PLAYED,
                format!("an amount in {own} where the amounts are in {known}"),
            )
            .label(value.at(), format!("not in {known}"))
            .help(format!("write the amount in {known}, or give `currency: {own}` where the other amounts stand")),
        )),
        (Some(own), None) => {
            *currency = Some(own.clone());
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What a field of the company's own is that cannot be missing and is not given.
fn usual(ty: &Type) -> String {
    match ty {
        Type::Text => USUAL_TEXT.to_owned(),
        Type::Number | Type::Percent | Type::Money | Type::Days => "0".to_owned(),
        Type::Date => USUAL_DATE.to_owned(),
        Type::Flag => "no".to_owned(),
        Type::List(list) => list.values().first().cloned().unwrap_or_default(),
    }
}

/// A value of a test as the cell of a table. The checker has seen that it is written out.
fn written(value: &Expr) -> Written {
    let plain = |cell: String| Written { cell, currency: None };
    match &value.kind {
        ExprKind::Number(digits, unit) => {
            let cell = digits.value.replace('_', "");
            match unit {
                Some(Unit::Currency(currency)) => Written { cell, currency: Some(currency.value.clone()) },
                Some(Unit::Weeks) => plain(cell.parse::<i64>().map_or(cell, |weeks| (weeks * 7).to_string())),
                _ => plain(cell),
            }
        }
        ExprKind::Negate(inner) => {
            let inner = written(inner);
            Written { cell: format!("-{}", inner.cell), ..inner }
        }
        ExprKind::Paren(inner) => written(inner),
        ExprKind::Date(date) => plain(date.to_string()),
        ExprKind::Text(text) => plain(text.clone()),
        ExprKind::Name(word) => plain(word.clone()),
        ExprKind::Flag(flag) => plain(if *flag { "yes" } else { "no" }.to_owned()),
        _ => plain(String::new()),
    }
}

fn of<const N: usize>(cells: [(&str, String); N]) -> BTreeMap<String, String> {
    cells.into_iter().map(|(column, cell)| (column.to_owned(), cell)).collect()
}

fn path(table: Table) -> String {
    format!("{}/{}.csv", Config::LEDGER, table.name())
}
