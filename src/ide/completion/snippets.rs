//! Whole pieces of a program to fill in, by place.

use crate::syntax::places::Place;

/// A piece of a program to fill in.
#[derive(Debug)]
pub struct Snippet {
    /// Where it fits.
    pub place: Place,
    /// What one types to get it.
    pub label: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its text; `${1:x}` is filled in first, `$0` last; `DAY` is the day of a step that comes next.
    pub body: &'static str,
}

/// Every snippet, in the order in which they are offered.
pub(super) const SNIPPETS: &[Snippet] = &[
    Snippet {
        place: Place::File,
        label: "procedure by days in procedure",
        doc: "A procedure whose steps follow from the days since the due date of the oldest invoice.",
        body: "procedure ${1:standard} \"${2:Standard procedure}\" {\n    start by assignment\n    follow documents where status = ${3:open}\n    timing dip\n    priority overdue_total\n\n    step ${4:reminder} \"${5:First reminder}\" at day ${6:7} automatic { email customer using ${7:reminder} }\n    step ${8:call} \"${9:First call}\" at day ${10:15} { call customer }\n    $0\n}\n",
    },
    Snippet {
        place: Place::File,
        label: "procedure step by step",
        doc: "A procedure that starts by a condition and whose steps wait for one another.",
        body: "procedure ${1:follow_up} \"${2:Follow up}\" {\n    start when ${3:overdue_total > 1_000 EUR}\n    stop  when ${4:overdue_total = 0 EUR}\n    timing after previous\n\n    step ${5:call} \"${6:Call}\" after 0 days { call customer }\n    step ${7:letter} \"${8:Letter}\" after ${9:7} days { letter customer using ${10:reminder} }\n    $0\n}\n",
    },
    Snippet {
        place: Place::File,
        label: "procedure for document",
        doc: "A procedure that runs for each document by itself, such as one in dispute.",
        body: "procedure ${1:dispute} \"${2:Invoice in dispute}\" for document {\n    start when status = ${3:dispute}\n    stop  when status != ${3:dispute}\n    timing after previous\n\n    step ${4:inform} \"${5:Tell the representative}\" after 0 days { notify ${6:representative} }\n    $0\n}\n",
    },
    Snippet {
        place: Place::File,
        label: "ledger with fields",
        doc: "The reporting currency, the company's own fields, the statuses and the roles.",
        body: "ledger {\n    currency ${1:EUR}\n    customer {\n        ${2:segment}: ${3:corporate | retail}\n    }\n    document {\n        status: ${4:open | dispute | outsourcing}\n    }\n    recipient ${5:representative}\n}\n$0",
    },
    Snippet {
        place: Place::File,
        label: "test of a customer",
        doc: "A customer with an invoice, and what is expected on a day.",
        body: "test \"${1:what it shows}\" {\n    customer ${2:C1} { $3 }\n    document ${4:F1} of ${2:C1} { due_date: ${5:2026-02-01}  amount: ${6:500 EUR} }\n\n    on ${7:2026-02-08} expect ${2:C1} ${8:standard}.${9:reminder}\n    $0\n}\n",
    },
    Snippet {
        place: Place::Procedure,
        label: "step at a day",
        doc: "A step on a day in procedure.",
        body: "step ${1:reminder} \"${2:First reminder}\" at day ${3:DAY} { ${4:email customer using ${5:reminder}} }",
    },
    Snippet {
        place: Place::Procedure,
        label: "step after the one before",
        doc: "A step of a procedure that waits.",
        body: "step ${1:call} \"${2:Call}\" after ${3:3} days { ${4:call customer} }",
    },
    Snippet {
        place: Place::Procedure,
        label: "step with results",
        doc: "A step for a person, who reports back.",
        body: "step ${1:call} \"${2:Call}\" at day ${3:DAY} {\n    call customer\n    results ${4:promised | refused | no_answer}\n}",
    },
    Snippet {
        place: Place::Test,
        label: "document",
        doc: "A document of a customer.",
        body: "document ${1:F1} of ${2:C1} { due_date: ${3:2026-02-01}  amount: ${4:500 EUR} }",
    },
    Snippet {
        place: Place::Test,
        label: "on a day expect",
        doc: "What must be suggested on a day.",
        body: "on ${1:2026-02-08} expect ${2:C1} ${3:standard}.${4:reminder}",
    },
];

/// A snippet with what would be filled in, for an editor that takes none.
#[must_use]
pub fn plain(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some((before, after)) = rest.split_once('$') {
        text += before;
        let digits = |text: &str| text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        rest = match after.strip_prefix('{') {
            None => after.get(after.len() - digits(after)..).unwrap_or(""),
            Some(inner) => {
                let (stop, behind) = inner.split_once('}').unwrap_or((inner, ""));
                text += stop.split_once(':').map_or("", |(_, default)| default);
                behind
            }
        };
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_snippet_without_its_stops_is_what_would_be_filled_in() {
        assert_eq!(plain("step ${1:call} \"${2:Call}\" at day ${3:7} { $0 }\n"), "step call \"Call\" at day 7 {  }\n");
        assert_eq!(plain("call customer"), "call customer");
        assert_eq!(plain("${1}x$2"), "x");
    }
}
