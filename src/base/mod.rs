//! The ground floor: what every stage shares and that names no stage itself.
//!
//! Positions in source text, findings and their codes, exact decimals, money and civil dates.

pub mod code;
pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod money;
pub mod source;
pub mod span;
pub mod text;

pub use code::Code;
pub use date::Date;
pub use decimal::Decimal;
pub use diagnostic::{DataPlace, Diagnostic, Edit, Fix, Label, Place, Severity};
pub use money::{Currency, Money};
pub use source::{Source, Sources};
pub use span::{At, FileId, Span, Spanned};
