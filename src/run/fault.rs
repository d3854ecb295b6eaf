//! Faults a run may meet: they lie in the data and set the customer aside (design, section 2; `S21`).

use crate::base::{Currency, Date, Diagnostic, Span, code};
use crate::ledger::{CustomerRow, DocumentRow};
use crate::run::context::Context;

/// A fault in the data of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is wrong.
    pub(crate) kind: FaultKind,
    /// The expression that met it.
    pub(crate) span: Option<Span>,
    /// The document whose amount it is about.
    pub(crate) document: Option<DocumentRow>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// There is no rate on or before the run date (`S16`).
    MissingRate(Currency),
    /// An amount, number, date or length of time larger than the language allows.
    OutOfRange,
    /// A result in history that the step does not know (`S13`).
    UnknownResult {
        /// The step.
        step: String,
        /// The result as reported.
        result: String,
        /// What the step knows.
        known: Vec<String>,
        /// When it was reported.
        date: Date,
    },
}

impl Fault {
    /// A fault without a place yet.
    pub(crate) fn new(kind: FaultKind) -> Box<Self> {
        Box::new(Self { kind, span: None, document: None })
    }

    /// A value that does not fit.
    pub(crate) fn out_of_range() -> Box<Self> {
        Self::new(FaultKind::OutOfRange)
    }

    /// Met by the expression at `span`, unless an inner one is known.
    pub(crate) fn at(mut self: Box<Self>, span: Span) -> Box<Self> {
        self.span.get_or_insert(span);
        self
    }

    /// About the document `row`, unless one is known.
    pub(crate) fn about(mut self: Box<Self>, row: DocumentRow) -> Box<Self> {
        self.document.get_or_insert(row);
        self
    }

    /// The finding for the customer it sets aside.
    pub(crate) fn finding(&self, run: &Context<'_>, customer: CustomerRow) -> Diagnostic {
        let id = run.snapshot.customers.id.get(customer.0 as usize);
        let whose = self.document.map_or_else(
            || format!("customer `{id}`"),
            |row| format!("document `{}` of customer `{id}`", run.snapshot.documents.id.get(row.0 as usize)),
        );
        let finding = match &self.kind {
            FaultKind::MissingRate(currency) => {
                let message = format!("{whose} needs a rate for `{currency}`, and there is none on or before {}", run.date);
                Diagnostic::new(code::MISSING_RATE, message).help(format!(
                    "add to the table `rates` what one {currency} is worth in {}, dated {} or earlier",
                    run.plan.ledger.currency, run.date
                ))
            }
            FaultKind::OutOfRange => {
                Diagnostic::new(code::TOO_LARGE, format!("a value of {whose} lies outside what can be computed with"))
                    .help("look for a mistyped amount or date in the customer's data; amounts have at most 15 digits before the point, numbers and percentages 11, and dates lie in the years 1900 to 2999")
            }
            FaultKind::UnknownResult { step, result, known, date } => {
                let message = format!("history has the result `{result}` for step `{step}` of {whose} on {date}, which the step does not know");
                let near = crate::base::text::nearest(result, known.iter().map(String::as_str));
                Diagnostic::new(code::UNKNOWN_RESULT, message).help(near.map_or_else(
                    || format!("correct the row in the table `history`, or add `{result}` to the `results` of the step"),
                    |near| format!("write `{near}` in the table `history`, or add `{result}` to the `results` of the step"),
                ))
            }
        };
        match self.span {
            Some(span) => finding.label(span, "needed here"),
            None => finding,
        }
    }
}
