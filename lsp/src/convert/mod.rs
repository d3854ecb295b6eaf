//! Answers of `dunlin::ide` as answers of the protocol: one file per group of requests.

pub(crate) mod changes;
pub(crate) mod colours;
pub(crate) mod diagnostics;
pub(crate) mod edits;
pub(crate) mod hints;
pub(crate) mod lens;
pub(crate) mod navigation;
pub(crate) mod position;
pub(crate) mod renaming;
pub(crate) mod says;
pub(crate) mod structure;
pub(crate) mod symbols;
