//! Named expressions: found by name, checked when first needed, so that a circle shows itself.

use std::cell::RefCell;
use std::sync::Arc;

use crate::base::{Diagnostic, code};
use crate::check::context::Context;
use crate::check::ledger::name_is_taken;
use crate::check::place::Place;
use crate::check::symbols::{Symbols, declared_twice};
use crate::check::tree::{Define, DefineId, Expr, ExprKind};
use crate::check::units::Node;
use crate::schema::{Owner, Typed};
use crate::syntax::ast::{self, Item};

/// How many defines may build on one another, and how many expressions may lie inside one another,
/// those of defines included: so every program can be evaluated on an ordinary stack.
const DEEPEST: Depth = Depth { defines: 24, expressions: 400 };

/// How deep an expression is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Depth {
    /// Defines inside one another.
    defines: usize,
    /// Expressions inside one another, those of defines included.
    expressions: usize,
}

impl Depth {
    fn max(self, other: Self) -> Self {
        Self { defines: self.defines.max(other.defines), expressions: self.expressions.max(other.expressions) }
    }

    const fn is_too_deep(self) -> bool {
        self.defines >= DEEPEST.defines || self.expressions > DEEPEST.expressions
    }
}

/// The named expressions of a program, by name, then owner.
pub(super) struct Defines<'a> {
    entries: Vec<Entry<'a>>,
    /// Those being checked, outermost first.
    waiting: RefCell<Vec<DefineId>>,
}

struct Entry<'a> {
    owner: Owner,
    written: &'a ast::Define,
    state: RefCell<State>,
}

enum State {
    Unchecked,
    /// Checked; `None` after a finding.
    Checked(Option<(Arc<Define>, Depth)>),
}

impl<'a> Defines<'a> {
    /// Collects the defines of `files`; those with a name that is not free are reported and left out.
    pub(super) fn collect(files: &'a [Arc<ast::File>], symbols: &Symbols<'a>, findings: &mut Vec<Diagnostic>) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        for item in files.iter().flat_map(|file| &file.items) {
            let Item::Define(written) = item else { continue };
            if written.name.value.is_empty() {
                continue;
            }
            let owner = owner(written);
            let declared = symbols.ledger.declared(owner).iter().any(|field| field.name == written.name.value);
            if let Some(finding) = name_is_taken(owner, &written.name) {
                findings.push(finding);
            } else if declared {
                findings.push(is_a_field(owner, written));
            } else {
                let state = RefCell::new(State::Unchecked);
                entries.push(Entry { owner, written, state });
            }
        }
        entries.sort_by(|a, b| key(a).cmp(&key(b)));
        entries.dedup_by(|later, first| {
            let same = key(later) == key(first);
            if same {
                findings.push(declared_twice("define", &later.written.name, first.written.name.span));
            }
            same
        });
        Self { entries, waiting: RefCell::new(Vec::new()) }
    }

    /// The define of that name about an owner.
    pub(super) fn find(&self, owner: Owner, name: &str) -> Option<DefineId> {
        self.entries.binary_search_by(|entry| key(entry).cmp(&(name, owner))).ok().map(DefineId)
    }

    /// The names of the defines about an owner.
    pub(super) fn names(&self, owner: Owner) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(move |entry| entry.owner == owner).map(|entry| entry.written.name.value.as_str())
    }

    /// The names with their ids.
    pub(super) fn declared(&self) -> impl Iterator<Item = (DefineId, &'a ast::Name)> {
        self.entries.iter().enumerate().map(|(place, entry)| (DefineId(place), &entry.written.name))
    }

    /// The checked defines; `None` if one has a finding.
    pub(super) fn checked(&self) -> Option<Vec<Arc<Define>>> {
        let checked = self.entries.iter().map(|entry| match &*entry.state.borrow() {
            State::Checked(Some((define, _))) => Some(Arc::clone(define)),
            _ => None,
        });
        checked.collect()
    }

    fn known(&self, id: DefineId) -> Option<Option<(Typed, Depth)>> {
        match &*self.entries.get(id.0)?.state.borrow() {
            State::Unchecked => None,
            State::Checked(checked) => {
                Some(checked.as_ref().map(|(define, depth)| (define.expr.typed.clone(), *depth)))
            }
        }
    }

    fn set(&self, id: DefineId, checked: Option<(Arc<Define>, Depth)>) {
        if let Some(entry) = self.entries.get(id.0) {
            *entry.state.borrow_mut() = State::Checked(checked);
        }
    }

    /// Every id that is not known yet, such that a define mostly comes after those it names: long chains then need no
    /// deep recursion. Names are compared as words here, which is near enough for an order.
    fn in_order(&self) -> Vec<DefineId> {
        let mut order = Vec::new();
        let is_known = |entry: &Entry| matches!(*entry.state.borrow(), State::Checked(_));
        let mut seen: Vec<bool> = self.entries.iter().map(is_known).collect();
        let mut todo: Vec<(usize, bool)> = (0..self.entries.len()).rev().map(|place| (place, false)).collect();
        while let Some((place, named_ones_done)) = todo.pop() {
            if named_ones_done {
                order.push(DefineId(place));
                continue;
            }
            let Some(mark) = seen.get_mut(place).filter(|mark| !**mark) else { continue };
            *mark = true;
            todo.push((place, true));
            let Some(entry) = self.entries.get(place) else { continue };
            let mut words = Vec::new();
            words_of(&entry.written.expr, &mut words);
            for word in words {
                let first = self.entries.partition_point(|entry| key(entry).0 < word);
                let named = self.entries.iter().enumerate().skip(first);
                todo.extend(named.take_while(|(_, entry)| key(entry).0 == word).map(|(place, _)| (place, false)));
            }
        }
        order
    }
}

