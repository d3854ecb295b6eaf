//! What the client has said of itself.

use tower_lsp::ls_types::{
    ClientCapabilities, CompletionItemCapability, MarkupKind, PositionEncodingKind, ResourceOperationKind,
    SignatureInformationSettings, TextDocumentClientCapabilities, WorkspaceEditClientCapabilities,
};

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
        self.workspace_edits().and_then(|edits| edits.document_changes).unwrap_or(false)
    }

    fn workspace_edits(&self) -> Option<&WorkspaceEditClientCapabilities> {
        self.capabilities.workspace.as_ref()?.workspace_edit.as_ref()
    }

    /// Whether it can ask the user before it makes a part of a change.
    pub(crate) fn confirms_changes(&self) -> bool {
        self.checks_versions() && self.workspace_edits().is_some_and(|edits| edits.change_annotation_support.is_some())
    }

    /// Whether a change can make a file.
    pub(crate) fn makes_files(&self) -> bool {
        let operations = self.workspace_edits().and_then(|edits| edits.resource_operations.as_ref());
        self.checks_versions() && operations.is_some_and(|all| all.contains(&ResourceOperationKind::Create))
    }

    /// Whether it can be asked to run a command of its own: it lists them as `experimental.commands`.
    pub(crate) fn can_run(&self, command: &str) -> bool {
        let experimental = self.capabilities.experimental.as_ref().and_then(|it| it.get("commands"));
        experimental.and_then(|it| it.as_array()).is_some_and(|all| all.iter().any(|known| known == command))
    }

    /// Whether it shows Markdown when it is pointed at something.
    pub(crate) fn shows_markdown(&self) -> bool {
        let hover = self.document().and_then(|document| document.hover.as_ref());
        hover.and_then(|hover| hover.content_format.as_ref()).is_some_and(|all| all.contains(&MarkupKind::Markdown))
    }

    fn completion_item(&self) -> Option<&CompletionItemCapability> {
        self.document()?.completion.as_ref()?.completion_item.as_ref()
    }

    /// Whether it fills in what is completed.
    pub(crate) fn takes_snippets(&self) -> bool {
        self.completion_item().and_then(|item| item.snippet_support).unwrap_or(false)
    }

    /// Whether it lets the user choose between inserting and replacing a word.
    pub(crate) fn inserts_or_replaces(&self) -> bool {
        self.completion_item().and_then(|item| item.insert_replace_support).unwrap_or(false)
    }

    /// Whether it shows Markdown about what is completed.
    pub(crate) fn documents_in_markdown(&self) -> bool {
        let formats = self.completion_item().and_then(|item| item.documentation_format.as_ref());
        formats.is_some_and(|all| all.contains(&MarkupKind::Markdown))
    }

    fn signature_information(&self) -> Option<&SignatureInformationSettings> {
        self.document()?.signature_help.as_ref()?.signature_information.as_ref()
    }

    /// Whether it shows Markdown about what is being written.
    pub(crate) fn explains_signatures_in_markdown(&self) -> bool {
        let formats = self.signature_information().and_then(|it| it.documentation_format.as_ref());
        formats.is_some_and(|all| all.contains(&MarkupKind::Markdown))
    }

    /// Whether it marks the parameter in the text of the whole.
    pub(crate) fn marks_parameters(&self) -> bool {
        let parameters = self.signature_information().and_then(|it| it.parameter_information.as_ref());
        parameters.and_then(|it| it.label_offset_support).unwrap_or(false)
    }

    /// Whether it shows where a definition begins and ends.
    pub(crate) fn links_definitions(&self) -> bool {
        let definition = self.document().and_then(|document| document.definition.as_ref());
        definition.and_then(|it| it.link_support).unwrap_or(false)
    }

    /// The same for the definition of a type.
    pub(crate) fn links_type_definitions(&self) -> bool {
        let definition = self.document().and_then(|document| document.type_definition.as_ref());
        definition.and_then(|it| it.link_support).unwrap_or(false)
    }

    /// Whether it asks what can be renamed before it renames.
    pub(crate) fn prepares_renaming(&self) -> bool {
        let rename = self.document().and_then(|document| document.rename.as_ref());
        rename.and_then(|it| it.prepare_support).unwrap_or(false)
    }

    /// Whether it shows what a link leads to.
    pub(crate) fn describes_links(&self) -> bool {
        let links = self.document().and_then(|document| document.document_link.as_ref());
        links.and_then(|it| it.tooltip_support).unwrap_or(false)
    }

    /// Whether it asks again for something when it is told to.
    pub(crate) fn refreshes(&self, what: Refresh) -> bool {
        let Some(workspace) = &self.capabilities.workspace else { return false };
        let supported = match what {
            Refresh::Findings => workspace.diagnostics.as_ref().and_then(|it| it.refresh_support),
            Refresh::Lenses => workspace.code_lens.as_ref().and_then(|it| it.refresh_support),
            Refresh::Hints => workspace.inlay_hint.as_ref().and_then(|it| it.refresh_support),
            Refresh::Colours => workspace.semantic_tokens.as_ref().and_then(|it| it.refresh_support),
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
    /// What each word is.
    Colours,
}
