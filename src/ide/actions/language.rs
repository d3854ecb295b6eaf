//! Giving a template a file for a language that other templates have: the line, and the file where there is none.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::ide::actions::create_file::starting_text;
use crate::ide::actions::{Action, Kind, NewFile, lines, touches};
use crate::ide::{Edit, Location};
use crate::syntax::ast::{Item, Name, Template};
use crate::workspace::Workspace;

/// Adds each language that the template at the range lacks.
pub(super) fn actions(workspace: &Workspace, path: &str, range: &Range<usize>) -> Vec<Action> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let here = templates(&file.items).find(|template| touches(&template.head.span.range(), range));
    let Some((template, last)) = here.and_then(|template| Some((template, template.files.last()?))) else {
        return Vec::new();
    };
    let known: BTreeSet<&str> = languages(template).collect();
    let files = workspace.paths().iter().filter_map(|path| workspace.parsed(path));
    let all: BTreeSet<&str> = files.flat_map(|(file, _)| templates(&file.items).flat_map(languages)).collect();
    all.difference(&known).filter_map(|language| adding(workspace, template, last, language)).collect()
}

fn templates(items: &[Item]) -> impl Iterator<Item = &Template> {
    items.iter().filter_map(|item| match item {
        Item::Template(template) => Some(template),
        _ => None,
    })
}

fn languages(template: &Template) -> impl Iterator<Item = &str> {
    template.files.iter().map(|(language, _)| language.value.as_str())
}

fn adding(workspace: &Workspace, template: &Template, last: &(Name, Name), language: &str) -> Option<Action> {
    let (known, file) = last;
    let new_file = file_for(&file.value, &known.value, language);
    let Location { path, range } = Location::of(workspace, known.span.to(file.span))?;
    let text = workspace.text(&path)?;
    let entry = format!("{language} \"{new_file}\"");
    let has_own_line = lines::indentation(text, range.start).filter(|_| lines::ends_line(text, range.end));
    let (at, text) = match has_own_line {
        Some(indentation) => (lines::line_end(text, range.end), format!("{}{indentation}{entry}", lines::ending(text))),
        None => (range.end, format!("  {entry}")),
    };
    let edits = vec![Edit::new(&path, at..at, text)];
    let title = format!("Add `{language}` to template `{}`", template.name.value);
    let is_missing = workspace.resource(&new_file).is_none();
    let files = is_missing.then(|| NewFile { path: new_file, text: starting_text(workspace, template) });
    Some(Action { files: files.into_iter().collect(), ..Action::new(title, Kind::Rewrite, edits) })
}

/// The path of a file for another language: `reminder.nl.md` beside `reminder.en.md`.
fn file_for(file: &str, known: &str, language: &str) -> String {
    let is_sign = |sign: char| !sign.is_alphanumeric();
    let mut words = file.rmatch_indices(known).map(|(at, _)| (at, at + known.len()));
    let own_word = words.find(|(start, end)| {
        let (before, after) = (file.get(..*start).unwrap_or(""), file.get(*end..).unwrap_or(""));
        (before.is_empty() || before.ends_with(is_sign)) && (after.is_empty() || after.starts_with(is_sign))
    });
    let name = file.rfind('/').map_or(0, |at| at + 1);
    let dot = file.get(name..).and_then(|name| name.rfind('.')).map_or(file.len(), |at| name + at);
    let (start, end, new) = match own_word {
        Some((start, end)) => (start, end, language.to_owned()),
        None => (dot, dot, format!(".{language}")),
    };
    format!("{}{new}{}", file.get(..start).unwrap_or(""), file.get(end..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::file_for;

    #[test]
    fn files_of_languages_stand_beside_each_other() {
        assert_eq!(file_for("templates/reminder.en.md", "en", "nl"), "templates/reminder.nl.md");
        assert_eq!(file_for("en/letter.md", "en", "fr"), "fr/letter.md");
        assert_eq!(file_for("open_items_en.md", "en", "no"), "open_items_no.md");
        assert_eq!(file_for("v1.2/letter", "en", "nl"), "v1.2/letter.nl");
        assert_eq!(file_for("tenure.md", "en", "nl"), "tenure.nl.md");
    }
}
