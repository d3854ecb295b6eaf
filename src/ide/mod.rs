//! What an editor can ask: one file per feature, plain data and byte offsets, nothing of a protocol.

pub mod diagnostics;
