//! The declarations of the built-in actions as a file, since a file is what every editor can open: it is written into
//! the user's cache when somebody first asks where such an action is declared, and cannot be changed there.
//!
//! Opened in an editor it is a text to read: part of no program, without findings, names or layout.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dunlin::schema::PRELUDE;
use tower_lsp::ls_types::Uri;

use crate::log;
use crate::paths;

/// Where it lies below the user's cache.
fn place() -> PathBuf {
    ["dunlin", env!("CARGO_PKG_VERSION"), "prelude.proc"].iter().collect()
}

/// Whether a file is this one.
pub(crate) fn is_it(file: &Path) -> bool {
    file.ends_with(place())
}

/// The file, written where it is not there yet; nothing where that cannot be done.
pub(crate) fn uri() -> Option<Uri> {
    let file = dirs::cache_dir()?.join(place());
    if !fs::read(&file).is_ok_and(|text| text == PRELUDE.as_bytes())
        && let Err(error) = write(&file)
    {
        log(&format!("the built-in actions cannot be shown: `{}`: {error}", file.display()));
        return None;
    }
    paths::to_uri(&file)
}

/// Writes it beside and puts it into its place, so that nobody ever reads a part of it.
fn write(file: &Path) -> io::Result<()> {
    let beside = file.with_extension(format!("{}.tmp", std::process::id()));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&beside, PRELUDE)?;
    let mut rights = fs::metadata(&beside)?.permissions();
    rights.set_readonly(true);
    fs::set_permissions(&beside, rights)?;
    fs::rename(&beside, file)
}
