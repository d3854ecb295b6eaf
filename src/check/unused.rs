//! Declarations that nothing uses: often a name that was meant to be used elsewhere.

use hashbrown::HashSet;

use crate::base::{Diagnostic, code};
use crate::check::context::Context;
use crate::check::symbols::Kind;
use crate::check::units::{Units, Use};
use crate::syntax::ast::Name;

/// Warns of every declaration that nothing uses. Where a piece could not be read it may hold the use, so nothing is
/// said then.
pub(super) fn findings(context: &Context<'_>, units: &Units) -> Vec<Diagnostic> {
    if units.values().any(|file| file.notes.unreadable || file.is_damaged) {
        return Vec::new();
    }
    let (symbols, defines) = (&context.symbols, &context.defines);
    let used: HashSet<Use> = units.values().flat_map(|file| file.notes.uses.iter().copied()).collect();
    let mut out = Vec::new();
    let mut none_of = |kind: Kind, declared: &mut dyn Iterator<Item = (usize, &Name)>| {
        let unused_ones = declared.filter(|(number, _)| !used.contains(&Use::Of(kind, *number)));
        out.extend(unused_ones.map(|(_, name)| unused(kind.word(), name)));
    };
    none_of(Kind::Template, &mut symbols.templates.declared());
    none_of(Kind::Calendar, &mut symbols.calendars.declared());
    none_of(Kind::Recipient, &mut symbols.recipients.declared());
    none_of(Kind::Action, &mut symbols.actions.declared().filter(|(_, name)| symbols.is_own_action(name)));
    out.extend(defines.names_without(|id| used.contains(&Use::Define(id))).map(|name| unused("define", name)));
    out
}

fn unused(word: &str, name: &Name) -> Diagnostic {
    Diagnostic::new(code::UNUSED, format!("{word} `{}` is not used", name.value))
        .label(name.span, "nothing uses it")
        .help(format!("use it, or delete the {word}"))
}
