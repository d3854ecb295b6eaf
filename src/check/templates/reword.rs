//! What the template engine says of a template it cannot read, in our words.

use minijinja::Error;

/// The engine's word and ours. Longer ones come first where one holds another.
const WORDS: &[(&str, &str)] = &[
    ("start of variable block", "`{{`"),
    ("end of variable block", "`}}`"),
    ("start of block", "`{%`"),
    ("end of block", "`%}`"),
    ("end of input", "the end of the file"),
    ("end of raw block", "the end of the file inside `{% raw %}`"),
    ("end of string", "the end of the file inside a text in quotes"),
    ("end of comment", "the end of the file inside `{#`"),
    ("identifier", "a name"),
    ("template-data", "text"),
    ("integer", "a number"),
    ("float", "a number"),
    ("keyword", "a word such as `if`, `for` or `endif`"),
];

/// What is wrong, for the label of the place.
pub(super) fn explain(error: &Error) -> String {
    let mut text = error.detail().unwrap_or("not understood").to_owned();
    if let Some(name) = text.strip_prefix("unknown statement ") {
        return format!("`{{% {name} %}}` means nothing; there are `if`, `for`, `set` and `with`");
    }
    for (theirs, ours) in WORDS {
        text = text.replace(theirs, ours);
    }
    text.replace("unexpected ", "found ").replace(", expected ", " instead of ").replace('\'', "`")
}
