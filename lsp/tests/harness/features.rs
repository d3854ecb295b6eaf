//! The features that fixtures are about: what is asked, and how the answer is shown. One line each.

use std::path::Path;

use serde_json::{Value, json};

use super::files::{File, Fixture, uri};
use super::lenses;
use super::render::{self, Answered};
use super::says;
use crate::client::Session;

/// A feature that fixtures are about.
pub(crate) struct Feature {
    /// The name of the folder of its fixtures.
    pub(crate) name: &'static str,
    /// The method of the protocol.
    pub(crate) method: &'static str,
    /// The requests that a fixture makes.
    pub(crate) asks: fn(&Fixture, &Path) -> Vec<Question>,
    /// The answer as a person reads it.
    pub(crate) shows: fn(&Answered<'_>, &mut Session) -> String,
}

/// The features.
pub(crate) const FEATURES: &[Feature] = &[
    Feature { name: "diagnostics", method: "textDocument/diagnostic", asks: each_file, shows: render::findings },
    Feature { name: "code_actions", method: "textDocument/codeAction", asks: the_stretch, shows: render::actions },
    Feature { name: "formatting", method: "textDocument/formatting", asks: the_stretch, shows: render::edited },
    Feature {
        name: "range_formatting",
        method: "textDocument/rangeFormatting",
        asks: the_stretch,
        shows: render::edited,
    },
    Feature { name: "document_symbols", method: "textDocument/documentSymbol", asks: the_file, shows: render::outline },
    Feature { name: "workspace_symbols", method: "workspace/symbol", asks: everything, shows: render::symbols },
    Feature { name: "folding", method: "textDocument/foldingRange", asks: the_file, shows: render::folds },
    Feature { name: "selection", method: "textDocument/selectionRange", asks: all_places, shows: render::selections },
    Feature { name: "definition", method: "textDocument/definition", asks: each_place, shows: render::targets },
    Feature {
        name: "type_definition",
        method: "textDocument/typeDefinition",
        asks: each_place,
        shows: render::targets,
    },
    Feature { name: "references", method: "textDocument/references", asks: each_place, shows: render::places },
    Feature { name: "highlights", method: "textDocument/documentHighlight", asks: each_place, shows: render::marks },
    Feature { name: "prepare_rename", method: "textDocument/prepareRename", asks: each_place, shows: render::names },
    Feature { name: "rename", method: "textDocument/rename", asks: each_place, shows: render::changes },
    Feature { name: "calls", method: "textDocument/prepareCallHierarchy", asks: each_place, shows: render::calls },
    Feature { name: "lens", method: "textDocument/codeLens", asks: lenses::each_file, shows: lenses::lenses },
    Feature { name: "lens_rows", method: "textDocument/codeLens", asks: lenses::each_file, shows: lenses::rows },
    Feature { name: "why", method: "workspace/executeCommand", asks: everything, shows: lenses::text },
    Feature { name: "hints", method: "textDocument/inlayHint", asks: the_stretch, shows: lenses::hints },
    Feature { name: "hover", method: "textDocument/hover", asks: each_place, shows: says::hover },
    Feature { name: "completion", method: "textDocument/completion", asks: each_place, shows: says::completions },
    Feature {
        name: "completion_documentation",
        method: "textDocument/completion",
        asks: each_place,
        shows: says::documentation,
    },
    Feature { name: "signature_help", method: "textDocument/signatureHelp", asks: each_place, shows: says::signatures },
    Feature {
        name: "semantic_tokens",
        method: "textDocument/semanticTokens/full",
        asks: the_file,
        shows: says::colours,
    },
    Feature {
        name: "semantic_tokens_delta",
        method: "textDocument/semanticTokens/full",
        asks: the_file,
        shows: says::changed_colours,
    },
    Feature { name: "links", method: "textDocument/documentLink", asks: the_file, shows: render::links },
];

/// A request.
pub(crate) struct Question {
    /// What stands above its answer, where a fixture makes several.
    pub(crate) title: Option<String>,
    /// What it says.
    pub(crate) parameters: Value,
}

/// Parameters together with those that the fixture gives.
fn with(fixture: &Fixture, mut parameters: Value) -> Value {
    if let (Some(all), Some(more)) = (parameters.as_object_mut(), fixture.parameters.as_object()) {
        all.extend(more.clone());
    }
    parameters
}

pub(crate) fn document(root: &Path, file: &File) -> Value {
    json!({ "uri": uri(root, &file.path) })
}

/// About each file.
pub(crate) fn each_file(fixture: &Fixture, root: &Path) -> Vec<Question> {
    let questions = fixture.files().iter().map(|file| Question {
        title: (fixture.files().len() > 1).then(|| format!("{}:", file.path)),
        parameters: with(fixture, json!({ "textDocument": document(root, file) })),
    });
    questions.collect()
}

/// About the open file.
pub(crate) fn the_file(fixture: &Fixture, root: &Path) -> Vec<Question> {
    let parameters = with(fixture, json!({ "textDocument": document(root, fixture.main()) }));
    vec![Question { title: None, parameters }]
}

/// About everything.
pub(crate) fn everything(fixture: &Fixture, _: &Path) -> Vec<Question> {
    vec![Question { title: None, parameters: with(fixture, json!({})) }]
}

/// About each marked place.
pub(crate) fn each_place(fixture: &Fixture, root: &Path) -> Vec<Question> {
    let file = fixture.main();
    assert!(!file.cursors.is_empty(), "nothing is marked with `$0`");
    let questions = file.cursors.iter().map(|cursor| {
        let place = json!({ "textDocument": document(root, file), "position": file.position(*cursor) });
        let title = (file.cursors.len() > 1).then(|| format!("{}:", render::place(&file.position(*cursor))));
        Question { title, parameters: with(fixture, place) }
    });
    questions.collect()
}

/// About all marked places at once.
pub(crate) fn all_places(fixture: &Fixture, root: &Path) -> Vec<Question> {
    let file = fixture.main();
    let positions: Vec<Value> = file.cursors.iter().map(|cursor| file.position(*cursor)).collect();
    let parameters = with(fixture, json!({ "textDocument": document(root, file), "positions": positions }));
    vec![Question { title: None, parameters }]
}

/// About the marked stretch; the first marked place where there is none, else the whole file.
pub(crate) fn the_stretch(fixture: &Fixture, root: &Path) -> Vec<Question> {
    let file = fixture.main();
    let cursor = file.cursors.first().map(|cursor| (*cursor, *cursor));
    let (start, end) = file.stretch.or(cursor).unwrap_or((0, file.text.len()));
    let range = json!({ "start": file.position(start), "end": file.position(end) });
    let parameters = json!({
        "textDocument": document(root, file),
        "range": range,
        "context": { "diagnostics": [] },
        "options": { "tabSize": 4, "insertSpaces": true },
    });
    vec![Question { title: None, parameters: with(fixture, parameters) }]
}
