//! Which findings the editor has, and sending what it lacks.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use tower_lsp::ls_types::{Diagnostic, PublishDiagnosticsParams, Uri};

use crate::convert::diagnostics;
use crate::editor::Editor;
use crate::outbox::Outbox;
use crate::view::View;

/// What the editor was sent.
#[derive(Debug, Default)]
pub(crate) struct Published {
    /// By URI: for which version of the text, and which findings.
    sent: BTreeMap<String, (Option<i32>, String)>,
    /// Whether the editor asks for the findings of all files.
    pub(crate) asks_for_all: bool,
}

impl Published {
    /// Sends the findings of the programs, as far as the editor lacks them. Whether it has to ask again
    /// for findings that it was given when it asked.
    pub(crate) fn publish(&mut self, editor: &Editor, views: &[View<'_>], outbox: &Outbox) -> bool {
        let mut now = BTreeMap::new();
        let mut is_behind = false;
        for view in views {
            let open = view.open_paths();
            let all = view.program.findings().iter();
            // Of most files there is nothing to say.
            let told =
                all.filter(|(path, findings)| !findings.is_empty() || open.contains(*path)).map(|(path, _)| path);
            for path in told.filter(|path| view.is_at_home(views, path)) {
                let items = diagnostics::of_file(view, path);
                let id = result_id(&items);
                for (uri, open) in view.names(path) {
                    if editor.pulls_findings() && (open.is_some() || self.asks_for_all) {
                        is_behind |= open.is_some_and(|text| !text.is_edited && text.was_given_others(&id));
                    } else if open.is_some() || !items.is_empty() {
                        let version = open.map(|text| text.version);
                        let state = (version, id.clone());
                        if self.sent.get(uri.as_str()) != Some(&state) {
                            outbox.publish(PublishDiagnosticsParams::new(uri.clone(), items.clone(), version));
                        }
                        now.insert(uri.as_str().to_owned(), state);
                    }
                }
            }
        }
        let gone = self.sent.keys().filter(|uri| !now.contains_key(*uri));
        for uri in gone.filter_map(|uri| uri.parse::<Uri>().ok()) {
            outbox.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
        self.sent = now;
        is_behind
    }
}

/// What tells findings from others.
pub(crate) fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
