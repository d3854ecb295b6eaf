//! Lines of a text, for changes that move or add whole ones.

/// The start of the line that holds an offset.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

/// The end of the line that holds an offset, before its line end.
pub(super) fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("");
    offset + line.trim_end_matches('\r').len()
}

/// How the lines of a text end.
pub(super) fn ending(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// What stands before an offset on its line, if that is only blanks.
pub(super) fn indentation(text: &str, offset: usize) -> Option<&str> {
    text.get(line_start(text, offset)..offset).filter(|before| before.trim().is_empty())
}

/// Where the comment lines directly above the line of an offset begin; the start of that line without any.
pub(super) fn with_comments(text: &str, offset: usize) -> usize {
    let mut start = line_start(text, offset);
    while let Some(above) = start.checked_sub(1).map(|end| line_start(text, end)) {
        if !text.get(above..start).unwrap_or("").trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// The offset behind an offset's line, its line end included.
pub(super) fn next_line(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    rest.find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// Whether nothing but blanks and a comment stands behind an offset on its line.
pub(super) fn ends_line(text: &str, offset: usize) -> bool {
    let rest = text.get(offset..line_end(text, offset)).unwrap_or("").trim();
    rest.is_empty() || rest.starts_with('#')
}
