//! URIs to paths and back. A document is known by the client's own string for it.

use std::path::{Path, PathBuf};

use url::Url;

/// The path of a `file:` URI; `None` for anything else, such as a text that was never saved.
pub(crate) fn of_uri(uri: &str) -> Option<PathBuf> {
    // Some clients escape the colon of a drive, which the crate does not take for one.
    let url = Url::parse(&uri.replace("%3A", ":").replace("%3a", ":")).ok()?;
    (url.scheme() == "file").then(|| url.to_file_path().ok()).flatten()
}

/// The URI of a path, for files that no client has named.
pub(crate) fn to_uri(path: &Path) -> Option<String> {
    Url::from_file_path(path).ok().map(String::from)
}

/// `path` as seen from `root`, with `/`.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<String> {
    path.strip_prefix(root).ok().map(|inner| inner.to_string_lossy().replace('\\', "/"))
}
