//! What holds for every text, tried on many.

mod layout;
mod parser;
mod programs;
mod run;
mod simulate;
