//! Files that a program names.

use crate::base::{Code, Diagnostic, Spanned};

/// The finding about a path that leads to no file.
pub(super) fn no_file(code: Code, path: &Spanned<String>) -> Diagnostic {
    if path.value.is_empty() {
        return Diagnostic::new(code, "no file is named")
            .label(path.span, "nothing stands between the quotes")
            .help("write the path of the file as seen from the program's folder");
    }
    Diagnostic::new(code, format!("there is no file `{}`", path.value))
        .label(path.span, "not found")
        .help("write its path as seen from the program's folder, or create it")
}
