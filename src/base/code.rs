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

    /// Whether it is about how a file is written: of the section `E01..`.
    #[must_use]
    pub fn is_of_syntax(self) -> bool {
        self.id.starts_with("E01")
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

    // E02..: names (check)
    UNKNOWN_NAME = E0201 Error;
    UNKNOWN_REFERENCE = E0202 Error;
    UNKNOWN_VALUE = E0203 Error;
    UNKNOWN_WORD = E0204 Error;
    DUPLICATE_NAME = E0205 Error;
    TAKEN_NAME = E0206 Error;
    REPEATED_BLOCK = E0207 Error;
    NO_CURRENCY = E0208 Error;
    NOT_KNOWN_HERE = E0209 Error;
    CYCLIC_DEFINE = E0210 Error;
    DEEP_DEFINE = E0211 Error;
    NO_CALENDAR = E0212 Error;
    STATUS_IS_A_LIST = E0213 Error;
    UNKNOWN_ARGUMENT = E0214 Error;
    MISSING_ARGUMENT = E0215 Error;
    REPEATED_ARGUMENT = E0216 Error;
    ACTION_INCOMPLETE = E0217 Error;
    UNUSED = E0218 Warning;

    // E03..: types and values (check/expr)
    MIXED_TYPES = E0301 Error;
    NO_OUTCOME = E0302 Error;
    WRONG_TYPE = E0303 Error;
    NO_CONDITION = E0304 Error;
    MAY_BE_MISSING = E0305 Error;
    NEVER_MISSING = E0306 Warning;
    MISLEADING_NUMBER = E0307 Error;
    UNKNOWN_UNIT = E0308 Error;
    NOT_WHOLE = E0309 Error;
    OUT_OF_RANGE = E0310 Error;
    DIVISION_BY_ZERO = E0311 Error;
    QUOTED_VALUE = E0312 Error;
    LISTS_DIFFER = E0313 Error;
    NO_ORDER = E0314 Error;
    LONE_WORKING_DAYS = E0315 Error;
    QUESTION_FORM = E0316 Error;
    NESTED_QUESTION = E0317 Error;
    EMPTY_LIST = E0318 Error;
    WRONG_COUNT = E0319 Error;
    SAME_ON_BOTH_SIDES = E0320 Warning;
    EMPTY_RANGE = E0321 Warning;

    // E04..: rules of procedures (check/rules)
    NO_START = E0401 Error;
    NO_TIMING = E0402 Error;
    NO_STEPS = E0403 Error;
    STEP_WITHOUT_ACTION = E0404 Error;
    STOP_WITHOUT_START = E0405 Error;
    NEVER_STARTS = E0406 Error;
    START_DATE_UNUSED = E0407 Warning;
    FOLLOWS_NOTHING = E0408 Error;
    DAYS_NOT_RISING = E0411 Error;
    AFTER_IN_DIP = E0412 Error;
    STEP_WITHOUT_DAY = E0413 Error;
    CLOCK_WITHOUT_DAY = E0415 Error;
    PRE_DUE_COMES_LATE = E0416 Warning;
    DAY_ALREADY_REACHED = E0417 Warning;
    REPEAT_WITHOUT_END = E0421 Error;
    REPEAT_ONCE = E0422 Warning;
    REPEAT_OVERTAKEN = E0423 Warning;
    NOTHING_STOPS = E0424 Error;
    AT_STOP_AND_DAY = E0425 Error;
    STEP_AFTER_RELEASE = E0426 Warning;
    ASSIGNED_YET_CONDITIONAL = E0431 Error;
    RULE_AFTER_OTHERWISE = E0432 Error;
    NO_OTHERWISE = E0433 Warning;
    NEVER_ASSIGNED = E0434 Warning;
    RULE_NEVER_HOLDS = E0435 Warning;
    RESULT_NEVER_KNOWN = E0441 Warning;
    AUTOMATIC_BY_HAND = E0442 Hint;
    RENAMED_TWICE = E0443 Error;
    LEAD_NOT_RELEASED = E0444 Hint;
    SAME_ACTION_TWICE = E0445 Warning;

    // E05..: templates, recipients, calendars, tests (check)
    TEMPLATE_FILE_MISSING = E0501 Error;
    TEMPLATE_WITHOUT_FILES = E0502 Error;
    LANGUAGE_TWICE = E0503 Error;
    OTHERWISE_WITHOUT_FILE = E0504 Error;
    TEMPLATE_WITHOUT_OTHERWISE = E0505 Warning;
    TEMPLATE_UNREADABLE = E0506 Error;
    TEMPLATE_UNKNOWN_NAME = E0507 Error;
    TEMPLATE_NAME_NOT_OFFERED = E0508 Error;
    TEMPLATE_UNKNOWN_FILTER = E0509 Error;
    TEMPLATE_STANDS_ALONE = E0510 Error;
    UNKNOWN_HOLIDAYS = E0521 Error;
    HOLIDAY_FILE_MISSING = E0522 Error;
    HOLIDAY_LINE = E0523 Error;
    NO_WORKING_DAY = E0525 Error;
    NO_WEEKEND = E0526 Warning;
    LIMIT_WITHOUT_EFFECT = E0527 Warning;
    TEST_UNKNOWN_ID = E0541 Error;
    TEST_WRONG_SUBJECT = E0542 Error;
    TEST_RECORD_INCOMPLETE = E0543 Error;
    TEST_FIELD_MISSING = E0544 Error;
    TEST_FIELD_COMPUTED = E0545 Error;
    TEST_VALUE_NOT_WRITTEN = E0546 Error;
    TEST_DATE_BACK = E0547 Error;
    TEST_WITHOUT_EXPECT = E0548 Warning;

    // E06..: the project: folders, files, dunlin.toml (cli, workspace, ledger/config)
    TOML_SYNTAX = E0601 Error;
    UNKNOWN_SETTING = E0602 Error;
    BAD_SETTING = E0603 Error;
    NOT_READ_YET = E0604 Error;
    NO_SUCH_FOLDER = E0640 Error;
    NOT_A_FOLDER = E0641 Error;
    NO_PROCEDURES = E0642 Error;
    UNREADABLE_PROGRAM = E0643 Error;
    PROGRAM_NOT_UTF8 = E0644 Error;

    // E07..: the data of the ledger (ledger)
    // E070.: whole files
    MISSING_TABLE = E0701 Error;
    TWO_FILES = E0702 Error;
    UNREADABLE_FILE = E0703 Error;
    MISSING_COLUMN = E0704 Error;
    UNSUITABLE_COLUMN = E0705 Error;
    EMPTY_TABLE = E0706 Warning;
    MISSPELT_COLUMN = E0707 Warning;
    // E071.: rows and cells
    BROKEN_ROW = E0710 Error;
    NOT_UTF8 = E0711 Error;
    MISSING_CELL = E0712 Error;
    BAD_DATE = E0713 Error;
    BAD_NUMBER = E0714 Error;
    BAD_CURRENCY = E0715 Error;
    NOT_IN_LIST = E0716 Error;
    // E072.: what rows say about each other
    DUPLICATE_ID = E0720 Error;
    CUSTOMER_CONTRADICTED = E0721 Error;
    UNKNOWN_CUSTOMER = E0722 Error;
    UNKNOWN_DOCUMENT = E0723 Error;
    OTHER_CUSTOMERS_DOCUMENT = E0724 Error;
    TWO_CURRENCIES = E0725 Error;
    BAD_RATE = E0726 Error;
    HOLD_WITHOUT_DAYS = E0727 Error;
    POSITIVE_CREDIT = E0728 Error;
    TWO_STATUSES = E0729 Error;
    // E073.: what is read as it stands, and probably meant otherwise
    DATES_OUT_OF_ORDER = E0730 Warning;
    NEGATIVE_INVOICE = E0731 Warning;
    UNDECLARED_ROLE = E0732 Warning;
    PAYMENTS_DISAGREE = E0733 Warning;
    REPEATED_CUSTOMER = E0734 Warning;
    TWO_RECIPIENTS = E0735 Warning;

    // E08..: the run (run)
    MISSING_RATE = E0801 Error;
    TOO_LARGE = E0802 Error;
    UNKNOWN_RESULT = E0803 Error;
    STOP_NEEDS_JOURNAL = E0813 Warning;
    START_NOT_KNOWN = E0814 Warning;
    OUTCOME_NOT_TAKEN = E0815 Warning;
    NOT_IN_LEDGER = E0816 Hint;
    STATUS_NOT_DATED = E0821 Hint;
    DATE_OUTSIDE_LEDGER = E0822 Hint;
    ROLE_WITHOUT_NAME = E0823 Hint;

    // E09..: files of a journal (journal/text)
    NO_JOURNAL_FILE = E0901 Error;
    BAD_ENTRY = E0902 Error;
    OUTCOME_REFUSED = E0911 Error;

    // E095.: tests that are executed (testing, cli/test)
    TEST_NOT_MET = E0951 Error;
    TEST_CANNOT_BE_PLAYED = E0952 Error;
    TEST_NOTHING_TO_REPORT = E0953 Error;
    SNAPSHOT_DIFFERS = E0954 Error;
    SNAPSHOT_STALE = E0955 Warning;
}
