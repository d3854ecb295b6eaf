//! Fixtures: read from Markdown, asked of a server, their answers written as a person reads them.

mod features;
pub(crate) mod files;
mod lenses;
mod render;
mod says;

use similar::{ChangeTag, TextDiff};

pub(crate) use files::Fixture;

use crate::client::{Session, modern};
use features::{FEATURES, Feature};
use render::Answered;

/// The names of the features that fixtures are about.
pub(crate) fn features() -> impl Iterator<Item = &'static str> {
    FEATURES.iter().map(|feature| feature.name)
}

/// What the server answers.
pub(crate) fn answer(feature: &str, fixture: &Fixture) -> String {
    let feature = FEATURES.iter().find(|known| known.name == feature);
    let Feature { method, asks, shows, .. } = feature.expect("a feature: add it to harness/features.rs");
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder");
    fixture.write(&root);
    let (mut session, _) = Session::of_editor(&root, modern(), fixture.settings.clone());
    let mut parts = Vec::new();
    session.open(&files::uri(&root, &fixture.main().path), &fixture.main().text);
    for question in asks(fixture, &root) {
        let mut answer = session.request(method, question.parameters.clone());
        if lenses::NEED_THE_LEDGER.contains(method) {
            session.lens_is_idle();
            answer = session.request(method, question.parameters);
        }
        let answered = Answered { root: &root, fixture, answer: &answer["result"] };
        let text = match answer.get("error") {
            Some(error) => format!("error {}: {}", error["code"], error["message"].as_str().unwrap_or("")),
            None => shows(&answered, &mut session),
        };
        parts.push(match question.title {
            Some(title) => format!("{title}\n{text}"),
            None => text,
        });
    }
    parts.join("\n\n").trim_end().to_owned() + "\n"
}

/// Two texts as a difference of their lines.
pub(crate) fn difference(before: &str, after: &str) -> String {
    let difference = TextDiff::from_lines(before, after);
    let line = |change: similar::Change<&str>| {
        let sign = match change.tag() {
            ChangeTag::Delete => "-",
            ChangeTag::Insert => "+",
            ChangeTag::Equal => " ",
        };
        format!("{sign} {}\n", change.value().trim_end_matches('\n'))
    };
    difference.iter_all_changes().map(line).collect()
}
