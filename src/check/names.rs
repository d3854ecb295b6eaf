//! A number for every name of a program. It stays the same whatever is edited, so what was checked against it may be
//! kept: only the finished program numbers its declarations by the order of their names.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::syntax::ast;

/// The numbers of the names of one name space, counted from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(Arc<HashMap<String, usize>>);

impl Names {
    /// The number of a name that has one.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    /// The number of a name, which gets the next one if it has none.
    pub(super) fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.get(name) {
            return number;
        }
        let number = self.0.len();
        Arc::make_mut(&mut self.0).insert(name.to_owned(), number);
        number
    }

    /// How many names have a number.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The numbers of all names of a program, by name space.
#[derive(Debug, Clone, Default)]
pub(super) struct NameSpaces {
    pub(super) calendars: Names,
    pub(super) templates: Names,
    pub(super) recipients: Names,
    pub(super) actions: Names,
    pub(super) procedures: Names,
    /// Those of defines, whatever they are about.
    pub(super) defines: Names,
}

impl NameSpaces {
    /// Whether most of the names are of declarations that these files have no more: every letter of a name that is
    /// typed makes one.
    pub(super) fn is_crowded(&self, files: &[Arc<ast::File>]) -> bool {
        let all = [&self.calendars, &self.templates, &self.recipients, &self.actions, &self.procedures, &self.defines];
        let numbers: usize = all.into_iter().map(Names::len).sum();
        let declared: usize = files.iter().map(|file| file.items.len()).sum();
        numbers > 2 * declared + FEW
    }
}

/// So many names are never too many.
const FEW: usize = 1000;
