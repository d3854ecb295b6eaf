//! What may stand where, and how it is written: one table, for messages about what does not belong.

/// A place in a program, by what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
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

/// A word that begins something, and how that is written.
pub(super) type Usage = (&'static str, &'static str);

const FILE: &[Usage] = &[
    ("procedure", "procedure standard \"Standard procedure\" { … }"),
    ("assign", "assign { otherwise standard }"),
    ("ledger", "ledger { currency EUR }"),
    ("define", "define large = overdue_total > 10_000 EUR"),
    ("template", "template reminder { en \"reminder.md\" }"),
    ("calendar", "calendar belgium { weekend saturday, sunday  holidays BE }"),
    ("contact_policy", "contact_policy { at most 1 contact every 3 days }"),
    ("action", "action whatsapp(to: recipient, using: template)"),
    ("test", "test \"what it shows\" { … }"),
];
const LEDGER: &[Usage] = &[
    ("currency", "currency EUR"),
    ("customer", "customer { segment: corporate | retail }"),
    ("document", "document { status: open | dispute }"),
    ("recipient", "recipient sales_manager, collection_agency"),
];
const CALENDAR: &[Usage] = &[("weekend", "weekend saturday, sunday"), ("holidays", "holidays BE")];
const TEMPLATE: &[Usage] = &[("otherwise", "otherwise en")];
const ASSIGN: &[Usage] = &[("when", "standard when overdue_total > 0 EUR"), ("otherwise", "otherwise standard")];
const PROCEDURE_HEADER: &[Usage] = &[("for", "for document"), ("was", "was old_name")];
const PROCEDURE: &[Usage] = &[
    ("start", "start by assignment` or `start when status = dispute"),
    ("stop", "stop when overdue_total = 0 EUR"),
    ("follow", "follow documents where status = open"),
    ("timing", "timing dip` or `timing after previous"),
    ("priority", "priority overdue_total"),
    ("step", "step reminder \"First reminder\" at day 7 { … }"),
];
const STEP_HEADER: &[Usage] = &[
    ("at", "at day 7` or `at stop"),
    ("after", "after 3 days"),
    ("from", "from issue_date"),
    ("when", "when overdue_total > 250 EUR"),
    ("automatic", "automatic"),
    ("manual", "manual"),
    ("repeat", "repeat every 7 days at most 3 times"),
    ("was", "was old_name"),
];
const STEP: &[Usage] = &[("results", "results promised | refused | no_answer")];
const POLICY: &[Usage] = &[("at", "at most 1 contact every 3 days"), ("only", "only on working days")];
const TEST: &[Usage] = &[
    ("on", "on 2026-03-02 expect F1 dispute.inform"),
    ("customer", "customer C1 { segment: retail }"),
    ("document", "document F1 of C1 { due_date: 2026-02-01  amount: 500 EUR }"),
    ("payment", "payment of F1 { date: 2026-02-01  amount: 500 EUR }"),
    ("promise", "promise of C1 { made_on: 2026-02-01  due_on: 2026-02-15 }"),
    ("hold", "hold of C1 { from: 2026-02-01 }"),
    ("history", "history of C1 { date: 2026-02-01  outcome: contact }"),
    ("rate", "rate { currency: USD  date: 2026-02-01  rate: 0.9 }"),
];

/// The lines of a test's story, by the word behind the date.
pub(super) const EVENTS: &[Usage] = &[
    ("expect", "on 2026-03-02 expect F1 dispute.inform` or `on 2026-03-02 expect C1 nothing from standard"),
    ("done", "on 2026-03-02 done F1 dispute.inform` or `on 2026-03-02 done C1 standard.call_1 result promised"),
    ("skip", "on 2026-03-02 skip F1 dispute.inform"),
    ("paid", "on 2026-03-02 paid F1 100 EUR"),
    ("set", "on 2026-03-02 set F1 status dispute"),
    ("hold", "on 2026-03-02 hold C1 until 2026-04-01"),
    ("promise", "on 2026-03-02 promise F1 100 EUR until 2026-04-01"),
];
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
    pub(super) const fn usages(self) -> &'static [Usage] {
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
        ALL.iter().copied().find(|place| place.usages().iter().any(|(known, _)| *known == word))
    }
}
