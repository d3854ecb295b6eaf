//! The programs of `examples/`, for tests that hold for every program.

use std::path::Path;

use crate::disk;
use crate::workspace::Workspace;

/// Each company with its program.
pub(super) fn all() -> Vec<(&'static str, Workspace)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let company = |name: &'static str| {
        let workspace = disk::program(&root.join(name)).workspace;
        assert!(!workspace.paths().is_empty(), "{name} has no program");
        (name, workspace)
    };
    ["standard", "new_customers", "international"].map(company).into()
}

/// A program of one file, and the bytes that are marked with `$0` in it.
pub(super) fn marked(text: &str) -> (Workspace, Vec<usize>) {
    let mut places = Vec::new();
    let mut plain = String::new();
    for part in text.split_inclusive("$0") {
        match part.strip_suffix("$0") {
            Some(part) => {
                plain.push_str(part);
                places.push(plain.len());
            }
            None => plain.push_str(part),
        }
    }
    (Workspace::new([("main.proc", plain.as_str())]), places)
}
