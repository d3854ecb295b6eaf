//! A journal as text: CSV and JSON, written and read without losing anything.

mod csv;
mod json;
mod read;

pub use csv::write as to_csv;
pub use json::write as to_json;
pub use read::read;
