//! The results of `dunlin test`, in the format asked for.

use std::fs;

use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::test::{Arguments, Format};
use crate::report::{View, github, sarif, testing};
use crate::testing::Results;

/// Writes the results. What failed goes to the error output, unless it is in the data anyway.
pub(super) fn write(
    arguments: &Arguments,
    results: &Results,
    view: View<'_>,
    terminal: &Terminal,
) -> Result<(), Trouble> {
    let data = written(arguments.format, results, view)?;
    let is_told = data.is_none() || arguments.output.is_some() || arguments.format == Format::Lcov;
    if is_told {
        // What was reviewed was shown.
        let shown = Results { suites: Vec::new(), ..results.clone() };
        let results = if arguments.review { &shown } else { results };
        terminal.tell(&testing::failures(results, view, terminal.finding_style()));
    }
    match (data, &arguments.output) {
        (None, _) => {}
        (Some(data), None) => return terminal.print(data),
        (Some(data), Some(file)) => fs::write(file, data)
            .map_err(|error| Trouble::system(format!("cannot write `{}`", file.display()), &error))?,
    }
    if let Some(coverage) = results.coverage.as_ref().filter(|_| arguments.coverage) {
        terminal.print(testing::table(coverage, view, terminal.data_style()))?;
    }
    terminal.print(testing::summary(results, terminal.data_style()))
}

/// The results as data; `None` where people read them.
fn written(format: Format, results: &Results, view: View<'_>) -> Result<Option<String>, Trouble> {
    let json = |text: serde_json::Result<String>| text.map_err(|error| Trouble::new(error.to_string()));
    Ok(Some(match format {
        Format::Human => return Ok(None),
        Format::Json => json(testing::object(results, view))?,
        Format::Junit => testing::xml(results, view),
        Format::Github => github::findings(view, &results.findings()),
        Format::Sarif => json(sarif::findings(view, &results.findings()))?,
        Format::Lcov => {
            results.coverage.as_ref().map(|coverage| testing::tracefile(coverage, view)).unwrap_or_default()
        }
    }))
}
