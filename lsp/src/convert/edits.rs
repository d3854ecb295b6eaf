//! Changes that the editor asks for: the layout, and mending findings.

use dunlin::ide::{fixes, formatting};
use tower_lsp::ls_types::{CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Range, TextEdit};

use crate::convert::changes::offered;
use crate::convert::diagnostics::diagnostic;
use crate::view::View;

/// Everything in a file that can be mended without asking.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.dunlin");

/// The canonical layout of a file.
pub(crate) fn layout(view: &View<'_>, path: &str) -> Option<Vec<TextEdit>> {
    Some(view.text_edits(&formatting::edits(view.workspace(), path)))
}

/// The canonical layout of the lines of a range.
pub(crate) fn layout_within(view: &View<'_>, path: &str, range: Range) -> Option<Vec<TextEdit>> {
    let stretch = view.lines(path).stretch(range);
    Some(view.text_edits(&formatting::edits_within(view.workspace(), path, &stretch)))
}

/// What can be done about a range.
pub(crate) fn actions(
    view: &View<'_>,
    path: &str,
    range: Range,
    context: &CodeActionContext,
) -> Option<Vec<CodeActionOrCommand>> {
    let mut actions = Vec::new();
    if wants(context, &CodeActionKind::QUICKFIX) {
        actions.extend(mend(view, path, range));
    }
    actions.extend(offered(view, path, range, context));
    if wants(context, &FIX_ALL) {
        actions.extend(mend_all(view, path));
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// Whether the editor asks for actions of a kind: for all, for these, or for a group they belong to.
pub(crate) fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let within = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty())
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(within))
}

fn mend(view: &View<'_>, path: &str, range: Range) -> Vec<CodeAction> {
    let stretch = view.lines(path).stretch(range);
    let mends = fixes::at(view.findings(path), &stretch);
    let is_only_one = mends.len() == 1;
    let action = |(finding, fix): (_, &dunlin::ide::diagnostics::Fix)| CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(view, path, finding)]),
        edit: view.workspace_edit(&fix.edits),
        is_preferred: is_only_one.then_some(true),
        ..CodeAction::default()
    };
    mends.into_iter().map(action).collect()
}

fn mend_all(view: &View<'_>, path: &str) -> Option<CodeAction> {
    let edits = fixes::all(view.workspace(), path);
    (!edits.is_empty()).then(|| CodeAction {
        title: "Mend what is certain".to_owned(),
        kind: Some(FIX_ALL),
        edit: view.workspace_edit(&edits),
        ..CodeAction::default()
    })
}
