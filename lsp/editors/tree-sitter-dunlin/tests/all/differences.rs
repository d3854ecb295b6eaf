//! Where the two grammars differ, and why: data for `agreement`.

use super::mutants::Kind;

/// Findings of the compiler's reader that no grammar of an editor makes: code and reason.
/// A text with no other findings may be taken or refused.
pub(crate) const FINDINGS: &[(&str, &str)] = &[
    ("E0108", "`5/3/2026` and `2026-3-5` are arithmetic to a grammar"),
    ("E0109", "30 February takes a calendar"),
    ("E0110", "in `charge EUR 250`, `EUR` looks like the label of an argument"),
    ("E0119", "a grammar does not count brackets"),
    ("E0120", "a grammar does not remember that a clause was there before"),
];

/// Mutants that nobody writes and that would make the grammar harder to read: how the text was changed,
/// a piece of the changed text, and why it is left.
pub(crate) const MUTANTS: &[(Kind, &str, &str)] = &[
    (Kind::Double, "until until", "an amount called `until`"),
    (Kind::Break, "\n        until 2026", "a line end before the date of a promise or a hold"),
    (Kind::Break, "all\n        documents", "a line end in `all documents`"),
    (Kind::Break, "archived\n        documents", "a line end in `archived documents`"),
    (Kind::Swap, "procedure: step standard: reminder", "a value called `step` before another field"),
];
