//! What holds for every text, tried on many.

mod parser;
mod run;
mod simulate;
