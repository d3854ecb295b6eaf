//! What the client is asked for once it is ready: to watch files, to tell when settings change, and the settings.

use serde_json::json;
use tower_lsp::Client;
use tower_lsp::ls_types::{ConfigurationItem, Registration};

use crate::editor::Editor;
use crate::outbox::beside;
use crate::settings::SECTION;
use crate::worker::Worker;

/// What a program is made of or refers to: its texts and their folder, settings, templates, days of calendars, ledgers,
/// the journal; and what git writes when there is another last commit.
const WATCHED: &[&str] = &[
    "**/*.proc",
    "**/dunlin.toml",
    "**/suite.toml",
    "**/.gitignore",
    "**/.ignore",
    "**/*.{md,txt,html,j2,csv,tsv,parquet,xlsx,ods}",
    "**/.dunlin/*",
    "**/.git/logs/HEAD",
];
/// Of a folder that is deleted or renamed an editor tells nothing but its own name, not the files in it.
const DELETED: &str = "**";
/// The protocol's number of a deletion among what is watched.
const DELETION: u8 = 4;

/// Asks the client for what it offers.
pub(crate) fn register(client: &Client, editor: &Editor, worker: &Worker) {
    let mut wishes = Vec::new();
    if editor.watches_files() {
        let deletions = json!({ "globPattern": DELETED, "kind": DELETION });
        let watched = WATCHED.iter().map(|pattern| json!({ "globPattern": pattern }));
        let watchers: Vec<_> = watched.chain([deletions]).collect();
        wishes.push(wish("workspace/didChangeWatchedFiles", json!({ "watchers": watchers })));
    }
    if editor.tells_settings() {
        wishes.push(wish("workspace/didChangeConfiguration", json!({ "section": SECTION })));
    }
    if !wishes.is_empty() {
        let client = client.clone();
        beside(async move { client.register_capability(wishes).await });
    }
    ask_for_settings(client, editor, worker);
}

fn wish(method: &str, options: serde_json::Value) -> Registration {
    Registration { id: format!("dunlin:{method}"), method: method.to_owned(), register_options: Some(options) }
}

/// Asks for the settings, where the client gives them.
fn ask_for_settings(client: &Client, editor: &Editor, worker: &Worker) {
    if !editor.gives_settings() {
        return;
    }
    let (client, worker) = (client.clone(), worker.clone());
    beside(async move {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        let sent = client.configuration(vec![item]).await?.into_iter().next().unwrap_or_default();
        if sent.is_object() {
            worker.tell(move |programs| programs.configure(&sent));
        }
        Ok(())
    });
}

/// Takes in settings that have changed: those sent, or those the client gives when asked.
pub(crate) fn settings_changed(client: &Client, editor: &Editor, worker: &Worker, sent: serde_json::Value) {
    if sent.is_object() {
        worker.tell(move |programs| programs.configure(&sent));
    }
    ask_for_settings(client, editor, worker);
}
