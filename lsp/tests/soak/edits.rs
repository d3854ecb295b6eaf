//! What a person does to texts and files, by chance.

use serde_json::{Value, json};

use super::editor::{CREATED, Change, DELETED, Editor};
use super::random::Random;
use super::text::{cut, stretch};

/// No more texts than this are open at once.
const OPEN: usize = 30;
/// What is typed.
const SIGNS: &[&str] = &[
    "a", "e", "s", "t", "_", "1", "0", " ", " ", "\n", "\n    ", "\"", "{", "}", "(", ")", "=", "#", ".", "-", ",",
    "é", "ß", "𝄞", "\r\n", "\t", "\u{301}",
];
/// Words that mean something somewhere.
const WORDS: &[&str] = &[
    "procedure",
    "step",
    "define",
    "when",
    "at day 9",
    "and",
    "or",
    "not",
    "documents where",
    "status = open",
    "250 EUR",
    "5.000 EUR",
    "overdue_total",
    "limit_1",
    "primary_0",
    "email customer using reminder",
    "today - 3 days",
    "\"Titel: Größe\"",
    "template",
    "test",
    "assign {",
    "}",
    "after 3 days",
    "results promised | refused",
    "# note",
    "ledger { currency EUR }",
    "# dunlin",
    "repeat every 2 days",
    "automatic",
    "call customer",
];

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Type,
    Rub,
    Word,
    RubWord,
    DoubleLine,
    RubLine,
    MoveLine,
    AddBlock,
    RubBlock,
    Several,
    Undo,
    Whole,
    Save,
    Close,
    Open,
    ChangeOnDisk,
    SpoilOnDisk,
    Rename,
    Delete,
    Create,
    Mend,
    Configure,
}

const DEEDS: &[(usize, Deed)] = &[
    (30, Deed::Type),
    (10, Deed::Rub),
    (8, Deed::Word),
    (5, Deed::RubWord),
    (3, Deed::DoubleLine),
    (3, Deed::RubLine),
    (3, Deed::MoveLine),
    (2, Deed::AddBlock),
    (2, Deed::RubBlock),
    (4, Deed::Several),
    (10, Deed::Undo),
    (1, Deed::Whole),
    (4, Deed::Save),
    (3, Deed::Close),
    (4, Deed::Open),
    (4, Deed::ChangeOnDisk),
    (1, Deed::SpoilOnDisk),
    (1, Deed::Rename),
    (1, Deed::Delete),
    (1, Deed::Create),
    (6, Deed::Mend),
    (1, Deed::Configure),
];

/// Does one thing to the text at hand or to another file; which text is at hand afterwards.
pub(super) fn edit(editor: &mut Editor, random: &mut Random, at_hand: &str) -> String {
    let deed = random.weighted(DEEDS);
    editor.tell(format!("{deed:?} {at_hand}"));
    match deed {
        Deed::Undo => (0..=random.below(4)).for_each(|_| undo(editor, at_hand)),
        Deed::Whole => {
            let text = sample(editor, random);
            editor.replace(at_hand, &text);
        }
        Deed::Save => editor.save(at_hand),
        Deed::Close | Deed::Open => return open_another(editor, random, deed == Deed::Close, at_hand),
        Deed::ChangeOnDisk | Deed::SpoilOnDisk => change_on_disk(editor, random, deed == Deed::SpoilOnDisk),
        Deed::Rename => return rename(editor, random, at_hand),
        Deed::Delete => {
            let path = any(editor, random);
            let kind = editor.write(&path, None);
            editor.watched(&[(&path, kind)]);
        }
        Deed::Create => {
            let path = format!("areas/new {}.proc", random.below(10));
            let text = sample(editor, random);
            let kind = editor.write(&path, Some(text.into_bytes()));
            editor.watched(&[(&path, kind)]);
        }
        Deed::Mend => mend(editor, random, at_hand),
        Deed::Configure => {
            let settings = json!({ "dunlin": { "lens": { "enabled": random.chance(70) } } });
            editor.session.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
        }
        _ => {
            let text = editor.text(at_hand).unwrap_or_default().to_owned();
            let changes = changes(&text, editor, random, deed);
            editor.change(at_hand, &changes);
        }
    }
    at_hand.to_owned()
}

