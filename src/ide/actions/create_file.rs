//! Making a file that the program names and that is not there: of a template, or with the days of a calendar.

use std::ops::Range;

use crate::base::code;
use crate::ide::actions::{Action, Kind, NewFile, touches};
use crate::ide::trial;
use crate::syntax::ast::{Holidays, Item, Name, Template};
use crate::workspace::Workspace;

/// The text of a new list of days.
const DAYS: &str = "# One day off a line, like 2026-12-24; a remark starts with #.\n";
/// The text of a new template that covers documents.
const CLAIM: &str = "Dear {{ customer.name }},

{% for document in covered -%}
- {{ document.id }}, due on {{ document.due_date }}: {{ document.open_amount }}
{% endfor %}
Please pay {{ amount }}.
";
/// The text of another new template.
const LETTER: &str = "Dear {{ customer.name }},\n";

/// Makes each file that is missing where the range is.
pub(super) fn actions(workspace: &Workspace, path: &str, range: &Range<usize>) -> Vec<Action> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let here = file.items.iter().filter(|item| touches(&item.head().span.range(), range));
    here.flat_map(|item| match item {
        Item::Template(template) => of_template(workspace, template),
        Item::Calendar(calendar) => {
            let paths = calendar.holidays.iter().filter_map(|holidays| match holidays {
                Holidays::File(path) => Some(path.value.as_str()),
                Holidays::Country(_) => None,
            });
            let missing = paths.filter(|path| is_missing(workspace, path));
            missing.map(|path| making(path, DAYS.to_owned(), code::HOLIDAY_FILE_MISSING.id)).collect()
        }
        _ => Vec::new(),
    })
    .collect()
}

fn of_template(workspace: &Workspace, template: &Template) -> Vec<Action> {
    let missing = template.files.iter().filter(|(_, path)| is_missing(workspace, &path.value));
    missing
        .map(|(_, path)| making(&path.value, starting_text(workspace, template), code::TEMPLATE_FILE_MISSING.id))
        .collect()
}

/// Whether a path says what file to make, and none is there.
fn is_missing(workspace: &Workspace, path: &str) -> bool {
    !path.is_empty() && workspace.resource(path).is_none()
}

fn making(path: &str, text: String, mends: &'static str) -> Action {
    let files = vec![NewFile { path: path.to_owned(), text }];
    Action { files, mends: Some(mends), ..Action::new(format!("Create `{path}`"), Kind::Mend, Vec::new()) }
}

/// The text of the template in another language, to be translated; where there is none, a letter
/// with what the template may show.
pub(super) fn starting_text(workspace: &Workspace, template: &Template) -> String {
    let is_otherwise = |(language, _): &&(Name, Name)| Some(language) == template.otherwise.as_ref();
    let first = template.files.iter().find(is_otherwise);
    let known = first.into_iter().chain(&template.files).find_map(|(_, path)| workspace.resource(&path.value));
    match known {
        Some(text) => text.to_owned(),
        None if may_say(workspace, template, CLAIM) => CLAIM.to_owned(),
        None => LETTER.to_owned(),
    }
}

/// Whether every action that uses a template offers what a text shows.
fn may_say(workspace: &Workspace, template: &Template, text: &str) -> bool {
    let mut with_text = workspace.clone();
    template.files.iter().for_each(|(_, path)| with_text.set_resource(&path.value, Some(text)));
    trial::new_mistake(workspace, &with_text).is_none()
}
