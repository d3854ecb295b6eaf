//! Trying what is offered at a place: what is said there already is offered no more, nor what has no meaning there.
//! The parser and the rules of procedures know that, so they are asked; and the checker, what a number may count.

use crate::base::{Diagnostic, FileId, Label, Place, Severity};
use crate::check::look::out_of_place;
use crate::ide::completion::Cursor;
use crate::syntax::ast::Item;
use crate::syntax::tokens::tokens;
use crate::syntax::words::Word;
use crate::workspace::Workspace;

/// A place at which what is offered is tried.
pub(super) struct Trial<'t> {
    pub(super) workspace: &'t Workspace,
    pub(super) place: &'t Cursor<'t>,
}

/// What the number before a place may count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    /// An amount.
    pub(super) money: bool,
    /// A share.
    pub(super) percent: bool,
    /// Days or weeks.
    pub(super) days: bool,
    /// Working days.
    pub(super) working: bool,
}

impl Trial<'_> {
    /// Whether a word may be written at the place that begins something new.
    pub(super) fn may_begin(&self, word: &Word) -> bool {
        let is_of_value = word.begins_value() || word.continues_value() || word.is_unit();
        is_of_value || self.is_open(word.first(), &usage(word))
    }

    /// Whether `usage`, which begins with `word`, may be written at the place.
    pub(super) fn is_open(&self, word: &str, usage: &str) -> bool {
        let mut blocks = self.workspace.trees().flat_map(|tree| &tree.items).filter_map(Item::only_one);
        if blocks.any(|block| block == word) {
            return false;
        }
        let before = self.place.before();
        let (start, end) = (before.len(), before.len() + usage.len());
        let text = format!("{before}{usage} {}", self.place.behind());
        let is_here = |label: &Label| {
            let Place::Text(span) = label.place else { return false };
            let range = span.range();
            start <= range.start && range.end <= end && !range.is_empty()
        };
        let findings = out_of_place(&crate::syntax::parse(FileId(u32::MAX), &text));
        !findings.iter().any(|finding| finding.labels.iter().any(is_here))
    }

    /// What the number before the place may count: what the checker has nothing against.
    pub(super) fn counted(&self) -> Counted {
        let calendar = self.workspace.trees().flat_map(|tree| &tree.items).find_map(|item| match item {
            Item::Calendar(calendar) => Some(format!("working days of {}", calendar.name.value)),
            _ => None,
        });
        let working = calendar.as_deref().unwrap_or("working days");
        let [money, percent, days, working] = ["EUR", "%", "days", working].map(|unit| self.is_sound_with(unit));
        // Where nothing is right something else is wrong, unless the number stands for itself.
        let all = !(money || percent || days || working || self.is_sound_with(""));
        Counted { money: money || all, percent: percent || all, days: days || all, working: working || all }
    }

    /// Whether nothing is wrong with the number before the place when it counts this.
    fn is_sound_with(&self, unit: &str) -> bool {
        let place = self.place;
        let whole = self.workspace.text(place.path).unwrap_or("");
        let (start, end) = (place.start + place.word.start, place.start + place.word.end);
        let before = whole.get(..start).unwrap_or("");
        let number = place.line_before().last().map_or(0, |piece| piece.text.len());
        let here = before.trim_end().len().saturating_sub(number)..start + unit.len();
        let mut after = self.workspace.clone();
        let file = after.set_text(place.path, &format!("{before}{unit}{}", whole.get(end..).unwrap_or("")));
        let touches = |label: &Label| match label.place {
            Place::Text(span) => span.file == file && span.range().start < here.end && here.start < span.range().end,
            Place::Data(_) => false,
        };
        let is_wrong = |found: &Diagnostic| found.severity() == Severity::Error && found.labels.iter().any(touches);
        !after.findings().iter().any(is_wrong)
    }
}

/// A phrase as somebody would write it, without what its example has before it.
fn usage(word: &Word) -> String {
    let pieces = tokens(word.example);
    let start = pieces.iter().find(|piece| piece.text == word.first()).map_or(0, |piece| piece.range.start);
    word.example.get(start..).unwrap_or("").to_owned()
}
