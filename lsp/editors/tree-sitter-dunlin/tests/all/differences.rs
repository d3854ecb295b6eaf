//! Where the two grammars differ, and why: data for `agreement`.

use super::mutants::Kind;

/// Findings of the compiler's reader that no grammar of an editor makes.
/// A text with one of them may be taken or refused.
pub(crate) const FINDINGS: &[Finding] = &[
    Finding {
        code: "E0108",
        example: "define a = due_date > 2026-3-5",
        reason: "`2026-3-5` and `5/3/2026` are arithmetic to a grammar",
    },
    Finding {
        code: "E0109",
        example: "define a = due_date > 2026-02-30",
        reason: "which days there are is told by a calendar",
    },
    Finding {
        code: "E0110",
        example: "procedure p { step a at day 1 { charge EUR 250 } }",
        reason: "`EUR` looks like the label of an argument there",
    },
    Finding {
        code: "E0119",
        example: "define a = \
            not not not not not not not not not not not not not not not not not not not not not not \
            not not not not not not not not not not not not not not not not not not not not not not \
            not not not not not not not not not not not not not not not not not not not not not not \
            not not not not not not not not not not not not not not not not not not not not not not \
            not not not not not not not not not not not not not not not not not not not not not not \
            not not not not not not not not not not not not not not not not not not not not not not b",
        reason: "a grammar does not count brackets",
    },
    Finding {
        code: "E0120",
        example: "procedure p { timing dip timing dip }",
        reason: "a grammar does not remember that a clause was there before",
    },
];

/// A finding of the compiler where the grammar has none.
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    /// What the compiler refuses for it and the grammar takes.
    pub(crate) example: &'static str,
    /// Why.
    pub(crate) reason: &'static str,
}

/// Mutants that nobody writes and that would make the grammar harder to read: how the text was changed,
/// a piece of the changed text, and why it is left.
pub(crate) const MUTANTS: &[(Kind, &str, &str)] = &[
    (Kind::Double, "until until", "an amount called `until`"),
    (Kind::Break, "\n        until 2026", "a line end before the date of a promise or a hold"),
    (Kind::Comment, "# why\n        until 2026", "the same"),
    (Kind::Break, "all\n        documents", "a line end in `all documents`"),
    (Kind::Break, "archived\n        documents", "the same"),
    (Kind::Comment, "all # why\n        documents", "a comment in `all documents`"),
    (Kind::Comment, "archived # why\n        documents", "the same"),
    (Kind::Join, "!= in define", "a word behind a reserved word that is a value"),
    (Kind::Join, "= or     waiting", "the same"),
    (Kind::Join, "status of     on", "the same"),
    (Kind::Swap, "procedure: step  standard: reminder", "a value called `step` before another field"),
];
