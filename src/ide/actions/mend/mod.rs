//! What the help of a finding says, done: for findings whose mending depends on the text around them.
//!
//! Each way is tried before it is offered: afterwards the finding is gone, and there is no new one. So the
//! files here only say what could be written, and where.

mod assignment;
mod ledger;
mod pieces;
mod procedure;
mod unused;

use std::ops::Range;

use crate::base::{Code, Diagnostic, Span, code};
use crate::ide::actions::{Action, Kind, touches};
use crate::ide::{Edit, Location, layout, trial};
use crate::workspace::Workspace;

/// A finding, and the text that it is about.
struct Here<'w> {
    workspace: &'w Workspace,
    path: &'w str,
    text: &'w str,
    finding: &'w Diagnostic,
    /// Where the finding is shown.
    span: Span,
}

/// One way to mend a finding: what it does, in the imperative, and how.
type Way = (String, Vec<Edit>);

/// The ways in which a finding could be mended.
type Ways = fn(&Here<'_>) -> Vec<Way>;

/// These, by code.
const WAYS: &[(Code, Ways)] = &[
    (code::UNKNOWN_REFERENCE, ledger::declared_role),
    (code::NO_CURRENCY, ledger::currency),
    (code::UNUSED, unused::deleted),
    (code::EMPTY_RANGE, procedure::swapped),
    (code::NO_START, procedure::start),
    (code::NO_TIMING, procedure::timing),
    (code::STOP_WITHOUT_START, procedure::without_stop),
    (code::AT_STOP_AND_DAY, procedure::one_time),
    (code::AUTOMATIC_BY_HAND, procedure::without_mode),
    (code::RULE_AFTER_OTHERWISE, assignment::otherwise_last),
    (code::NO_OTHERWISE, assignment::otherwise),
    (code::NEVER_ASSIGNED, assignment::assigned),
    (code::TEMPLATE_WITHOUT_OTHERWISE, ledger::other_languages),
];

/// Each way to mend a finding at the range.
pub(super) fn actions(workspace: &Workspace, path: &str, range: &Range<usize>) -> Vec<Action> {
    let (Some(file), Some(text)) = (workspace.file(path), workspace.text(path)) else { return Vec::new() };
    let mut actions = Vec::new();
    for finding in &workspace.findings() {
        let place = finding.span().filter(|span| span.file == file && touches(&span.range(), range));
        let ways = WAYS.iter().find(|(code, _)| *code == finding.code);
        let (Some(span), Some((code, ways))) = (place, ways) else { continue };
        if finding.fixes.is_empty() {
            let here = Here { workspace, path, text, finding, span };
            actions.extend(ways(&here).into_iter().filter_map(|way| tried(&here, *code, way)));
        }
    }
    actions
}

fn tried(here: &Here<'_>, code: Code, (title, mut edits): Way) -> Option<Action> {
    let after = trial::applied(here.workspace, &edits);
    if edits.is_empty() || !trial::mends(here.workspace, &after, here.finding) {
        return None;
    }
    layout::keep(here.workspace, &after, &mut edits, None);
    Some(Action { mends: Some(code.id), of: Some(here.span.range()), ..Action::new(title, Kind::Mend, edits) })
}

impl Here<'_> {
    /// A change of the text that the finding is in.
    fn edit(&self, range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit::new(self.path, range, text)
    }

    /// What stands where the finding is shown.
    fn marked(&self) -> &str {
        self.text.get(self.span.range()).unwrap_or("")
    }

    /// Text behind the opening brace of a block.
    fn first_in(&self, body: Option<Span>, text: &str) -> Option<Edit> {
        let Location { path, range } = Location::of(self.workspace, body?)?;
        Some(Edit::new(&path, range.start + 1..range.start + 1, format!(" {text}")))
    }
}
