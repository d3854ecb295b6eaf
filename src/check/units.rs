//! What is known of each declaration after checking it, and when a file need not be checked again.
//!
//! A declaration is checked against its own text and what all files declare to one another. After an edit, a file is
//! checked again only if it names something that is declared otherwise now: an editor's answer then costs what the
//! edit touches, not what the program is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hashbrown::HashSet;

use crate::base::{Diagnostic, FileId, Place, Span};
use crate::check::Checked;
use crate::check::changes;
use crate::check::defines::Depth;
use crate::check::items::Summary;
use crate::check::mentions::{Mention, Mentions};
use crate::check::symbols::Kind;
use crate::check::templates;
use crate::check::tree::{
    ActionDecl, AssignRule, Calendar, ContactPolicy, Define, DefineId, Procedure, Template, Test,
};
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

impl Notes {
    /// What was noted of names alone.
    pub(super) fn of_names(self) -> Self {
        Self { mentions: self.mentions, uses: self.uses, ..Self::default() }
    }

    /// Adds what others have noted.
    pub(super) fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.mentions.extend(other.mentions);
        self.uses.extend(other.uses);
        self.offers.extend(other.offers);
        self.unreadable |= other.unreadable;
    }
}

/// A declaration that is used, by the number of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Use {
    /// One of a table.
    Of(Kind, usize),
    /// A define.
    Define(DefineId),
}

/// What a declaration came to. The ids in it are numbers of names, see [`crate::check::names`].
#[derive(Debug)]
pub(super) enum Node {
    /// A calendar.
    Calendar(Calendar),
    /// A define; `None` after a finding.
    Define(Option<(Arc<Define>, Depth)>),
    /// A template.
    Template(Template),
    /// An action.
    Action(ActionDecl),
    /// The rules of assignment.
    Assign(Vec<AssignRule>),
    /// A procedure.
    Procedure(Box<Procedure>),
    /// The contact policy.
    Policy(ContactPolicy),
    /// A test.
    Test(Test),
}

/// The declarations of one file, each with what was noted while it was checked; those that do not count for their names
/// came to nothing.
pub(super) type Parts = BTreeMap<Span, (Option<Node>, Notes)>;

/// The checked declarations of one file.
#[derive(Debug)]
pub(super) struct FileUnits {
    /// What each declaration came to; `None` for one that does not count.
    pub(super) nodes: Vec<Option<Node>>,
    /// What has to be known of each declaration.
    pub(super) summaries: Vec<Summary>,
    /// What was noted for all of them, but for the names.
    pub(super) notes: Notes,
    /// The names in the file.
    pub(super) mentions: Arc<[Mention]>,
    /// Every word that these names stand for.
    words: HashSet<Box<str>>,
    /// Whether what is wrong with them concerns this file alone: in others, places may move.
    is_closed: bool,
    /// Whether a part of the file could not be read.
    pub(super) is_damaged: bool,
}

/// The checked declarations of a program, by file.
pub(super) type Units = BTreeMap<FileId, Arc<FileUnits>>;

impl FileUnits {
    /// The declarations of a file, all checked; what has to be known of each says `summary`.
    pub(super) fn new(id: FileId, file: &ast::File, mut parts: Parts, summary: impl Fn(&Item) -> Summary) -> Self {
        let mut notes = Notes::default();
        let mut nodes = Vec::new();
        // What is wrong with a declaration that does not count is not kept: it may be about what was not there.
        let all_count = parts.values().all(|(node, _)| node.is_some());
        for part in file.items.iter().map(|item| parts.remove(&item.head().span)) {
            let Some((node, own)) = part else {
                nodes.push(None);
                continue;
            };
            // A test that cannot be read says nothing about the program, which is built before its tests are looked at.
            let unreadable = notes.unreadable || own.unreadable && !matches!(node, Some(Node::Test(_)));
            notes.extend(own);
            notes.unreadable = unreadable;
            nodes.push(node);
        }
        notes.uses.sort_unstable();
        notes.uses.dedup();
        let mentions = Mentions::of_file(std::mem::take(&mut notes.mentions), file).into_file(id);
        let words = mentions.iter().flat_map(|mention| mention.symbol.words()).map(Box::from).collect();
        let mut places = notes.findings.iter().flat_map(|finding| &finding.labels).map(|label| &label.place);
        let is_here = |place: &Place| matches!(place, Place::Text(span) if span.file == id);
        // What is wrong with a define may be noted with another one: of a circle, say.
        let fails = |node: &Node| matches!(node, Node::Define(None));
        Self {
            is_closed: all_count && places.all(is_here) && !nodes.iter().flatten().any(fails),
            summaries: file.items.iter().map(summary).collect(),
            is_damaged: file.items.iter().any(is_damaged),
            nodes,
            notes,
            mentions,
            words,
        }
    }

    /// Whether something in the file may be otherwise because these names are: it says one of them, or has a finding,
    /// which may be about what was not there.
    fn is_concerned(&self, changed: &BTreeSet<&str>) -> bool {
        !changed.is_empty() && (!self.notes.findings.is_empty() || self.names_one_of(changed))
    }

    /// Whether one of these words stands in the file.
    pub(super) fn names_one_of(&self, words: &BTreeSet<&str>) -> bool {
        words.iter().any(|word| self.words.contains(*word))
    }
}

/// What of the earlier state `before` holds for the program `files` with the built-in actions of `prelude`: the files
/// in which nothing has changed, nor in what they see of others.
pub(super) fn kept(before: &Checked, files: &[Arc<ast::File>], prelude: &ast::File) -> Units {
    let Some(changed) = changes::between(before, files) else { return Units::new() };
    let old: BTreeSet<*const ast::File> = before.files.iter().map(Arc::as_ptr).collect();
    let same = files.iter().filter(|file| old.contains(&Arc::as_ptr(file))).map(|file| &**file);
    let known = |file| before.units.get_key_value(&changes::id(file)?);
    let kept = same.chain([prelude]).filter_map(known);
    let kept = kept.filter(|(_, units)| units.is_closed && !units.is_concerned(&changed));
    kept.map(|(file, units)| (*file, Arc::clone(units))).collect()
}

fn is_damaged(item: &Item) -> bool {
    let steps = match item {
        Item::Procedure(procedure) => procedure.steps.as_slice(),
        _ => &[],
    };
    item.head().damaged || steps.iter().any(|step| step.head.damaged)
}
