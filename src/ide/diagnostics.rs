//! The findings of a program, by file, as an editor shows them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{Diagnostic, Label, Place, Severity};
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

/// The place of a label; one in a file that is not held is shown at the file's start.
fn located(workspace: &Workspace, label: &Label) -> Option<Related> {
    let (path, range) = match &label.place {
        Place::Text(span) => (workspace.sources().get(span.file)?.path.to_string(), span.range()),
        Place::Data(place) => (place.file.clone(), 0..0),
    };
    Some(Related { path, range, message: label.text.clone() })
}
