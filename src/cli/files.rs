//! Replacing files: there is either the old one or the whole new one, whatever happens in between.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file in one go, with the permissions of the one it replaces. A link stays a link: what
/// it leads to is replaced.
///
/// # Errors
/// As the system reports them, and when the file may not be written to. Then it is as it was.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let before = fs::metadata(&target).ok();
    // A device or pipe cannot be replaced.
    if before.as_ref().is_some_and(|found| !found.is_file()) {
        return fs::write(&target, bytes);
    }
    if before.as_ref().is_some_and(|found| found.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let part = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = File::create(&part).and_then(|mut out| {
        out.write_all(bytes)?;
        if let Some(before) = before {
            out.set_permissions(before.permissions())?;
        }
        out.sync_all()?;
        fs::rename(&part, &target)
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}
