//! A finding, as plain data: what is wrong, where, and what to write instead.
//!
//! Stages make findings, `report` prints them. Wording rules: lower case, no final full stop,
//! the user's own text in backticks, no word that a credit manager would not know.

use serde::Serialize;

use crate::base::{Code, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program or the data cannot be used as it is.
    Error,
    /// It can be used, and probably does not do what its author wants.
    Warning,
    /// It can be used; something is worth knowing.
    Hint,
}

/// Where a finding lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Place {
    /// In a source text of the program.
    Text(Span),
    /// In a file that is not held in memory: a table of the ledger, a configuration file.
    Data(DataPlace),
}

/// A place in a data file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Default)]
pub struct DataPlace {
    /// The file as the user named it.
    pub file: String,
    /// The line, counted from 1 (for Parquet the row); `None` for the file as a whole.
    pub line: Option<u64>,
    /// The first character of the cell in its line, counted from 1.
    pub column: Option<u64>,
    /// The name of the cell's column.
    pub field: Option<String>,
    /// The line as it stands in the file; in a file without lines the cell.
    pub excerpt: Option<String>,
}

/// A place with a remark about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be said about it; may be empty.
    pub text: String,
}

/// A change that mends a finding, ready to be applied.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Fix {
    /// What applying it does, in the imperative: "write `250 EUR`".
    pub title: String,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement in a source text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A finding. The first label is where it is shown; further ones explain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// Which kind of finding; carries severity, title and page.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; the first one is the main place.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// Changes of which each mends it, the likeliest first; only one of them is meant.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding without a place yet.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), labels: Vec::new(), help: None, fixes: Vec::new() }
    }

    /// Adds a place in a source text with a remark; the first one added is the main place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: Place::Text(span), text: text.into() });
        self
    }

    /// Adds a place in a data file with a remark.
    #[must_use]
    pub fn at_data(mut self, place: DataPlace, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: Place::Data(place), text: text.into() });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Offers one replacement that mends it.
    #[must_use]
    pub fn fix(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix_with(title, [Edit { span, text: text.into() }])
    }

    /// Offers several replacements that mend it together.
    #[must_use]
    pub fn fix_with(mut self, title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.fixes.push(Fix { title: title.into(), edits: edits.into_iter().collect() });
        self
    }

    /// The change that mends it, where only one is thought of.
    #[must_use]
    pub fn only_fix(&self) -> Option<&Fix> {
        match self.fixes.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    /// The main place in a source text, where it has one.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.iter().find_map(|label| match label.place {
            Place::Text(span) => Some(span),
            Place::Data(_) => None,
        })
    }

    /// The order in which findings are shown: by place, then code, then message.
    #[must_use]
    pub fn sort_key(&self) -> (Option<&Place>, &'static str, &str) {
        (self.labels.first().map(|label| &label.place), self.code.id, &self.message)
    }
}
