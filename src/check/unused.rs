//! Declarations that nothing uses: often a name that was meant to be used elsewhere.

use crate::base::{Diagnostic, code};
use crate::check::context::Context;
use crate::syntax::ast::Name;

impl Context<'_> {
    /// Warns of every declaration that nothing uses. Where a piece could not be read it may hold the
    /// use, so nothing is said then.
    pub(super) fn report_unused(&self) {
        if self.has_unreadable() || self.symbols.damaged {
            return;
        }
        let symbols = &self.symbols;
        let none_of = |word: &str, names: &mut dyn Iterator<Item = &Name>| {
            names.for_each(|name| self.report(unused(word, name)));
        };
        none_of("define", &mut self.defines.unused());
        none_of("template", &mut symbols.templates.unused());
        none_of("calendar", &mut symbols.calendars.unused());
        none_of("recipient", &mut symbols.recipients.unused());
        none_of("action", &mut symbols.unused_actions());
    }
}

fn unused(word: &str, name: &Name) -> Diagnostic {
    Diagnostic::new(code::UNUSED, format!("{word} `{}` is not used", name.value))
        .label(name.span, "nothing uses it")
        .help(format!("use it, or delete the {word}"))
}
