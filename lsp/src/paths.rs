//! URIs to paths and back.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use tower_lsp::ls_types::Uri;
use url::Url;

use crate::spelling;

/// The path of a `file:` URI; `None` for anything else, such as a text that was never saved.
pub(crate) fn of_uri(uri: &str) -> Option<PathBuf> {
    // Some clients escape the colon of a drive, which the crate does not take for one.
    let url = Url::parse(&uri.replace("%3A", ":").replace("%3a", ":")).ok()?;
    (url.scheme() == "file").then(|| url.to_file_path().ok()).flatten()
}

/// The URI of a path, for files that no client has named.
pub(crate) fn to_uri(path: &Path) -> Option<Uri> {
    let url = Url::from_file_path(path).ok()?;
    Uri::from_str(&spelling::escaped(url.as_str())).ok()
}

/// `path` as seen from `root`, with `/`.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<String> {
    path.strip_prefix(root).ok().map(|inner| inner.to_string_lossy().replace('\\', "/"))
}

/// The path without `.` and `..`.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            _ => plain.push(component),
        }
    }
    plain
}
