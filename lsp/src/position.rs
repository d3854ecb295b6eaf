//! Byte offsets to the positions of the protocol: line and column from 0, columns in code units.

use dunlin::base::Source;
use serde_json::{Value, json};
use std::ops::Range;

/// How the columns of positions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// In bytes.
    Utf8,
    /// In UTF-16 code units: what every client understands.
    Utf16,
}

impl Encoding {
    /// Bytes where the client offers them.
    pub(crate) const fn chosen(offers_utf8: bool) -> Self {
        if offers_utf8 { Self::Utf8 } else { Self::Utf16 }
    }

    /// The protocol's range of a stretch of bytes.
    pub(crate) fn range(self, source: &Source, range: &Range<usize>) -> Value {
        json!({ "start": self.position(source, range.start), "end": self.position(source, range.end) })
    }

    fn position(self, source: &Source, offset: usize) -> Value {
        let (line, _) = source.line_column(offset);
        let before = source.text.get(source.line_start(line)..offset.min(source.text.len())).unwrap_or("");
        let column = match self {
            Self::Utf8 => before.len(),
            Self::Utf16 => before.encode_utf16().count(),
        };
        json!({ "line": line - 1, "character": column })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_units() {
        let source = Source::new("a.proc", "a\né𝄞x");
        let at = source.text.find('x').expect("x");
        assert_eq!(Encoding::Utf16.position(&source, at), json!({ "line": 1, "character": 3 }));
        assert_eq!(Encoding::Utf8.position(&source, at), json!({ "line": 1, "character": 6 }));
        assert_eq!(Encoding::Utf16.position(&source, 99), json!({ "line": 1, "character": 4 }));
    }
}
