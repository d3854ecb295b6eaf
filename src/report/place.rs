//! Where a finding lies, as file, line and column: what every format prints.

use std::borrow::Cow;

use serde::Serialize;

use crate::base::{DataPlace, Diagnostic, Place, Sources, Span};

/// What findings are shown with.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The texts that spans refer to.
    pub sources: &'a Sources,
    /// The way from the working folder to the program's folder, without a `/` at its end; empty when they are the same.
    /// Of a git revision as git writes it: `HEAD~1:` or `HEAD~1:folder`.
    pub folder: &'a str,
}

/// A place as it is printed; lines and columns count from 1, columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located {
    /// The file, seen from the working folder; empty for a finding that lies in none.
    pub file: String,
    /// The line; for Parquet the row.
    pub line: Option<u64>,
    /// The column.
    pub column: Option<u64>,
    /// Where it ends: just after its last character.
    pub end: Option<End>,
}

/// Where a place ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct End {
    /// The line.
    pub line: u64,
    /// The column just after the last character.
    pub column: u64,
}

impl View<'_> {
    /// A path of the program as it is seen from the working folder.
    #[must_use]
    pub fn path<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let elsewhere = self.folder.is_empty() || path.is_empty() || path.starts_with(['/', '<']) || has_drive(path);
        let gap = if self.folder.ends_with(':') { "" } else { "/" };
        if elsewhere { path.into() } else { format!("{}{gap}{path}", self.folder).into() }
    }

    /// Where a finding is shown.
    #[must_use]
    pub fn locate(&self, finding: &Diagnostic) -> Located {
        finding.labels.first().map_or_else(Located::nowhere, |label| self.place(&label.place))
    }

    /// File, line and column of a place.
    #[must_use]
    pub fn place(&self, place: &Place) -> Located {
        match place {
            Place::Text(span) => self.span(*span),
            Place::Data(place) => self.data(place),
        }
    }

    /// File, line and column of a stretch of text.
    #[must_use]
    pub fn span(&self, span: Span) -> Located {
        let Some(source) = self.sources.get(span.file) else { return Located::nowhere() };
        let at = |offset: u32| {
            let (line, column) = source.line_column(offset as usize);
            (line as u64, column as u64)
        };
        let ((line, column), (end_line, end_column)) = (at(span.start), at(span.end));
        Located {
            file: self.path(&source.path).into_owned(),
            line: Some(line),
            column: Some(column),
            end: Some(End { line: end_line, column: end_column }),
        }
    }

    fn data(&self, place: &DataPlace) -> Located {
        Located { file: self.path(&place.file).into_owned(), line: place.line, column: place.column, end: None }
    }
}

fn has_drive(path: &str) -> bool {
    path.as_bytes().get(1) == Some(&b':')
}

impl Located {
    const fn nowhere() -> Self {
        Self { file: String::new(), line: None, column: None, end: None }
    }

    /// `file:line:column`, as much of it as is known.
    #[must_use]
    pub fn short(&self) -> String {
        let number = |number: Option<u64>| number.map_or_else(String::new, |number| format!(":{number}"));
        format!("{}{}{}", self.file, number(self.line), number(self.column.filter(|_| self.line.is_some())))
    }
}
