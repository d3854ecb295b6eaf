//! The places of a program, by what may stand in them.

use crate::syntax::words::{
    ACTION, ASSIGN, CALENDAR, COVERAGE, DEFINED, EVENT, FILE, LEDGER, NONE, OPERATOR, PARAMETER, POLICY, PROCEDURE,
    PROCEDURE_HEADER, REPEAT, STEP, STEP_HEADER, STORY, TEMPLATE, TEST, TIMING, TYPE, UNIT, VALUE, Word,
};

/// A place in a program, by what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Outside every declaration.
    File,
    /// In `ledger { … }`.
    Ledger,
    /// In `customer { … }` of the ledger.
    Entity,
    /// In `calendar … { … }`.
    Calendar,
    /// In `template … { … }`.
    Template,
    /// In `assign { … }`.
    Assign,
    /// Between `procedure` and its `{`.
    ProcedureHeader,
    /// In `procedure … { … }`.
    Procedure,
    /// Between `step` and its `{`.
    StepHeader,
    /// In `step … { … }`.
    Step,
    /// In `contact_policy { … }`.
    Policy,
    /// In `test … { … }`.
    Test,
    /// In a record of a test.
    Record,
    /// Between the first word of another block and its `{`.
    OtherHeader,
    /// Between `(` and `)`.
    Brackets,
    /// Behind an action on its line.
    Action,
    /// Behind an expression on its line.
    Expression,
}

/// Words inside a clause that begins with a word, up to the first that is a name or a value.
pub(super) const INNER: &[(Place, &str, &[&str])] = &[
    (Place::Procedure, "start", &["by", "assignment", "when"]),
    (Place::Procedure, "stop", &["when"]),
    (Place::Procedure, "follow", &["documents", "where"]),
    (Place::Procedure, "timing", &["dip", "after", "previous"]),
    (Place::StepHeader, "at", &["day", "stop", "most", "times"]),
    (Place::StepHeader, "repeat", &["every"]),
    (Place::Policy, "at", &["most", "contact", "contacts", "every"]),
    (Place::Policy, "only", &["on", "working", "days"]),
];

/// Words behind them, which are no names.
pub(super) const EVENT_WORDS: &[&str] = &["until", "result", "nothing", "from"];
/// Other words for what happens.
pub(super) const FOREIGN_EVENTS: &[(&str, &str)] =
    &[("pay", "paid"), ("payment", "paid"), ("skipped", "skip"), ("do", "done"), ("promise_to_pay", "promise")];
/// Words of other languages, at a place, for those of this one.
pub(super) const FOREIGN: &[(Place, &str, &str)] = &[
    (Place::Assign, "else", "otherwise"),
    (Place::Assign, "default", "otherwise"),
    (Place::Assign, "if", "when"),
    (Place::Template, "else", "otherwise"),
    (Place::Template, "default", "otherwise"),
    (Place::Procedure, "if", "when"),
    (Place::StepHeader, "if", "when"),
    (Place::StepHeader, "auto", "automatic"),
    (Place::StepHeader, "automatically", "automatic"),
    (Place::StepHeader, "manually", "manual"),
    (Place::Policy, "max", "at most"),
    (Place::Test, "at", "on"),
];

/// Every place in which words begin something.
const ALL: &[Place] = &[
    Place::File,
    Place::Procedure,
    Place::StepHeader,
    Place::Step,
    Place::Ledger,
    Place::Assign,
    Place::Calendar,
    Place::Template,
    Place::Policy,
    Place::Test,
    Place::ProcedureHeader,
];

