//! What the client may ask and tell, one line each: the work is done by the one worker, in the order read.

use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::request::{GotoTypeDefinitionParams, GotoTypeDefinitionResponse};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeActionParams, CodeActionResponse, CodeLens,
    CodeLensParams, CompletionItem, CompletionParams, CompletionResponse, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams, DocumentLink,
    DocumentLinkParams, DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse,
    ExecuteCommandParams, FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location,
    MessageType, PrepareRenameResponse, ReferenceParams, RenameParams, SelectionRange, SelectionRangeParams,
    SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensResult, ServerInfo,
    SignatureHelp, SignatureHelpParams, TextDocumentIdentifier, TextDocumentPositionParams, TextEdit,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp::{Client, LanguageServer};

use crate::capabilities::capabilities;
use crate::commands;
use crate::convert::colours::Given;
use crate::convert::renaming::Change;
use crate::convert::{diagnostics, edits, hints, lens, navigation, renaming, says, structure, symbols};
use crate::editor::{Editor, Refresh};
use crate::introduction;
use crate::lens::known::Asked;
use crate::outbox::beside;
use crate::registration;
use crate::view::{Here, View};
use crate::worker::Worker;

/// The server as `tower-lsp` sees it.
pub(crate) struct Backend {
    /// The way back to the client.
    pub(crate) client: Client,
    /// The way to the texts.
    pub(crate) worker: Worker,
    /// What the client can do; set when it introduces itself.
    pub(crate) editor: OnceLock<Editor>,
    /// The colours that the client was given.
    pub(crate) colours: Given,
}

impl Backend {
    /// Asks about a file.
    async fn file<A: Send + 'static>(
        &self,
        document: TextDocumentIdentifier,
        question: impl FnOnce(&View<'_>, &str) -> Option<A> + Send + 'static,
    ) -> Result<Option<A>> {
        let asked = self.worker.ask(move |programs| {
            let (view, path) = programs.view(&document.uri)?;
            question(&view, &path)
        });
        asked.await
    }

    /// Asks about a file what only its ledger tells.
    async fn watched<A: Send + 'static>(
        &self,
        document: TextDocumentIdentifier,
        asked: Asked,
        question: impl FnOnce(&View<'_>, &str) -> Option<A> + Send + 'static,
    ) -> Result<Option<A>> {
        let answered = self.worker.ask(move |programs| {
            let (view, path) = programs.watched(&document.uri, asked)?;
            question(&view, &path)
        });
        answered.await
    }

    /// Asks about the colours of a file.
    async fn coloured<A: Send + 'static>(
        &self,
        document: TextDocumentIdentifier,
        question: impl FnOnce(&View<'_>, &str) -> Option<A> + Send + 'static,
    ) -> Result<Option<A>> {
        let answered = self.worker.ask(move |programs| {
            programs.gives_colours(&document.uri);
            let (view, path) = programs.view(&document.uri)?;
            question(&view, &path)
        });
        answered.await
    }

