//! Parquet files: typed columns, read batch by batch. A row stands in for a line.

use std::borrow::Cow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use arrow::array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, TimeUnit};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use crate::base::text::canonical;
use crate::base::{DataPlace, Date, Diagnostic, code};
use crate::ledger::read::table::{Cell, Holds, Shape, TableReader};

/// A Parquet file in memory.
pub(crate) struct ParquetReader {
    file: String,
    bytes: Bytes,
    header: Vec<String>,
    types: Vec<DataType>,
    rows: Option<ParquetRecordBatchReader>,
    /// The columns of the present batch; those not asked for are `None`.
    batch: Vec<Option<Values>>,
    batch_rows: usize,
    /// The present row: in the batch, and in the file, counted from 1.
    row: usize,
    line: u64,
}

/// A column of a batch, in one of the few forms all types are brought to.
enum Values {
    Text(StringArray),
    Whole(Int64Array),
    Decimal(Decimal128Array),
    Double(Float64Array),
    Single(Float32Array),
    Date(Date32Array),
    Flag(BooleanArray),
}

impl ParquetReader {
    /// Opens a file.
    ///
    /// # Errors
    /// A finding where it is no Parquet file or is cut off.
    pub(crate) fn open(file: &str, bytes: Bytes) -> Result<Self, Diagnostic> {
        let builder = guarded(file, || ParquetRecordBatchReaderBuilder::try_new(bytes.clone()).ok())?;
        let fields = builder.schema().fields();
        let header = fields.iter().map(|field| canonical(field.name()).into_owned()).collect();
        let types = fields.iter().map(|field| field.data_type().clone()).collect();
        Ok(Self {
            file: file.to_owned(),
            bytes,
            header,
            types,
            rows: None,
            batch: Vec::new(),
            batch_rows: 0,
            row: 0,
            line: 0,
        })
    }

    fn load(&mut self, batch: &RecordBatch) -> Result<(), Diagnostic> {
        self.batch_rows = batch.num_rows();
        self.row = 0;
        let schema = batch.schema();
        let mut loaded: Vec<Option<Values>> = self.header.iter().map(|_| None).collect();
        for (field, array) in schema.fields().iter().zip(batch.columns()) {
            let name = canonical(field.name());
            let values = Values::from_array(array).ok_or_else(|| unreadable(&self.file))?;
            for (slot, known) in loaded.iter_mut().zip(&self.header) {
                if *known == name && slot.is_none() {
                    *slot = Some(values);
                    break;
                }
            }
        }
        self.batch = loaded;
        Ok(())
    }
}

/// What `work` gives; a finding where it fails. The library panics on some damaged files, so that is
/// a failure like the others, and nothing is said about it but the finding.
fn guarded<T>(file: &str, work: impl FnOnce() -> Option<T>) -> Result<T, Diagnostic> {
    /// What is said about a panic belongs to the whole process: one thread at a time replaces it.
    static SILENCE: Mutex<()> = Mutex::new(());
    let alone = SILENCE.lock().unwrap_or_else(PoisonError::into_inner);
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(usual);
    drop(alone);
    done.ok().flatten().ok_or_else(|| unreadable(file))
}

fn unreadable(file: &str) -> Diagnostic {
    let place = DataPlace { file: file.to_owned(), ..DataPlace::default() };
    Diagnostic::new(code::UNREADABLE_FILE, format!("`{file}` is no Parquet file, or a damaged one"))
        .at_data(place, "")
        .help("export it again; a copy that was cut off cannot be read")
}

