//! What `tower-lsp` answers: the handshake. Everything about texts has been taken out by then.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{
    InitializeParams, InitializeResult, PositionEncodingKind, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind,
};
use tower_lsp::{Client, LanguageServer};

use crate::position::Encoding;

/// The server as `tower-lsp` sees it.
pub(crate) struct Backend {
    /// The way back to the client.
    pub(crate) client: Client,
}

/// `textDocument/publishDiagnostics` with the client's own spelling of a URI, whatever characters it has.
pub(crate) enum PublishDiagnostics {}

impl Notification for PublishDiagnostics {
    type Params = serde_json::Value;
    const METHOD: &'static str = "textDocument/publishDiagnostics";
}

impl LanguageServer for Backend {
    async fn initialize(&self, parameters: InitializeParams) -> Result<InitializeResult> {
        let offered = parameters.capabilities.general.and_then(|general| general.position_encodings);
        let offers_utf8 = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        let encoding = match Encoding::chosen(offers_utf8) {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        };
        Ok(InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(encoding),
                text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "dunlin-lsp".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}
