//! The syntax tree: what a `.proc` file says, as written, before any name is looked up.
//!
//! Nodes carry the exact span of their text, without the blanks and comments after it. A clause
//! written twice is reported by the parser and the first one kept. Equality of names and literals
//! ignores spans, so two layouts of one program have equal trees (`S1` for the formatter).

use crate::base::{At, Date, FileId, Span, Spanned};

/// A name as written; empty where it is missing, which the parser has reported.
pub type Name = Spanned<String>;

/// One file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct File {
    /// Its declarations, in written order.
    pub items: Vec<Item>,
    /// Every comment, in written order.
    pub comments: Vec<Comment>,
    /// Where the text has empty lines, which the printer keeps one of.
    pub blank_lines: BlankLines,
}

impl File {
    /// The name that stands for it in spans; `None` for one that declares nothing.
    #[must_use]
    pub fn id(&self) -> Option<FileId> {
        self.items.first().map(|item| item.head().span.file)
    }
}

/// The offsets of the empty lines of a text, in rising order. Part of the layout: all are equal.
#[derive(Debug, Clone, Default)]
pub struct BlankLines(pub Vec<u32>);

impl PartialEq for BlankLines {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl BlankLines {
    /// Whether an empty line lies between two offsets.
    #[must_use]
    pub fn between(&self, start: u32, end: u32) -> bool {
        let next = self.0.partition_point(|line| *line < start);
        self.0.get(next).is_some_and(|line| *line < end)
    }
}

/// A comment: its text from the `#` on, and whether it stands alone on its line.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// The text, with the `#`, without blanks at its end.
    pub text: Spanned<String>,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant holds the node that documents it")]
pub enum Item {
    Ledger(Ledger),
    Calendar(Calendar),
    Define(Define),
    Template(Template),
    Action(ActionDecl),
    Assign(Assign),
    Procedure(Box<Procedure>),
    ContactPolicy(ContactPolicy),
    Test(Test),
}

impl Item {
    /// What every declaration has.
    #[must_use]
    pub const fn head(&self) -> &Head {
        match self {
            Self::Ledger(it) => &it.head,
            Self::Calendar(it) => &it.head,
            Self::Define(it) => &it.head,
            Self::Template(it) => &it.head,
            Self::Action(it) => &it.head,
            Self::Assign(it) => &it.head,
            Self::Procedure(it) => &it.head,
            Self::ContactPolicy(it) => &it.head,
            Self::Test(it) => &it.head,
        }
    }

    /// Its word, where a program has only one such block.
    #[must_use]
    pub const fn only_one(&self) -> Option<&'static str> {
        match self {
            Self::Ledger(_) => Some("ledger"),
            Self::Assign(_) => Some("assign"),
            Self::ContactPolicy(_) => Some("contact_policy"),
            Self::Calendar(_)
            | Self::Define(_)
            | Self::Template(_)
            | Self::Action(_)
            | Self::Procedure(_)
            | Self::Test(_) => None,
        }
    }
}

/// What every declaration has.
#[derive(Debug, Clone)]
pub struct Head {
    /// The whole declaration.
    pub span: Span,
    /// Its first word: `procedure`.
    pub keyword: Span,
    /// From its `{` to its `}`, where it has both.
    pub body: Option<Span>,
    /// The comment directly above it, without `#`, lines joined by line ends.
    pub doc: Option<String>,
    /// Whether a part of it could not be read and has been reported: nothing is said any more about
    /// what it seems to lack.
    pub damaged: bool,
}

/// The head is where it stands, not what it says.
impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.doc == other.doc
    }
}

/// `ledger { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// `currency EUR`
    pub currency: Option<Name>,
    /// The fields of `customer { … }`.
    pub customer: Vec<Field>,
    /// The fields of `document { … }`; among them the closed list `status`.
    pub document: Vec<Field>,
    /// `recipient a, b`
    pub recipients: Vec<Name>,
    /// Where `customer { … }` stands, if it does.
    pub customer_block: Option<Block>,
    /// Where `document { … }` stands, if it does.
    pub document_block: Option<Block>,
}

/// Where a block stands that is no declaration. Part of the layout: all are equal.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// With its first word.
    pub span: Span,
    /// From its `{` to its `}`, where it has both.
    pub body: Option<Span>,
}

impl PartialEq for Block {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// `name: type`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The words of its type: one for `text`, several for a closed list `a | b`.
    pub ty: Vec<Name>,
    /// Where the `?` stands, if there is one.
    pub optional: Option<At>,
    /// The whole field.
    pub span: At,
    /// The comment directly above it or after it on its line.
    pub doc: Option<String>,
}

