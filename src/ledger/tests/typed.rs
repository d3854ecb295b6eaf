//! Parquet: typed columns, columns of the wrong type, damaged files.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array,
    RecordBatch, StringArray, TimestampMillisecondArray,
};
use arrow::datatypes::Int32Type;
use parquet::arrow::ArrowWriter;

use super::{date, files, findings_in, read_files};
use crate::base::Decimal;
use crate::ledger::{DocumentRow, MemoryFiles};

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)));
    let batch = batch.expect("columns of one length");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

fn days(dates: &[&str]) -> ArrayRef {
    Arc::new(Date32Array::from_iter_values(dates.iter().map(|day| date(day).to_epoch_days())))
}

fn texts(texts: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts))
}

/// Two documents, one column of them replaced.
fn documents(other: Option<(&'static str, ArrayRef)>) -> Vec<u8> {
    let amounts = Decimal128Array::from_iter_values([10_050, -700]).with_precision_and_scale(12, 2).expect("a decimal");
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from_iter_values([17, 18]))),
        ("customer", Arc::new(["C1", "C2"].into_iter().collect::<DictionaryArray<Int32Type>>())),
        ("kind", texts(&["invoice", "credit_note"])),
        ("issue_date", days(&["2026-01-01", "2026-01-02"])),
        ("due_date", Arc::new(Date32Array::from_iter([Some(date("2026-01-31").to_epoch_days()), None]))),
        ("amount", Arc::new(amounts)),
        ("export", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ("retention", Arc::new(Float64Array::from(vec![Some(0.1), None]))),
        ("first_seen", Arc::new(TimestampMillisecondArray::from(vec![Some(1_767_225_600_000), None]))),
    ];
    if let Some((name, array)) = other {
        columns.retain(|(known, _)| *known != name);
        columns.push((name, array));
    }
    parquet(columns)
}

fn ledger(documents: Vec<u8>) -> MemoryFiles {
    MemoryFiles::default()
        .with("dunlin.toml", "[tables.documents]\nfile = \"documents.parquet\"\n")
        .with("ledger/customers.csv", "id\nC1\nC2\n")
        .with("ledger/documents.parquet", documents)
}

#[test]
fn typed_columns_are_exact() {
    let snapshot = read_files(&ledger(documents(None))).expect("readable");
    assert!(snapshot.faults.is_empty(), "{:?}", snapshot.faults);
    let documents = &snapshot.documents;
    assert_eq!(documents.id.get(0), "17");
    assert_eq!(documents.amount, [Decimal::from_millionths(100_500_000), Decimal::whole(-7)]);
    assert_eq!(documents.due_date, [date("2026-01-31"), date("2026-01-02")]);
    assert_eq!(documents.first_seen, [Some(date("2026-01-01")), None]);
    let state = snapshot.document_at(DocumentRow(0), date("2026-01-01")).expect("issued");
    assert!(state.open);
    insta::assert_debug_snapshot!(documents.declared);
}

#[test]
fn columns_of_the_wrong_type_and_cells_out_of_range() {
    let replaced: Vec<(&str, ArrayRef)> = vec![
        ("due_date", Arc::new(Int64Array::from_iter_values([20260131, 20260131]))),
        ("amount", Arc::new(BooleanArray::from(vec![true, false]))),
        ("id", Arc::new(Float64Array::from(vec![1.0, 2.0]))),
        ("id", Arc::new(BinaryArray::from_iter_values([b"a", b"b"]))),
        ("amount", Arc::new(Float64Array::from(vec![0.1 + 0.2, f64::NAN]))),
        ("due_date", Arc::new(TimestampMillisecondArray::from(vec![1_767_225_600_001, 1_767_225_600_000]))),
        ("due_date", Arc::new(Date32Array::from_iter_values([2_932_896, 20_000]))),
        ("id", texts(&["A", "A"])),
        ("issue_date", texts(&["2026-01-01", ""])),
    ];
    let one = |(name, array): (&'static str, ArrayRef)| {
        let form = array.data_type().to_string();
        format!("{name}: {form}\n{}", findings_in(&ledger(documents(Some((name, array))))))
    };
    let found = replaced.into_iter().map(one).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(found);
}

#[test]
fn damaged_files_are_findings() {
    let sound = documents(None);
    let found = findings_in(&ledger(sound[..sound.len() - 10].to_vec()));
    insta::assert_snapshot!(found);
    for length in (0..sound.len()).step_by(7) {
        let found = findings_in(&ledger(sound[..length].to_vec()));
        assert!(found.contains("E0703") && found.ends_with("unusable\n"), "{length}: {found}");
    }
    for at in (0..sound.len()).step_by(3) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x55;
        let _ = read_files(&ledger(bytes));
    }
    let both = files("").with("ledger/documents.parquet", sound);
    assert!(findings_in(&both).contains("E0702"));
}