/// Changes of a text, each counting from the one before.
fn changes(text: &str, editor: &Editor, random: &mut Random, deed: Deed) -> Vec<Change> {
    let at = cut(text, random.below(text.len() + 1));
    let (line, end) = line(text, at);
    match deed {
        Deed::Rub => vec![(at, cut(text, at + 1 + random.below(4)), String::new())],
        Deed::Word => vec![(at, at, format!(" {} ", random.pick(WORDS)))],
        Deed::RubWord => {
            let length = text[at..].find([' ', '\n']).map_or(text.len() - at, |length| length + 1);
            vec![(at, at + length, String::new())]
        }
        Deed::DoubleLine => vec![(line, line, text[line..end].to_owned())],
        Deed::RubLine => vec![(line, end, String::new())],
        Deed::MoveLine => {
            let words = text[line..end].to_owned();
            let rest = format!("{}{}", &text[..line], &text[end..]);
            let to = self::line(&rest, cut(&rest, random.below(rest.len() + 1))).0;
            vec![(line, end, String::new()), (to, to, words)]
        }
        Deed::AddBlock => {
            let sample = sample(editor, random);
            let blocks: Vec<&str> = sample.split("\n\n").collect();
            vec![(line, line, format!("{}\n", random.pick(&blocks)))]
        }
        Deed::RubBlock => {
            let length = text[line..].find("\n}").map_or(text.len() - line, |length| length + 2);
            vec![(line, line + length, String::new())]
        }
        // With several cursors: the same at several places.
        Deed::Several => {
            let sign = random.pick(SIGNS);
            let places = (0..=random.below(5)).map(|_| cut(text, random.below(text.len() + 1)));
            places.map(|at| (at, at, (*sign).to_owned())).collect()
        }
        _ => vec![(at, at, (*random.pick(SIGNS)).to_owned())],
    }
}

/// Where a line begins and the next one does.
fn line(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (start, text[at..].find('\n').map_or(text.len(), |end| at + end + 1))
}

/// Takes the last change back.
pub(super) fn undo(editor: &mut Editor, path: &str) {
    let last = editor.file(path).open.as_mut().and_then(|open| open.undo.pop());
    if let Some(last) = last {
        editor.change(path, &[last]);
        let _ = editor.file(path).open.as_mut().and_then(|open| open.undo.pop());
    }
}

/// Any file, of whatever kind, that is there.
fn any(editor: &Editor, random: &mut Random) -> String {
    let is_text = |path: &str| !path.starts_with("ledger/") && path != "dunlin.toml";
    let there = editor.files.iter().filter(|(path, file)| file.disk.is_some() && is_text(path));
    let there: Vec<&String> = there.map(|(path, _)| path).collect();
    (*random.pick(&there)).clone()
}

/// The text of some file.
fn sample(editor: &Editor, random: &mut Random) -> String {
    let path = any(editor, random);
    String::from_utf8_lossy(editor.files[&path].content().unwrap_or_default()).into_owned()
}

/// Opens one; closes the one at hand, or whatever is too much.
pub(super) fn open_another(editor: &mut Editor, random: &mut Random, closes: bool, at_hand: &str) -> String {
    let open = editor.open_paths();
    if closes {
        editor.close(at_hand);
    } else if open.len() >= OPEN {
        let path = random.pick(&open).clone();
        editor.close(&path);
    }
    let path = if random.chance(80) || open.is_empty() { any(editor, random) } else { random.pick(&open).clone() };
    if editor.text(&path).is_none() {
        editor.open(&path);
    }
    path
}

/// A change by another program, of an open file too.
fn change_on_disk(editor: &mut Editor, random: &mut Random, spoils: bool) {
    let path = any(editor, random);
    let file = editor.file(&path);
    let bytes = file.disk.clone().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let bytes = if spoils {
        // As Windows-1252 has it.
        let at = cut(&text, random.below(text.len() + 1));
        [&text.as_bytes()[..at], b"\xe9", &text.as_bytes()[at..]].concat()
    } else if random.chance(40) {
        file.original.clone().unwrap_or_default().into_bytes()
    } else {
        let (start, end) = line(&text, cut(&text, random.below(text.len() + 1)));
        format!("{}{}{}", &text[..start], random.pick(WORDS), &text[end..]).into_bytes()
    };
    let kind = editor.write(&path, Some(bytes));
    editor.watched(&[(&path, kind)]);
}

/// A file gets another name, as an editor does it: closed, opened again, and the watcher tells of both.
fn rename(editor: &mut Editor, random: &mut Random, at_hand: &str) -> String {
    let old = any(editor, random);
    if !old.ends_with(".proc") {
        return at_hand.to_owned();
    }
    let new = format!("areas/züge/renamed {}.proc", random.below(1_000_000));
    let is_open = editor.text(&old).is_some();
    let bytes = editor.file(&old).disk.clone();
    if is_open {
        editor.close(&old);
    }
    editor.write(&old, None);
    editor.write(&new, bytes);
    editor.file(&new).original = editor.file(&old).original.take();
    if is_open {
        editor.open(&new);
    }
    editor.watched(&[(&old, DELETED), (&new, CREATED)]);
    if at_hand == old { if is_open { new } else { at_hand.to_owned() } } else { at_hand.to_owned() }
}

