//! What a template can look at: which names there are, and which parts they have.

use std::rc::Rc;

use crate::check::items::Items;
use crate::schema::fields;
use crate::schema::{Owner, fields::FieldSpec};
use crate::syntax::ast::{self, Field};

/// The form of a value in a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape<'w> {
    /// Nothing is known of it: everything is let pass.
    Unknown,
    /// A text, an amount, a date: it has no parts.
    Plain,
    /// It has named parts, which are plain; those of a customer or document are its fields and defines.
    Parts(Option<Owner>, Rc<[&'w str]>),
    /// A list.
    List(Rc<Self>),
}

/// Every name a template may use, with its form.
pub(super) struct World<'w> {
    names: Vec<(&'static str, Shape<'w>)>,
}

/// What a recipient is known by.
const RECIPIENT: &[&str] = &["name", "email", "phone", "language"];
/// What a procedure and a step are known by.
const TITLED: &[&str] = &["name", "title"];

impl<'w> World<'w> {
    /// The names, with the declared fields and the defines of a program.
    pub(super) fn new(items: &Items<'w>) -> Self {
        let customer = Shape::Parts(Some(Owner::Customer), subject(items, Owner::Customer));
        let covered = Shape::List(Rc::new(Shape::Parts(Some(Owner::Document), subject(items, Owner::Document))));
        let words = |words: &[&'w str]| Shape::Parts(None, words.into());
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
    pub(super) fn shape(&self, name: &str) -> Option<&Shape<'w>> {
        self.names.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }

    /// Every name, in the order of the manual.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().map(|(name, _)| *name)
    }
}

/// The names of a subject: its columns, derived fields, declared fields and the defines about it.
fn subject<'w>(items: &Items<'w>, owner: Owner) -> Rc<[&'w str]> {
    let declared = items.ledgers.iter().flat_map(|ledger| match owner {
        Owner::Customer => &ledger.customer,
        _ => &ledger.document,
    });
    let about =
        |define: &ast::Define| define.owner.as_ref().map_or("customer", |about| about.value.as_str()) == owner.word();
    let defines = items.defines.iter().filter(|define| about(define.item)).map(|define| define.name.value.as_str());
    let built_in = fields::of(owner).map(|spec: &FieldSpec| spec.name);
    built_in.chain(declared.map(|field: &Field| field.name.value.as_str())).chain(defines).collect()
}
