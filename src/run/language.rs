//! The language of a row: the recipient's if the template has it, else the template's `otherwise`.

use crate::check::tree::Recipient;
use crate::ledger::snapshot;
use crate::plan::Action;
use crate::run::customer::Customer;

/// What is known of the language of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Language {
    /// The action has no template.
    NotNeeded,
    /// A language of the template.
    Known(String),
    /// The template has no text in the recipient's language and no `otherwise`.
    Missing(String),
}

impl Language {
    /// For the row.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Known(name) => Some(name.clone()),
            Self::NotNeeded | Self::Missing(_) => None,
        }
    }

    /// Why the row is withheld for lack of a text.
    pub(crate) fn missing(&self) -> Option<String> {
        match self {
            Self::Missing(reason) => Some(reason.clone()),
            Self::NotNeeded | Self::Known(_) => None,
        }
    }
}

/// The language an action speaks to its recipient.
pub(crate) fn of(customer: &Customer<'_>, action: &Action) -> Language {
    let Some(template) = action.template.and_then(|id| customer.run.plan.templates.get(id.0)) else {
        return Language::NotNeeded;
    };
    let own = match &action.recipient {
        Some(Recipient::Role(role)) => entry(customer, role).and_then(|entry| entry.language.as_deref()),
        Some(Recipient::Customer) | None => {
            customer.run.snapshot.customers.language.get(customer.row.0 as usize).map(|language| &**language)
        }
    };
    let in_own = own.and_then(|own| template.files.iter().find(|(language, _)| language.eq_ignore_ascii_case(own)));
    match (in_own, &template.otherwise, own) {
        (Some((language, _)), _, _) => Language::Known(language.clone()),
        (None, Some(otherwise), _) => Language::Known(otherwise.clone()),
        (None, None, Some(own)) => {
            Language::Missing(format!("template `{}` has no text in `{own}`", template.name.value))
        }
        (None, None, None) => Language::Missing(format!(
            "the language of the recipient is not known, and template `{}` has no `otherwise`",
            template.name.value
        )),
    }
}

/// Who plays a role for the customer.
pub(crate) fn entry<'a>(customer: &Customer<'a>, role: &str) -> Option<&'a snapshot::Recipient> {
    customer.run.snapshot.recipients.of(customer.row.0).iter().find(|entry| &*entry.role == role)
}

/// Whether the ledger says who plays a role for the customer.
pub(crate) fn is_known(customer: &Customer<'_>, role: &str) -> bool {
    entry(customer, role).is_some()
}
