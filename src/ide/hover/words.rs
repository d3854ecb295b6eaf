//! Words of the language: which phrase a word belongs to at its place, and what that does.

use std::cmp::Reverse;

use crate::ide::around::declaration;
use crate::ide::hover::page::Page;
use crate::ide::hover::steps;
use crate::syntax::ast::Item;
use crate::syntax::expected::{Expected, expected, fits};
use crate::syntax::tokens::{Kind, Token, tokens};
use crate::syntax::words::{Part, Word, sign};
use crate::workspace::Workspace;

/// The phrases that say when a step comes.
const TIMES: [&str; 3] = ["step NAME TITLE", "at day N", "after N UNIT"];

/// What the word does at its place.
pub(super) fn of(workspace: &Workspace, path: &str, token: &Token<'_>) -> Option<Page> {
    let text = workspace.text(path)?;
    let around = declaration(workspace, path, token.range.start);
    let before = text.get(around.start..token.range.start)?;
    let behind = text.get(token.range.start..around.end)?;
    let pieces: Vec<Token<'_>> = first_pieces(behind);
    let word = word_at(&expected(before), before, &pieces)?;
    let page = Page::of_word(word);
    Some(match step_of(workspace, path, token) {
        Some(said) if TIMES.contains(&word.phrase) => page.say(said),
        _ => page,
    })
}

/// What a sign says that stands between values, or before one.
pub(super) fn of_sign(workspace: &Workspace, path: &str, token: &Token<'_>) -> Option<Page> {
    let around = declaration(workspace, path, token.range.start);
    let expected = expected(workspace.text(path)?.get(around.start..token.range.start)?);
    let is_behind_value = expected.is_unit || expected.words.iter().any(|it| it.word.continues_value());
    let is_minus = token.text == "-" && expected.is_value;
    sign(token.text).filter(|_| is_behind_value || is_minus).map(Page::of_word)
}

/// The next few pieces of a text.
fn first_pieces(text: &str) -> Vec<Token<'_>> {
    const ENOUGH: usize = 300;
    let end = text.floor_char_boundary(ENOUGH.min(text.len()));
    let mut pieces = tokens(text.get(..end).unwrap_or(""));
    pieces.retain(|piece| piece.kind != Kind::Comment);
    pieces
}

/// The phrase that goes on, or begins, with the first of `pieces`: the one of which most follows.
fn word_at(expected: &Expected, before: &str, pieces: &[Token<'_>]) -> Option<&'static Word> {
    let first = pieces.first()?;
    let fitting = expected.words.iter().filter(|it| it.next() == first.text || fits(Part::Word(it.next()), first));
    // Of two that say as much here the shorter is meant: `automatic` where no `if` follows.
    let measured = fitting.map(|it| {
        let length = following(it.word, it.written, pieces);
        ((length, it.written, Reverse(it.word.parts().count())), it.word)
    });
    let best = measured.max_by_key(|(measure, _)| *measure);
    best.map(|(_, word)| word).or_else(|| loosely(expected, before, pieces))
}

/// How many parts of a phrase from `written` on stand in the text.
fn following(word: &Word, written: usize, pieces: &[Token<'_>]) -> usize {
    word.parts().skip(written).zip(pieces).take_while(|(part, piece)| fits(*part, piece)).count()
}

/// The phrase of the place that has the word somewhere in it: the one of which most stands around it.
fn loosely(expected: &Expected, before: &str, pieces: &[Token<'_>]) -> Option<&'static Word> {
    let first = pieces.first()?;
    let mut earlier = tokens(before);
    earlier.retain(|piece| piece.kind != Kind::Comment);
    let places = expected.place.words().flat_map(|word| {
        let at = word.parts().enumerate().filter(|(_, part)| matches!(part, Part::Word(_)) && fits(*part, first));
        at.map(move |(place, _)| (word, place))
    });
    let measured = places.map(|(word, place)| {
        let parts: Vec<Part> = word.parts().take(place).collect();
        let written =
            parts.iter().rev().zip(earlier.iter().rev()).take_while(|(part, piece)| fits(**part, piece)).count();
        (written + following(word, place, pieces), word)
    });
    measured.max_by_key(|(length, _)| *length).map(|(_, word)| word)
}

/// When the step comes in whose header the word stands.
fn step_of(workspace: &Workspace, path: &str, token: &Token<'_>) -> Option<String> {
    let (tree, _) = workspace.parsed(path)?;
    let at = token.range.start;
    let procedures = tree.items.iter().filter_map(|item| match item {
        Item::Procedure(procedure) => Some(procedure),
        _ => None,
    });
    let mut steps = procedures.flat_map(|procedure| procedure.steps.iter().map(move |step| (procedure, step)));
    let (procedure, step) = steps.find(|(_, step)| {
        let end = step.head.body.map_or(step.head.span.end, |body| body.start);
        step.head.span.range().start <= at && at < end as usize
    })?;
    steps::described(workspace, procedure, step).into_iter().next()
}
