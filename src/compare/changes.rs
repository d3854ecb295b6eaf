//! What two programs say differently, declaration by declaration, and programs in between.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Sources, Span};
use crate::compare::parts::Parts;
use crate::compare::rename::Names;
use crate::compare::{Change, How, Part, Written};

/// The older program under the names of the newer, the newer, and what they say differently.
#[derive(Debug)]
pub(super) struct Versions<'a> {
    /// The older program under the names of the newer.
    pub(super) old: Parts,
    /// The newer program.
    pub(super) new: Parts,
    /// What was renamed.
    pub(super) names: Names,
    sources: (&'a Sources, &'a Sources),
}

impl<'a> Versions<'a> {
    /// Two programs side by side; `sources` are the texts of the older and of the newer.
    pub(super) fn new(old: &Parts, new: Parts, sources: (&'a Sources, &'a Sources)) -> Self {
        let names = Names::between(old, &new);
        Self { old: names.applied(old, &new), new, names, sources }
    }

    /// Every change: renamings first, then by kind and name.
    pub(super) fn changes(&self) -> Vec<Change> {
        let mut changes = self.renamed();
        let (old, new) = (&self.old, &self.new);
        let of = |old: &Parts, new: &Parts| {
            let (left, right) = (old.items.clone(), new.items.clone());
            differing(&left, &right)
        };
        let mut parts: BTreeSet<Part> = of(old, new);
        parts.extend(differing(&old.procedures, &new.procedures).into_iter().map(Part::Procedure));
        let both = |path: &String| old.texts.contains_key(path) && new.texts.contains_key(path);
        parts.extend(differing(&old.texts, &new.texts).into_iter().filter(both).map(Part::Text));
        parts.extend(differing(&list(&old.rules), &list(&new.rules)).into_iter().map(|name| Part::Rule(name.into())));
        if reordered(&old.rules, &new.rules) {
            parts.insert(Part::OrderOfRules);
        }
        for (procedure, steps) in &new.steps {
            // The steps of a new procedure come with it.
            let Some(before) = old.steps.get(procedure) else { continue };
            let steps_of = differing(&list(before), &list(steps)).into_iter();
            parts.extend(steps_of.map(|step| Part::Step(procedure.clone(), step.into())));
            if reordered(before, steps) {
                parts.insert(Part::OrderOfSteps(procedure.clone()));
            }
        }
        changes.extend(parts.into_iter().map(|part| self.change(part)));
        changes
    }

    fn renamed(&self) -> Vec<Change> {
        let change = |part: Part, old: String, new: String| {
            let place = |parts: &Parts| parts.written(&part, false).and_then(|(_, span)| span);
            let old = written(old, place(&self.old), self.sources.0, None);
            let new = written(new, place(&self.new), self.sources.1, None);
            Change { how: How::Renamed, part, old: Some(old), new: Some(new) }
        };
        let procedures = self.names.procedures().map(|(old, new)| {
            change(Part::Procedure(new.into()), format!("procedure {old}\n"), format!("procedure {new} was {old}\n"))
        });
        let steps = self.names.steps().map(|(procedure, old, new)| {
            let part = Part::Step(self.names.procedure(procedure).into(), new.into());
            change(part, format!("step {old}\n"), format!("step {new} was {old}\n"))
        });
        procedures.chain(steps).collect()
    }

    fn change(&self, part: Part) -> Change {
        let path = if let Part::Text(path) = &part { Some(path.clone()) } else { None };
        let whole = matches!(&part, Part::Procedure(name) if self.old.procedures.contains_key(name) != self.new.procedures.contains_key(name));
        let side = |parts: &Parts, sources: &Sources| {
            parts.written(&part, whole).map(|(text, span)| written(text, span, sources, path.as_deref()))
        };
        let (old, new) = (side(&self.old, self.sources.0), side(&self.new, self.sources.1));
        let how = match (&part, &old, &new) {
            (Part::OrderOfRules | Part::OrderOfSteps(_), ..) => How::Reordered,
            (_, None, _) => How::Added,
            (_, _, None) => How::Removed,
            _ => How::Changed,
        };
        Change { how, part, old, new }
    }