/// `calendar NAME { weekend saturday, sunday  holidays BE }`
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// Its name.
    pub name: Name,
    /// Days of the week off.
    pub weekend: Vec<Name>,
    /// Countries (`BE`, `DE_BY`) or the user's own files (`"shutdown.txt"`).
    pub holidays: Vec<Holidays>,
}

/// One source of holidays.
#[derive(Debug, Clone, PartialEq)]
pub enum Holidays {
    /// A built-in calendar: `BE`, `NL`, `DE`, `DE_BY`, `FR`, `US`, `TARGET`.
    Country(Name),
    /// A file of dates, relative to the program's folder.
    File(Spanned<String>),
}

/// `define NAME = EXPR`, `define document.NAME = EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// `document` or `customer` before the dot, where written.
    pub owner: Option<Name>,
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub expr: Expr,
}

/// `template NAME { en "file"  nl "file"  otherwise en }`
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// Its name.
    pub name: Name,
    /// Language and file.
    pub files: Vec<(Name, Spanned<String>)>,
    /// The language used where there is no file for the recipient's.
    pub otherwise: Option<Name>,
}

/// `action NAME(parameter: type = default, …) contact by hand computes charge`
#[derive(Debug, Clone, PartialEq)]
pub struct ActionDecl {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Where `contact` stands, if it does.
    pub contact: Option<At>,
    /// Where `by hand` stands, if it does.
    pub by_hand: Option<At>,
    /// What it `computes`.
    pub computes: Option<Name>,
}

/// A parameter of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its label.
    pub name: Name,
    /// Its type: a type of the language, `recipient`, `template`, `documents`, `status`.
    pub ty: Name,
    /// Where the `?` stands, if there is one.
    pub optional: Option<At>,
    /// What it is when it is not given.
    pub default: Option<Expr>,
}

/// `assign { NAME when EXPR  otherwise NAME }`
#[derive(Debug, Clone, PartialEq)]
pub struct Assign {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// The rules, in written order.
    pub rules: Vec<AssignRule>,
}

/// One rule of `assign`.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignRule {
    /// The procedure, or `none`.
    pub procedure: Name,
    /// When it is assigned; `None` for `otherwise`.
    pub when: Option<Expr>,
    /// The whole rule.
    pub span: At,
}

/// `procedure NAME "Title" for document was old { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// `customer` or `document` after `for`.
    pub scope: Option<Name>,
    /// Earlier names, after `was`.
    pub was: Vec<Name>,
    /// How it starts.
    pub start: Option<Start>,
    /// `stop when EXPR`
    pub stop: Option<Expr>,
    /// `follow documents where EXPR`
    pub follow: Option<Follow>,
    /// How its steps are timed.
    pub timing: Option<Timing>,
    /// `priority EXPR`
    pub priority: Option<Expr>,
    /// Its steps, in written order.
    pub steps: Vec<Step>,
}

/// `start by assignment`, `start when EXPR`, both with `from EXPR`.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// `None` for `by assignment`.
    pub when: Option<Expr>,
    /// The expression that dates the start.
    pub from: Option<Expr>,
    /// The whole clause.
    pub span: At,
}

/// `follow documents where EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Follow {
    /// Which documents; `None` without `where`.
    pub filter: Option<Expr>,
    /// The whole clause.
    pub span: At,
}

/// `timing …`
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// Which clock.
    pub kind: TimingKind,
    /// The whole clause.
    pub span: At,
}

/// Which clock drives the steps.
#[derive(Debug, Clone, PartialEq)]
pub enum TimingKind {
    /// `timing dip`
    Dip {
        /// `from EXPR`
        from: Option<Expr>,
        /// `counting working days [of CAL]`
        counting: Option<Counting>,
    },
    /// `timing after previous`
    AfterPrevious,
}

/// `counting working days [of CAL]`
#[derive(Debug, Clone, PartialEq)]
pub struct Counting {
    /// The calendar, where written.
    pub calendar: Option<Name>,
    /// The whole clause.
    pub span: At,
}

/// `step NAME "Title" MODIFIERS { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// `at day N`
    pub at_day: Option<Spanned<i64>>,
    /// `after N days`
    pub after: Option<Duration>,
    /// `from EXPR`: a clock of its own.
    pub from: Option<Expr>,
    /// Where `at stop` stands, if it does.
    pub at_stop: Option<At>,
    /// `when EXPR`
    pub when: Option<Expr>,
    /// `automatic`, `automatic if EXPR`, `manual`
    pub mode: Option<Mode>,
    /// `repeat every N days at most M times`
    pub repeat: Option<Repeat>,
    /// Earlier names, after `was`.
    pub was: Vec<Name>,
    /// `results a | b`
    pub results: Vec<Name>,
    /// Its actions, in written order.
    pub actions: Vec<Action>,
}

