//! The interpreter: a plan and a snapshot to the worklist of a date.

pub mod worklist;

pub use worklist::Worklist;
