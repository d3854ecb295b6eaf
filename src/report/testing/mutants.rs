//! What mutants showed: a list for people, remarks for the lines of a pull request.

use crate::base::text::count;
use crate::report::github::{Remark, remark};
use crate::report::place::Located;
use crate::report::{Style, View, style::Ink};
use crate::testing::mutants::Tried;

/// The changes that nothing notices, by file and line.
pub(super) fn unnoticed<'t>(tried: &'t Tried, view: View<'_>) -> Vec<(Located, &'t str)> {
    let mut found: Vec<(Located, &str)> =
        tried.unnoticed.iter().map(|unnoticed| (view.span(unnoticed.span), unnoticed.what.as_str())).collect();
    found.sort_by(|(left, left_what), (right, right_what)| {
        (&left.file, left.line, left_what).cmp(&(&right.file, right.line, right_what))
    });
    found
}

/// For people: the changes that nothing notices, and how many are noticed.
#[must_use]
pub fn mutants(tried: &Tried, view: View<'_>, style: Style) -> String {
    let unnoticed = unnoticed(tried, view);
    let mut out = String::new();
    if !unnoticed.is_empty() {
        out = style.paint(Ink::Strong, "No test and no snapshot notices") + "\n";
        for (place, what) in &unnoticed {
            out += &format!("{}:{}  {what}\n", place.file, place.line.unwrap_or_default());
        }
        out.push('\n');
    }
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let all = number(tried.noticed + unnoticed.len());
    out += &format!("{} of {} noticed", tried.noticed, count(all, "mutant", "mutants"));
    if tried.left > 0 {
        out += &format!("; {} more were not tried: the time was over, `--seconds` gives more", tried.left);
    }
    out + "\n"
}

/// The changes that nothing notices as workflow commands of GitHub Actions.
#[must_use]
pub fn annotations(tried: &Tried, view: View<'_>) -> String {
    let title = "no test and no snapshot notices";
    let all = unnoticed(tried, view).into_iter();
    all.map(|(place, what)| remark(&Remark { command: "warning", place: &place, title, message: what })).collect()
}
