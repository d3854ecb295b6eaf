//! In the file of a template: what it sees, and the filters of the template language.

use crate::base::{FileId, Span};
use crate::ide::completion::{Completion, Completions, Cursor, Kind, NOTHING, What, names};
use crate::syntax::tokens::word_at;
use crate::syntax::words;
use crate::workspace::Workspace;

/// What could be written in a template at an offset.
pub(super) fn completions(workspace: &Workspace, path: &str, text: &str, offset: usize) -> Completions {
    let word = word_at(text, offset);
    let nothing = Completions::none(word.clone());
    let before = text.get(..word.start).unwrap_or("");
    let Some((tag, end)) = open_tag(before) else { return nothing };
    let behind = text.get(word.end..).unwrap_or("");
    // What follows in the tag is left out: the word alone must be understood.
    let closed = behind.find(end).filter(|at| behind.get(..*at).is_some_and(|inside| !inside.contains(['{', '\n'])));
    let rest = closed.and_then(|at| behind.get(at + end.len()..)).unwrap_or(behind);
    let tag_text = before.get(tag..).unwrap_or("");
    let cursor = before.len() + 1;
    let needs = needed(tag_text);
    let whole = format!("{before}{NOTHING}{needs} {end}{rest}");
    let short = format!("{before}{NOTHING}{needs} {end}{}", closing(before));
    let file = FileId(u32::MAX);
    let look = workspace.look();
    let tries = [whole, short];
    let found = tries.iter().map(|text| look.template(path, text, Span::new(file, cursor, cursor)).1);
    let Some(wanted) = found.into_iter().find(|wanted| !wanted.is_empty()) else {
        return Completions { items: statements(tag_text), ..nothing };
    };
    let place = Cursor { path, start: 0, text, offset, word: word.clone(), what: What::Word };
    let last = wanted.last().map_or(&[][..], std::slice::from_ref);
    let mut items = names::items(workspace, &look, &place, last);
    for item in &mut items {
        if let Some(known) = words::seen_by_templates(&item.label).filter(|_| item.kind == Kind::Name) {
            item.detail = known.does.to_owned();
        }
    }
    Completions { range: word, items, is_needed: true }
}

/// Where the tag begins that is open at the end of a text, and how it ends.
fn open_tag(before: &str) -> Option<(usize, &'static str)> {
    let of = |start: &str, end: &'static str| {
        let at = before.rfind(start)?;
        let inside = before.get(at + start.len()..)?;
        (!inside.contains(end)).then_some((at, end))
    };
    of("{{", "}}").into_iter().chain(of("{%", "%}")).max_by_key(|(at, _)| *at)
}

/// What a statement needs behind its last word.
fn needed(tag: &str) -> &'static str {
    let words: Vec<&str> = tag.trim_start_matches("{%").split_whitespace().collect();
    match words.as_slice() {
        ["for"] => " in covered",
        ["for", _] => " covered",
        ["set"] => " = 1",
        _ => "",
    }
}

/// The ends of the blocks that are open at the end of a text, the tag at its end among them.
fn closing(before: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let tags = before.split("{%").skip(1).filter_map(|tag| tag.trim_start_matches('-').split_whitespace().next());
    for word in tags {
        match word {
            "for" | "if" => open.push(word),
            "endfor" | "endif" => {
                open.pop();
            }
            _ => {}
        }
    }
    open.iter().rev().map(|word| format!("{{% end{word} %}}")).collect()
}

/// The statements of the template language, at the beginning of a tag.
fn statements(tag: &str) -> Vec<Completion> {
    const STATEMENTS: [(&str, &str); 6] = [
        ("for", "for ${1:document} in covered"),
        ("endfor", "endfor"),
        ("if", "if $0"),
        ("else", "else"),
        ("endif", "endif"),
        ("set", "set ${1:name} = $0"),
    ];
    if tag.trim_start_matches("{%").trim_start_matches('-').trim().is_empty() && tag.starts_with("{%") {
        let item =
            |(word, body): &(&str, &str)| Completion::plain(*word, Kind::Word, "").inserting(*body, body.contains('$'));
        return STATEMENTS.iter().map(item).collect();
    }
    Vec::new()
}
