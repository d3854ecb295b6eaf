//! The names of a subject: its columns, declared fields, derived fields, and the defines about it.

use crate::check::context::Context;
use crate::check::tree::{DefineId, FieldRef};
use crate::check::units::Use;
use crate::schema::fields::{self, FieldType};
use crate::schema::{FieldSpec, LedgerSchema, Owner, Type, Typed};

/// What a name of a subject stands for.
pub(super) enum Member {
    /// A field, with its type.
    Field(FieldRef, Typed),
    /// A named expression.
    Define(DefineId),
}

/// The owners whose names a message may point to, the nearest first.
const OWNERS: [Owner; 2] = [Owner::Customer, Owner::Document];

impl Context<'_> {
    /// What `name` of an owner stands for.
    pub(super) fn member(&self, owner: Owner, name: &str) -> Option<Member> {
        self.field(owner, name).or_else(|| {
            let define = self.defines.find(owner, name)?;
            self.uses_of(Use::Define(define));
            Some(Member::Define(define))
        })
    }

    fn field(&self, owner: Owner, name: &str) -> Option<Member> {
        let ledger = &self.symbols.ledger;
        if let Some(spec) = fields::of(owner).find(|spec| spec.name == name) {
            return Some(Member::Field(FieldRef::BuiltIn(spec.field), built_in_type(spec, ledger)));
        }
        let declared = ledger.declared(owner);
        let place = declared.iter().position(|field| field.name == name)?;
        declared.get(place).map(|field| Member::Field(FieldRef::Declared(owner, place), field.typed.clone()))
    }

    /// Whether an owner has that name; looking does not count as a use.
    pub(super) fn has_member(&self, owner: Owner, name: &str) -> bool {
        self.field(owner, name).is_some() || self.defines.find(owner, name).is_some()
    }

    /// Every name of an owner: its own fields, those of every program, the defines about it.
    pub(super) fn member_names(&self, owner: Owner) -> Vec<&str> {
        self.field_names(owner).chain(self.defines.names(owner)).collect()
    }

    fn field_names(&self, owner: Owner) -> impl Iterator<Item = &str> {
        let declared = self.symbols.ledger.declared(owner).iter().map(|field| field.name.as_str());
        declared.chain(fields::of(owner).map(|spec| spec.name))
    }

    /// Another owner that has this name.
    pub(super) fn other_owner(&self, owner: Owner, name: &str) -> Option<Owner> {
        OWNERS.into_iter().find(|other| *other != owner && self.has_member(*other, name))
    }

    /// The field of an owner whose closed list has this value, and the owner.
    pub(super) fn list_with_value(&self, owner: Owner, value: &str) -> Option<String> {
        self.field_names(owner).find_map(|name| match self.field(owner, name)? {
            Member::Field(_, Typed { ty: Type::List(list), .. }) if list.code(value).is_some() => Some(name.to_owned()),
            _ => None,
        })
    }
}

/// The type of a built-in field in a program with this ledger.
fn built_in_type(spec: &FieldSpec, ledger: &LedgerSchema) -> Typed {
    let ty = match spec.ty {
        FieldType::Text | FieldType::Currency => Type::Text,
        FieldType::Money => Type::Money,
        FieldType::Date => Type::Date,
        FieldType::Days => Type::Days,
        FieldType::Flag => Type::Flag,
        FieldType::Kind => Type::List(ledger.kinds.clone()),
        FieldType::Status => Type::List(ledger.statuses.clone()),
    };
    Typed { ty, optional: spec.optional }
}
