//! The program `dunlin`: see [`dunlin::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    dunlin::cli::main()
}
