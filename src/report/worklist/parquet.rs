//! The worklist as Parquet: dates as dates, amounts as exact decimals, documents as a list.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Int64Array, ListBuilder, RecordBatch, StringArray, StringBuilder,
};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::base::{Date, Decimal, Money};
use crate::report::worklist::{COLUMNS, mode_word};
use crate::run::Worklist;
use crate::run::worklist::Row;

/// Digits of a decimal column in all, and after the point.
const DIGITS: (u8, i8) = (38, 6);

/// The rows as the bytes of a Parquet file.
///
/// # Errors
/// None that is expected: the columns fit the schema and it is written to memory.
pub fn rows(worklist: &Worklist) -> Result<Vec<u8>, ParquetError> {
    let batch = batch(&worklist.rows)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.into_inner()
}

fn batch(rows: &[Row]) -> Result<RecordBatch, ArrowError> {
    let columns: [(ArrayRef, bool); 15] = [
        (texts(rows, |row| Some(&row.id)), false),
        (dates(rows, |row| row.date), false),
        (texts(rows, |row| Some(&row.customer)), false),
        (texts(rows, |row| Some(&row.procedure)), false),
        (texts(rows, |row| Some(&row.step)), false),
        (texts(rows, |row| Some(&row.action)), false),
        (texts(rows, |row| Some(mode_word(row.mode))), false),
        (texts(rows, |row| Some(row.recipient.as_str()).filter(|recipient| !recipient.is_empty())), true),
        (texts(rows, |row| row.language.as_deref()), true),
        (documents(rows), false),
        (decimals(rows, |row| row.amount.and_then(rounded))?, true),
        (
            Arc::new(
                rows.iter().map(|row| row.amount.map(|money| money.currency.to_string())).collect::<StringArray>(),
            ),
            true,
        ),
        (Arc::new(rows.iter().map(|row| row.dip).collect::<Int64Array>()), true),
        (dates(rows, |row| row.reached_on), false),
        (decimals(rows, |row| row.priority)?, true),
    ];
    let fields: Vec<Field> = COLUMNS
        .iter()
        .zip(&columns)
        .map(|(name, (column, nullable))| Field::new(*name, column.data_type().clone(), *nullable))
        .collect();
    let arrays = columns.into_iter().map(|(column, _)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

fn texts<'a>(rows: &'a [Row], text: impl Fn(&'a Row) -> Option<&'a str>) -> ArrayRef {
    Arc::new(rows.iter().map(text).collect::<StringArray>())
}

fn dates(rows: &[Row], date: impl Fn(&Row) -> Date) -> ArrayRef {
    Arc::new(Date32Array::from_iter_values(rows.iter().map(|row| date(row).to_epoch_days())))
}

fn decimals(rows: &[Row], decimal: impl Fn(&Row) -> Option<Decimal>) -> Result<ArrayRef, ArrowError> {
    let values: Decimal128Array = rows.iter().map(|row| decimal(row).map(Decimal::millionths)).collect();
    Ok(Arc::new(values.with_precision_and_scale(DIGITS.0, DIGITS.1)?))
}

/// The amount as every format shows it: rounded to the minor unit.
fn rounded(amount: Money) -> Option<Decimal> {
    Decimal::parse(&amount.plain()).ok()
}

fn documents(rows: &[Row]) -> ArrayRef {
    let item = Field::new("item", DataType::Utf8, false);
    let mut lists = ListBuilder::new(StringBuilder::new()).with_field(item);
    for row in rows {
        for document in &row.documents {
            lists.values().append_value(document);
        }
        lists.append(true);
    }
    Arc::new(lists.finish())
}
