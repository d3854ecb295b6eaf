//! `dunlin why`: everything that decided about one customer.

use std::path::Path;

use clap::Args;

use crate::base::text::nearest;
use crate::cli::Status;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerArguments, Ready};
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::report::{Style, why};
use crate::run;

/// Explain what is suggested for a customer, and what is not
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The customer's id
    customer: String,

    #[command(flatten)]
    ledger: LedgerArguments,
}

/// Text is not set wider than this: long lines read badly.
const WIDEST: usize = 100;

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let project = Project::open(project::folder(None, folder)?);
    project.tell(terminal);
    let ready = match Ready::new(&project, &arguments.ledger, Use::Read, terminal)? {
        Ok(ready) => ready,
        Err(status) => return Ok(status),
    };
    let sources = project.workspace.sources();
    let explanation = run::why(&ready.plan, &ready.snapshot, &ready.memory, ready.date, &arguments.customer, sources)
        .ok_or_else(|| unknown(&arguments.customer, &ready))?;
    let style = terminal.data_style();
    let style = Style { width: style.width.min(WIDEST), ..style };
    terminal.print(why::render(&explanation, project.view(), style))?;
    Ok(if explanation.is_set_aside() { Status::Findings } else { Status::Fine })
}

pub(super) fn unknown(customer: &str, ready: &Ready) -> Trouble {
    let ids = &ready.snapshot.customers.id;
    let reason = format!("the ledger has no customer `{customer}`");
    match nearest(customer, (0..ids.len()).map(|row| ids.get(row))) {
        Some(near) => Trouble::with_help(reason, format!("did you mean `{near}`?")),
        None => Trouble::with_help(reason, "give the id as it stands in the table `customers`"),
    }
}
