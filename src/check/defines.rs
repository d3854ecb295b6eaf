//! Named expressions: found by name, checked when first needed, so that a circle shows itself.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::{Diagnostic, code};
use crate::check::context::Context;
use crate::check::items::{self, Declared, Items};
use crate::check::ledger::name_is_taken;
use crate::check::names::Names;
use crate::check::place::Place;
use crate::check::symbols::declared_twice;
use crate::check::tree::{Define, DefineId, Expr, ExprKind};
use crate::check::units::Node;
use crate::schema::{LedgerSchema, Owner, Typed};
use crate::syntax::ast;

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

/// The named expressions of a program.
pub(super) struct Defines<'a> {
    /// The numbers of the names, whatever they are about.
    names: Names,
    /// By id; a name has one for each owner.
    entries: Vec<Option<Entry<'a>>>,
    /// Those being checked, outermost first.
    waiting: RefCell<Vec<DefineId>>,
}

struct Entry<'a> {
    declared: Declared<'a, ast::Define>,
    state: RefCell<State>,
}

enum State {
    /// Not checked, or as it was in an earlier state of the program.
    AsDeclared,
    /// Checked; `None` after a finding.
    Checked(Option<(Arc<Define>, Depth)>),
}

impl<'a> Entry<'a> {
    fn is_new(&self) -> bool {
        matches!(self.declared, Declared::New(..)) && matches!(*self.state.borrow(), State::AsDeclared)
    }

    /// What it came to, once it was checked.
    fn checked(&self) -> Option<Option<(Arc<Define>, Depth)>> {
        match (&*self.state.borrow(), self.declared) {
            (State::Checked(checked), _) => Some(checked.clone()),
            (State::AsDeclared, Declared::New(..)) => None,
            (State::AsDeclared, Declared::Kept { units, place, .. }) => match units.nodes.get(place)?.as_ref()? {
                Node::Define(checked) => Some(checked.clone()),
                _ => None,
            },
        }
    }

    fn name(&self) -> Option<&'a ast::Name> {
        self.declared.name()
    }
}

impl<'a> Defines<'a> {
    /// Collects the defines of a program; those with a name that is not free are reported and left out. `names` have
    /// their numbers.
    pub(super) fn collect(
        items: &Items<'a>,
        ledger: &LedgerSchema,
        names: &Names,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut all = Self { names: names.clone(), entries: Vec::new(), waiting: RefCell::new(Vec::new()) };
        all.entries.resize_with(OWNERS.len() * names.len(), || None);
        for (owner, declared) in items.defines.iter().copied() {
            match declared {
                Declared::Kept { number, .. } => all.set_entry(owner, number, declared),
                Declared::New(name, _) if name.value.is_empty() => {}
                Declared::New(name, _) => match is_taken(owner, name, ledger) {
                    Some(finding) => findings.push(finding),
                    None => all.add(owner, name, declared, findings),
                },
            }
        }
        all
    }

    /// Adds a define; one that is there already is reported and left out.
    fn add(
        &mut self,
        owner: Owner,
        name: &ast::Name,
        declared: Declared<'a, ast::Define>,
        findings: &mut Vec<Diagnostic>,
    ) {
        let first = self.find(owner, &name.value).and_then(|id| self.entry(id)?.name());
        if let Some(first) = first {
            findings.push(declared_twice("define", name, first.span));
        } else {
            let number = self.names.number(&name.value);
            self.set_entry(owner, number, declared);
        }
    }

    fn set_entry(&mut self, owner: Owner, number: usize, declared: Declared<'a, ast::Define>) {
        self.entries.resize_with(OWNERS.len() * self.names.len(), || None);
        if let Some(slot) = id(owner, number).and_then(|id| self.entries.get_mut(id.0)) {
            *slot = Some(Entry { declared, state: RefCell::new(State::AsDeclared) });
        }
    }

