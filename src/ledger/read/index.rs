//! Documents by their ids, for the tables that name them.

use crate::base::DataPlace;
use crate::ledger::read::intern::Ids;
use crate::ledger::snapshot::{CustomerRow, DocumentRow};

/// No row.
pub(crate) const NONE: u32 = u32::MAX;

/// Documents by their ids, those with faults too.
#[derive(Default)]
pub(crate) struct DocumentIndex {
    pub(crate) ids: Ids,
    pub(crate) slots: Vec<Slot>,
    /// The file they came from.
    pub(crate) file: String,
    /// How many there are in the snapshot.
    pub(crate) count: usize,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    /// The row of the document; [`NONE`] if a fault keeps it out. While reading, its row in the making.
    pub(crate) row: u32,
    /// The row of its customer; [`NONE`] where it is unknown.
    pub(crate) customer: u32,
    pub(crate) line: u64,
}

/// A document that another table names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// Its row; `None` if a fault keeps it out of the snapshot.
    pub(crate) row: Option<DocumentRow>,
    /// Whose it is, where that is known.
    pub(crate) customer: Option<CustomerRow>,
}

impl DocumentIndex {
    /// What is known of the document with this id; `None` if there is none.
    pub(crate) fn find(&self, id: &str) -> Option<Known> {
        let slot = self.slots.get(self.ids.find(id)? as usize)?;
        let known = |row: u32| (row != NONE).then_some(row);
        Some(Known { row: known(slot.row).map(DocumentRow), customer: known(slot.customer).map(CustomerRow) })
    }

    /// Whether the table had no rows with an id.
    pub(crate) fn is_empty(&self) -> bool {
        self.ids.len() == 0
    }

    /// How many documents the snapshot has.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Where a document stands in its file.
    pub(crate) fn place(&self, id: &str) -> DataPlace {
        let slot = self.ids.find(id).and_then(|number| self.slots.get(number as usize));
        DataPlace { file: self.file.clone(), line: slot.map(|slot| slot.line), ..DataPlace::default() }
    }
}