/// Who does a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    /// What is written.
    pub kind: ModeKind,
    /// The whole modifier.
    pub span: At,
}

/// What stands for the mode.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum ModeKind {
    Manual,
    Automatic,
    AutomaticIf(Expr),
}

/// `3 days`, `2 weeks`, `5 working days of CAL`
#[derive(Debug, Clone, PartialEq)]
pub struct Duration {
    /// The number before the unit.
    pub number: Literal,
    /// The unit; weeks and days are calendar days.
    pub unit: DurationUnit,
    /// The whole duration.
    pub span: At,
}

/// The unit of a duration.
#[derive(Debug, Clone, PartialEq)]
pub enum DurationUnit {
    /// Calendar days.
    Days,
    /// Seven calendar days.
    Weeks,
    /// Working days of a calendar, where named.
    WorkingDays(Option<Name>),
}

/// `repeat every N days at most M times`
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// The time between.
    pub every: Duration,
    /// How often at most.
    pub at_most: Option<Literal>,
    /// The whole modifier.
    pub span: At,
}

/// `email customer using reminder covering documents where overdue`
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The action's name.
    pub name: Name,
    /// Its arguments, in written order.
    pub arguments: Vec<Argument>,
    /// The whole action.
    pub span: At,
}

/// An argument of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its label; `None` for the first one.
    pub label: Option<Name>,
    /// What is given.
    pub value: ArgumentValue,
    /// Label and value.
    pub span: At,
}

/// What an argument may be.
#[derive(Debug, Clone, PartialEq)]
pub enum ArgumentValue {
    /// An expression; a bare name may be a recipient, a template, `overdue`, `reached`, a status:
    /// the parameter's type tells.
    Expr(Expr),
    /// `documents where EXPR`
    Documents {
        /// Which collection.
        collection: Spanned<Collection>,
        /// Which of them.
        filter: Option<Expr>,
    },
}

/// `contact_policy { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct ContactPolicy {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// `at most N contacts every M days`
    pub limits: Vec<ContactLimit>,
    /// `only on working days [of CAL]`
    pub only_on: Option<Counting>,
}

/// `at most N contacts every M days`
#[derive(Debug, Clone, PartialEq)]
pub struct ContactLimit {
    /// How many.
    pub at_most: Literal,
    /// In how long.
    pub every: Duration,
    /// The whole clause.
    pub span: At,
}

/// `test "title" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    #[expect(missing_docs, reason = "see Head")]
    pub head: Head,
    /// What it shows.
    pub title: Spanned<String>,
    /// The customers, documents and so on it is about.
    pub records: Vec<Record>,
    /// What happens and what is expected, in written order.
    pub events: Vec<Event>,
}

/// `document F1 of C1 { due_date: 2026-02-01 }`
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// `customer`, `document`, `payment`, `promise`, `hold`, `history`, `rate`
    pub kind: Name,
    /// Its id, where it has one.
    pub id: Option<Name>,
    /// Whose it is.
    pub of: Option<Name>,
    /// Its fields.
    pub fields: Vec<(Name, Expr)>,
    /// The whole record.
    pub block: Block,
}

/// `on DATE EVENT`
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The day.
    pub date: Spanned<Date>,
    /// What happens or is expected.
    pub kind: EventKind,
    /// The whole line.
    pub span: At,
}

/// A line of a test's story.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// `expect F1 dispute.inform`
    Expect {
        /// Customer or document.
        subject: Name,
        /// The step.
        step: StepRef,
    },
    /// `expect C1 nothing [from standard]`
    ExpectNothing {
        /// Customer or document.
        subject: Name,
        /// The only procedure that is meant.
        from: Option<Name>,
    },
    /// `done F1 dispute.inform [result promised]`, `skip …`
    Outcome {
        /// `done` or `skip`.
        outcome: Name,
        /// Customer or document.
        subject: Name,
        /// The step.
        step: StepRef,
        /// What was reported back.
        result: Option<Name>,
    },
    /// `paid F1 [100 EUR]`
    Paid {
        /// The document.
        document: Name,
        /// How much; all of it where missing.
        amount: Option<Expr>,
    },
    /// `set F1 status dispute`
    Set {
        /// Customer or document.
        subject: Name,
        /// The field.
        field: Name,
        /// Its new value.
        value: Expr,
    },
    /// `hold C1 [until DATE]`
    Hold {
        /// Customer or document.
        subject: Name,
        /// Last day.
        until: Option<Spanned<Date>>,
    },
    /// `promise F1 [100 EUR] until DATE`
    Promise {
        /// Customer or document.
        subject: Name,
        /// How much; all of it where missing.
        amount: Option<Expr>,
        /// The day up to which payment is promised.
        until: Spanned<Date>,
    },
}