    /// The older program with the chosen changes made, under the new names.
    pub(super) fn between(&self, chosen: &BTreeSet<&Part>) -> Parts {
        let (old, new) = (&self.old, &self.new);
        let is_chosen = |part: &Part| chosen.contains(part);
        let mut parts = old.clone();
        parts.items = mixed(&old.items, &new.items, &is_chosen);
        parts.procedures = mixed(&old.procedures, &new.procedures, &|name| is_chosen(&Part::Procedure(name.clone())));
        // A text that only one of the two names is there for whoever names it.
        parts.texts = new.texts.clone();
        for (path, text) in &old.texts {
            if !is_chosen(&Part::Text(path.clone())) {
                parts.texts.insert(path.clone(), text.clone());
            }
        }
        parts.assign_like(new);
        let rule = |name: &str| is_chosen(&Part::Rule(name.into()));
        parts.rules = merged(&old.rules, &new.rules, &rule, is_chosen(&Part::OrderOfRules));
        parts.steps = BTreeMap::new();
        for name in parts.procedures.keys() {
            let steps = match (old.steps.get(name), new.steps.get(name)) {
                (Some(old), Some(new)) => {
                    let step = |step: &str| is_chosen(&Part::Step(name.clone(), step.into()));
                    merged(old, new, &step, is_chosen(&Part::OrderOfSteps(name.clone())))
                }
                (Some(steps), None) | (None, Some(steps)) => steps.clone(),
                (None, None) => Vec::new(),
            };
            parts.steps.insert(name.clone(), steps);
        }
        parts
    }
}

fn written(text: String, span: Option<Span>, sources: &Sources, path: Option<&str>) -> Written {
    let source = span.and_then(|span| Some((span, sources.get(span.file)?)));
    let place = source.map(|(span, source)| (source.path.to_string(), source.line_column(span.start as usize).0));
    let (file, line) = place.or_else(|| path.map(|path| (path.to_owned(), 1))).unwrap_or_default();
    Written { text, file, line }
}

/// The keys of what is in one only, or in both and not the same.
fn differing<K: Ord + Clone, V: PartialEq>(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>) -> BTreeSet<K> {
    old.keys().chain(new.keys()).filter(|key| old.get(key) != new.get(key)).cloned().collect()
}

fn list<T>(list: &[(String, T)]) -> BTreeMap<&str, &T> {
    list.iter().map(|(name, one)| (name.as_str(), one)).collect()
}

/// Whether what is in both lists stands in another order.
fn reordered<T>(old: &[(String, T)], new: &[(String, T)]) -> bool {
    let (before, after) = (list(old), list(new));
    let left = old.iter().map(|(name, _)| name.as_str()).filter(|name| after.contains_key(name));
    let right = new.iter().map(|(name, _)| name.as_str()).filter(|name| before.contains_key(name));
    !left.eq(right)
}

fn mixed<K: Ord + Clone, V: Clone>(
    old: &BTreeMap<K, V>,
    new: &BTreeMap<K, V>,
    is_chosen: &dyn Fn(&K) -> bool,
) -> BTreeMap<K, V> {
    let keys: BTreeSet<&K> = old.keys().chain(new.keys()).collect();
    let pick = |key: &K| if is_chosen(key) { new.get(key) } else { old.get(key) }.cloned();
    keys.into_iter().filter_map(|key| Some((key.clone(), pick(key)?))).collect()
}

/// A list between two: what is chosen is as in the newer one, in its order where that is chosen too.
/// What the list that gives the order does not have stands after what it stands after in the other.
fn merged<T: Clone>(
    old: &[(String, T)],
    new: &[(String, T)],
    is_chosen: &dyn Fn(&str) -> bool,
    new_order: bool,
) -> Vec<(String, T)> {
    let (before, after) = (list(old), list(new));
    let pick = |name: &str| if is_chosen(name) { after.get(name) } else { before.get(name) }.map(|one| (*one).clone());
    let (base, other) = if new_order { (new, old) } else { (old, new) };
    let known = list(base);
    let mut out: Vec<(String, T)> = base.iter().filter_map(|(name, _)| Some((name.clone(), pick(name)?))).collect();
    let mut above: Option<&str> = None;
    for (name, _) in other {
        if !known.contains_key(name.as_str())
            && let Some(one) = pick(name)
        {
            let place = above.and_then(|above| out.iter().position(|(known, _)| known == above));
            out.insert(place.map_or(0, |place| place + 1), (name.clone(), one));
        }
        if out.iter().any(|(known, _)| known == name) {
            above = Some(name);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &str) -> Vec<(String, char)> {
        names.chars().map(|name| (name.to_lowercase().to_string(), name)).collect()
    }

    fn text(list: &[(String, char)]) -> String {
        list.iter().map(|(_, one)| one).collect()
    }

    #[test]
    fn a_list_between_two() {
        // Capital letters say something else under the same name.
        for (old, new) in [("abc", "aBc"), ("abc", "ac"), ("ac", "abc"), ("abcd", "dcbA"), ("abc", "xbyaz"), ("", "ab")]
        {
            let (left, right) = (named(old), named(new));
            assert_eq!(text(&merged(&left, &right, &|_| true, true)), new);
            assert_eq!(text(&merged(&left, &right, &|_| false, false)), old);
            if !reordered(&left, &right) {
                assert_eq!(text(&merged(&left, &right, &|_| true, false)), new);
            }
        }
        assert_eq!(text(&merged(&named("abc"), &named("axbyc"), &|name| name == "y", false)), "abyc");
        assert_eq!(text(&merged(&named("abc"), &named("cbx"), &|name| name == "x", true)), "acbx");
    }
}
