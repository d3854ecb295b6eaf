//! What is known of the thing at a place: a name, a value as written, or a word of the language.

mod calendars;
mod literals;
pub mod names;
mod page;
mod steps;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use crate::base::Date;
use crate::syntax::tokens::{Kind, Token, tokens};
use crate::workspace::Workspace;

pub use page::Page;

/// What is said about a stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes it is about.
    pub range: Range<usize>,
    /// What is said.
    pub page: Page,
}

/// What is known of what stands at `offset`; `today` tells which holidays come next.
#[must_use]
pub fn hover(workspace: &Workspace, path: &str, offset: usize, today: Option<Date>) -> Option<Hover> {
    let file = workspace.file(path)?;
    let is_template = workspace.parsed(path).is_none();
    if let Some(mention) = workspace.mentions_in(path).at(file, offset) {
        let page = names::of_mention(workspace, mention, is_template, today);
        return Some(Hover { range: mention.span.range(), page });
    }
    let text = workspace.text(path)?;
    let token = token_at(text, line_around(text, offset), offset)?;
    if is_template {
        return names::of_part(text, &token).map(|page| Hover { range: token.range, page });
    }
    let page = match token.kind {
        Kind::Comment => None,
        Kind::Date => literals::date(workspace, token.text),
        Kind::Number | Kind::Text => literals::of(workspace, path, &token),
        Kind::Word => literals::of(workspace, path, &token)
            .or_else(|| names::of_column(workspace, path, &token))
            .or_else(|| calendars::of_word(workspace, path, &token, today))
            .or_else(|| words::of(workspace, path, &token)),
        Kind::Sign => words::of_sign(workspace, path, &token),
    };
    page.map(|page| Hover { range: token.range, page })
}

/// The line of a place: nothing that is written reaches beyond it.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let (before, after) = (text.get(..offset).unwrap_or(""), text.get(offset..).unwrap_or(""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    start..offset + after.find('\n').unwrap_or(after.len())
}

/// The piece of the text at an offset, or that ends there.
fn token_at(text: &str, line: Range<usize>, offset: usize) -> Option<Token<'_>> {
    let pieces = tokens(text.get(line.clone())?)
        .into_iter()
        .map(|piece| Token { range: piece.range.start + line.start..piece.range.end + line.start, ..piece });
    let mut touching = pieces.filter(|piece| piece.range.start <= offset && offset <= piece.range.end);
    let first = touching.next()?;
    // Between two pieces the word is meant, not the sign.
    Some(
        touching
            .next()
            .filter(|_| first.kind == Kind::Sign || offset == first.range.end && first.kind != Kind::Word)
            .unwrap_or(first),
    )
}
