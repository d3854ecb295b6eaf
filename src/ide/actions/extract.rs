//! Giving a selected expression a name: a `define` about whatever the place is about.

use std::ops::Range;

use crate::base::Severity;
use crate::check::mentions::Symbol;
use crate::ide::actions::{Action, Kind, lines};
use crate::ide::exprs::{inwards, roots};
use crate::ide::{Edit, Location, trial};
use crate::schema::Owner;
use crate::syntax::ast::{Expr, ExprKind, Item};
use crate::workspace::Workspace;

/// The name that a new define has until it gets a better one.
const NAME: &str = "new_define";

/// Names the selected expression, here or wherever the same is written.
pub(super) fn actions(workspace: &Workspace, path: &str, range: &Range<usize>) -> Vec<Action> {
    let Some((item, expr)) = selected(workspace, path, range).filter(|(_, expr)| !has_mistake(workspace, expr)) else {
        return Vec::new();
    };
    let name = free_name(workspace);
    let here = vec![Location { path: path.to_owned(), range: expr.at().range() }];
    // A name can be found in one of the two alone, so the program tells which of them is meant.
    let extracted = [Owner::Customer, Owner::Document].into_iter().find_map(|owner| {
        let edits = edits(workspace, path, item, expr, (owner, &name), &here)?;
        is_sound(workspace, &edits).then_some((owner, edits))
    });
    let Some((owner, edits_here)) = extracted else { return Vec::new() };
    let mut actions = vec![action("Extract a define".to_owned(), path, &name, edits_here)];
    let everywhere = same(workspace, expr);
    if everywhere.len() > 1
        && let Some(edits) = edits(workspace, path, item, expr, (owner, &name), &everywhere)
        && is_sound(workspace, &edits)
    {
        actions.push(action(format!("Extract a define for all {} places", everywhere.len()), path, &name, edits));
    }
    actions
}

/// The expression that is selected, blanks around it aside, and the declaration it stands in. A name
/// alone has one already, and so has the whole of a define.
fn selected<'w>(workspace: &'w Workspace, path: &str, range: &Range<usize>) -> Option<(&'w Item, &'w Expr)> {
    let text = workspace.text(path)?.get(range.clone())?;
    let start = range.start + (text.len() - text.trim_start().len());
    let range = start..start + text.trim().len();
    if range.is_empty() {
        return None;
    }
    let (file, _) = workspace.parsed(path)?;
    let item = file.items.iter().find(|item| item.head().span.range().contains(&start))?;
    let found = roots(item)
        .into_iter()
        .find_map(|root| inwards(root.expr, &range).into_iter().find(|expr| expr.at().range() == range))?;
    let is_name = matches!(found.kind, ExprKind::Name(_) | ExprKind::Member(..));
    let is_define = matches!(item, Item::Define(define) if define.expr.at() == found.at());
    (!is_name && !is_define).then_some((item, found))
}

/// Whether something is wrong with an expression.
fn has_mistake(workspace: &Workspace, expr: &Expr) -> bool {
    let whole = expr.at();
    let places = workspace.findings().into_iter().filter(|it| it.severity() == Severity::Error);
    let mut places = places.filter_map(|finding| finding.span());
    places.any(|place| place.file == whole.file && whole.start <= place.start && place.end <= whole.end)
}

/// A name that nothing has.
fn free_name(workspace: &Workspace) -> String {
    let mentions = &workspace.checked().mentions;
    let is_free = |name: &String| {
        let of = |owner| Symbol::Member(owner, name.clone());
        [Owner::Customer, Owner::Document].into_iter().all(|owner| mentions.of(&of(owner)).next().is_none())
    };
    let further = (2_usize..).map(|number| format!("{NAME}_{number}"));
    std::iter::once(NAME.to_owned()).chain(further).find(is_free).unwrap_or_default()
}

/// The define above the declaration that the expression stands in, and its name at each of the places.
fn edits(
    workspace: &Workspace,
    path: &str,
    item: &Item,
    expr: &Expr,
    (owner, name): (Owner, &str),
    places: &[Location],
) -> Option<Vec<Edit>> {
    let text = workspace.text(path)?;
    let inner = match &expr.kind {
        ExprKind::Paren(inner) => inner,
        _ => expr,
    };
    let owner = if owner == Owner::Document { "document." } else { "" };
    let end = lines::ending(text);
    let define = format!("define {owner}{name} = {}{end}{end}", text.get(inner.at().range())?);
    let start = item.head().span.range().start;
    let at = if lines::indentation(text, start).is_some() { lines::with_comments(text, start) } else { start };
    let mut edits = vec![Edit::new(path, at..at, define)];
    edits.extend(places.iter().map(|place| Edit { location: place.clone(), text: name.to_owned() }));
    Some(edits)
}

fn is_sound(workspace: &Workspace, edits: &[Edit]) -> bool {
    trial::new_mistake(workspace, &trial::applied(workspace, edits)).is_none()
}

/// An action whose first edit writes the define.
fn action(title: String, path: &str, name: &str, edits: Vec<Edit>) -> Action {
    let names = edits.first().and_then(|define| {
        let place = &define.location;
        let is_before = |edit: &&Edit| edit.location.path == path && edit.location.range.end < place.range.start;
        let before = edits.iter().filter(is_before);
        let start = before.fold(place.range.start, |at, edit| at + edit.text.len() - edit.location.range.len());
        let start = start + define.text.find(name)?;
        Some(Location { path: path.to_owned(), range: start..start + name.len() })
    });
    Action { names, ..Action::new(title, Kind::Extract, edits) }
}

/// Every place where the same is written and means the same.
fn same(workspace: &Workspace, expr: &Expr) -> Vec<Location> {
    let meaning = meaning(workspace, expr);
    let mut places = Vec::new();
    let files = workspace.paths().iter().filter_map(|path| workspace.parsed(path));
    for root in files.flat_map(|(file, _)| &file.items).flat_map(roots) {
        root.expr.walk(&mut |other| {
            if other == expr && self::meaning(workspace, other) == meaning {
                places.extend(Location::of(workspace, other.at()));
            }
        });
    }
    places
}

/// What the names in an expression stand for, in written order.
fn meaning<'w>(workspace: &'w Workspace, expr: &Expr) -> Vec<&'w Symbol> {
    let span = expr.at();
    let mentions = workspace.checked().mentions.in_file(span.file).iter();
    mentions.filter(|it| span.start <= it.span.start && it.span.end <= span.end).map(|it| &it.symbol).collect()
}
