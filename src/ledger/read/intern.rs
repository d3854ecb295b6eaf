//! Texts by number: ids that are looked up, and columns whose texts repeat.
//!
//! Both keep the texts once and hash them into a table of numbers, which is what makes joining a
//! million documents quick.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::ledger::snapshot::{Interned, Texts};

/// Ids, numbered in the order in which they came.
#[derive(Default)]
pub(crate) struct Ids {
    texts: Texts,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Ids {
    /// The number of an id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.table.find(self.hasher.hash_one(id), |known| self.get(*known) == id).copied()
    }

    /// The number of an id, and whether it is new.
    pub(crate) fn insert(&mut self, id: &str) -> (u32, bool) {
        if let Some(known) = self.find(id) {
            return (known, false);
        }
        let number = row_number(self.texts.len());
        self.texts.push(id);
        let (texts, hasher) = (&self.texts, &self.hasher);
        self.table.insert_unique(hasher.hash_one(id), number, |known| hasher.hash_one(texts.get(*known as usize)));
        (number, true)
    }

    /// The id with this number.
    pub(crate) fn get(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// A pool of texts, each kept once.
#[derive(Default)]
pub(crate) struct Pool {
    texts: Vec<Arc<str>>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Pool {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let (texts, hasher) = (&self.texts, &self.hasher);
        let hash = hasher.hash_one(text);
        let is_it = |known: &u32| texts.get(*known as usize).is_some_and(|known| &**known == text);
        if let Some(known) = self.table.find(hash, is_it) {
            return *known;
        }
        let number = row_number(texts.len());
        let rehash = |known: &u32| texts.get(*known as usize).map_or(0, |known| hasher.hash_one(&**known));
        self.table.insert_unique(hash, number, rehash);
        self.texts.push(text.into());
        number
    }

    /// The text, shared.
    pub(crate) fn share(&mut self, text: &str) -> Arc<str> {
        let number = self.number(text);
        self.texts.get(number as usize).cloned().unwrap_or_else(|| text.into())
    }

    /// A column of these texts in a new order; the pool is numbered by first use, so that the order
    /// in which the texts came leaves no trace.
    pub(crate) fn gather(self, rows: &[u32], order: &[u32]) -> Interned {
        let mut renumbered = vec![u32::MAX; self.texts.len()];
        let mut column = Interned { pool: Vec::new(), rows: Vec::with_capacity(order.len()) };
        for row in order {
            let old = rows.get(*row as usize).copied().unwrap_or(u32::MAX) as usize;
            let number = match (renumbered.get_mut(old), self.texts.get(old)) {
                (Some(number), Some(text)) => {
                    if *number == u32::MAX {
                        *number = row_number(column.pool.len());
                        column.pool.push(text.clone());
                    }
                    *number
                }
                _ => u32::MAX,
            };
            column.rows.push(number);
        }
        column
    }
}

/// A row as columns number it. More than four thousand million rows do not fit any memory this is made for.
pub(crate) fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
