//! What the client says when it greets.

use tower_lsp::ls_types::InitializeParams;

use crate::editor::Editor;
use crate::paths;
use crate::programs::{Programs, paths_of};
use crate::settings::Settings;

/// Takes in the client's greeting.
#[expect(deprecated, reason = "older clients give one folder as `rootUri` only")]
pub(crate) fn take(programs: &mut Programs, editor: Editor, it: InitializeParams) {
    let folders = match it.workspace_folders {
        Some(folders) => paths_of(folders),
        None => it.root_uri.iter().filter_map(|uri| paths::of_uri(uri.as_str())).collect(),
    };
    let settings = it.initialization_options.as_ref().map(Settings::read).unwrap_or_default();
    programs.introduce(editor, folders, settings);
}