    /// For an editor that cannot be told to ask again: waits a while for what the lens is working out. Nothing else
    /// waits for that.
    async fn settled(&self, document: &TextDocumentIdentifier) -> Result<()> {
        const TRIES: usize = 40;
        const PAUSE: Duration = Duration::from_millis(50);
        for _ in 0..TRIES {
            let uri = document.uri.clone();
            if !self.worker.ask(move |programs| programs.is_waiting(&uri)).await? {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Asks about a place in a file.
    async fn place<A: Send + 'static>(
        &self,
        place: TextDocumentPositionParams,
        question: impl FnOnce(&View<'_>, &Here) -> Option<A> + Send + 'static,
    ) -> Result<Option<A>> {
        let asked = self.file(place.text_document, move |view, path| {
            let offset = view.lines(path).offset(place.position);
            question(view, &Here { path: path.to_owned(), offset })
        });
        asked.await
    }

    /// Asks about every program.
    async fn everywhere<A: Send + 'static>(
        &self,
        question: impl FnOnce(&[View<'_>]) -> A + Send + 'static,
    ) -> Result<A> {
        self.worker.ask(move |programs| question(&programs.views())).await
    }

    /// Shows the user something.
    fn say(&self, notice: Option<String>) {
        let Some(notice) = notice else { return };
        let client = self.client.clone();
        beside(async move {
            client.show_message(MessageType::WARNING, notice).await;
            Ok(())
        });
    }

    fn editor(&self) -> Editor {
        self.editor.get().cloned().unwrap_or_default()
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, it: InitializeParams) -> Result<InitializeResult> {
        let editor = self.editor.get_or_init(|| Editor::new(it.capabilities.clone())).clone();
        let server_info =
            ServerInfo { name: "dunlin-lsp".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        let capabilities = capabilities(&editor);
        self.worker.tell(move |programs| introduction::take(programs, editor, it));
        Ok(InitializeResult { capabilities, server_info: Some(server_info), ..InitializeResult::default() })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.worker.tell(|programs| programs.begin());
        registration::register(&self.client, &self.editor(), &self.worker);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, it: DidOpenTextDocumentParams) {
        self.worker.tell(|programs| programs.open(it.text_document));
    }

    async fn did_change(&self, it: DidChangeTextDocumentParams) {
        self.worker.tell(|programs| programs.change(it));
    }

    async fn did_close(&self, it: DidCloseTextDocumentParams) {
        let colours = self.colours.clone();
        self.worker.tell(move |programs| {
            colours.forget(&it.text_document.uri);
            programs.close(&it.text_document.uri);
        });
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.worker.tell(|programs| programs.saved());
    }

    async fn did_change_watched_files(&self, it: DidChangeWatchedFilesParams) {
        self.worker.tell(move |programs| programs.files_changed(&it.changes));
    }

    async fn did_change_workspace_folders(&self, it: DidChangeWorkspaceFoldersParams) {
        self.worker.tell(|programs| programs.folders_changed(it.event));
    }

    async fn did_change_configuration(&self, it: DidChangeConfigurationParams) {
        registration::settings_changed(&self.client, &self.editor(), &self.worker, it.settings);
    }

    async fn diagnostic(&self, it: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.worker.ask(|programs| diagnostics::of_document(programs, it)).await
    }

    async fn workspace_diagnostic(&self, it: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        self.worker.ask(|programs| diagnostics::of_workspace(programs, it)).await
    }

    async fn code_action(&self, it: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.file(it.text_document, move |view, path| edits::actions(view, path, it.range, &it.context)).await
    }

    async fn hover(&self, it: HoverParams) -> Result<Option<Hover>> {
        self.place(it.text_document_position_params, says::hover).await
    }

    async fn completion(&self, it: CompletionParams) -> Result<Option<CompletionResponse>> {
        let context = it.context;
        let question = move |view: &View<'_>, here: &Here| says::completions(view, here, context.as_ref());
        self.place(it.text_document_position, question).await
    }

    async fn completion_resolve(&self, mut it: CompletionItem) -> Result<CompletionItem> {
        if let Some((uri, source)) = says::source(&it) {
            let document = TextDocumentIdentifier { uri };
            let question = move |view: &View<'_>, _: &str| Some(says::documentation(view, &source));
            it.documentation = self.file(document, question).await?;
        }
        Ok(it)
    }

    async fn signature_help(&self, it: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.place(it.text_document_position_params, says::signatures).await
    }

    async fn semantic_tokens_full(&self, it: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let (given, uri) = (self.colours.clone(), it.text_document.uri.clone());
        let question = move |view: &View<'_>, path: &str| Some(given.full(view, path, &uri).into());
        self.coloured(it.text_document, question).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        it: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let (given, uri) = (self.colours.clone(), it.text_document.uri.clone());
        let question = move |view: &View<'_>, path: &str| Some(given.delta(view, path, &uri, &it.previous_result_id));
        self.coloured(it.text_document, question).await
    }

    async fn inlay_hint(&self, it: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let question = move |view: &View<'_>, path: &str| hints::hints(view, path, it.range);
        self.watched(it.text_document, Asked::Hints, question).await
    }

    async fn code_lens(&self, it: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        if !self.editor().refreshes(Refresh::Lenses) {
            self.settled(&it.text_document).await?;
        }
        self.watched(it.text_document, Asked::Lenses, lens::lenses).await
    }

    async fn execute_command(&self, it: ExecuteCommandParams) -> Result<Option<Value>> {
        commands::execute(&self.worker, it).await
    }

    async fn goto_definition(&self, it: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.place(it.text_document_position_params, navigation::definition).await
    }

    async fn goto_type_definition(&self, it: GotoTypeDefinitionParams) -> Result<Option<GotoTypeDefinitionResponse>> {
        self.place(it.text_document_position_params, navigation::type_definition).await
    }

    async fn references(&self, it: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let with_declaration = it.context.include_declaration;
        let question = move |view: &View<'_>, here: &Here| navigation::references(view, here, with_declaration);
        self.place(it.text_document_position, question).await
    }

    async fn document_highlight(&self, it: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.place(it.text_document_position_params, navigation::highlights).await
    }

    async fn prepare_rename(&self, it: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.place(it, |view, here| Some(renaming::renameable(view, here))).await?.unwrap_or(Ok(None))
    }

    async fn rename(&self, it: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let question = move |view: &View<'_>, here: &Here| Some(renaming::renamed(view, here, &it.new_name));
        let renamed = self.place(it.text_document_position, question).await?.unwrap_or(Ok(None))?;
        Ok(renamed.map(|Change { edit, notice }| {
            self.say(notice);
            edit
        }))
    }

    async fn prepare_call_hierarchy(&self, it: CallHierarchyPrepareParams) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.place(it.text_document_position_params, navigation::node).await
    }

    async fn incoming_calls(
        &self,
        it: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.place(name_of(it.item), navigation::incoming).await
    }

    async fn outgoing_calls(
        &self,
        it: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.place(name_of(it.item), navigation::outgoing).await
    }

    async fn formatting(&self, it: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.file(it.text_document, edits::layout).await
    }

    async fn range_formatting(&self, it: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.file(it.text_document, move |view, path| edits::layout_within(view, path, it.range)).await
    }

    async fn document_symbol(&self, it: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.file(it.text_document, symbols::outline).await
    }

    async fn symbol(&self, it: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.everywhere(move |views| Some(symbols::find(views, &it.query))).await
    }

    async fn folding_range(&self, it: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.file(it.text_document, structure::folds).await
    }

    async fn selection_range(&self, it: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.file(it.text_document, move |view, path| structure::selections(view, path, &it.positions)).await
    }

    async fn document_link(&self, it: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.file(it.text_document, structure::links).await
    }
}

/// Where the name of an item stands.
fn name_of(item: CallHierarchyItem) -> TextDocumentPositionParams {
    let text_document = TextDocumentIdentifier { uri: item.uri };
    TextDocumentPositionParams { text_document, position: item.selection_range.start }
}
