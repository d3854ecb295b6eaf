//! The functions and the questions to a collection, in ONE table each.

/// A function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// The smaller of two values.
    Min,
    /// The larger of two values.
    Max,
    /// The last day of a date's month.
    EndOfMonth,
}

/// What is known of a function.
#[derive(Debug, Clone, Copy)]
pub struct FunctionSpec {
    /// The function.
    pub function: Function,
    /// Its name.
    pub name: &'static str,
    /// Its parameters, for signature help.
    pub parameters: &'static [&'static str],
    /// What it gives, one sentence.
    pub doc: &'static str,
}

/// Every function.
pub const FUNCTIONS: &[FunctionSpec] = &[
    FunctionSpec {
        function: Function::Min,
        name: "min",
        parameters: &["a", "b"],
        doc: "The smaller of two amounts, numbers, percentages, days or dates.",
    },
    FunctionSpec {
        function: Function::Max,
        name: "max",
        parameters: &["a", "b"],
        doc: "The larger of two amounts, numbers, percentages, days or dates.",
    },
    FunctionSpec {
        function: Function::EndOfMonth,
        name: "end_of_month",
        parameters: &["date"],
        doc: "The last day of the month of a date.",
    },
];

/// A question to a collection: `NAME(E of X where C)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Whether there is one.
    Any,
    /// Whether there is none.
    None,
    /// How many there are.
    Count,
    /// Whether `E` holds for each.
    Every,
    /// The sum of `E`.
    Sum,
    /// The least `E`.
    Min,
    /// The greatest `E`.
    Max,
    /// The average of `E`.
    Average,
}

/// What is known of a question.
#[derive(Debug, Clone, Copy)]
pub struct QuestionSpec {
    /// The question.
    pub question: Question,
    /// Its name.
    pub name: &'static str,
    /// Whether it takes an `E of` before the collection.
    pub takes_element: bool,
    /// What it gives, over an empty collection too, one sentence.
    pub doc: &'static str,
}

/// Every question.
pub const QUESTIONS: &[QuestionSpec] = &[
    QuestionSpec {
        question: Question::Any,
        name: "any",
        takes_element: false,
        doc: "Whether there is one; over nothing, no.",
    },
    QuestionSpec {
        question: Question::None,
        name: "none",
        takes_element: false,
        doc: "Whether there is none; over nothing, yes.",
    },
    QuestionSpec {
        question: Question::Count,
        name: "count",
        takes_element: false,
        doc: "How many there are; over nothing, 0.",
    },
    QuestionSpec {
        question: Question::Every,
        name: "every",
        takes_element: true,
        doc: "Whether the condition holds for each; over nothing, yes.",
    },
    QuestionSpec { question: Question::Sum, name: "sum", takes_element: true, doc: "The sum; over nothing, zero." },
    QuestionSpec { question: Question::Min, name: "min", takes_element: true, doc: "The least; missing over nothing." },
    QuestionSpec {
        question: Question::Max,
        name: "max",
        takes_element: true,
        doc: "The greatest; missing over nothing.",
    },
    QuestionSpec {
        question: Question::Average,
        name: "average",
        takes_element: true,
        doc: "The average, rounded half to even; missing over nothing.",
    },
];

/// Every collection that can be asked about, and what is in it.
pub const COLLECTIONS: &[(&str, &str)] = &[
    ("documents", "The customer's open documents."),
    ("archived documents", "The customer's settled documents."),
    ("all documents", "The customer's documents, open and settled."),
    ("promises", "The customer's promises to pay (S20)."),
    ("contacts", "The contacts that were made with the customer (S22)."),
];

/// The function with this name.
#[must_use]
pub fn function(name: &str) -> Option<&'static FunctionSpec> {
    FUNCTIONS.iter().find(|spec| spec.name == name)
}

/// The question with this name.
#[must_use]
pub fn question(name: &str) -> Option<&'static QuestionSpec> {
    QUESTIONS.iter().find(|spec| spec.name == name)
}
