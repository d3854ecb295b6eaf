//! The files and languages of a template.

use crate::base::text::nearest;
use crate::base::{Diagnostic, code};
use crate::syntax::ast::{Name, Template};

pub(super) fn check(template: &Template, out: &mut Vec<Diagnostic>) {
    let name = &template.name;
    for (place, (language, _)) in template.files.iter().enumerate() {
        let before = template.files.get(..place).unwrap_or(&[]);
        if let Some((first, _)) = before.iter().find(|(other, _)| other == language) {
            out.push(
                Diagnostic::new(
                    code::LANGUAGE_TWICE,
                    format!("template `{}` has two files for `{}`", name.value, language.value),
                )
                .label(language.span, "the second one is never used")
                .label(first.span, "the first one")
                .help("remove one of them, or write the language it is in"),
            );
        }
    }
    match &template.otherwise {
        _ if template.head.damaged => {}
        _ if template.files.is_empty() => out.push(
            Diagnostic::new(code::TEMPLATE_WITHOUT_FILES, format!("template `{}` has no file", name.value))
                .label(name.span, "there is nothing to send")
                .help("write a language and its file: `en \"templates/reminder.en.md\"`"),
        ),
        Some(otherwise) => out.extend(without_file(template, otherwise)),
        None => out.push(without_otherwise(template)),
    }
}

fn without_file(template: &Template, otherwise: &Name) -> Option<Diagnostic> {
    let languages = || template.files.iter().map(|(language, _)| language.value.as_str());
    if languages().any(|language| language == otherwise.value) {
        return None;
    }
    let finding = Diagnostic::new(
        code::OTHERWISE_WITHOUT_FILE,
        format!("template `{}` has no file for `{}`", template.name.value, otherwise.value),
    )
    .label(otherwise.span, "this language is meant for everyone else");
    let near =
        nearest(&otherwise.value, languages()).or_else(|| languages().next().filter(|_| template.files.len() == 1));
    Some(match near {
        Some(near) => finding.help(format!("write `otherwise {near}`, or add a file for `{}`", otherwise.value)).fix(
            format!("write `{near}`"),
            otherwise.span,
            near,
        ),
        None => finding.help(format!("add a file for `{}`, or name a language that has one", otherwise.value)),
    })
}

fn without_otherwise(template: &Template) -> Diagnostic {
    let first = template.files.first().map_or("en", |(language, _)| language.value.as_str());
    Diagnostic::new(
        code::TEMPLATE_WITHOUT_OTHERWISE,
        format!("template `{}` has nothing for a recipient with another language, or none", template.name.value),
    )
    .label(template.name.span, "such a communication is withheld")
    .help(format!("write `otherwise {first}` in it"))
}
