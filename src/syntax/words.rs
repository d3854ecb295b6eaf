//! The words of the language by place: how each is written, what it does, and the rule that says so. ONE table, for
//! messages about what does not belong, and for what an editor offers and explains.
//!
//! A phrase is written with its gaps in capitals (see [`Gap`]); `example` fills them.

use crate::syntax::grammar::Rule;

/// A word of the language with what belongs to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// Its words and gaps: `at most N times`.
    pub phrase: &'static str,
    /// As somebody would write it.
    pub example: &'static str,
    /// What it does, one sentence or two.
    pub does: &'static str,
    /// The rules of meaning that say so: `S7`.
    pub rules: &'static [&'static str],
    /// What the grammar expects where it may stand.
    pub(super) rule: Rule,
    /// Where on a line it stands.
    pub(super) group: Group,
}

/// Where on a line a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// It begins a line, by custom.
    Line,
    /// It stands anywhere in its place.
    Clause,
    /// It goes on with a line of a test's story.
    Story,
    /// It stands behind a number.
    Unit,
    /// It begins a value.
    Value,
}

/// What stands between the words of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// `N`: a whole number.
    Number,
    /// `NAME`: a name, or an id in quotes.
    Name,
    /// `TITLE`: a text in quotes.
    Title,
    /// `DATE`: a day.
    Date,
    /// `UNIT`: what a number counts.
    Unit,
    /// `EXPR`: a condition or value, up to the end.
    Expr,
    /// `CURRENCY`: three letters.
    Currency,
    /// `DAY`: a day of the week.
    Weekday,
    /// `COUNTRY`: whose holidays.
    Country,
    /// `BLOCK`: what stands between braces.
    Block,
    /// `EVENT`: what happens on a day of a test.
    Event,
}

/// A part of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A word as it is written.
    Word(&'static str),
    /// What is to be filled in.
    Gap(Gap),
}

impl Part {
    fn new(text: &'static str) -> Self {
        let gap = match text {
            "N" => Gap::Number,
            "NAME" => Gap::Name,
            "TITLE" => Gap::Title,
            "DATE" => Gap::Date,
            "UNIT" => Gap::Unit,
            "EXPR" => Gap::Expr,
            "CURRENCY" => Gap::Currency,
            "DAY" => Gap::Weekday,
            "COUNTRY" => Gap::Country,
            "BLOCK" => Gap::Block,
            "EVENT" => Gap::Event,
            word => return Self::Word(word),
        };
        Self::Gap(gap)
    }
}

impl Word {
    /// The parts of its phrase.
    pub fn parts(&self) -> impl Iterator<Item = Part> + Clone {
        self.phrase.split(' ').map(Part::new)
    }

    /// Its words, without the gaps.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.parts().filter_map(|part| match part {
            Part::Word(word) => Some(word),
            Part::Gap(_) => None,
        })
    }

    /// Whether it is a type of a field or parameter.
    #[must_use]
    pub fn is_type(&self) -> bool {
        self.rule == Rule::word
    }

    /// Whether it says what a number counts.
    #[must_use]
    pub fn is_unit(&self) -> bool {
        self.group == Group::Unit
    }

    /// Whether a value begins with it.
    #[must_use]
    pub fn begins_value(&self) -> bool {
        self.group == Group::Value
    }

    /// Whether it goes on with a value: `and`, `is missing`.
    #[must_use]
    pub fn continues_value(&self) -> bool {
        OPERATOR.contains(self)
    }

    /// The word that it is known by.
    #[must_use]
    pub fn first(&self) -> &'static str {
        self.words().next().unwrap_or("")
    }
}

/// Every word, by place.
pub fn all() -> impl Iterator<Item = &'static Word> {
    TABLES.iter().copied().flatten()
}

/// The names that every program has, by the word.
#[must_use]
pub fn name(word: &str) -> Option<&'static Word> {
    NAMES.iter().find(|name| name.phrase == word)
}

/// The signs that stand between values.
#[must_use]
pub fn sign(sign: &str) -> Option<&'static Word> {
    SIGNS.iter().find(|known| known.phrase == sign)
}

/// The names that every template has, by the word.
#[must_use]
pub fn seen_by_templates(word: &str) -> Option<&'static Word> {
    SEEN.iter().find(|name| name.phrase == word)
}

