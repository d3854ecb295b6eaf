//! Giving a name another one, with what that means for history and ledger.

use std::collections::HashMap;

use dunlin::disk::SETTINGS;
use dunlin::ide::Edit;
use dunlin::ide::actions::NewFile;
use dunlin::ide::rename::{self, Beside, Caution, Renamed};
use dunlin::ledger::DiskFiles;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChangeOperation, DocumentChanges, OneOf, PrepareRenameResponse,
    ResourceOp, TextEdit, WorkspaceEdit,
};

use crate::convert::changes::with_files;
use crate::view::{Here, View};

/// The protocol's number for a request that cannot be done; its message is shown to the user.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

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

/// A new name as a change, and what the user has to know of it where the editor does not ask.
pub(crate) struct Change {
    /// The change.
    pub(crate) edit: WorkspaceEdit,
    /// What to tell.
    pub(crate) notice: Option<String>,
}

/// Gives the name at a place another one.
///
/// # Errors
/// Why that cannot be.
pub(crate) fn renamed(view: &View<'_>, here: &Here, new: &str) -> Result<Option<Change>> {
    let settings = view.text_beside(SETTINGS);
    let files = view.program.root().folder().map(DiskFiles::new);
    let beside = files.as_ref().map(|files| Beside { path: SETTINGS, settings: settings.as_deref(), files });
    let renamed = rename::rename(view.workspace(), &here.path, here.offset, new, beside).map_err(refused)?;
    Ok(renamed.and_then(|renamed| change(view, renamed)))
}

fn refused(why: String) -> Error {
    Error { code: REQUEST_FAILED, message: why.into(), data: None }
}

/// A part of a change that is shown by itself.
struct Part {
    id: &'static str,
    label: String,
    description: String,
    /// Whether nothing is done before the user has looked at it.
    is_asked: bool,
    /// The edits; what no other part has, where they are not named.
    edits: Option<Vec<Edit>>,
}

/// The new name everywhere, and what goes with it. To be confirmed means that nothing is renamed before a list of all
/// changes was looked through, in which such a change is not chosen: so it is the whole or nothing, and only where
/// something is lost. Without the history customers would get again what they have had.
fn change(view: &View<'_>, renamed: Renamed) -> Option<Change> {
    let Renamed { mut edits, history, mapping, caution } = renamed;
    let (mut parts, mut made, mut notices) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(history) = history {
        let description = format!("what was done in {} `{}` still counts", history.what, history.old);
        let label = format!("Keep the history: `was {}`", history.old);
        edits.push(history.edit.clone());
        parts.push(Part { id: "history", label, description, is_asked: false, edits: Some(vec![history.edit]) });
    }
    if let Some(mapping) = mapping {
        let (label, description) = (mapping.label, mapping.description);
        if mapping.is_new_file && !view.editor.makes_files() {
            let (path, text) = (mapping.edit.location.path, mapping.edit.text);
            notices.push(format!("{label} if you make the file `{path}` with this:\n{text}"));
        } else if mapping.is_new_file {
            made.push(NewFile { path: mapping.edit.location.path, text: mapping.edit.text });
        } else {
            edits.push(mapping.edit.clone());
            if caution.is_none() {
                parts.push(Part { id: "ledger", label, description, is_asked: false, edits: Some(vec![mapping.edit]) });
            }
        }
    }
    if let Some(Caution { label, description }) = caution {
        notices.extend((!view.editor.confirms_changes()).then(|| format!("{label}: {description}.")));
        parts.push(Part { id: "caution", label, description, is_asked: true, edits: None });
    }
    let mut edit = with_files(view, &edits, made)?;
    if view.editor.confirms_changes() {
        parts.into_iter().for_each(|part| annotate(view, &mut edit, part));
    }
    Some(Change { edit, notice: (!notices.is_empty()).then(|| notices.join("\n")) })
}

fn annotate(view: &View<'_>, change: &mut WorkspaceEdit, part: Part) {
    let id = || part.id.to_owned();
    let files: Vec<_> = match &mut change.document_changes {
        Some(DocumentChanges::Edits(files)) => files.iter_mut().collect(),
        Some(DocumentChanges::Operations(all)) => {
            for operation in all.iter_mut().filter(|_| part.edits.is_none()) {
                if let DocumentChangeOperation::Op(ResourceOp::Create(made)) = operation {
                    made.annotation_id = Some(id());
                }
            }
            all.iter_mut().filter_map(edited).collect()
        }
        None => return,
    };
    for file in files {
        let is_of_file = |edit: &&Edit| view.uri(&edit.location.path).as_ref() == Some(&file.text_document.uri);
        let of_part = |edits: &Vec<Edit>| -> Vec<TextEdit> {
            view.text_edits(&edits.iter().filter(is_of_file).cloned().collect::<Vec<_>>())
        };
        let wanted = part.edits.as_ref().map(of_part);
        for place in &mut file.edits {
            if let OneOf::Left(edit) = place
                && wanted.as_ref().is_none_or(|wanted| wanted.contains(edit))
            {
                *place = OneOf::Right(AnnotatedTextEdit { text_edit: edit.clone(), annotation_id: id() });
            }
        }
    }
    let (label, description) = (part.label, Some(part.description));
    let annotation = ChangeAnnotation { label, needs_confirmation: Some(part.is_asked), description };
    change.change_annotations.get_or_insert_with(HashMap::new).insert(part.id.to_owned(), annotation);
}

const fn edited(operation: &mut DocumentChangeOperation) -> Option<&mut tower_lsp::ls_types::TextDocumentEdit> {
    match operation {
        DocumentChangeOperation::Edit(edit) => Some(edit),
        DocumentChangeOperation::Op(_) => None,
    }
}
