//! The findings of a program, by file, as an editor shows them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{DataPlace, Diagnostic, Label, Place, Severity, Source, Span};
use crate::workspace::Workspace;

/// A finding in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The bytes of the file's text that are marked.
    pub range: Range<usize>,
    /// How much it matters.
    pub severity: Severity,
    /// Its code: `E0301`.
    pub code: &'static str,
    /// What is wrong, and in a second line what to write instead.
    pub message: String,
    /// Further places that explain it.
    pub related: Vec<Related>,
}

/// A further place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub path: String,
    /// The bytes that are marked.
    pub range: Range<usize>,
    /// What is said about them.
    pub message: String,
}

/// Findings by the path of their file. Every file of the program is there, with no findings where there are none.
#[must_use]
pub fn by_file(workspace: &Workspace, findings: &[Diagnostic]) -> BTreeMap<String, Vec<Finding>> {
    let mut files: BTreeMap<String, Vec<Finding>> =
        workspace.paths().iter().map(|path| (path.clone(), Vec::new())).collect();
    for finding in findings {
        let mut places = finding.labels.iter().filter_map(|label| located(workspace, label));
        let Some(main) = places.next() else { continue };
        let remark = Some(main.message).filter(|remark| !remark.is_empty());
        let lines = [Some(finding.message.clone()), remark, finding.help.as_ref().map(|help| format!("help: {help}"))];
        files.entry(main.path).or_default().push(Finding {
            range: main.range,
            severity: finding.severity(),
            code: finding.code.id,
            message: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            related: places.collect(),
        });
    }
    files
}

fn located(workspace: &Workspace, label: &Label) -> Option<Related> {
    let (path, range) = match &label.place {
        Place::Text(span) => in_text(workspace, *span)?,
        Place::Data(place) => (place.file.clone(), in_data(workspace, place)),
    };
    Some(Related { path, range, message: label.text.clone() })
}

fn in_text(workspace: &Workspace, span: Span) -> Option<(String, Range<usize>)> {
    workspace.sources().get(span.file).map(|source| (source.path.to_string(), span.range()))
}

/// The line of a template or calendar, from the place on; the start of a file that is not held.
fn in_data(workspace: &Workspace, place: &DataPlace) -> Range<usize> {
    let Some(text) = workspace.resource(&place.file) else { return 0..0 };
    let source = Source::new(&place.file, text);
    let line = place.line.and_then(|line| usize::try_from(line).ok()).unwrap_or(1);
    let column = place.column.and_then(|column| usize::try_from(column).ok()).unwrap_or(1).max(1);
    let (start, content) = (source.line_start(line), source.line(line));
    let offset = content.char_indices().nth(column - 1).map_or(content.len(), |(offset, _)| offset);
    start + offset..start + content.len()
}
