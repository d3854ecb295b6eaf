//! What is known of a program that is being edited, and what is wanted.

use std::sync::Arc;

use dunlin::base::Date;
use dunlin::ide::inlay_hints::Remarks;
use dunlin::ide::lens::Figures;
use dunlin::workspace::Workspace;

use super::books::Ledger;
use super::reckon::Wishes;
use crate::settings::Settings;

/// What was worked out.
#[derive(Debug)]
pub(crate) struct Known {
    /// The numbers above its parts.
    pub(crate) figures: Figures,
    /// The ledger that they are of.
    pub(crate) ledger: Option<Arc<Ledger>>,
    /// The remarks within lines, where they are wanted and there is a ledger.
    pub(crate) remarks: Option<Remarks>,
    /// What the user is to be told, once.
    pub(crate) notice: Option<String>,
}

/// What an editor asks for that needs the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The lines above procedures and steps.
    Lenses,
    /// The remarks within lines.
    Hints,
}

/// What the lens knows of a program, what it was asked last, and what the editor asks for at all.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    lenses: bool,
    hints: bool,
    /// The state of the program and the wishes that were last given to the lens, and the number of that.
    given: Option<(Workspace, Wishes, u64)>,
    /// What was worked out last, and the number of what it was worked out for.
    known: Option<(u64, Arc<Known>)>,
}

impl Watch {
    /// The editor asks; whether it does so for the first time.
    pub(crate) const fn ask(&mut self, asked: Asked) -> bool {
        let known = match asked {
            Asked::Lenses => &mut self.lenses,
            Asked::Hints => &mut self.hints,
        };
        !std::mem::replace(known, true)
    }

    /// What is known, perhaps of an earlier state of the program.
    pub(crate) fn known(&self) -> Option<&Arc<Known>> {
        self.known.as_ref().map(|(_, known)| known)
    }

    /// Whether something newer is being worked out.
    pub(crate) fn is_waiting(&self) -> bool {
        self.given.as_ref().is_some_and(|(.., given)| self.known.as_ref().is_none_or(|(of, _)| of != given))
    }

    /// Whether what was last wanted was wanted on another day.
    pub(crate) fn is_of_another_day(&self, today: Option<Date>) -> bool {
        self.given.as_ref().is_some_and(|(_, wishes, _)| wishes.today != today)
    }

    /// What is wanted of the program, where anything is.
    pub(crate) fn wishes(&self, settings: &Settings, today: Option<Date>) -> Option<Wishes> {
        let figures = self.lenses && settings.has_lens;
        let remarks = self.hints && settings.has_hints;
        let document = settings.hint_document.clone().filter(|_| remarks);
        (figures || remarks).then_some(Wishes { figures, remarks, document, date: settings.lens_date, today })
    }

    /// Whether just that was given to the lens last. States are told apart by what is known of them: it is
    /// shared by copies and made anew after every change.
    pub(crate) fn was_given(&self, workspace: &Workspace, wishes: &Wishes) -> bool {
        let is_it = |given: &Workspace, of: &Wishes| std::ptr::eq(given.checked(), workspace.checked()) && of == wishes;
        self.given.as_ref().is_some_and(|(given, of, _)| is_it(given, of))
    }

    /// It is given to the lens under a number.
    pub(crate) fn give(&mut self, workspace: Workspace, wishes: Wishes, number: u64) {
        self.given = Some((workspace, wishes, number));
    }

    /// What was given has to be given again: something else that it depends on has changed, or it was broken off.
    pub(crate) fn forget(&mut self) {
        self.given = None;
    }

    /// Takes in what was worked out, where it is of what was given last.
    pub(crate) fn learn(&mut self, number: u64, known: Known) -> Option<News> {
        self.given.as_ref().filter(|(.., given)| *given == number)?;
        let now = Arc::new(known);
        let before = self.known.replace((number, Arc::clone(&now))).map(|(_, before)| before);
        Some(News {
            lenses: before.as_ref().is_none_or(|before| !before.figures.says_the_same(&now.figures)),
            hints: before.and_then(|before| before.remarks.clone()) != now.remarks,
        })
    }
}

/// What is to be shown otherwise than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct News {
    /// Lines above procedures and steps.
    pub(crate) lenses: bool,
    /// Remarks within lines.
    pub(crate) hints: bool,
}
