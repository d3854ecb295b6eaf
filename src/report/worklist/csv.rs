//! The worklist as CSV: a header, then one line per row; documents joined by blanks.

use crate::report::worklist::{COLUMNS, cells};
use crate::run::Worklist;

/// The rows as CSV, with `\n` at the end of every line.
///
/// # Errors
/// None that can occur: it is written to memory.
pub fn rows(worklist: &Worklist) -> Result<Vec<u8>, ::csv::Error> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in &worklist.rows {
        writer.write_record(cells(row))?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}