const TABLES: &[&[Word]] = &[
    FILE,
    DEFINED,
    LEDGER,
    TYPE,
    CALENDAR,
    TEMPLATE,
    ACTION,
    PARAMETER,
    ASSIGN,
    NONE,
    PROCEDURE_HEADER,
    PROCEDURE,
    TIMING,
    STEP_HEADER,
    REPEAT,
    STEP,
    COVERAGE,
    POLICY,
    TEST,
    EVENT,
    STORY,
    UNIT,
    VALUE,
    OPERATOR,
];

macro_rules! words {
    ($($(#[$doc:meta])* $group:ident $table:ident {$($rule:ident $phrase:literal, $example:literal, $does:literal, [$($meaning:literal),*];)*})*) => {
        $($(#[$doc])* pub(super) const $table: &[Word] = &[
            $(Word { phrase: $phrase, example: $example, does: $does, rules: &[$($meaning),*], rule: Rule::$rule, group: Group::$group }),*
        ];)*
    };
}

words! {
    /// Declarations.
    Line FILE {
        item_start "procedure NAME TITLE BLOCK", "procedure standard \"Standard procedure\" { … }",
            "How customers or documents are dealt with: when that begins and ends, how its steps are timed, what they do.", ["S4", "S8"];
        item_start "assign BLOCK", "assign { otherwise standard }",
            "Gives every customer at most one primary procedure: that of the first rule that holds.", ["S15"];
        item_start "ledger BLOCK", "ledger { currency EUR }",
            "What the ledger holds beside the columns every ledger has: the reporting currency, the company's own fields, the statuses, the roles.", ["S2", "S16"];
        item_start "define NAME = EXPR", "define large = overdue_total > 10_000 EUR",
            "Gives an expression about the customer a name; `define document.NAME` gives one about a document.", [];
        item_start "template NAME BLOCK", "template reminder { en \"reminder.md\" }",
            "A text to send: a file for each language, and the language for everybody else.", [];
        item_start "calendar NAME BLOCK", "calendar belgium { weekend saturday, sunday  holidays BE }",
            "Which days are no working days.", ["S5", "S23"];
        item_start "contact_policy BLOCK", "contact_policy { at most 1 contact every 3 days }",
            "How often, and on which days, customers may be contacted, whatever the procedures ask for.", ["S22", "S23"];
        item_start "action NAME", "action whatsapp(to: recipient, using: template)",
            "Declares an action that steps may use, with its parameters.", ["S22", "S24"];
        item_start "test TITLE BLOCK", "test \"what it shows\" { … }",
            "A small ledger, what happens on which day, and what is expected: run by `dunlin test`.", ["S26"];
    }

    /// What `define` may be about.
    Line DEFINED {
        item_start "define document . NAME = EXPR", "define document.large = open_amount > 10_000 EUR",
            "Gives an expression about a document a name.", [];
    }

    /// In `ledger`.
    Clause LEDGER {
        ledger_currency "currency CURRENCY", "currency EUR",
            "The reporting currency: amounts in different currencies are compared and added in it.", ["S16"];
        entity_name "customer BLOCK", "customer { segment: corporate | retail }",
            "The company's own fields of a customer: further columns of the table `customers`.", ["S2"];
        entity_name "document BLOCK", "document { status: open | dispute }",
            "The company's own fields of a document, and the statuses it may have.", ["S2", "S4"];
        recipients "recipient NAME", "recipient sales_manager, collection_agency",
            "The roles besides the customer that actions may be addressed to. Who has a role is in the table `recipients`.", [];
    }

    /// Types of fields.
    Clause TYPE {
        word "text", "po_number: text", "A text. It is compared letter by letter, after blanks at its ends are taken away.", [];
        word "number", "score: number", "A number, exact to 6 digits behind the point.", [];
        word "percent", "discount: percent", "A percentage: `8 %`.", [];
        word "money", "credit_line: money", "An amount with its currency: `250 EUR`.", ["S16"];
        word "date", "since: date", "A day: `2026-03-05`.", [];
        word "days", "grace: days", "A whole number of days: `30 days`.", [];
        word "flag", "vip: flag", "`yes` or `no`.", [];
    }

    /// In `calendar`.
    Clause CALENDAR {
        weekend "weekend DAY", "weekend saturday, sunday", "The days of the week that are no working days.", ["S23"];
        holidays "holidays COUNTRY", "holidays BE",
            "Public holidays: of a country or part of one (`BE`, `DE_BY`), of the euro payment system (`TARGET`), or the days of a file of your own (`\"shutdown.txt\"`).", ["S23"];
    }

    /// In `template`.
    Clause TEMPLATE {
        template_otherwise "otherwise NAME", "otherwise en", "The language for recipients whose own has no file here.", [];
    }

    /// After the parameters of a declared action.
    Clause ACTION {
        contact "contact", "action whatsapp(to: recipient, using: template) contact",
            "Reaching the customer with it is a contact, which the contact policy counts.", ["S22"];
        by_hand "by hand", "action visit(to: recipient) by hand", "A person does it, whatever the step says.", ["S24"];
        computes "computes charge", "action fee(amount: money) computes charge",
            "Its row shows the parameter `amount` as a charge of its own.", ["S18"];
        computes "computes interest", "action fine(rate: percent, covering: documents) computes interest",
            "Its row shows interest on the covered documents: open amount × rate × days overdue / 365.", ["S18"];
        computes "computes plan", "action plan(instalments: number, covering: documents) computes plan",
            "Its row proposes a plan of equal payments for the covered documents.", ["S18"];
    }

    /// Types that only parameters have.
    Clause PARAMETER {
        word "recipient", "to: recipient", "The customer, or a role that the ledger declares.", [];
        word "template", "using: template", "The text to send: a template of the program.", [];
        word "documents", "covering: documents = overdue", "The documents that an action covers.", ["S18"];
        word "status", "status: status", "One of the statuses that a document may have.", [];
    }

    /// In `assign`.
    Line ASSIGN {
        name "NAME when EXPR", "standard when overdue_total > 0 EUR",
            "Assigns the procedure to the customers for whom the condition holds and no rule above it did.", ["S15"];
        assign_otherwise "otherwise NAME", "otherwise standard", "The procedure of every customer for whom no rule holds.", ["S15"];
    }

    /// The procedure of `assign` that is none.
    Line NONE {
        name "none when EXPR", "none when segment = key_account", "Assigns no procedure, on purpose.", ["S15"];
    }

    /// Between `procedure` and its brace.
    Clause PROCEDURE_HEADER {
        scope "for document", "for document",
            "Each document runs by itself: it leads, is followed and covered alone.", ["S4"];
        scope "for customer", "for customer", "One for each customer; so it is without `for`, too.", ["S4"];
        was "was NAME", "was old_name", "The name it had before: what was recorded under that name still counts.", ["S25"];
    }

    /// In `procedure`.
    Line PROCEDURE {
        start "start by assignment", "start by assignment",
            "`assign` decides whom it is for: at most one such procedure for each customer, the primary one.", ["S8", "S15"];
        start "start when EXPR", "start when status = dispute",
            "It starts by itself when the condition holds, beside whatever else runs.", ["S8", "S10"];
        stop "stop when EXPR", "stop when overdue_total = 0 EUR",
            "It ends when the condition holds; without it, when the start condition no longer does.", ["S10"];
        follow "follow documents where EXPR", "follow documents where status = open",
            "Which documents it looks at: the earliest of them leads, and they are what its actions cover.", ["S4", "S5"];
        timing "timing dip", "timing dip",
            "Days in procedure: the step follows from the days since the due date of the leading document alone, and waits for nothing.", ["S5", "S6"];
        timing "timing after previous", "timing after previous",
            "Step by step: the next step comes only after the one before was done or skipped.", ["S9"];
        priority "priority EXPR", "priority overdue_total",
            "What comes first on the worklist, and where procedures compete for a contact: the larger, the earlier.", ["S22"];
        step_start "step NAME TITLE", "step reminder \"First reminder\" at day 7 { … }",
            "What is done, and when.", ["S6", "S9"];
    }

    /// Behind `start` and `timing`.
    Clause TIMING {
        from "from EXPR", "from issue_date",
            "Counts from another date: after `timing dip` of each document, instead of its due date; after `start` it dates the start.", ["S5", "S8"];
        counting "counting working days", "counting working days of belgium",
            "Days in procedure are working days.", ["S5"];
    }

    /// Between `step` and its brace.
    Clause STEP_HEADER {
        at_day "at day N", "at day 7",
            "The step comes on this day in procedure: so many days after the due date of the leading document, before it where negative.", ["S6", "S7"];
        at_stop "at stop", "at stop", "The step comes when the procedure ends, once.", ["S10"];
        after "after N UNIT", "after 3 days",
            "The step comes so long after the one before it was done or skipped.", ["S9"];
        from "from EXPR", "from issue_date", "A clock of its own: the days of this step are counted from another date of the document.", ["S6"];
        when "when EXPR", "when overdue_total > 250 EUR",
            "The step exists only where the condition holds; where it does not, the step is as if not written.", ["S6", "S9"];
        automatic "automatic", "automatic", "The program does it; nobody has to.", ["S24"];
        manual "manual", "manual", "A person does it; so it is without the word, too.", ["S24"];
        repeat "repeat every N UNIT", "repeat every 7 days at most 3 times", "The step is due again, so long after it was done or skipped.", ["S12"];
        was "was NAME", "was old_name", "The name it had before: what was recorded under that name still counts.", ["S25"];
    }

    /// What goes on with a word of a step.
    Clause REPEAT {
        automatic "automatic if EXPR", "automatic if open_amount < 10_000 EUR",
            "The program does it where the condition holds, a person where it does not.", ["S24"];
        at_most "at most N times", "at most 3 times", "How often in all.", ["S12"];
    }

    /// In the block of a step.
    Line STEP {
        results "results NAME", "results promised | refused | no_answer",
            "What a person may report back; later steps ask for it with `result of`.", ["S13"];
    }

    /// What an action covers.
    Clause COVERAGE {
        argument "overdue", "covering overdue",
            "The followed documents that are overdue; before the first is, those that lead.", ["S18"];
        argument "reached", "covering reached",
            "The followed documents whose own days in procedure have reached the day of the step.", ["S18"];
        argument "documents where EXPR", "covering documents where overdue", "The customer's documents for which the condition holds.", ["S18"];
    }

    /// In `contact_policy`.
    Line POLICY {
        contact_limit "at most N contacts every N UNIT", "at most 1 contact every 3 days",
            "No customer is contacted more often; what is too much is deferred.", ["S22"];
        only_on "only on working days", "only on working days", "On other days contacts are deferred to the next working day.", ["S23"];
    }

    /// In `test`.
    Line TEST {
        event "on DATE EVENT", "on 2026-03-02 expect F1 dispute.inform", "A day of the story: what happens on it, or what is expected.", ["S26"];
        record_kind "customer NAME BLOCK", "customer C1 { segment: retail }", "A customer of the test.", ["S26"];
        record_kind "document NAME of NAME BLOCK", "document F1 of C1 { due_date: 2026-02-01  amount: 500 EUR }",
            "A document of the test, and whose it is.", ["S26"];
        record_kind "payment of NAME BLOCK", "payment of F1 { date: 2026-02-01  amount: 500 EUR }", "A payment of a document.", ["S2", "S26"];
        record_kind "promise of NAME BLOCK", "promise of C1 { made_on: 2026-02-01  due_on: 2026-02-15 }",
            "A promise to pay, of a customer or a document.", ["S20", "S26"];
        record_kind "hold of NAME BLOCK", "hold of C1 { from: 2026-02-01 }", "A hold on a customer or a document.", ["S19", "S26"];
        record_kind "history of NAME BLOCK", "history of C1 { date: 2026-02-01  outcome: contact }",
            "What another system has recorded.", ["S25", "S26"];
        record_kind "rate NAME BLOCK", "rate { currency: USD  date: 2026-02-01  rate: 0.9 }",
            "What one unit of a currency is in the reporting currency, from a day on.", ["S16", "S26"];
    }

    /// The lines of a test's story, by the word behind the date.
    Story EVENT {
        expect "expect NAME NAME . NAME", "on 2026-03-02 expect F1 dispute.inform",
            "On this day at least this step must be suggested for the customer or document.", ["S26"];
        expect_nothing "expect NAME nothing from NAME", "on 2026-03-02 expect C1 nothing from standard",
            "On this day nothing of this procedure may be suggested.", ["S26"];
        outcome_word "done NAME NAME . NAME", "on 2026-03-02 done F1 dispute.inform", "The step is reported as done.", ["S24", "S26"];
        outcome_word "done NAME NAME . NAME result NAME", "on 2026-03-02 done C1 standard.call_1 result promised",
            "The step is reported as done, with what was reported back.", ["S13", "S26"];
        outcome_word "skip NAME NAME . NAME", "on 2026-03-02 skip F1 dispute.inform", "The step is reported as skipped.", ["S24", "S26"];
        paid "paid NAME", "on 2026-03-02 paid F1 100 EUR", "A document is paid, in part where an amount is given.", ["S2", "S26"];
        set "set NAME NAME", "on 2026-03-02 set F1 status dispute", "A field gets another value.", ["S26"];
        hold "hold NAME", "on 2026-03-02 hold C1 until 2026-04-01", "A customer or document is put on hold.", ["S19", "S26"];
        promised "promise NAME", "on 2026-03-02 promise F1 100 EUR until 2026-04-01", "A promise to pay is made.", ["S20", "S26"];
    }

    /// What goes on with a line of a story.
    Story STORY {
        expect_nothing "expect NAME nothing", "on 2026-03-02 expect C1 nothing", "On this day nothing may be suggested for the customer or document.", ["S26"];
        until "until DATE", "until 2026-04-01", "The last day of the hold, or the day up to which payment is promised.", ["S19", "S20"];
    }

    /// What a number counts.
    Unit UNIT {
        days "days", "3 days", "Calendar days.", [];
        weeks "weeks", "2 weeks", "Seven calendar days each.", [];
        working_days "working days", "5 working days", "Days that are neither weekend nor holiday in the calendar.", ["S5"];
        working_days "working days of NAME", "5 working days of belgium", "Working days of this calendar, where there are several.", ["S5"];
    }

    /// Where a value begins.
    Value VALUE {
        flag "yes", "vip = yes", "A flag that is set.", [];
        flag "no", "vip = no", "A flag that is not set.", [];
        prefix "not EXPR", "not overdue", "Holds where the condition does not.", [];
        result_of "result of NAME", "result of call_1", "What was reported back for a step; missing until something was.", ["S13"];
    }

    /// Behind a value.
    Clause OPERATOR {
        operator "and EXPR", "overdue and open_amount > 100 EUR", "Both hold; and the two ends of `between`.", [];
        operator "or EXPR", "overdue or held", "One of them holds, or both. Mixed with `and` it needs brackets.", [];
        or_else "or else EXPR", "score or else 50", "The value that counts where there is none.", [];
        is_missing "is missing", "score is missing", "Whether there is no value.", [];
        is_missing "is present", "score is present", "Whether there is a value; behind `and` it is then known to be there.", [];
        negation "in EXPR", "status in (open, dispute)", "Whether it is one of the values.", [];
        between "between EXPR", "days_overdue between 10 days and 20 days", "Whether it lies between two values, both included.", [];
        filter "where EXPR", "documents where overdue", "Only those for which the condition holds.", [];
        source "of EXPR", "sum(open_amount of documents)", "Which documents, promises or contacts are asked about.", [];
    }

    /// Signs between values.
    Value SIGNS {
        operator "=", "status = open", "Whether both are the same. Texts are compared letter by letter.", [];
        operator "!=", "status != dispute", "Whether they differ.", [];
        operator "<", "score < 40", "Whether the first is less than the second: of dates, earlier.", ["S16"];
        operator "<=", "days_overdue <= 30 days", "Whether the first is at most the second: of dates, not later.", ["S16"];
        operator ">", "overdue_total > 250 EUR", "Whether the first is more than the second: of dates, later.", ["S16"];
        operator ">=", "dip >= 7 days", "Whether the first is at least the second: of dates, not earlier.", ["S16"];
        operator "+", "due_date + 3 days", "The sum; a date and days are a later date.", ["S16"];
        operator "-", "today - 90 days",
            "The difference; between two dates in days; a date less days is an earlier date. Before a value, the opposite.", ["S16"];
        operator "*", "open_amount * 2", "The product, rounded to 6 digits behind the point, half to even.", [];
        operator "/", "overdue_total / total_due",
            "The quotient, rounded to 6 digits behind the point, half to even. It may be missing, unless what stands behind is a number other than 0.", [];
        percent "%", "interest 8 %", "Of every hundred.", [];
    }

    /// Names that every program has.
    Value NAMES {
        name "today", "since > today - 90 days", "The date of the run.", ["S1"];
        name "dip", "dip > 30 days", "Days in procedure: the days since the date of the leading document.", ["S3", "S5"];
        name "leading", "leading.open_amount", "The leading document: the followed one with the earliest date.", ["S5"];
        name "customer", "customer.segment", "The customer at hand; in an action, the one whom it reaches.", [];
        name "document", "document.open_amount", "The document at hand.", [];
    }

    /// Names that every template has.
    Value SEEN {
        name "customer", "{{ customer.name }}", "The customer who is written to, or about.", [];
        name "covered", "{% for document in covered %}", "The documents that the action covers.", ["S18"];
        name "amount", "{{ amount }}", "What is claimed: the open amount of the covered documents, with charges and interest.", ["S17", "S18"];
        name "procedure", "{{ procedure.title }}", "The procedure: its `name` and `title`.", [];
        name "step", "{{ step.title }}", "The step: its `name` and `title`.", [];
        name "dip", "{{ dip }}", "The days in procedure.", ["S3", "S5"];
        name "recipient", "{{ recipient.name }}", "Who gets it: `name`, `email`, `phone`, `language`.", [];
        name "today", "{{ today }}", "The date of the run.", ["S1"];
    }
}
