//! The two outputs: what goes where, in which colours, how wide, and what happens when nobody listens.

use std::env;
use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::ValueEnum;

use crate::cli::Status;
use crate::disk::{git, plainly};
use crate::report::Style;
use crate::report::style::Ink;

/// How wide findings are set where they do not go to a terminal.
const USUAL_WIDTH: usize = 100;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Why a command could not be done.
#[derive(Debug)]
pub(super) enum Trouble {
    /// For the reason given; what to do instead.
    Refused(String, Option<String>),
    /// The output is closed: nobody wants to read on.
    Closed,
}

impl Trouble {
    /// A refusal with its reason.
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into(), None)
    }

    /// A refusal with its reason and what to do instead.
    pub(super) fn with_help(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused(reason.into(), Some(help.into()))
    }

    /// `what` could not be done because the system says no.
    pub(super) fn system(what: impl fmt::Display, error: &io::Error) -> Self {
        Self::new(format!("{what}: {}", plainly(error)))
    }
}

impl From<git::Trouble> for Trouble {
    fn from(trouble: git::Trouble) -> Self {
        Self::Refused(trouble.reason, trouble.help)
    }
}

/// The standard output and the error output.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    colour: Colour,
}

impl Terminal {
    /// The outputs of this process.
    pub(super) const fn new(colour: Colour) -> Self {
        Self { colour }
    }

    /// Whether somebody is looking at the standard output.
    pub(super) fn is_watched(self) -> bool {
        io::stdout().is_terminal()
    }

    /// Whether somebody is looking at the error output.
    pub(super) fn is_attended(self) -> bool {
        io::stderr().is_terminal()
    }

    /// How data for people is set.
    pub(super) fn data_style(self) -> Style {
        self.style(io::stdout().is_terminal(), usize::MAX)
    }

    /// How findings are set.
    pub(super) fn finding_style(self) -> Style {
        self.style(io::stderr().is_terminal(), USUAL_WIDTH)
    }

    fn style(self, is_terminal: bool, otherwise: usize) -> Style {
        let colour = match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => is_terminal && !is_set("NO_COLOR") && env::var("TERM").as_deref() != Ok("dumb"),
        };
        let stated = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = stated.or_else(|| is_terminal.then(measured).flatten()).unwrap_or(otherwise);
        Style { colour, width }
    }

    /// Writes data to the standard output.
    pub(super) fn print(self, data: impl AsRef<[u8]>) -> Result<(), Trouble> {
        let mut out = io::stdout().lock();
        let written = out.write_all(data.as_ref()).and_then(|()| out.flush());
        written.map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Trouble::Closed,
            _ => Trouble::system("cannot write the output", &error),
        })
    }

    /// Writes findings and remarks to the error output. Nothing can be said if that is closed.
    pub(super) fn tell(self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// A remark that is no finding: `note: …`.
    pub(super) fn note(self, text: &str) {
        let word = self.finding_style().paint(Ink::Strong, "note");
        self.tell(&format!("{word}: {text}\n"));
    }

    /// Says why a command could not be done.
    pub(super) fn explain(self, trouble: &Trouble) -> Status {
        match trouble {
            Trouble::Closed => Status::Fine,
            Trouble::Refused(reason, help) => {
                let style = self.finding_style();
                self.tell(&format!("{}: {reason}\n", style.paint(Ink::Red, "error")));
                if let Some(help) = help {
                    self.tell(&format!("  {}: {help}\n", style.paint(Ink::Blue, "help")));
                }
                Status::Trouble
            }
        }
    }
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}
