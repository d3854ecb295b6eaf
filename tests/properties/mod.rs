//! What holds for every text, tried on many.

mod memory;
mod parser;
mod run;
mod simulate;

pub(crate) use run::{PROGRAMS, config, files, tables};
