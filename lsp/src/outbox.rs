//! What the editor is told of our own accord, the latest of each kind: a slow reader gets the last state, not every one.
//!
//! One task sends it. Requests are sent and their answers awaited beside it, for no longer than a while.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{MessageType, PublishDiagnosticsParams};

use crate::editor::Refresh;
use crate::log;
use crate::spelling::Spellings;

/// How long an answer of the client is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What waits to be sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outbox {
    waiting: Arc<Mutex<Waiting>>,
    news: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Waiting {
    findings: BTreeMap<String, PublishDiagnosticsParams>,
    refresh: BTreeSet<Refresh>,
    notices: Vec<String>,
}

/// `textDocument/publishDiagnostics` with the client's own spelling of a URI, whatever characters it has.
enum PublishDiagnostics {}

impl Notification for PublishDiagnostics {
    type Params = Value;
    const METHOD: &'static str = "textDocument/publishDiagnostics";
}

impl Outbox {
    /// Sends the findings of a file.
    pub(crate) fn publish(&self, findings: PublishDiagnosticsParams) {
        self.put(|waiting| {
            waiting.findings.insert(findings.uri.as_str().to_owned(), findings);
        });
    }

    /// Tells the editor to ask again for something.
    pub(crate) fn refresh(&self, what: Refresh) {
        self.put(|waiting| {
            waiting.refresh.insert(what);
        });
    }

    /// Shows the user something.
    pub(crate) fn say(&self, notice: String) {
        self.put(|waiting| waiting.notices.push(notice));
    }

    fn put(&self, change: impl FnOnce(&mut Waiting)) {
        change(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        self.news.notify_one();
    }

    fn take(&self) -> Waiting {
        mem::take(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sends for ever.
    pub(crate) async fn deliver(self, client: Client, spellings: Spellings) {
        loop {
            self.news.notified().await;
            let waiting = self.take();
            for findings in waiting.findings.into_values() {
                let Ok(mut message) = serde_json::to_value(findings) else { continue };
                spellings.on_the_way_out(&mut message);
                client.send_notification::<PublishDiagnostics>(message).await;
            }
            for notice in waiting.notices {
                client.show_message(MessageType::WARNING, notice).await;
            }
            for what in waiting.refresh {
                let client = client.clone();
                beside(async move { refresh(&client, what).await });
            }
        }
    }
}

async fn refresh(client: &Client, what: Refresh) -> Result<()> {
    match what {
        Refresh::Findings => client.workspace_diagnostic_refresh().await,
        Refresh::Lenses => client.code_lens_refresh().await,
        Refresh::Hints => client.inlay_hint_refresh().await,
        Refresh::Colours => client.semantic_tokens_refresh().await,
    }
}

/// Asks the client for something without waiting for it here: a handler that waits for the client stops everything.
pub(crate) fn beside(request: impl Future<Output = Result<()>> + Send + 'static) {
    tokio::spawn(async move {
        match tokio::time::timeout(PATIENCE, request).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => log(&format!("the editor refuses a request: {error}")),
            Err(_) => log("the editor does not answer a request"),
        }
    });
}
