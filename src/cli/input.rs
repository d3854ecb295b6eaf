//! Files that a command takes in, the standard input among them.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::cli::terminal::Trouble;
use crate::disk;

/// The name of the file in messages, and what it says.
pub(super) fn read(file: &Path) -> Result<(String, String), Trouble> {
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        ("<stdin>".to_owned(), io::stdin().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (file.display().to_string(), fs::read(file))
    };
    let bytes = bytes.map_err(|error| Trouble::system(format!("cannot read `{name}`"), &error))?;
    let text = disk::decode(&name, &bytes);
    match text.broken_at {
        None => Ok((name, text.text)),
        Some(_) => Err(Trouble::with_help(
            format!("`{name}` is not written in UTF-8"),
            "save it again with the encoding UTF-8",
        )),
    }
}