impl Place {
    /// The words that begin something here.
    fn own_words(self) -> &'static [Word] {
        match self {
            Self::File => FILE,
            Self::Ledger => LEDGER,
            Self::Calendar => CALENDAR,
            Self::Template => TEMPLATE,
            Self::Assign => ASSIGN,
            Self::ProcedureHeader => PROCEDURE_HEADER,
            Self::Procedure => PROCEDURE,
            Self::StepHeader => STEP_HEADER,
            Self::Step => STEP,
            Self::Policy => POLICY,
            Self::Test => TEST,
            Self::Entity | Self::Record | Self::OtherHeader | Self::Brackets | Self::Action | Self::Expression => &[],
        }
    }

    /// The words that may stand here: those that begin something, those that go on with it, those of values.
    pub fn words(self) -> impl Iterator<Item = &'static Word> + Clone {
        let further: &[&[Word]] = match self {
            Self::File => &[DEFINED, ACTION, TYPE, PARAMETER],
            Self::Assign => &[NONE],
            Self::Entity => &[TYPE],
            Self::Procedure => &[TIMING],
            Self::StepHeader => &[REPEAT],
            Self::Step => &[COVERAGE],
            Self::Test => &[EVENT, STORY],
            Self::OtherHeader => &[TEST],
            _ => &[],
        };
        let of_values: &[&[Word]] = &[UNIT, VALUE, OPERATOR];
        [self.own_words()].into_iter().chain(further.iter().copied()).chain(of_values.iter().copied()).flatten()
    }

    /// The words that begin something here, each once.
    pub(super) fn usages(self) -> impl Iterator<Item = &'static str> + Clone {
        firsts(self.own_words())
    }

    /// How what begins with `word` is written here.
    pub(super) fn usage(self, word: &str) -> Option<String> {
        written(self.own_words(), word)
    }

    /// How it is called: `in a procedure`.
    pub(super) const fn called(self) -> &'static str {
        match self {
            Self::File => "outside every declaration",
            Self::Ledger => "in `ledger`",
            Self::Entity => "among the fields of the ledger",
            Self::Calendar => "in a calendar",
            Self::Template => "in a template",
            Self::Assign => "in `assign`",
            Self::ProcedureHeader => "before the `{` of a procedure",
            Self::Procedure => "in a procedure",
            Self::StepHeader => "before the `{` of a step",
            Self::Step => "in the block of a step",
            Self::Policy => "in `contact_policy`",
            Self::Test => "in a test",
            Self::Record => "among the fields of a test",
            Self::OtherHeader => "before `{`",
            Self::Brackets => "before `)`",
            Self::Action => "in this action",
            Self::Expression => "behind this expression",
        }
    }

    /// What one writes here.
    pub(super) const fn help(self) -> &'static str {
        match self {
            Self::File => {
                "a file holds `procedure`, `assign`, `ledger`, `define`, `template`, `calendar`, `contact_policy`, `action` and `test`"
            }
            Self::Ledger => "a ledger holds `currency`, `customer { … }`, `document { … }` and `recipient`",
            Self::Entity => {
                "write a field as `name: type`, for example `score: number?` or `segment: corporate | retail`"
            }
            Self::Calendar => "a calendar holds `weekend saturday, sunday` and `holidays BE`",
            Self::Template => {
                "a template holds a language and a file, for example `en \"reminder.md\"`, and `otherwise en`"
            }
            Self::Assign => {
                "write a rule as `standard when overdue_total > 0 EUR`, and the last one as `otherwise standard`"
            }
            Self::ProcedureHeader => "a title in double quotes, `for document` and `was old_name` may stand here",
            Self::Procedure => {
                "a procedure holds `start`, `stop`, `follow`, `timing`, `priority` and steps; conditions are joined by `and` or `or`"
            }
            Self::StepHeader => {
                "a title in double quotes, `at day 7`, `after 3 days`, `when`, `automatic`, `manual`, `repeat`, `from`, `at stop` and `was` may stand here; conditions are joined by `and` or `or`"
            }
            Self::Step => "write one action on each line, for example `email customer using reminder`",
            Self::Policy => "a contact policy holds `at most 1 contact every 3 days` and `only on working days`",
            Self::Test => {
                "a test holds records such as `customer C1 { segment: retail }` and lines such as `on 2026-03-02 expect C1 standard.reminder`"
            }
            Self::Record => "write a field as `name: value`, for example `due_date: 2026-02-01`",
            Self::OtherHeader => "write `{` directly behind the name",
            Self::Brackets => "write `)` where the expression in brackets ends",
            Self::Action => {
                "write an action as `email customer using reminder`: the first value, then the others each with its label"
            }
            Self::Expression => {
                "conditions are joined by `and` or `or`; values are compared with `=`, `!=`, `<`, `<=`, `>`, `>=`"
            }
        }
    }

    /// What one writes where a whole block is missing.
    pub(super) const fn block_help(self) -> &'static str {
        match self {
            Self::Step => "write what the step does, for example `{ email customer using reminder }`",
            _ => "write its fields between `{` and `}`",
        }
    }

    /// The place between the first word of this block and its `{`.
    pub(super) const fn header(self) -> Self {
        match self {
            Self::Procedure => Self::ProcedureHeader,
            Self::Step => Self::StepHeader,
            _ => Self::OtherHeader,
        }
    }

    /// Whether it lies before a `{`.
    pub(super) const fn is_header(self) -> bool {
        matches!(self, Self::ProcedureHeader | Self::StepHeader | Self::OtherHeader)
    }

    /// The other place whose words have `word` among them.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        ALL.iter().copied().find(|place| place.usages().any(|known| known == word))
    }
}

/// The words behind the date of a line in a test's story.
pub(super) fn events() -> impl Iterator<Item = &'static str> + Clone {
    firsts(EVENT)
}

/// How a line of a test's story is written.
pub(super) fn event(word: &str) -> Option<String> {
    written(EVENT, word)
}

fn firsts(words: &'static [Word]) -> impl Iterator<Item = &'static str> + Clone {
    let before = |place: usize| words.iter().take(place);
    let is_first = move |place: usize, word: &str| before(place).all(|other| other.first() != word);
    words
        .iter()
        .enumerate()
        .map(|(place, word)| (place, word.first()))
        .filter_map(move |(place, word)| is_first(place, word).then_some(word))
}

fn written(words: &'static [Word], first: &str) -> Option<String> {
    let ways: Vec<&str> = words.iter().filter(|word| word.first() == first).map(|word| word.example).collect();
    (!ways.is_empty()).then(|| ways.join("` or `"))
}
