//! What is said when the program itself is at fault.

use std::io::Write;
use std::panic;

/// Replaces the message of a panic: short, without a back trace, with what to do. The status is 101.
pub(super) fn install() {
    panic::set_hook(Box::new(|info| {
        let text = info.payload();
        let what = text
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| text.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        let place = info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        let _ = std::io::stderr().lock().write_all(sentence(&format!("{what}{place}")).as_bytes());
    }));
}

/// What is said about a mistake of ours.
pub(super) fn sentence(what: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "bug: dunlin {version} failed: {what}\nThis is a mistake of ours, not yours. \
         Please report it, with the command and the files that led to it.\n"
    )
}
