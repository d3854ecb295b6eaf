//! Every code a finding may have, in one table.
//!
//! The page `docs/errors/<code>.md` holds the title (its first heading), the explanation and the
//! examples; a test holds table and folder equal and runs the examples. To add a code: one line
//! here, one page there.

use serde::{Serialize, Serializer};

use crate::base::Severity;

/// A kind of finding.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// `E` and four digits. The hundreds tell the stage: see the sections of this file.
    pub id: &'static str,
    /// How much findings of this kind matter.
    pub severity: Severity,
    /// The page that explains it, in Markdown.
    pub page: &'static str,
}

impl Code {
    /// The title of its page.
    #[must_use]
    pub fn title(self) -> &'static str {
        let heading = self.page.lines().find(|line| line.starts_with("# ")).unwrap_or("");
        heading.split_once(": ").map_or("", |(_, title)| title)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

macro_rules! codes {
    ($($(#[$section:meta])* $name:ident = $id:ident $severity:ident;)*) => {
        $(
            #[doc = concat!("See `docs/errors/", stringify!($id), ".md`.")]
            pub const $name: Code = Code {
                id: stringify!($id),
                severity: Severity::$severity,
                page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors/", stringify!($id), ".md")),
            };
        )*

        /// Every code, by its number.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // E01..: how a file is written (syntax)
    UNREADABLE_TEXT = E0101 Error;
    MISSPELT_KEYWORD = E0102 Error;
    BRACES = E0103 Error;
    OPEN_BRACKET = E0104 Error;
    UNCLOSED_TEXT = E0105 Error;
    ODD_QUOTES = E0106 Error;
    WRONG_OPERATOR = E0107 Error;
    WRONG_DATE = E0108 Error;
    IMPOSSIBLE_DATE = E0109 Error;
    CURRENCY_FIRST = E0110 Error;
    NUMBER_WITH_COMMA = E0111 Error;
    NEEDLESS_SIGN = E0112 Error;
    RESERVED_NAME = E0113 Error;
    ODD_NAME = E0114 Error;
    MISSING_NAME = E0115 Error;
    MISSING_VALUE = E0116 Error;
    MIXED_AND_OR = E0117 Error;
    CHAINED_COMPARISON = E0118 Error;
    NESTED_TOO_DEEPLY = E0119 Error;
    REPEATED_CLAUSE = E0120 Error;
    WRONG_CLAUSE = E0121 Error;
    MISPLACED_CLAUSE = E0122 Error;
    WRONG_DURATION = E0123 Error;
    UNKNOWN_COLLECTION = E0124 Error;

    // E02..: names (check/names)

    // E03..: types and values (check/types)

    // E04..: rules of procedures (check/rules)

    // E05..: templates, recipients, calendars, tests (check)

    // E06..: the project: folders, files, dunlin.toml (cli, workspace, ledger/config)

    // E07..: the data of the ledger (ledger)

    // E08..: the run (run)
}