    fn entry(&self, id: DefineId) -> Option<&Entry<'a>> {
        self.entries.get(id.0)?.as_ref()
    }

    fn entries(&self) -> impl Iterator<Item = (DefineId, &Entry<'a>)> {
        let all = self.entries.iter().enumerate();
        all.filter_map(|(place, entry)| Some((DefineId(place), entry.as_ref()?)))
    }

    /// The define of that name about an owner.
    pub(super) fn find(&self, owner: Owner, name: &str) -> Option<DefineId> {
        let id = id(owner, self.names.get(name)?)?;
        self.entry(id).map(|_| id)
    }

    /// The defines of that name, whatever they are about.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &'a ast::Define> {
        let ids = self.names.get(name).into_iter().flat_map(ids);
        ids.filter_map(|(_, id)| self.entry(id)?.declared.item())
    }

    /// The names of the defines about an owner, sorted.
    pub(super) fn names(&self, owner: Owner) -> Vec<&'a str> {
        let all = self.entries().filter_map(|(_, entry)| entry.declared.get());
        let of_owner = all.filter(|(_, define)| items::owner(define) == owner);
        let mut names: Vec<&str> = of_owner.map(|(name, _)| name.value.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The names of the defines for which this does not hold, in no order that means anything.
    pub(super) fn names_without(&self, holds: impl Fn(DefineId) -> bool) -> impl Iterator<Item = &'a ast::Name> {
        self.entries().filter(move |(id, _)| !holds(*id)).filter_map(|(_, entry)| entry.name())
    }

    /// The id of a define that counts for its name.
    fn id(&self, written: &ast::Define) -> Option<DefineId> {
        let id = self.find(items::owner(written), &written.name.value)?;
        let declared = self.entry(id)?.name()?;
        std::ptr::eq(declared, &written.name).then_some(id)
    }

    /// The number of the name of a define, if it is what counts for it.
    pub(super) fn number(&self, written: &ast::Define) -> Option<usize> {
        self.id(written).and_then(|_| self.names.get(&written.name.value))
    }

    /// The numbers of all names.
    pub(super) fn into_numbers(self) -> Names {
        self.names
    }

    fn known(&self, id: DefineId) -> Option<Option<(Typed, Depth)>> {
        let checked = self.entry(id)?.checked()?;
        Some(checked.map(|(define, depth)| (define.expr.typed.clone(), depth)))
    }

    fn set(&self, id: DefineId, checked: Option<(Arc<Define>, Depth)>) {
        if let Some(entry) = self.entry(id) {
            *entry.state.borrow_mut() = State::Checked(checked);
        }
    }

    /// A define and what it builds on, as far as they are not known yet, such that one mostly comes after those it names:
    /// long chains then need no deep recursion. Names are compared as words here, which is near enough for an order.
    fn in_order(&self, last: DefineId) -> Vec<DefineId> {
        let mut order = Vec::new();
        let mut todo = vec![(last, false)];
        let mut seen = BTreeSet::new();
        while let Some((id, named_ones_done)) = todo.pop() {
            if named_ones_done {
                order.push(id);
                continue;
            }
            let Some(entry) = self.entry(id).filter(|entry| entry.is_new()) else { continue };
            if !seen.insert(id) {
                continue;
            }
            todo.push((id, true));
            let Some(written) = entry.declared.item() else { continue };
            let mut words = Vec::new();
            words_of(&written.expr, &mut words);
            let numbers = words.into_iter().filter_map(|word| self.names.get(word));
            todo.extend(numbers.flat_map(ids).map(|(_, id)| (id, false)));
        }
        order
    }
}

