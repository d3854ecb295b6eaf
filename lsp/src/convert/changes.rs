//! What is offered to be done besides mending findings: changes of several files at once.

use std::iter::once;

use dunlin::ide::actions::{self, Action, Kind, NewFile};
use dunlin::ide::{Edit, trial};
use tower_lsp::ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, Command, CreateFile, CreateFileOptions, DocumentChangeOperation,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};

use crate::convert::diagnostics::diagnostic;
use crate::convert::edits::wants;
use crate::convert::position::Lines;
use crate::view::View;

/// What the editor does to ask for another name at a place; ours is among those it says it has.
const RENAME: &str = "dunlin.renameHere";

/// What is offered for a range besides mending findings.
pub(crate) fn offered(view: &View<'_>, path: &str, range: Range, context: &CodeActionContext) -> Vec<CodeAction> {
    let stretch = view.lines(path).stretch(range);
    let offered = actions::at(view.workspace(), path, &stretch, |kind| wants(context, &kind_of(kind)));
    offered.into_iter().filter_map(|action| shown(view, path, &stretch, action)).collect()
}

const fn kind_of(kind: Kind) -> CodeActionKind {
    match kind {
        Kind::Mend => CodeActionKind::QUICKFIX,
        Kind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        Kind::Inline => CodeActionKind::REFACTOR_INLINE,
        Kind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}

fn shown(view: &View<'_>, path: &str, stretch: &std::ops::Range<usize>, action: Action) -> Option<CodeAction> {
    let Action { title, kind, edits, files, mends, of, names } = action;
    let touched = view.findings(path).iter().filter(|finding| {
        let is_here = finding.range.start <= stretch.end && stretch.start <= finding.range.end;
        Some(finding.code) == mends && is_here && of.as_ref().is_none_or(|of| *of == finding.range)
    });
    let findings: Vec<_> = touched.map(|finding| diagnostic(view, path, finding)).collect();
    let naming = names.filter(|_| view.editor.can_run(RENAME)).and_then(|place| {
        let text = trial::applied(view.workspace(), &edits).text(&place.path)?.to_owned();
        let position = Lines::new(&text, view.editor.encoding()).position(place.range.start);
        let arguments = vec![view.uri(&place.path)?.to_string().into(), serde_json::to_value(position).ok()?];
        Some(Command { title: "Give it a name".to_owned(), command: RENAME.to_owned(), arguments: Some(arguments) })
    });
    Some(CodeAction {
        title,
        kind: Some(kind_of(kind)),
        diagnostics: (!findings.is_empty()).then_some(findings),
        edit: Some(with_files(view, &edits, files)?),
        command: naming,
        ..CodeAction::default()
    })
}

/// Makes files, where they are not there, and changes others; nothing where that is needed and the editor cannot.
pub(crate) fn with_files(view: &View<'_>, edits: &[Edit], files: Vec<NewFile>) -> Option<WorkspaceEdit> {
    let missing: Vec<NewFile> = files.into_iter().filter(|file| !view.is_there(&file.path)).collect();
    if missing.is_empty() {
        return (!edits.is_empty()).then(|| view.workspace_edit(edits)).flatten();
    }
    if !view.editor.makes_files() {
        return None;
    }
    let made = missing.into_iter().map(|file| making(view, file)).collect::<Option<Vec<_>>>()?;
    let mut change = view.workspace_edit(edits)?;
    let Some(DocumentChanges::Edits(changed)) = change.document_changes else { return None };
    let changed = changed.into_iter().map(DocumentChangeOperation::Edit);
    let all = made.into_iter().flatten().chain(changed).collect();
    change.document_changes = Some(DocumentChanges::Operations(all));
    Some(change)
}

/// Makes a file, and writes its text.
fn making(view: &View<'_>, file: NewFile) -> Option<impl Iterator<Item = DocumentChangeOperation> + use<>> {
    let uri = view.uri(&file.path)?;
    let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let text = TextEdit { range: Range::default(), new_text: file.text };
    let document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let write = TextDocumentEdit { text_document: document, edits: vec![OneOf::Left(text)] };
    let create = DocumentChangeOperation::Op(ResourceOp::Create(create));
    Some(once(create).chain(once(DocumentChangeOperation::Edit(write))))
}
