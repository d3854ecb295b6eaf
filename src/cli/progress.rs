//! How far a long command is: a bar on the error output, where somebody is looking.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::terminal::Terminal;

/// A bar for `length` of what `many` names; it shows nothing where nobody is looking.
pub(super) fn bar(length: usize, many: &str, terminal: &Terminal) -> ProgressBar {
    if !terminal.is_attended() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr_with_hz(10));
    match ProgressStyle::with_template(&format!("{{wide_bar}} {{pos}} of {{len}} {many}, {{eta}} to go")) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