/// `procedure.step`
#[derive(Debug, Clone, PartialEq)]
pub struct StepRef {
    /// The procedure.
    pub procedure: Name,
    /// The step.
    pub step: Name,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: At,
}

impl Expr {
    /// Where it stands.
    #[must_use]
    pub const fn at(&self) -> Span {
        self.span.0
    }
}

impl Expr {
    /// The expressions directly inside, in written order.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Number(..)
            | ExprKind::Date(_)
            | ExprKind::Text(_)
            | ExprKind::Flag(_)
            | ExprKind::Name(_)
            | ExprKind::Member(..)
            | ExprKind::ResultOf(_)
            | ExprKind::Unreadable => Vec::new(),
            ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsMissing(inner)
            | ExprKind::IsPresent(inner)
            | ExprKind::Paren(inner) => vec![inner],
            ExprKind::Binary(_, left, right) | ExprKind::OrElse(left, right) => vec![left, right],
            ExprKind::In(value, list) => std::iter::once(&**value).chain(list).collect(),
            ExprKind::Between(value, low, high) => vec![value, low, high],
            ExprKind::Question(question) => question.element.iter().chain(&question.filter).collect(),
            ExprKind::Call(_, arguments) => arguments.iter().collect(),
        }
    }

    /// Calls `visit` for the expression and every one inside it, outermost first, in written order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        self.parts().into_iter().for_each(|part| part.walk(visit));
    }
}

/// A number as written: digits, `_` and a point. Ranges and misleading forms are the checker's.
pub type Literal = Spanned<String>;

/// The kinds of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `12`, `10_000`, `0.5`, with a unit where one is written.
    Number(Literal, Option<Unit>),
    /// `2026-03-05`
    Date(Date),
    /// `"text"`, without quotes, escapes resolved.
    Text(String),
    /// `yes`, `no`
    Flag(bool),
    /// `overdue_total`
    Name(String),
    /// `customer.score`
    Member(Name, Name),
    /// `result of call_1`
    ResultOf(Name),
    /// `not a`
    Not(Box<Expr>),
    /// `-a`
    Negate(Box<Expr>),
    /// `a and b`, `a < b`, `a + b`
    Binary(Spanned<BinaryOp>, Box<Expr>, Box<Expr>),
    /// `a or else b`
    OrElse(Box<Expr>, Box<Expr>),
    /// `a in (b, c)`
    In(Box<Expr>, Vec<Expr>),
    /// `a between b and c`
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a is missing`
    IsMissing(Box<Expr>),
    /// `a is present`
    IsPresent(Box<Expr>),
    /// `count(documents where overdue)`
    Question(Box<QuestionExpr>),
    /// `max(a, b)`
    Call(Name, Vec<Expr>),
    /// `(a)`
    Paren(Box<Expr>),
    /// What could not be read and has been reported; every stage lets it pass in silence.
    Unreadable,
}

/// `NAME(E of X where C)`
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionExpr {
    /// `count`, `sum`, …
    pub name: Name,
    /// What stands before `of`.
    pub element: Option<Expr>,
    /// The collection.
    pub collection: Spanned<Collection>,
    /// What stands after `where`.
    pub filter: Option<Expr>,
}

/// A collection of the customer at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Collection {
    /// `documents`: the open ones.
    Documents,
    /// `archived documents`
    ArchivedDocuments,
    /// `all documents`
    AllDocuments,
    /// `promises`
    Promises,
    /// `contacts`: those that were made.
    Contacts,
}

impl Collection {
    /// As it is written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::ArchivedDocuments => "archived documents",
            Self::AllDocuments => "all documents",
            Self::Promises => "promises",
            Self::Contacts => "contacts",
        }
    }
}

/// The unit of a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Unit {
    /// `%`
    Percent,
    /// `day`, `days`
    Days,
    /// `week`, `weeks`
    Weeks,
    /// `working days [of CAL]`
    WorkingDays(Option<Name>),
    /// Three capital letters.
    Currency(Name),
    /// Any other word after a number (`month`, `euro`), for the checker to explain.
    Other(Name),
}

/// Operators with two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the operators of the language")]
pub enum BinaryOp {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl BinaryOp {
    /// As it is written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}