impl Context<'_> {
    /// Checks every define.
    pub(super) fn check_defines(&self) {
        for (place, entry) in self.defines.entries.iter().enumerate() {
            if let Some(unit) = self.kept(entry.written.head.span)
                && let Node::Define(checked) = &unit.node
            {
                self.defines.set(DefineId(place), checked.clone());
            }
        }
        for id in self.defines.in_order() {
            self.define_type(id);
        }
    }

    /// The type of a define, which is checked now if it was not before; `None` after a finding.
    pub(super) fn define_type(&self, id: DefineId) -> Option<Typed> {
        if let Some(known) = self.defines.known(id) {
            return known.map(|(typed, _)| typed);
        }
        let entry = self.defines.entries.get(id.0)?;
        if let Some(circle) = self.circle(id) {
            return self.refuse(circle);
        }
        if self.defines.waiting.borrow().len() > DEEPEST.defines {
            return self.refuse(too_deep(entry.written));
        }
        let unit = self.unit(entry.written.head.span, || Node::Define(self.define(id, entry)));
        let Node::Define(checked) = &unit.node else { return None };
        let checked = checked.clone();
        // A circle may have settled it in the meantime.
        if self.defines.known(id).is_none() {
            self.defines.set(id, checked);
        }
        self.defines.known(id)?.map(|(typed, _)| typed)
    }

    fn define(&self, id: DefineId, entry: &Entry<'_>) -> Option<(Arc<Define>, Depth)> {
        self.defines.waiting.borrow_mut().push(id);
        let place = if entry.owner == Owner::Document { Place::document() } else { Place::customer() };
        let expr = self.infer(&entry.written.expr, &place);
        self.defines.waiting.borrow_mut().pop();
        let expr = expr?;
        let depth = self.depth(&expr);
        if depth.is_too_deep() {
            return self.refuse(too_deep(entry.written));
        }
        let (name, doc) = (entry.written.name.clone(), entry.written.head.doc.clone());
        Some((Arc::new(Define { name, owner: entry.owner, expr, doc }), depth))
    }

    /// The finding for a circle, if `id` is being checked already. All its members are settled.
    fn circle(&self, id: DefineId) -> Option<Diagnostic> {
        let waiting = self.defines.waiting.borrow();
        let start = waiting.iter().position(|waiting| *waiting == id)?;
        let members: Vec<&Entry> = waiting.iter().skip(start).filter_map(|id| self.defines.entries.get(id.0)).collect();
        for id in waiting.iter().skip(start) {
            self.defines.set(*id, None);
        }
        let first = members.iter().min_by_key(|entry| entry.written.name.span)?;
        let turn = members.iter().position(|entry| std::ptr::eq(*entry, *first)).unwrap_or(0);
        let in_turn = members.iter().cycle().skip(turn).take(members.len() + 1);
        let names: Vec<String> = in_turn.map(|entry| format!("`{}`", entry.written.name.value)).collect();
        let finding =
            Diagnostic::new(code::CYCLIC_DEFINE, format!("defines go round in a circle: {}", names.join(" → ")))
                .help("write one of them without the others: a define may not come back to itself");
        let labelled = members.iter().cycle().skip(turn).take(members.len());
        Some(labelled.fold(finding, |finding, entry| finding.label(entry.written.name.span, "part of the circle")))
    }

    fn depth(&self, expr: &Expr) -> Depth {
        let inside = match expr.kind {
            ExprKind::Define(_, id) => {
                let depth = self.defines.known(id).flatten().map(|(_, depth)| depth).unwrap_or_default();
                Depth { defines: depth.defines + 1, ..depth }
            }
            _ => expr.children().into_iter().map(|inner| self.depth(inner)).fold(Depth::default(), Depth::max),
        };
        Depth { expressions: inside.expressions + 1, ..inside }
    }
}

fn key<'e>(entry: &'e Entry) -> (&'e str, Owner) {
    (entry.written.name.value.as_str(), entry.owner)
}

/// What a define is about; the parser lets nothing else stand there.
fn owner(written: &ast::Define) -> Owner {
    let about_document = written.owner.as_ref().is_some_and(|word| word.value == "document");
    if about_document { Owner::Document } else { Owner::Customer }
}

fn is_a_field(owner: Owner, written: &ast::Define) -> Diagnostic {
    let word = owner.word();
    Diagnostic::new(code::DUPLICATE_NAME, format!("`{}` is a field of the {word} already", written.name.value))
        .label(written.name.span, "defined again here")
        .help("give the define another name")
}

fn too_deep(written: &ast::Define) -> Diagnostic {
    let name = &written.name;
    Diagnostic::new(code::DEEP_DEFINE, format!("`{}` builds on too many other defines", name.value))
        .label(name.span, "builds on too many")
        .help("write it with fewer defines inside one another")
}

/// The words in an expression that may be the names of defines.
fn words_of<'e>(expr: &'e ast::Expr, words: &mut Vec<&'e str>) {
    expr.walk(&mut |inner| match &inner.kind {
        ast::ExprKind::Name(name) => words.push(name),
        ast::ExprKind::Member(_, name) => words.push(&name.value),
        _ => {}
    });
}
