//! What is known of one declaration after checking it, and when it need not be checked again.
//!
//! A declaration is checked against its own text and what all files declare to one another. After
//! an edit that changes nothing of the latter, everything in the other files stays as it is: an
//! editor's answer then costs what the edited file costs, not what the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Diagnostic, FileId, Place, Span};
use crate::check::Checked;
use crate::check::defines::Depth;
use crate::check::mentions::{Mention, Symbol};
use crate::check::symbols::Kind;
use crate::check::templates;
use crate::check::tree::{Define, DefineId, Procedure};
use crate::syntax::ast::{self, Item};

/// What is noted while a declaration is checked.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    /// What is wrong with it.
    pub(super) findings: Vec<Diagnostic>,
    /// The names in it.
    pub(super) mentions: Vec<Mention>,
    /// The declarations it uses.
    pub(super) uses: Vec<Use>,
    /// Where it uses a template without offering it everything.
    pub(super) offers: Vec<templates::uses::Use>,
    /// Whether some piece of it could not be read.
    pub(super) unreadable: bool,
}

/// A declaration that is used, by its place among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// One of a table.
    Of(Kind, usize),
    /// A define.
    Define(DefineId),
}

/// A declaration, checked.
#[derive(Debug)]
pub(super) struct Unit {
    /// What was noted.
    pub(super) notes: Notes,
    /// What it came to.
    pub(super) node: Node,
}

/// What a declaration came to.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// A define; `None` after a finding.
    Define(Option<(Arc<Define>, Depth)>),
    /// A procedure.
    Procedure(Arc<Procedure>),
    /// A test, of which nothing but the notes remains.
    Test,
}

/// The checked declarations of one file.
#[derive(Debug, Default)]
pub(super) struct FileUnits {
    /// By where they stand.
    units: BTreeMap<Span, Arc<Unit>>,
    /// What was noted for all of them, but for the names, which [`crate::check::Mentions`] keeps.
    pub(super) notes: Notes,
    /// Whether what is wrong with them concerns this file alone: in others, places may move.
    is_closed: bool,
}

/// The checked declarations of a program, by file.
pub(super) type Units = BTreeMap<FileId, Arc<FileUnits>>;

impl FileUnits {
    /// The declarations of a file, all checked.
    pub(super) fn new(file: FileId, units: BTreeMap<Span, Arc<Unit>>) -> Self {
        let mut notes = Notes::default();
        for Unit { notes: unit, node } in units.values().map(Arc::as_ref) {
            notes.findings.extend(unit.findings.iter().cloned());
            notes.uses.extend(&unit.uses);
            notes.offers.extend(unit.offers.iter().cloned());
            // A test that cannot be read says nothing about the program, which is built before its tests are looked at.
            notes.unreadable |= unit.unreadable && !matches!(node, Node::Test);
        }
        notes.uses.sort_unstable();
        notes.uses.dedup();
        let mut places = notes.findings.iter().flat_map(|finding| &finding.labels).map(|label| &label.place);
        let is_here = |place: &Place| matches!(place, Place::Text(span) if span.file == file);
        // What is wrong with a define may be noted with another one: of a circle, say.
        let fails = |unit: &Arc<Unit>| matches!(unit.node, Node::Define(None));
        let is_closed = places.all(is_here) && !units.values().any(fails);
        Self { units, notes, is_closed }
    }

    /// The names in the declarations.
    pub(super) fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.units.values().flat_map(|unit| &unit.notes.mentions)
    }
}

/// What may be kept of an earlier state of the program.
#[derive(Debug, Default)]
pub(super) struct Kept<'b> {
    /// The files in which nothing has changed, nor in what they see of others.
    pub(super) files: BTreeSet<FileId>,
    before: Option<&'b Checked>,
}

impl<'b> Kept<'b> {
    /// What `before` knows of `files` and may be kept.
    pub(super) fn of(before: Option<&'b Checked>, files: &[Arc<ast::File>]) -> Self {
        let Some(before) = before else { return Self::default() };
        let Some(changed) = changed(&before.files, files) else { return Self::default() };
        let same = before.files.iter().zip(files).filter(|(old, new)| Arc::ptr_eq(old, new));
        let is_closed = |file: &FileId| before.units.get(file).is_none_or(|units| units.is_closed);
        let is_unconcerned = |file: &FileId| changed.is_empty() || !is_concerned(before, *file, &changed);
        let files = same.filter_map(|(_, new)| id(new)).filter(is_closed).filter(is_unconcerned).collect();
        Self { files, before: Some(before) }
    }

    /// Nothing is kept.
    pub(super) const fn none() -> Self {
        Self { files: BTreeSet::new(), before: None }
    }

    /// The state before, where something is kept of it.
    pub(super) const fn before(&self) -> Option<&'b Checked> {
        self.before
    }

    /// The checked declarations of the files that are kept.
    pub(super) fn units(&self) -> Units {
        let before = self.before.map(|before| &before.units).into_iter().flatten();
        before.filter(|(file, _)| self.files.contains(file)).map(|(file, units)| (*file, Arc::clone(units))).collect()
    }

    /// A declaration that need not be checked again.
    pub(super) fn unit(&self, span: Span) -> Option<Arc<Unit>> {
        let file = self.files.get(&span.file)?;
        self.before?.units.get(file)?.units.get(&span).cloned()
    }
}

/// The name that stands for a file in spans; `None` for one that declares nothing.
fn id(file: &ast::File) -> Option<FileId> {
    file.items.first().map(|item| item.head().span.file)
}

/// The procedures, by name, that look otherwise to those who name them than they did in an earlier state of the
/// program's files; `None` where the files declare anything else differently.
fn changed<'n>(old: &[Arc<ast::File>], new: &'n [Arc<ast::File>]) -> Option<BTreeSet<&'n str>> {
    let mut changed = BTreeSet::new();
    if old.len() != new.len() {
        return None;
    }
    for (old, new) in old.iter().zip(new).filter(|(old, new)| !Arc::ptr_eq(old, new)) {
        let (old, new) = (declared(old), declared(new));
        if old.len() != new.len() {
            return None;
        }
        for (old, new) in old.into_iter().zip(new).filter(|(old, new)| !declares_the_same(old, new)) {
            match (old, new) {
                (Item::Procedure(old), Item::Procedure(new)) if old.name.value == new.name.value => {
                    changed.insert(new.name.value.as_str());
                }
                _ => return None,
            }
        }
    }
    Some(changed)
}

/// Whether something in a file may be otherwise because these procedures are: it names one of them, or has a finding,
/// which may be about what such a procedure lacks.
fn is_concerned(before: &Checked, file: FileId, changed: &BTreeSet<&str>) -> bool {
    let names_one = |mention: &Mention| match &mention.symbol {
        Symbol::Procedure(name) | Symbol::Step { procedure: name, .. } => changed.contains(name.as_str()),
        _ => false,
    };
    let has_findings = before.units.get(&file).is_some_and(|units| !units.notes.findings.is_empty());
    has_findings || before.mentions.in_file(file).iter().any(names_one)
}

/// The declarations that others can see.
fn declared(file: &ast::File) -> Vec<&Item> {
    let hidden = |item: &&Item| !matches!(item, Item::Assign(_) | Item::ContactPolicy(_) | Item::Test(_));
    file.items.iter().filter(hidden).collect()
}

fn declares_the_same(old: &Item, new: &Item) -> bool {
    match (old, new) {
        (Item::Template(old), Item::Template(new)) => old.name == new.name,
        // A default is part of the steps that leave its argument out, with its place.
        (Item::Action(before), Item::Action(after)) => old == new && before.head.span == after.head.span,
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
