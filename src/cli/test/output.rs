//! The results of `dunlin test`, in the format asked for.

use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::test::{Arguments, Format};
use crate::report::{View, github, junit, sarif, testing};
use crate::testing::Results;

/// Writes the results. What failed goes to the error output, unless it is in the data anyway.
pub(super) fn write(
    arguments: &Arguments,
    results: &Results,
    view: View<'_>,
    terminal: &Terminal,
) -> Result<(), Trouble> {
    let format = arguments.format();
    let data = written(format, results, view)?;
    let is_told = data.is_none() || arguments.output.is_file() || format == Format::Lcov;
    if is_told {
        // What was reviewed was shown.
        let shown = Results { suites: Vec::new(), ..results.clone() };
        let results = if arguments.review { &shown } else { results };
        terminal.tell(&testing::failures(results, view, terminal.finding_style()));
    }
    if let Some(data) = data {
        arguments.output.write(data, terminal)?;
        if !arguments.output.is_file() {
            return Ok(());
        }
    }
    let style = terminal.data_style();
    if let Some(coverage) = results.coverage.as_ref().filter(|_| arguments.coverage) {
        terminal.print(testing::table(coverage, view, style))?;
    }
    terminal.print(testing::summary(results, style))?;
    results.mutants.as_ref().map_or(Ok(()), |tried| terminal.print(testing::mutants(tried, view, style)))
}

/// Writes what stands against running anything, as `check` finds it. No coverage is known then.
pub(super) fn write_stopped(arguments: &Arguments, project: &Project, terminal: &Terminal) -> Result<(), Trouble> {
    let (view, findings) = (project.view(), project.findings.clone());
    let data = match arguments.format() {
        Format::Lcov => None,
        Format::Junit => Some(junit::findings(view, project.workspace.paths(), &findings)),
        format => written(format, &Results { check: findings, ..Results::default() }, view)?,
    };
    if data.is_none() || arguments.output.is_file() {
        project.tell(terminal);
    }
    data.map_or(Ok(()), |data| arguments.output.write(data, terminal))
}

/// The results as data; `None` where people read them.
fn written(format: Format, results: &Results, view: View<'_>) -> Result<Option<String>, Trouble> {
    let json = |text: serde_json::Result<String>| text.map_err(|error| Trouble::new(error.to_string()));
    Ok(Some(match format {
        Format::Human => return Ok(None),
        Format::Json => json(testing::object(results, view))?,
        Format::Junit => testing::xml(results, view),
        Format::Github => {
            let mutants = results.mutants.as_ref().map(|tried| testing::annotations(tried, view));
            github::findings(view, &results.findings()) + &mutants.unwrap_or_default()
        }
        Format::Sarif => json(sarif::findings(view, &results.findings()))?,
        Format::Lcov => {
            results.coverage.as_ref().map(|coverage| testing::tracefile(coverage, view)).unwrap_or_default()
        }
    }))
}
