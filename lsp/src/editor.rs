//! What the client has said of itself.

use tower_lsp::ls_types::{ClientCapabilities, PositionEncodingKind, TextDocumentClientCapabilities};

use crate::convert::position::Encoding;

/// What the editor can do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Editor {
    capabilities: ClientCapabilities,
}

impl Editor {
    /// An editor that has said this.
    pub(crate) const fn new(capabilities: ClientCapabilities) -> Self {
        Self { capabilities }
    }

    /// How it counts columns: bytes where it offers them.
    pub(crate) fn encoding(&self) -> Encoding {
        let offered = self.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let offers_utf8 = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        if offers_utf8 { Encoding::Utf8 } else { Encoding::Utf16 }
    }

    fn document(&self) -> Option<&TextDocumentClientCapabilities> {
        self.capabilities.text_document.as_ref()
    }

    /// Whether it asks for findings instead of having them sent.
    pub(crate) fn pulls_findings(&self) -> bool {
        self.document().is_some_and(|document| document.diagnostic.is_some())
    }

    /// Whether it folds whole lines only.
    pub(crate) fn folds_lines(&self) -> bool {
        let folding = self.document().and_then(|document| document.folding_range.as_ref());
        folding.and_then(|folding| folding.line_folding_only).unwrap_or(false)
    }

    /// Whether it shows symbols as a tree.
    pub(crate) fn nests_symbols(&self) -> bool {
        let symbols = self.document().and_then(|document| document.document_symbol.as_ref());
        symbols.and_then(|symbols| symbols.hierarchical_document_symbol_support).unwrap_or(false)
    }

    /// Whether it takes edits with the version of the text that they are made for.
    pub(crate) fn checks_versions(&self) -> bool {
        let edits = self.capabilities.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        edits.and_then(|edits| edits.document_changes).unwrap_or(false)
    }

    /// Whether it asks again for something when it is told to.
    pub(crate) fn refreshes(&self, what: Refresh) -> bool {
        let Some(workspace) = &self.capabilities.workspace else { return false };
        let supported = match what {
            Refresh::Findings => workspace.diagnostics.as_ref().and_then(|it| it.refresh_support),
            Refresh::Lenses => workspace.code_lens.as_ref().and_then(|it| it.refresh_support),
            Refresh::Hints => workspace.inlay_hint.as_ref().and_then(|it| it.refresh_support),
            Refresh::Tokens => workspace.semantic_tokens.as_ref().and_then(|it| it.refresh_support),
        };
        supported.unwrap_or(false)
    }

    /// Whether it can be asked to watch files.
    pub(crate) fn watches_files(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false)
    }

    /// Whether it can be asked to tell when the settings change.
    pub(crate) fn tells_settings(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        let settings = workspace.and_then(|workspace| workspace.did_change_configuration.as_ref());
        settings.and_then(|settings| settings.dynamic_registration).unwrap_or(false)
    }

    /// Whether it can be asked for the settings.
    pub(crate) fn gives_settings(&self) -> bool {
        self.capabilities.workspace.as_ref().and_then(|workspace| workspace.configuration).unwrap_or(false)
    }
}

/// What an editor can be told to ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refresh {
    /// The findings.
    Findings,
    /// The lines above procedures and steps.
    Lenses,
    /// The remarks within lines.
    Hints,
    /// The colours.
    #[expect(dead_code, reason = "semantic tokens come next")]
    Tokens,
}
