//! Every name and every word of the examples, taken away and asked for.

use crate::ide::companies;
use crate::ide::completion::{Completions, completions};
use crate::ide::semantic_tokens::{Kind, semantic_tokens};
use crate::workspace::Workspace;

/// What is offered where `text` stands instead of a stretch.
fn offered(workspace: &Workspace, path: &str, text: &str, offset: usize) -> Completions {
    let mut trial = workspace.clone();
    if workspace.parsed(path).is_some() {
        trial.set_text(path, text);
    } else {
        trial.set_resource(path, Some(text));
    }
    completions(&trial, path, offset, &Vec::new)
}

/// What becomes of a text around a name: text, start and end of the name.
type Way = fn(&str, usize, usize) -> String;

/// How a place is asked about: the rest of the text stays, or that of the line is not there yet.
const WAYS: [(&str, Way); 2] = [
    ("", |text, start, end| format!("{}{}", &text[..start], &text[end..])),
    (" as it is typed", |text, start, end| {
        let line = text[end..].find('\n').map_or(text.len(), |at| end + at);
        format!("{}{}", &text[..start], &text[line..])
    }),
];

#[test]
fn every_name_of_the_examples_is_offered_where_it_stands() {
    let (mut missing, mut count) = (Vec::new(), 0);
    for (_, workspace) in companies::all() {
        let paths = workspace.paths().to_vec().into_iter().chain(workspace.wanted_resources());
        for path in paths {
            let Some(text) = workspace.text(&path).map(str::to_owned) else { continue };
            for mention in workspace.mentions_in(&path).iter().filter(|mention| !mention.is_declaration) {
                let (start, end) = (mention.span.range().start, mention.span.range().end);
                for (way, cut) in WAYS {
                    if !way.is_empty() && workspace.parsed(&path).is_none() {
                        continue;
                    }
                    count += 1;
                    let found = offered(&workspace, &path, &cut(&text, start, end), start);
                    let name = &text[start..end];
                    if !found.items.iter().any(|item| item.label == name) {
                        let line = text[..start].matches('\n').count() + 1;
                        let labels: Vec<&str> = found.items.iter().take(5).map(|item| item.label.as_str()).collect();
                        missing.push(format!("{path}:{line} `{name}`{way}: {labels:?}"));
                    }
                }
            }
        }
    }
    assert!(count > 700, "{count}");
    assert!(missing.is_empty(), "{} of {count} are not offered\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn every_word_of_the_examples_is_offered_where_it_stands() {
    let (mut missing, mut count) = (Vec::new(), 0);
    for (_, workspace) in companies::all() {
        for path in workspace.paths().to_vec() {
            let text = workspace.text(&path).expect("a text").to_owned();
            for token in semantic_tokens(&workspace, &path)
                .into_iter()
                .filter(|it| matches!(it.kind, Kind::Keyword | Kind::EnumMember | Kind::Type))
            {
                for (way, cut) in WAYS.into_iter().skip(1) {
                    count += 1;
                    let found =
                        offered(&workspace, &path, &cut(&text, token.range.start, token.range.end), token.range.start);
                    let word = &text[token.range.clone()];
                    if !token.is_declaration
                        && !found.items.iter().any(|item| item.label.split([' ', '.']).next() == Some(word))
                    {
                        let line = text[..token.range.start].matches('\n').count() + 1;
                        let labels: Vec<&str> = found.items.iter().take(5).map(|item| item.label.as_str()).collect();
                        missing.push(format!("{path}:{line} `{word}`{way}: {labels:?}"));
                    }
                }
            }
        }
    }
    assert!(count > 700, "{count}");
    assert!(missing.is_empty(), "{} of {count} are not offered\n{}", missing.len(), missing.join("\n"));
}
