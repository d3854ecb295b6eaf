//! The findings of a program, by file, as an editor shows them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{self, DataPlace, Diagnostic, Label, Place, Severity, Source, code};
use crate::ide::{Edit, Location};
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
    /// Whether what is marked could be deleted without a loss.
    pub is_unnecessary: bool,
    /// Further places that explain it.
    pub related: Vec<Related>,
    /// Changes of which each mends it.
    pub fixes: Vec<Fix>,
}

/// A further place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Location,
    /// What is said about it.
    pub message: String,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What applying it does, in the imperative: "Write `250 EUR`".
    pub title: String,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Findings by the path of their file. Every file of the program is there, every one it refers to, and those of the
/// texts `beside` it, by path; with no findings where there are none.
#[must_use]
pub fn by_file(
    workspace: &Workspace,
    findings: &[Diagnostic],
    beside: &BTreeMap<String, String>,
) -> BTreeMap<String, Vec<Finding>> {
    let mut resources = workspace.wanted_resources();
    resources.retain(|path| workspace.file(path).is_some());
    let mut files: BTreeMap<String, Vec<Finding>> = workspace
        .paths()
        .iter()
        .chain(beside.keys())
        .cloned()
        .chain(resources)
        .map(|path| (path, Vec::new()))
        .collect();
    for finding in findings {
        let mut places = finding.labels.iter().filter_map(|label| related(workspace, beside, label));
        let Some(main) = places.next() else { continue };
        let remark = Some(main.message).filter(|remark| !remark.is_empty());
        let lines = [Some(finding.message.clone()), remark, finding.help.as_ref().map(|help| format!("help: {help}"))];
        files.entry(main.place.path).or_default().push(Finding {
            range: main.place.range,
            severity: finding.severity(),
            code: finding.code.id,
            message: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            is_unnecessary: finding.code == code::UNUSED,
            related: places.collect(),
            fixes: finding.fixes.iter().filter_map(|fix| shown_fix(workspace, fix)).collect(),
        });
    }
    files
}

/// The place of a label; one in a file of which nobody has the text is shown at the file's start.
fn related(workspace: &Workspace, beside: &BTreeMap<String, String>, label: &Label) -> Option<Related> {
    let place = match &label.place {
        Place::Text(span) => Location::of(workspace, *span)?,
        Place::Data(place) => {
            let range = beside.get(&place.file).and_then(|text| stretch(text, place)).unwrap_or(0..0);
            Location { path: place.file.clone(), range }
        }
    };
    Some(Related { place, message: label.text.clone() })
}

/// What stands at a line and column of settings: a key or value, one in quotes or brackets as a whole.
fn stretch(text: &str, place: &DataPlace) -> Option<Range<usize>> {
    let source = Source::new(&place.file, text);
    let line = usize::try_from(place.line?).ok()?;
    let column = usize::try_from(place.column?).ok()?.checked_sub(1)?;
    let written = source.line(line);
    let at = written.char_indices().nth(column).map_or(written.len(), |(at, _)| at);
    let rest = written.get(at..)?;
    let closed = |end: char| rest.char_indices().skip(1).find(|(_, sign)| *sign == end).map(|(at, _)| at + 1);
    let is_of_word = |sign: char| sign.is_alphanumeric() || "_-.".contains(sign);
    let length = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => closed(quote),
        Some('[') => closed(']'),
        _ => rest.find(|sign| !is_of_word(sign)).filter(|length| *length > 0),
    };
    let start = source.line_start(line) + at;
    Some(start..start + length.unwrap_or(rest.len()))
}

fn shown_fix(workspace: &Workspace, fix: &base::Fix) -> Option<Fix> {
    let edits = fix
        .edits
        .iter()
        .map(|edit| Some(Edit { location: Location::of(workspace, edit.span)?, text: edit.text.clone() }));
    let mut letters = fix.title.chars();
    let title = letters.next()?.to_uppercase().chain(letters).collect();
    Some(Fix { title, edits: edits.collect::<Option<_>>()? })
}
