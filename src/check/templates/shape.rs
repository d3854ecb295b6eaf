//! What a template can look at: which names there are, and which parts they have.

use std::rc::Rc;
use std::sync::Arc;

use crate::schema::fields;
use crate::schema::{Owner, fields::FieldSpec};
use crate::syntax::ast::{self, Field, Item};

/// The form of a value in a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Nothing is known of it: everything is let pass.
    Unknown,
    /// A text, an amount, a date: it has no parts.
    Plain,
    /// It has named parts, which are plain; those of a customer or document are its fields and defines.
    Parts(Option<Owner>, Rc<[String]>),
    /// A list.
    List(Rc<Shape>),
}

/// Every name a template may use, with its form.
pub(super) struct World {
    names: Vec<(&'static str, Shape)>,
}

/// What a recipient is known by.
const RECIPIENT: &[&str] = &["name", "email", "phone", "language"];
/// What a procedure and a step are known by.
const TITLED: &[&str] = &["name", "title"];

impl World {
    /// The names, with the declared fields and the defines of a program.
    pub(super) fn new(files: &[Arc<ast::File>]) -> Self {
        let customer = Shape::Parts(Some(Owner::Customer), subject(files, Owner::Customer));
        let covered = Shape::List(Rc::new(Shape::Parts(Some(Owner::Document), subject(files, Owner::Document))));
        let words = |words: &[&str]| Shape::Parts(None, words.iter().map(|word| (*word).to_owned()).collect());
        Self {
            names: vec![
                ("customer", customer),
                ("covered", covered),
                ("amount", Shape::Plain),
                ("procedure", words(TITLED)),
                ("step", words(TITLED)),
                ("dip", Shape::Plain),
                ("recipient", words(RECIPIENT)),
                ("today", Shape::Plain),
            ],
        }
    }

    /// The form of a name; `None` if there is no such name.
    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        self.names.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }

    /// Every name, in the order of the manual.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().map(|(name, _)| *name)
    }
}

/// The names of a subject: its columns, derived fields, declared fields and the defines about it.
fn subject(files: &[Arc<ast::File>], owner: Owner) -> Rc<[String]> {
    let items = || files.iter().flat_map(|file| &file.items);
    let declared = items().filter_map(|item| match item {
        Item::Ledger(ledger) if owner == Owner::Customer => Some(&ledger.customer),
        Item::Ledger(ledger) => Some(&ledger.document),
        _ => None,
    });
    let defines = items().filter_map(|item| match item {
        Item::Define(define) => {
            let about = define.owner.as_ref().map_or("customer", |about| about.value.as_str());
            (about == owner.word()).then(|| define.name.value.clone())
        }
        _ => None,
    });
    let built_in = fields::of(owner).map(|spec: &FieldSpec| spec.name.to_owned());
    built_in.chain(declared.flatten().map(|field: &Field| field.name.value.clone())).chain(defines).collect()
}
