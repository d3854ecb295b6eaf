//! The name that was meant by one that is not known.

use crate::base::text::nearest;
use crate::base::{Diagnostic, Span};
use crate::syntax::ast::Name;

/// The name that should stand in the place of another.
pub(super) struct Right<'n> {
    /// The name itself.
    pub(super) name: &'n str,
    help: String,
}

impl<'n> Right<'n> {
    /// What `written` is called now, where it was renamed; else the nearest of the known names.
    pub(super) fn of(
        written: &Name,
        renamed: Option<&'n str>,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<Self> {
        let now = |name| Self { name, help: format!("`{}` is called `{name}` now", written.value) };
        let near = |name| Self { name, help: format!("did you mean `{name}`?") };
        renamed.map(now).or_else(|| nearest(&written.value, known).map(near))
    }

    /// The finding with the help and the fix.
    pub(super) fn told(self, finding: Diagnostic, at: Span) -> Diagnostic {
        finding.help(self.help).fix(format!("write `{}`", self.name), at, self.name)
    }
}
