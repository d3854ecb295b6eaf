//! Writing out what a define stands for: where its name stands, or wherever it is used, and then the
//! define goes, with its documentation.

use crate::check::mentions::{Mention, Symbol};
use crate::ide::actions::{Action, Kind, lines};
use crate::ide::exprs::{Root, inwards, roots};
use crate::ide::nodes::{self, Node};
use crate::ide::{Edit, Location, name_at, spliced, trial};
use crate::syntax::ast::{Define, Expr, ExprKind};
use crate::workspace::Workspace;

/// Writes out the define whose name stands at an offset.
pub(super) fn actions(workspace: &Workspace, path: &str, offset: usize) -> Vec<Action> {
    let Some((mention, define)) = define_at(workspace, path, offset) else { return Vec::new() };
    let name = &define.name.value;
    let uses: Vec<&Mention> =
        workspace.checked().mentions.of(&mention.symbol).filter(|it| !it.is_declaration).collect();
    let mut actions = Vec::new();
    if uses.len() > 1 && !mention.is_declaration {
        let edits = written_out(workspace, define, mention);
        actions.extend(edits.map(|edit| (format!("Inline `{name}` here"), vec![edit])));
    }
    if !uses.is_empty() {
        let edits = uses.iter().map(|place| written_out(workspace, define, place));
        let all: Option<Vec<Edit>> = edits.chain([without(workspace, define)]).collect();
        let title = if uses.len() > 1 { format!("Inline `{name}` everywhere") } else { format!("Inline `{name}`") };
        actions.extend(all.map(|edits| (title, edits)));
    }
    actions.retain(|(_, edits)| trial::new_mistake(workspace, &trial::applied(workspace, edits)).is_none());
    actions.into_iter().map(|(title, edits)| Action::new(title, Kind::Inline, edits)).collect()
}

fn define_at<'w>(workspace: &'w Workspace, path: &str, offset: usize) -> Option<(&'w Mention, &'w Define)> {
    let mention = name_at(workspace, path, offset)?;
    let Node::Define(define) = nodes::of(workspace, &mention.symbol)? else { return None };
    Some((mention, define))
}

/// What a define stands for, at one of its uses; `None` where no expression can stand, as in a template.
fn written_out(workspace: &Workspace, define: &Define, place: &Mention) -> Option<Edit> {
    let name = Location::of(workspace, place.span)?;
    let (file, _) = workspace.parsed(&name.path)?;
    let item = file.items.iter().find(|item| item.head().span.range().contains(&name.range.start))?;
    let all = roots(item);
    let (root, path) = all.iter().find_map(|root| {
        let path = inwards(root.expr, &name.range);
        (!path.is_empty()).then_some((root, path))
    })?;
    let (used, around) = path.split_last()?;
    let subject = match &used.kind {
        ExprKind::Name(_) => None,
        ExprKind::Member(subject, _) => Some(subject.value.as_str()),
        _ => return None,
    };
    let text = body(workspace, define, subject)?;
    let brackets = is_joined(&define.expr) && needs_brackets(root, around.last());
    let text = if brackets { format!("({text})") } else { text };
    Some(Edit::new(&name.path, used.at().range(), text))
}

/// Whether an expression consists of several that something around it could tear apart.
const fn is_joined(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Binary(..)
            | ExprKind::OrElse(..)
            | ExprKind::In(..)
            | ExprKind::Between(..)
            | ExprKind::IsMissing(_)
            | ExprKind::IsPresent(_)
    )
}

/// Whether several expressions joined need brackets in the one around them.
fn needs_brackets(root: &Root<'_>, around: Option<&&Expr>) -> bool {
    match around.map(|expr| &expr.kind) {
        None => root.is_argument,
        Some(ExprKind::Paren(_) | ExprKind::Call(..) | ExprKind::Question(_)) => false,
        Some(_) => true,
    }
}

/// The text of what a define stands for, said of `subject`: after `leading.`, each of its names is of
/// the leading document.
fn body(workspace: &Workspace, define: &Define, subject: Option<&str>) -> Option<String> {
    let Location { path, range } = Location::of(workspace, define.expr.at())?;
    let text = workspace.text(&path)?;
    let mut owners = Vec::new();
    if let Some(subject) = subject {
        said_of(workspace, &define.expr, subject, false, &mut owners);
    }
    // What stands before the define stays, so its end alone moves.
    let said = spliced(text.get(..range.end)?, &owners)?;
    said.get(range.start..).map(str::to_owned)
}

/// Where an expression names the subject that it is about, and what is to be written there. In a
/// question bare names are those of its elements.
fn said_of(workspace: &Workspace, expr: &Expr, subject: &str, in_question: bool, owners: &mut Vec<Edit>) {
    match &expr.kind {
        ExprKind::Name(_) if !in_question && is_member(workspace, expr) => {
            owners.extend(Edit::of(workspace, expr.at().before(), format!("{subject}.")));
        }
        ExprKind::Member(owner, _) if owner.value == "document" => {
            owners.extend(Edit::of(workspace, owner.span, subject));
        }
        _ => {}
    }
    let in_question = in_question || matches!(expr.kind, ExprKind::Question(_));
    expr.parts().into_iter().for_each(|part| said_of(workspace, part, subject, in_question, owners));
}

/// Whether a bare name is one of the subject, and not a word such as `today` or a value of a list.
fn is_member(workspace: &Workspace, expr: &Expr) -> bool {
    let mention = workspace.checked().mentions.at(expr.at().file, expr.at().range().start);
    mention.is_some_and(|mention| mention.span == expr.at() && matches!(mention.symbol, Symbol::Member(..)))
}

/// Takes a define away: its lines, where nothing else stands on them, with its comments and the empty line behind.
fn without(workspace: &Workspace, define: &Define) -> Option<Edit> {
    let Location { path, range } = Location::of(workspace, define.head.span)?;
    let text = workspace.text(&path)?;
    let alone = lines::indentation(text, range.start).is_some() && lines::ends_line(text, range.end);
    if !alone {
        return Some(Edit::new(&path, range, ""));
    }
    let start = lines::with_comments(text, range.start);
    let end = lines::next_line(text, range.end);
    let behind = lines::next_line(text, end);
    let is_empty = text.get(end..behind).is_some_and(|line| line.trim().is_empty());
    let end = if is_empty { behind } else { end };
    Some(Edit::new(&path, start..end, ""))
}
