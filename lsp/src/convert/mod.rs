//! Answers of `dunlin::ide` as answers of the protocol: one file per group of requests.

pub(crate) mod diagnostics;
pub(crate) mod position;