impl Values {
    fn from_array(array: &ArrayRef) -> Option<Self> {
        let to = |form: &DataType| cast(array, form).ok();
        let exact = |form: &DataType| to(form).filter(|cast| cast.null_count() == array.null_count());
        match array.data_type() {
            form if holds(form) == Holds::Text => {
                Some(Self::Text(to(&DataType::Utf8)?.as_any().downcast_ref::<StringArray>()?.clone()))
            }
            DataType::Float64 => Some(Self::Double(array.as_any().downcast_ref::<Float64Array>()?.clone())),
            DataType::Float32 => Some(Self::Single(array.as_any().downcast_ref::<Float32Array>()?.clone())),
            DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) => {
                let wide = DataType::Decimal128(38, *scale);
                Some(Self::Decimal(exact(&wide)?.as_any().downcast_ref::<Decimal128Array>()?.clone()))
            }
            form if form.is_integer() => {
                Some(Self::Whole(exact(&DataType::Int64)?.as_any().downcast_ref::<Int64Array>()?.clone()))
            }
            DataType::Date32 => Some(Self::Date(array.as_any().downcast_ref::<Date32Array>()?.clone())),
            // A point in time is shown as text; only midnight is a date.
            DataType::Timestamp(..) | DataType::Date64 => {
                let seconds = exact(&DataType::Timestamp(TimeUnit::Microsecond, None))?;
                Some(Self::Text(to_text(&seconds)?))
            }
            DataType::Boolean => Some(Self::Flag(array.as_any().downcast_ref::<BooleanArray>()?.clone())),
            DataType::Null => Some(Self::Text(to(&DataType::Utf8)?.as_any().downcast_ref::<StringArray>()?.clone())),
            _ => None,
        }
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        let plain = |text: String| Cell::Plain(Cow::Owned(text));
        match self {
            Self::Text(array) if array.is_valid(row) => {
                let text = canonical(array.value(row));
                if text.is_empty() { Cell::Missing } else { Cell::Text(text) }
            }
            Self::Whole(array) if array.is_valid(row) => plain(array.value(row).to_string()),
            Self::Decimal(array) if array.is_valid(row) => plain(array.value_as_string(row)),
            // The shortest text that is exactly this number: `12.5` stays `12.5`.
            Self::Double(array) if array.is_valid(row) => plain(array.value(row).to_string()),
            Self::Single(array) if array.is_valid(row) => plain(array.value(row).to_string()),
            Self::Date(array) if array.is_valid(row) => {
                let days = array.value(row);
                Date::from_epoch_days(days).map_or_else(|| plain(far_date(days)), Cell::Date)
            }
            Self::Flag(array) if array.is_valid(row) => Cell::Flag(array.value(row)),
            _ => Cell::Missing,
        }
    }
}

/// A date outside the years a ledger may hold, as text for the finding about it.
fn far_date(days: i32) -> String {
    chrono::NaiveDate::from_epoch_days(days).map_or_else(|| format!("day {days}"), |date| date.to_string())
}

fn to_text(points: &ArrayRef) -> Option<StringArray> {
    let points = points.as_any().downcast_ref::<arrow::array::TimestampMicrosecondArray>()?;
    let text = |row: usize| {
        if points.is_null(row) {
            return None;
        }
        // One so far away that it has no date is shown as the number it is.
        let Some(time) = points.value_as_datetime(row) else { return Some(points.value(row).to_string()) };
        let midnight = time.time() == chrono::NaiveTime::MIN;
        Some(if midnight { time.date().to_string() } else { time.to_string() })
    };
    Some((0..points.len()).map(text).collect())
}

fn holds(form: &DataType) -> Holds {
    match form {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => Holds::Text,
        DataType::Dictionary(_, values) => holds(values),
        form if form.is_integer() => Holds::Whole,
        DataType::Decimal32(_, 0) | DataType::Decimal64(_, 0) | DataType::Decimal128(_, 0) => Holds::Whole,
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) => Holds::Number,
        DataType::Float32 | DataType::Float64 => Holds::Number,
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => Holds::Date,
        DataType::Boolean => Holds::Flag,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            Holds::Other("bytes".to_owned())
        }
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => Holds::Other("lists".to_owned()),
        _ => Holds::Other("values of another kind".to_owned()),
    }
}

impl TableReader for ParquetReader {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn holds(&self, column: usize) -> Holds {
        self.types.get(column).map_or(Holds::Text, holds)
    }

    fn select(&mut self, columns: &[usize]) -> Result<(), Diagnostic> {
        let rows = guarded(&self.file, || {
            let builder = ParquetRecordBatchReaderBuilder::try_new(self.bytes.clone()).ok()?;
            let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
            builder.with_projection(mask).with_batch_size(8192).build().ok()
        })?;
        self.rows = Some(rows);
        Ok(())
    }

    fn advance(&mut self) -> Result<Option<Shape>, Diagnostic> {
        self.row += 1;
        self.line += 1;
        while self.row >= self.batch_rows || self.line == 1 {
            let rows = self.rows.as_mut();
            let next = guarded(&self.file, || rows.and_then(Iterator::next).transpose().ok())?;
            let Some(batch) = next else {
                return Ok(None);
            };
            self.load(&batch)?;
            if self.batch_rows > 0 {
                break;
            }
        }
        Ok(Some(Shape::Whole))
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        self.batch.get(column).and_then(Option::as_ref).map_or(Cell::Missing, |values| values.cell(self.row))
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn place(&self, column: Option<usize>) -> DataPlace {
        let excerpt = column.and_then(|column| match self.cell(column) {
            Cell::Text(text) | Cell::Plain(text) => Some(text.into_owned()),
            Cell::Date(date) => Some(date.to_string()),
            _ => None,
        });
        let field = column.and_then(|column| self.header.get(column)).cloned();
        DataPlace { file: self.file.clone(), line: Some(self.line), column: None, field, excerpt }
    }
}
