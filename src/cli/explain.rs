//! `dunlin explain`: the page of a code.

use std::fmt::Write;

use clap::Args;

use crate::base::code::{self, Code};
use crate::base::text::nearest;
use crate::cli::Status;
use crate::cli::terminal::{Terminal, Trouble};
use crate::report::{page, severity_word};

/// Explain a code such as E0301; without a code, list them all
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code, as findings show it
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Trouble> {
    let style = terminal.data_style();
    let text = match &arguments.code {
        Some(written) => page::page(find(written)?, style),
        None => list(),
    };
    terminal.print(text)?;
    Ok(Status::Fine)
}

/// The code meant by `E0301`, `e0301`, `301` or `0301`.
fn find(written: &str) -> Result<Code, Trouble> {
    let trimmed = written.trim().trim_matches(['[', ']']);
    let digits = trimmed.trim_start_matches(['E', 'e']);
    let id = format!("E{digits:0>4}");
    code::ALL.iter().copied().find(|code| code.id == id).ok_or_else(|| {
        let reason = format!("there is no code `{written}`");
        let help = match nearest(&id, code::ALL.iter().map(|code| code.id)) {
            Some(near) => format!("did you mean `{near}`? `dunlin explain` lists them all"),
            None => "`dunlin explain` lists them all".to_owned(),
        };
        Trouble::with_help(reason, help)
    })
}

fn list() -> String {
    let mut out = String::new();
    let mut codes = code::ALL.to_vec();
    codes.sort_unstable_by_key(|code| code.id);
    for code in codes {
        let _ = writeln!(out, "{}  {:7}  {}", code.id, severity_word(code.severity), code.title());
    }
    out
}
