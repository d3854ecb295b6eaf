//! `--output`: where the data of a command goes, and what the ending of its file says about the format.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::terminal::{Terminal, Trouble};
use crate::report::Style;

/// Where data goes.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// The file to write it to, instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Output {
    /// Whether it goes to a file.
    pub(super) const fn is_file(&self) -> bool {
        self.output.is_some()
    }

    /// The ending of the file, where there is one.
    pub(super) fn ending(&self) -> Option<&str> {
        self.output.as_deref().and_then(Path::extension)?.to_str()
    }

    /// The format that the ending of the file is the name of.
    pub(super) fn format<F: ValueEnum>(&self) -> Option<F> {
        let ending = self.ending()?;
        let is_meant = |format: &F| format.to_possible_value().is_some_and(|value| value.matches(ending, true));
        F::value_variants().iter().find(|format| is_meant(format)).cloned()
    }

    /// How data for people is set: in a file as wide as it needs and without colours.
    pub(super) fn style(&self, terminal: &Terminal) -> Style {
        if self.is_file() { Style::PLAIN } else { terminal.data_style() }
    }

    /// Writes the data.
    pub(super) fn write(&self, data: impl AsRef<[u8]>, terminal: &Terminal) -> Result<(), Trouble> {
        match &self.output {
            None => terminal.print(data),
            Some(file) => fs::write(file, data)
                .map_err(|error| Trouble::system(format!("cannot write `{}`", file.display()), &error)),
        }
    }
}
