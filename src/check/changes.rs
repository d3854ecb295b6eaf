//! What a program declares otherwise than in an earlier state, as far as others see it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::FileId;
use crate::check::Checked;
use crate::check::defines::words_of;
use crate::syntax::ast::{self, Item};

/// The names that stand for something else than in `before`: of what was added, taken out or changed, and of what is
/// defined with such a name. `None` where the change concerns every file.
pub(super) fn between<'n>(before: &'n Checked, files: &'n [Arc<ast::File>]) -> Option<BTreeSet<&'n str>> {
    let (old, new) = (by_id(&before.files), by_id(files));
    let mut words = BTreeSet::new();
    let is_same = |id: &FileId| old.get(id).zip(new.get(id)).is_some_and(|(old, new)| Arc::ptr_eq(old, new));
    let all: BTreeSet<FileId> = old.keys().chain(new.keys()).copied().collect();
    let edited: BTreeSet<FileId> = all.into_iter().filter(|id| !is_same(id)).collect();
    for id in &edited {
        let items = |files: &BTreeMap<FileId, &'n Arc<ast::File>>| files.get(id).map_or(&[][..], |file| &file.items);
        between_files(items(&old), items(&new), &mut words)?;
    }
    loop {
        // What is not known has a finding, and is no name of anything yet.
        let may_say_one = |(id, _): &(&FileId, _)| {
            edited.contains(id) || before.units.get(id).is_none_or(|units| units.is_concerned(&words))
        };
        let concerned = new.iter().filter(may_say_one).flat_map(|(_, file)| &file.items);
        let defined: Vec<&str> = concerned.filter_map(|item| defined_with(item, &words)).collect();
        let known = words.len();
        words.extend(defined);
        if words.len() == known {
            return Some(words);
        }
    }
}

fn by_id(files: &[Arc<ast::File>]) -> BTreeMap<FileId, &Arc<ast::File>> {
    files.iter().filter_map(|file| Some((file.id()?, file))).collect()
}

/// Adds the names that one text declares otherwise than the other. `None` where everything depends on them.
fn between_files<'n>(old: &'n [Item], new: &'n [Item], words: &mut BTreeSet<&'n str>) -> Option<()> {
    let (old, new) = (by_name(old), by_name(new));
    for (name, old) in &old {
        let new = new.get(name).map_or(&[][..], Vec::as_slice);
        compare(name, old, new, words)?;
    }
    for (name, new) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        compare(name, &[], new, words)?;
    }
    Some(())
}

fn compare<'n>(name: &'n str, old: &[&'n Item], new: &[&'n Item], words: &mut BTreeSet<&'n str>) -> Option<()> {
    let is_same = old.len() == new.len() && old.iter().zip(new).all(|(old, new)| declares_the_same(old, new));
    if is_same {
        return Some(());
    }
    let all = || old.iter().chain(new).copied();
    // Every expression depends on the fields; and where a program has one calendar, nobody needs to name it.
    if all().any(|item| matches!(item, Item::Ledger(_) | Item::Calendar(_))) {
        return None;
    }
    words.insert(name);
    let procedures =
        all().filter_map(|item| if let Item::Procedure(procedure) = item { Some(procedure) } else { None });
    words.extend(procedures.flat_map(|procedure| &procedure.was).map(|was| was.value.as_str()));
    Some(())
}

/// The declarations that others can see, by name; the ledger has none.
fn by_name(items: &[Item]) -> BTreeMap<&str, Vec<&Item>> {
    let mut all: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items {
        let name = match item {
            Item::Ledger(_) => "",
            Item::Calendar(item) => &item.name.value,
            Item::Define(item) => &item.name.value,
            Item::Template(item) => &item.name.value,
            Item::Action(item) => &item.name.value,
            Item::Procedure(item) => &item.name.value,
            Item::Assign(_) | Item::ContactPolicy(_) | Item::Test(_) => continue,
        };
        all.entry(name).or_default().push(item);
    }
    all
}

fn declares_the_same(old: &Item, new: &Item) -> bool {
    match (old, new) {
        (Item::Template(old), Item::Template(new)) => old.name == new.name,
        (Item::Calendar(old), Item::Calendar(new)) => old.name == new.name,
        // A default is part of the steps that leave its argument out, with its place.
        (Item::Action(before), Item::Action(after)) => {
            let default = |it: &ast::Parameter| it.default.as_ref().map(ast::Expr::at);
            let places = |it: &ast::ActionDecl| it.parameters.iter().map(default).collect::<Vec<_>>();
            old == new && places(before) == places(after)
        }
        (Item::Procedure(old), Item::Procedure(new)) => {
            let start = |procedure: &ast::Procedure| procedure.start.as_ref().map(|start| start.when.is_none());
            let is_same = |(old, new): (&ast::Step, &ast::Step)| {
                old.name == new.name && old.was == new.was && old.results == new.results
            };
            old.name == new.name
                && old.was == new.was
                && old.scope == new.scope
                && start(old) == start(new)
                && old.steps.len() == new.steps.len()
                && old.steps.iter().zip(&new.steps).all(is_same)
        }
        _ => old == new,
    }
}

/// The name of a define that is written with one of these.
fn defined_with<'n>(item: &'n Item, words: &BTreeSet<&str>) -> Option<&'n str> {
    let Item::Define(define) = item else { return None };
    let mut used = Vec::new();
    words_of(&define.expr, &mut used);
    used.iter().any(|word| words.contains(word)).then_some(define.name.value.as_str())
}