/// Takes back whatever was done to a file: the one at hand, or another one.
fn mend(editor: &mut Editor, random: &mut Random, at_hand: &str) {
    let spoilt = editor.files.iter().filter(|(_, file)| !file.is_mended()).map(|(path, _)| path.clone());
    let spoilt: Vec<String> = spoilt.collect();
    if spoilt.is_empty() {
        return;
    }
    let path = if random.chance(50) { at_hand.to_owned() } else { random.pick(&spoilt).clone() };
    mend_one(editor, random, &path);
}

/// Takes back whatever was done to a file.
pub(super) fn mend_one(editor: &mut Editor, random: &mut Random, path: &str) {
    let original = editor.file(path).original.clone();
    let Some(text) = editor.text(path).map(str::to_owned) else {
        if editor.file(path).disk.as_deref() != original.as_ref().map(String::as_bytes) {
            let kind = editor.write(path, original.map(String::into_bytes));
            editor.watched(&[(path, kind)]);
        }
        return;
    };
    match original {
        None => {
            editor.close(path);
            let kind = editor.write(path, None);
            editor.watched(&[(path, kind)]);
            // The one at hand stays at hand.
            editor.open(path);
        }
        Some(original) if random.chance(30) => editor.replace(path, &original),
        Some(original) => {
            let same = |(left, right): &(char, char)| left == right;
            let head: usize = text.chars().zip(original.chars()).take_while(same).map(|(it, _)| it.len_utf8()).sum();
            let head = cut(&original, cut(&text, head));
            let (rest, wanted) = (&text[head..], &original[head..]);
            let tails = rest.chars().rev().zip(wanted.chars().rev()).take_while(same);
            let tail: usize = tails.map(|(it, _)| it.len_utf8()).sum();
            let end = text.len() - tail;
            if cut(&text, end) == end {
                editor.change(path, &[(head, end, original[head..original.len() - tail].to_owned())]);
            } else {
                editor.replace(path, &original);
            }
        }
    }
    if random.chance(60) {
        editor.save(path);
    }
}

/// Takes back whatever was done to any file.
pub(super) fn mend_all(editor: &mut Editor, random: &mut Random) {
    editor.tell("mend all".to_owned());
    let spoilt = editor.files.iter().filter(|(_, file)| !file.is_mended()).map(|(path, _)| path.clone());
    for path in spoilt.collect::<Vec<_>>() {
        mend_one(editor, random, &path);
        let file = editor.file(&path);
        if file.original.is_none() && file.open.is_some() {
            editor.close(&path);
        }
    }
}

/// Does what an answer proposes: edits by file.
pub(super) fn apply(editor: &mut Editor, edit: &Value) {
    for (uri, edits) in edit["changes"].as_object().into_iter().flatten() {
        apply_to(editor, uri, edits);
    }
    for change in edit["documentChanges"].as_array().into_iter().flatten() {
        match (change["kind"].as_str(), change["uri"].as_str()) {
            (Some("create"), Some(uri)) => {
                let path = editor.path(uri);
                if editor.file(&path).disk.is_none() {
                    let kind = editor.write(&path, Some(Vec::new()));
                    editor.watched(&[(&path, kind)]);
                }
            }
            _ => apply_to(editor, change["textDocument"]["uri"].as_str().unwrap_or_default(), &change["edits"]),
        }
    }
}

fn apply_to(editor: &mut Editor, uri: &str, edits: &Value) {
    let path = editor.path(uri);
    if editor.text(&path).is_none() {
        editor.open(&path);
    }
    apply_edits(editor, &path, edits);
}

/// Replaces stretches of an open text, all counting from the same state.
pub(super) fn apply_edits(editor: &mut Editor, path: &str, edits: &Value) {
    let text = editor.text(path).unwrap_or_default().to_owned();
    let change = |edit: &Value| {
        let Some((start, end)) = stretch(&text, &edit["range"], editor.unit) else {
            editor.fail(&format!("an edit of no range of {path}: {edit}"))
        };
        (start, end, edit["newText"].as_str().unwrap_or_default().to_owned())
    };
    let mut changes: Vec<Change> = edits.as_array().into_iter().flatten().map(change).collect();
    changes.sort_by_key(|(start, end, _)| (*start, *end));
    if changes.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        editor.fail(&format!("edits of {path} overlap: {edits}"));
    }
    changes.reverse();
    editor.change(path, &changes);
}
