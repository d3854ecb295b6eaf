//! Changes of several files at once: giving names other ones, and what is offered to be done.

use std::collections::HashMap;
use std::iter::once;

use dunlin::ide::actions::{self, Action, Kind, NewFile};
use dunlin::ide::rename::{self, History, Renamed};
use dunlin::ide::{Edit, trial};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, CodeAction, CodeActionContext, CodeActionKind, Command, CreateFile,
    CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    PrepareRenameResponse, Range, ResourceOp, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use crate::convert::diagnostics::diagnostic;
use crate::convert::edits::wants;
use crate::convert::position::Lines;
use crate::view::{Here, View};

/// The protocol's number for a request that cannot be done; its message is shown to the user.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);
/// What the editor does to ask for another name at a place; ours is among those it says it has.
const RENAME: &str = "dunlin.renameHere";
/// The one annotation of a change.
const HISTORY: &str = "history";

/// Whether the name at a place can be given another one.
///
/// # Errors
/// Why it cannot.
pub(crate) fn renameable(view: &View<'_>, here: &Here) -> Result<Option<PrepareRenameResponse>> {
    let found = rename::prepare(view.workspace(), &here.path, here.offset).map_err(refused)?;
    Ok(found.map(|found| PrepareRenameResponse::RangeWithPlaceholder {
        range: view.lines(&here.path).range(&found.range),
        placeholder: found.name,
    }))
}

/// Gives the name at a place another one.
///
/// # Errors
/// Why that cannot be.
pub(crate) fn renamed(view: &View<'_>, here: &Here, new: &str) -> Result<Option<WorkspaceEdit>> {
    let renamed = rename::rename(view.workspace(), &here.path, here.offset, new).map_err(refused)?;
    Ok(renamed.and_then(|renamed| with_history(view, renamed)))
}

fn refused(why: String) -> Error {
    Error { code: REQUEST_FAILED, message: why.into(), data: None }
}

/// The new name everywhere; the history as something that can be left out, where the editor shows the changes first.
fn with_history(view: &View<'_>, renamed: Renamed) -> Option<WorkspaceEdit> {
    let Renamed { mut edits, history } = renamed;
    edits.extend(history.iter().map(|history| history.edit.clone()));
    let change = view.workspace_edit(&edits)?;
    Some(match history.filter(|_| view.editor.confirms_changes()) {
        Some(history) => annotated(view, change, &history),
        None => change,
    })
}

fn annotated(view: &View<'_>, mut change: WorkspaceEdit, history: &History) -> WorkspaceEdit {
    let Some(DocumentChanges::Edits(files)) = &mut change.document_changes else { return change };
    let [edit] = view.text_edits(std::slice::from_ref(&history.edit)).try_into().unwrap_or_default();
    let uri = view.uri(&history.edit.location.path);
    let own = files.iter_mut().filter(|file| Some(&file.text_document.uri) == uri.as_ref());
    for place in own.flat_map(|file| &mut file.edits) {
        if *place == OneOf::Left(edit.clone()) {
            let annotation_id = HISTORY.to_owned();
            *place = OneOf::Right(AnnotatedTextEdit { text_edit: edit.clone(), annotation_id });
        }
    }
    let History { what, old, .. } = history;
    let annotation = ChangeAnnotation {
        label: format!("Keep the history: `was {old}`"),
        // To be confirmed means that nothing is renamed before a list of all changes was looked through, in which this
        // one is not chosen; without it customers would get again what they have had.
        needs_confirmation: Some(false),
        description: Some(format!("what was done in {what} `{old}` still counts")),
    };
    change.change_annotations = Some(HashMap::from([(HISTORY.to_owned(), annotation)]));
    change
}

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
    let Action { title, kind, edits, files, mends, names } = action;
    let touched = view.findings(path).iter().filter(|finding| {
        Some(finding.code) == mends && finding.range.start <= stretch.end && stretch.start <= finding.range.end
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
fn with_files(view: &View<'_>, edits: &[Edit], files: Vec<NewFile>) -> Option<WorkspaceEdit> {
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