impl Context<'_> {
    /// Checks a define.
    pub(super) fn check_define(&self, written: &ast::Define) {
        if let Some(id) = self.defines.id(written) {
            self.define_type(id);
            return;
        }
        self.unit(written.head.span, || {
            self.infer(&written.expr, &place(items::owner(written)));
            None
        });
    }

    /// The type of a define, which is checked now if it was not before; `None` after a finding.
    pub(super) fn define_type(&self, id: DefineId) -> Option<Typed> {
        // What it builds on comes before it, whoever asks for it: so the same is found wherever somebody begins.
        if self.defines.waiting.borrow().is_empty() {
            for id in self.defines.in_order(id) {
                self.checked_define(id);
            }
        }
        self.checked_define(id)
    }

    fn checked_define(&self, id: DefineId) -> Option<Typed> {
        if let Some(known) = self.defines.known(id) {
            return known.map(|(typed, _)| typed);
        }
        let written = self.defines.entry(id)?.declared.item()?;
        if let Some(circle) = self.circle(id) {
            return self.refuse(circle);
        }
        if self.defines.waiting.borrow().len() > DEEPEST.defines {
            return self.refuse(too_deep(written));
        }
        self.unit(written.head.span, || {
            let checked = self.define(id, written);
            // A circle may have settled it in the meantime.
            if self.defines.known(id).is_none() {
                self.defines.set(id, checked.clone());
            }
            Some(Node::Define(checked))
        });
        self.defines.known(id)?.map(|(typed, _)| typed)
    }

    fn define(&self, id: DefineId, written: &ast::Define) -> Option<(Arc<Define>, Depth)> {
        self.defines.waiting.borrow_mut().push(id);
        let owner = items::owner(written);
        let expr = self.infer(&written.expr, &place(owner));
        self.defines.waiting.borrow_mut().pop();
        let expr = expr?;
        let depth = self.depth(&expr);
        if depth.is_too_deep() {
            return self.refuse(too_deep(written));
        }
        let (name, doc) = (written.name.clone(), written.head.doc.clone());
        Some((Arc::new(Define { name, owner, expr, doc }), depth))
    }

    /// The finding for a circle, if `id` is being checked already. All its members are settled.
    fn circle(&self, id: DefineId) -> Option<Diagnostic> {
        let waiting = self.defines.waiting.borrow();
        let start = waiting.iter().position(|waiting| *waiting == id)?;
        let members = waiting.iter().skip(start).filter_map(|id| self.defines.entry(*id)?.name());
        let members: Vec<&ast::Name> = members.collect();
        for id in waiting.iter().skip(start) {
            self.defines.set(*id, None);
        }
        let first = members.iter().min_by_key(|name| name.span)?;
        let turn = members.iter().position(|name| std::ptr::eq(*name, *first)).unwrap_or(0);
        let in_turn = members.iter().cycle().skip(turn).take(members.len() + 1);
        let names: Vec<String> = in_turn.map(|name| format!("`{}`", name.value)).collect();
        let finding =
            Diagnostic::new(code::CYCLIC_DEFINE, format!("defines go round in a circle: {}", names.join(" → ")))
                .help("write one of them without the others: a define may not come back to itself");
        let labelled = members.iter().cycle().skip(turn).take(members.len());
        Some(labelled.fold(finding, |finding, name| finding.label(name.span, "part of the circle")))
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

/// What a define may be about.
const OWNERS: [Owner; 2] = [Owner::Customer, Owner::Document];

/// The ids that the number of a name stands for, one for each owner.
fn ids(number: usize) -> impl Iterator<Item = (Owner, DefineId)> {
    OWNERS.into_iter().enumerate().map(move |(place, owner)| (owner, DefineId(OWNERS.len() * number + place)))
}

/// The id of the define about an owner, by the number of its name.
pub(super) fn id(owner: Owner, number: usize) -> Option<DefineId> {
    ids(number).find(|(other, _)| *other == owner).map(|(_, id)| id)
}

/// Where the expression of a define about an owner stands.
fn place(owner: Owner) -> Place<'static> {
    if owner == Owner::Document { Place::document() } else { Place::customer() }
}

/// The finding for a name that stands for something else already.
fn is_taken(owner: Owner, name: &ast::Name, ledger: &LedgerSchema) -> Option<Diagnostic> {
    let is_declared = || ledger.declared(owner).iter().any(|field| field.name == name.value);
    name_is_taken(owner, name).or_else(|| is_declared().then(|| is_a_field(owner, name)))
}

fn is_a_field(owner: Owner, name: &ast::Name) -> Diagnostic {
    let word = owner.word();
    Diagnostic::new(code::DUPLICATE_NAME, format!("`{}` is a field of the {word} already", name.value))
        .label(name.span, "defined again here")
        .help("give the define another name")
}

fn too_deep(written: &ast::Define) -> Diagnostic {
    let name = &written.name;
    Diagnostic::new(code::DEEP_DEFINE, format!("`{}` builds on too many other defines", name.value))
        .label(name.span, "builds on too many")
        .help("write it with fewer defines inside one another")
}

/// The words in an expression that may be the names of defines.
pub(super) fn words_of<'e>(expr: &'e ast::Expr, words: &mut Vec<&'e str>) {
    expr.walk(&mut |inner| match &inner.kind {
        ast::ExprKind::Name(name) => words.push(name),
        ast::ExprKind::Member(_, name) => words.push(&name.value),
        _ => {}
    });
}
