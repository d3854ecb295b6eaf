//! What holds for every text, tried on many.

mod companies;
mod edits;
mod layout;
mod memory;
mod mentions;
mod parser;
mod programs;
mod run;
mod simulate;
mod words;

pub(crate) use companies::company;
pub(crate) use run::{PROGRAMS, config, files, tables};
