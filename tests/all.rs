//! Every test that runs the whole program; one binary, so that it links once.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

mod cases;
mod ci;
mod cli;
mod compare;
mod docs;
mod errors;
mod examples;
mod excel;
mod fmt;
mod journal;
mod layers;
mod properties;
mod reports;
mod testing;
