//! Declarations that nothing uses: often a name that was meant to be used elsewhere.

use crate::base::{Diagnostic, code};
use crate::check::context::Context;
use crate::check::symbols::Kind;
use crate::check::units::Use;
use crate::syntax::ast::Name;

impl Context<'_> {
    /// Warns of every declaration that nothing uses. Where a piece could not be read it may hold the
    /// use, so nothing is said then.
    pub(super) fn report_unused(&self) {
        if self.has_unreadable() || self.symbols.damaged {
            return;
        }
        let symbols = &self.symbols;
        let used = self.uses();
        let is_used = |kind: Kind, place: usize| used.contains(&Use::Of(kind, place));
        let none_of = |kind: Kind, declared: &mut dyn Iterator<Item = (usize, &Name)>| {
            let unused_ones = declared.filter(|(place, _)| !is_used(kind, *place));
            unused_ones.for_each(|(_, name)| self.report(unused(kind.word(), name)));
        };
        none_of(Kind::Template, &mut symbols.templates.declared());
        none_of(Kind::Calendar, &mut symbols.calendars.declared());
        none_of(Kind::Recipient, &mut symbols.recipients.declared());
        none_of(Kind::Action, &mut symbols.actions.declared().filter(|(_, name)| symbols.is_own_action(name)));
        let defines = self.defines.declared().filter(|(id, _)| !used.contains(&Use::Define(*id)));
        defines.for_each(|(_, name)| self.report(unused("define", name)));
    }
}

fn unused(word: &str, name: &Name) -> Diagnostic {
    Diagnostic::new(code::UNUSED, format!("{word} `{}` is not used", name.value))
        .label(name.span, "nothing uses it")
        .help(format!("use it, or delete the {word}"))
}
