//! From files to the snapshot: opening tables, reading cells, joining rows.

mod bind;
mod cells;
mod column;
mod columns;
mod csv;
mod customers;
mod dealings;
mod documents;
mod faults;
mod index;
mod intern;
mod joins;
mod money;
mod open;
#[cfg(feature = "parquet")]
mod parquet;
mod payments;
mod reference;
mod sheet;
mod table;

pub use open::header;

use std::collections::BTreeMap;

use crate::base::{DataPlace, Diagnostic, code};
use crate::ledger::config::Config;
use crate::ledger::files::Files;
use crate::ledger::snapshot::Snapshot;
use crate::schema::{LedgerSchema, Table};

use faults::Faults;
use joins::Joins;
use sheet::Sheet;

/// Reads the ledger that `config` describes into a snapshot. Faults of the data are in the
/// snapshot, with the customers they touch set aside (`S21`).
///
/// # Errors
/// What makes the ledger unusable: a required table or column that is missing, a file that is
/// there and cannot be read, a setting that does not fit.
pub fn read(files: &dyn Files, config: &Config, schema: &LedgerSchema) -> Result<Snapshot, Vec<Diagnostic>> {
    let mut opened = open::open(files, config, schema).map_err(in_order)?;
    let mut faults = Faults::default();
    faults.add(std::mem::take(&mut opened.warnings), None);
    let mut snapshot = load(opened.sheets, schema, &mut faults).map_err(in_order)?;
    snapshot.faults = faults.finish(&mut snapshot.customers);
    Ok(snapshot)
}

/// Findings by file and line, each once.
fn in_order(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    findings.dedup();
    findings
}

fn load(
    mut sheets: BTreeMap<Table, Sheet>,
    schema: &LedgerSchema,
    faults: &mut Faults,
) -> Result<Snapshot, Vec<Diagnostic>> {
    let (Some(customers), Some(documents)) = (sheets.remove(&Table::Customers), sheets.remove(&Table::Documents))
    else {
        // Opening the ledger has already refused one without them.
        return Err(Vec::new());
    };
    let (customer_file, document_file) = (customers.file.clone(), documents.file.clone());
    let shared = customer_file == document_file;
    let mut snapshot = Snapshot::default();
    let mut errors: Vec<Diagnostic> = Vec::new();
    let (customers, customer_index) =
        customers::read(customers, schema.currency, shared, faults).unwrap_or_else(|found| keep(&mut errors, found));
    let (documents, index) =
        documents::read(documents, schema, &customer_index, faults).unwrap_or_else(|found| keep(&mut errors, found));
    let joins = Joins { customers: &customer_index, index: &index, documents: &documents };
    for (table, sheet) in sheets {
        let done = match table {
            Table::Customers | Table::Documents => Ok(()),
            Table::Payments => payments::read(sheet, &joins, faults).map(|rows| snapshot.payments = rows),
            Table::Recipients => {
                reference::recipients(sheet, schema, &joins, faults).map(|rows| snapshot.recipients = rows)
            }
            Table::Promises => dealings::promises(sheet, schema, &joins, faults).map(|rows| snapshot.promises = rows),
            Table::Holds => dealings::holds(sheet, &joins, faults).map(|rows| snapshot.holds = rows),
            Table::Rates => reference::rates(sheet, schema, faults).map(|rows| snapshot.rates = rows),
            Table::StatusHistory => {
                dealings::status_history(sheet, schema, &joins, faults).map(|rows| snapshot.status_history = Some(rows))
            }
            Table::History => dealings::history(sheet, &joins, faults).map(|rows| snapshot.history = rows),
        };
        errors.extend(done.err().into_iter().flatten());
    }
    if customers.is_empty() {
        faults.add([empty(Table::Customers, customer_file)], None);
    }
    // The documents of no customers come from a file that is reported already.
    if index.is_empty() && !(shared && customers.is_empty()) {
        faults.add([empty(Table::Documents, document_file)], None);
    }
    snapshot.customers = customers;
    snapshot.documents = documents;
    if errors.is_empty() { Ok(snapshot) } else { Err(errors) }
}

fn empty(table: Table, file: String) -> Diagnostic {
    let place = DataPlace { file, ..DataPlace::default() };
    let finding = Diagnostic::new(code::EMPTY_TABLE, format!("the table `{}` has no rows", table.name()));
    finding.at_data(place, "").help("export it again if there should be some")
}

fn keep<T: Default>(errors: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) -> T {
    errors.extend(found);
    T::default()
}
