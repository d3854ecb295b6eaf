//! Every test of the server as a process; one binary, so that it links once.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

mod client;
mod company;
mod editing;
mod fixtures;
mod harness;
mod lens;
mod offers;
mod prelude;
mod renaming;
mod robustness;
mod settings;
mod soak;
