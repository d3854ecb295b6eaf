//! The rules of meaning in a sentence each, for who reads a program: S1 to S27. The reference manual has them in full.

/// Every rule and what it says, in a sentence.
pub const RULES: &[(&str, &str)] = &[
    ("S1", "A run depends on the program, the ledger, the journal and the run date, and on nothing else."),
    ("S2", "A document exists from its issue date on, and is open until it is settled: as of the run date."),
    ("S3", "Days in procedure are 0 on the due date and negative before; overdue means more than 0 days."),
    (
        "S4",
        "A procedure looks at the documents it follows: open invoices, of status `open` where `follow` is not written.",
    ),
    ("S5", "The followed document with the earliest date leads; the days since that date are the days in procedure."),
    ("S6", "The current step is the last one whose day is reached and whose `when` holds today."),
    (
        "S7",
        "From the day a step is reached on, it is suggested on every run until it is done or skipped, or another step is current.",
    ),
    ("S8", "An instance starts on the run on which its start condition holds and none is running."),
    (
        "S9",
        "The next step is the first one after the last that was done or skipped whose `when` holds; it waits for its time.",
    ),
    ("S10", "When the stop condition holds the instance ends, and only its steps `at stop` are suggested, once."),
    ("S11", "After the last step the instance is complete; it starts again only after its start condition was false."),
    (
        "S12",
        "A step that repeats is due again so long after it was done or skipped, until it was so as often as is said.",
    ),
    ("S13", "`result of STEP` is what was last reported in this instance; missing until something was."),
    (
        "S14",
        "A procedure by days in procedure may start and stop by conditions; its step is computed afresh on every run.",
    ),
    ("S15", "The first rule of `assign` that holds gives the customer the one primary procedure."),
    ("S16", "Amounts in different currencies are compared and added in the reporting currency, at the latest rate."),
    ("S17", "Totals take credit notes and payments on account off; a communication never claims zero or less."),
    (
        "S18",
        "An action covers the followed documents that are overdue, unless `covering` or its declaration says otherwise.",
    ),
    ("S19", "Documents on hold are not followed; a hold that freezes stops the clock."),
    ("S20", "A promise to pay is open up to and on its date, and broken after it while the document is still open."),
    ("S21", "Bad data sets its customers aside; the others run."),
    ("S22", "Contacts beyond what the contact policy allows are deferred to the first day on which they are allowed."),
    ("S23", "On a day that is no working day contacts wait for the next; days in procedure go on."),
    (
        "S24",
        "A row of the worklist is one action for one recipient; a step is processed when each of its rows is done or skipped.",
    ),
    ("S25", "What was recorded by other systems and in the journal is one sequence by date."),
    ("S26", "In a test, each `on DATE expect` commits a run of that date first."),
    ("S27", "What is planned assumes that nothing is paid and every suggestion is carried out on its day."),
];

/// What a rule says, in a sentence.
#[must_use]
pub fn rule(number: &str) -> Option<&'static str> {
    RULES.iter().find(|(known, _)| *known == number).map(|(_, says)| *says)
}
