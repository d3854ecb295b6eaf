//! What an action, a function or a question takes, and which of it is being written.

use std::ops::Range;

use crate::check::mentions::Symbol;
use crate::ide::around::declaration;
use crate::ide::hover::names::{parameter, taken};
use crate::ide::nodes::{self, Node};
use crate::schema::functions::{FunctionSpec, QuestionSpec, function, question};
use crate::syntax::ast::ActionDecl;
use crate::syntax::expected::expected;
use crate::syntax::places::Place;
use crate::syntax::tokens::{Kind, Token, tokens};
use crate::workspace::Workspace;

/// How something is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The whole, on one line.
    pub label: String,
    /// What it does.
    pub doc: String,
    /// What it takes: the bytes in `label`, and what to give.
    pub parameters: Vec<(Range<usize>, String)>,
    /// Which of them is being written.
    pub active: Option<usize>,
}

/// What is being used at `offset`: the nearest first.
#[must_use]
pub fn signatures(workspace: &Workspace, path: &str, offset: usize) -> Vec<Signature> {
    let Some(text) = workspace.text(path).filter(|_| workspace.parsed(path).is_some()) else { return Vec::new() };
    let around = declaration(workspace, path, offset);
    let before = text.get(around.start..offset).unwrap_or("");
    let mut pieces = tokens(before);
    if pieces.last().is_some_and(|last| last.kind == Kind::Comment && !before.ends_with('\n')) {
        return Vec::new();
    }
    pieces.retain(|piece| piece.kind != Kind::Comment);
    let of_brackets = in_brackets(&pieces);
    if of_brackets.is_empty() { of_action(workspace, before, &pieces).into_iter().collect() } else { of_brackets }
}

/// The function or question in whose brackets the text ends.
fn in_brackets(pieces: &[Token<'_>]) -> Vec<Signature> {
    let mut depth = 0usize;
    let mut opening = None;
    for (place, piece) in pieces.iter().enumerate().rev() {
        match piece.text {
            ")" => depth += 1,
            "(" if depth == 0 => {
                opening = Some(place);
                break;
            }
            "(" => depth -= 1,
            "{" | "}" => return Vec::new(),
            _ => {}
        }
    }
    let Some(opening) = opening else { return Vec::new() };
    let inside = pieces.get(opening + 1..).unwrap_or(&[]);
    let Some(name) = opening.checked_sub(1).and_then(|before| pieces.get(before)) else { return Vec::new() };
    let asks = question(name.text).map(|spec| of_question(spec, inside));
    let computes = function(name.text).map(|spec| of_function(spec, inside));
    let is_list = inside.iter().any(|piece| piece.text == ",");
    match (asks, computes) {
        (Some(asks), Some(computes)) if is_list => vec![computes, asks],
        (asks, computes) => asks.into_iter().chain(computes).collect(),
    }
}

/// The pieces between the outermost brackets alone.
fn outermost<'p, 't>(inside: &'p [Token<'t>]) -> impl Iterator<Item = &'p Token<'t>> {
    let mut depth = 0i32;
    inside.iter().filter(move |piece| {
        depth += i32::from(piece.text == "(");
        let is_outer = depth == 0;
        depth -= i32::from(piece.text == ")");
        is_outer
    })
}

fn of_function(spec: &FunctionSpec, inside: &[Token<'_>]) -> Signature {
    let active = outermost(inside).filter(|piece| piece.text == ",").count();
    let parts = spec.parameters.iter().map(|name| ((*name).to_owned(), String::new()));
    signature(&format!("{}(", spec.name), parts, ", ", ")", spec.doc.to_owned(), Some(active))
}

fn of_question(spec: &QuestionSpec, inside: &[Token<'_>]) -> Signature {
    let said = |word: &str| outermost(inside).any(|piece| piece.text == word);
    let first = usize::from(spec.takes_element);
    let active = match () {
        () if said("where") => first + 1,
        () if said("of") => first,
        () => 0,
    };
    let mut parts = Vec::new();
    if spec.takes_element {
        parts.push(("value of".to_owned(), "What is asked of each.".to_owned()));
    }
    parts.push((
        "documents".to_owned(),
        "`documents`, `archived documents`, `all documents`, `promises` or `contacts`.".to_owned(),
    ));
    parts.push(("where condition".to_owned(), "Only those for which it holds; may be left out.".to_owned()));
    signature(&format!("{}(", spec.name), parts.into_iter(), " ", ")", spec.doc.to_owned(), Some(active))
}

/// The action on whose line the text ends.
fn of_action(workspace: &Workspace, before: &str, pieces: &[Token<'_>]) -> Option<Signature> {
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let last_brace = pieces.iter().rposition(|piece| matches!(piece.text, "{" | "}"));
    let first_of_line = pieces.partition_point(|piece| piece.range.start < line);
    let start = first_of_line.max(last_brace.map_or(0, |brace| brace + 1));
    let (name, given) = pieces.get(start..)?.split_first()?;
    // Within the name nothing is being given yet.
    if name.range.end == before.len() || expected(before.get(..name.range.start)?).place != Place::Step {
        return None;
    }
    let Some(Node::Action(action)) = nodes::of(workspace, &Symbol::Action(name.text.to_owned())) else { return None };
    let active = active(action, given, before);
    let parts = action.parameters.iter().map(|it| (parameter(workspace, it), taken(&it.ty.value).to_owned()));
    let doc = action.head.doc.clone().unwrap_or_default();
    Some(signature(&format!("{}(", action.name.value), parts, ", ", ")", doc, active))
}

/// Which parameter is being given: that of the last label, the first before any, then one that is not given.
fn active(action: &ActionDecl, given: &[Token<'_>], before: &str) -> Option<usize> {
    let place = |piece: &Token<'_>| action.parameters.iter().position(|it| it.name.value == piece.text);
    let labels: Vec<(usize, usize)> =
        given.iter().enumerate().filter_map(|(at, piece)| Some((at, place(piece)?))).collect();
    let is_after_blank = before.ends_with(char::is_whitespace);
    match labels.last() {
        Some((at, parameter)) if *at + 1 < given.len() && is_after_blank => {
            let is_given = |place: usize| place == 0 || labels.iter().any(|(_, other)| *other == place);
            let next = (0..action.parameters.len()).find(|place| !is_given(*place));
            let ended = given.last().is_some_and(|last| !matches!(last.kind, Kind::Sign | Kind::Number));
            if ended { next.or(Some(*parameter)) } else { Some(*parameter) }
        }
        Some((_, parameter)) => Some(*parameter),
        None if given.is_empty() || !is_after_blank => Some(0).filter(|_| !action.parameters.is_empty()),
        None => Some(1).filter(|next| *next < action.parameters.len()),
    }
}

fn signature(
    start: &str,
    parts: impl Iterator<Item = (String, String)>,
    between: &str,
    end: &str,
    doc: String,
    active: Option<usize>,
) -> Signature {
    let mut label = start.to_owned();
    let mut parameters = Vec::new();
    for (place, (part, says)) in parts.enumerate() {
        if place > 0 {
            label += between;
        }
        let from = label.len();
        label += &part;
        parameters.push((from..label.len(), says));
    }
    label += end;
    Signature { label, doc, parameters, active }
}
