//! Earlier names of procedures and steps: history written under an old name belongs to exactly one.

use crate::base::{Diagnostic, code};
use crate::check::rules::Program;
use crate::syntax::ast::{Name, Procedure};

/// One procedure or step: its name now and the ones it had.
type Named<'a> = (&'a Name, &'a [Name]);

pub(super) fn check(program: &Program<'_>, out: &mut Vec<Diagnostic>) {
    let procedures = program.items.of_interest.iter().map(|procedure| (&procedure.name, procedure.was.as_slice()));
    let present = |name: &Name| program.procedures.get(program.procedures.find(&name.value)?).map(|it| &it.name);
    check_names("procedure", procedures, &present, out);
}

pub(super) fn check_steps(procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    let steps = procedure.steps.iter().map(|step| (&step.name, step.was.as_slice()));
    let present = |name: &Name| procedure.steps.iter().map(|step| &step.name).find(|present| *present == name);
    check_names("step", steps, &present, out);
}

fn check_names<'a>(
    what: &str,
    all: impl Iterator<Item = Named<'a>>,
    present: &dyn Fn(&Name) -> Option<&'a Name>,
    out: &mut Vec<Diagnostic>,
) {
    let mut claimed: Vec<(&Name, &Name)> = Vec::new();
    for (name, was) in all {
        for old in was {
            if let Some(present) = present(old) {
                out.push(
                    finding(what, old, format!("{what} `{}` still exists", old.value))
                        .label(present.span, format!("this {what} has that name now"))
                        .help(format!(
                            "remove `was {}`: what was done under that name belongs to the {what} that has it",
                            old.value
                        )),
                );
            } else if let Some((_, owner)) = claimed.iter().find(|(claim, _)| *claim == old) {
                out.push(
                    finding(what, old, format!("two {what}s cannot both have been called `{}`", old.value))
                        .label(owner.span, format!("`{}` was called so, too", owner.value))
                        .help(format!(
                            "remove one `was {}`: what was done under that name belongs to one {what}",
                            old.value
                        )),
                );
            } else {
                claimed.push((old, name));
            }
        }
    }
}

fn finding(what: &str, old: &Name, message: String) -> Diagnostic {
    Diagnostic::new(code::RENAMED_TWICE, message).label(old.span, format!("an earlier name of this {what}"))
}
