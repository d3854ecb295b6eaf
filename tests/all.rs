//! Every test that runs the whole program; one binary, so that it links once.

mod cases;
mod cli;
mod docs;
mod errors;
mod examples;
mod layers;
mod properties;
