//! `dunlin lsp`: starts the language server, which is a program of its own.

use std::env;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use crate::cli::Status;
use crate::cli::terminal::Trouble;

/// The program that is the language server.
const SERVER: &str = "dunlin-lsp";

/// Start the language server (for editors, over standard input and output)
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Accepted because editors give it; there is no other way to talk to the server
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(_: &Arguments) -> Result<Status, Trouble> {
    let error = match start(&mut Command::new(server())) {
        Ok(status) => return Ok(status),
        Err(error) => error,
    };
    Err(match error.kind() {
        ErrorKind::NotFound => Trouble::with_help(
            format!("`{SERVER}` is neither beside `dunlin` nor in a folder of PATH"),
            "install it with `cargo install --path lsp`",
        ),
        _ => Trouble::system(format!("cannot start `{SERVER}`"), &error),
    })
}

/// The server beside this program; else whatever PATH has.
fn server() -> PathBuf {
    let name = format!("{SERVER}{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().map(|program| program.with_file_name(&name));
    beside.filter(|path| path.is_file()).unwrap_or_else(|| name.into())
}

/// The server takes the place of this process, so that the editor ends the right one.
#[cfg(unix)]
fn start(command: &mut Command) -> std::io::Result<Status> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn start(command: &mut Command) -> std::io::Result<Status> {
    let status = command.status()?;
    Ok(if status.success() { Status::Fine } else { Status::Findings })
}
