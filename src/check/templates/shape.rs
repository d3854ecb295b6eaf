//! What a template can look at: which names there are, and which parts they have.

use std::rc::Rc;

use crate::check::context::Context;
use crate::schema::Owner;

/// The form of a value in a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Nothing is known of it: everything is let pass.
    Unknown,
    /// A text, an amount, a date: it has no parts.
    Plain,
    /// A customer or a document: its parts are its fields and the defines about it, which are plain.
    Subject(Owner),
    /// It has these parts, which are plain.
    Parts(&'static [&'static str]),
    /// A list.
    List(Rc<Self>),
}

/// Every name a template may use, with its form, in the order of the manual.
const NAMES: &[&str] = &["customer", "covered", "amount", "procedure", "step", "dip", "recipient", "today"];
/// What a recipient is known by.
const RECIPIENT: &[&str] = &["name", "email", "phone", "language"];
/// What a procedure and a step are known by.
const TITLED: &[&str] = &["name", "title"];

/// What the templates of a program see.
pub(super) struct World<'w> {
    context: &'w Context<'w>,
}

impl<'w> World<'w> {
    /// What the templates of this program see.
    pub(super) const fn new(context: &'w Context<'w>) -> Self {
        Self { context }
    }

    /// The form of a name; `None` if there is no such name.
    pub(super) fn shape(&self, name: &str) -> Option<Shape> {
        match name {
            "customer" => Some(Shape::Subject(Owner::Customer)),
            "covered" => Some(Shape::List(Rc::new(Shape::Subject(Owner::Document)))),
            "amount" | "dip" | "today" => Some(Shape::Plain),
            "procedure" | "step" => Some(Shape::Parts(TITLED)),
            "recipient" => Some(Shape::Parts(RECIPIENT)),
            _ => None,
        }
    }

    /// Every name, in the order of the manual.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        NAMES.iter().copied()
    }

    /// Whether a value of this form has a part of that name.
    pub(super) fn has(&self, shape: &Shape, part: &str) -> bool {
        match shape {
            Shape::Subject(owner) => self.context.has_member(*owner, part),
            Shape::Parts(parts) => parts.contains(&part),
            Shape::Unknown | Shape::Plain | Shape::List(_) => false,
        }
    }

    /// The parts of a value of this form.
    pub(super) fn parts(&self, shape: &Shape) -> Vec<&'w str> {
        match shape {
            Shape::Subject(owner) => self.context.member_names(*owner),
            Shape::Parts(parts) => parts.to_vec(),
            Shape::Unknown | Shape::Plain | Shape::List(_) => Vec::new(),
        }
    }
}
