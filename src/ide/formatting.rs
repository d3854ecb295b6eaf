//! The canonical layout of a file, as the smallest changes that lead to it: the cursor stays where it is.

use std::ops::Range;

use crate::format;
use crate::ide::{Edit, Location, changed};
use crate::workspace::Workspace;

/// What to change in a file for its canonical layout. Nothing where it cannot be read as it is written:
/// laying it out would lose what was not understood.
#[must_use]
pub fn edits(workspace: &Workspace, path: &str) -> Vec<Edit> {
    let (Some((file, findings)), Some(text)) = (workspace.parsed(path), workspace.text(path)) else {
        return Vec::new();
    };
    if !findings.is_empty() {
        return Vec::new();
    }
    let printed = format::print(file, text);
    if !format::keeps(file, &printed) {
        return Vec::new();
    }
    // The editor keeps the line ends of the file.
    let printed = if text.contains("\r\n") { printed.replace('\n', "\r\n") } else { printed };
    let changes = blanks(text, &printed).unwrap_or_else(|| vec![changed(text, &printed)]);
    let edit = |(range, text)| Edit { location: Location { path: path.to_owned(), range }, text };
    changes.into_iter().map(edit).collect()
}

/// The same for the lines that a stretch touches.
#[must_use]
pub fn edits_within(workspace: &Workspace, path: &str, range: &Range<usize>) -> Vec<Edit> {
    let text = workspace.text(path).unwrap_or("");
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(range.end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| range.end + at);
    let mut edits = edits(workspace, path);
    edits.retain(|edit| start <= edit.location.range.start && edit.location.range.end <= end);
    edits
}

type Change = (Range<usize>, String);

/// The changes where both texts differ in blanks and line ends only, else nothing.
fn blanks(old: &str, new: &str) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    loop {
        let old_rest = old.get(old_at..)?;
        let new_rest = new.get(new_at..)?;
        let old_blank = old_rest.len() - old_rest.trim_start().len();
        let new_blank = new_rest.len() - new_rest.trim_start().len();
        let gap = new_rest.get(..new_blank)?;
        if old_rest.get(..old_blank)? != gap {
            changes.push((old_at..old_at + old_blank, gap.to_owned()));
        }
        let old_word = word(old_rest.get(old_blank..)?);
        let new_word = word(new_rest.get(new_blank..)?);
        // A blank may come between two signs that stood together, and go.
        let both = old_word.bytes().zip(new_word.bytes()).take_while(|(old, new)| old == new).count();
        if both == 0 {
            return (old_word.is_empty() && new_word.is_empty()).then_some(changes);
        }
        old_at += old_blank + both;
        new_at += new_blank + both;
    }
}

fn word(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str) -> (usize, String) {
        let workspace = Workspace::new([("a.proc", text)]);
        let edits = edits(&workspace, "a.proc");
        let mut result = text.to_owned();
        for edit in edits.iter().rev() {
            result.replace_range(edit.location.range.clone(), &edit.text);
        }
        (edits.len(), result)
    }

    #[test]
    fn the_edits_lead_to_the_printed_text() {
        for text in [include_str!("../../tests/data/forms.proc"), include_str!("../../tests/data/design.proc")] {
            let squeezed: Vec<String> = text.lines().map(|line| line.trim().to_owned() + " ").collect();
            let squeezed = squeezed.join("\n\n");
            let workspace = Workspace::new([("a.proc", &*squeezed)]);
            let (file, findings) = workspace.parsed("a.proc").expect("a file");
            assert_eq!(findings, []);
            assert_eq!(applied(&squeezed).1, format::print(file, &squeezed));
        }
    }

    #[test]
    fn only_blanks_are_touched() {
        assert_eq!(applied("define  a=today\n"), (3, "define a = today\n".to_owned()));
        assert_eq!(applied("define a = today\r\n"), (0, "define a = today\r\n".to_owned()));
        assert_eq!(applied("define a = = today"), (0, "define a = = today".to_owned()));
        assert_eq!(applied("define a=\"ü  ö\""), (3, "define a = \"ü  ö\"\n".to_owned()));
    }

    #[test]
    fn one_change_where_the_words_differ() {
        assert_eq!(changed("aébd", "aécd"), (3..4, "c".to_owned()));
        assert_eq!(changed("aa", "aaa"), (2..2, "a".to_owned()));
    }
}
