//! Which documents an action covers (`S18`).

use crate::check::tree::{Collection, Coverage, Scope};
use crate::plan::Step;
use crate::run::customer::{Customer, Document};
use crate::run::fault::Fault;
use crate::run::instance::Instance;

/// The covered documents, by their places among the customer's; in the order of due date, then id.
pub(crate) fn covered<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    step: &'a Step,
    coverage: &'a Coverage,
) -> Result<Vec<usize>, Box<Fault>> {
    let mut covered = match (coverage, instance.procedure.scope) {
        (Coverage::Documents(collection, filter), _) => {
            let mut named = Vec::new();
            for (place, document) in customer.documents.iter().enumerate() {
                let env = instance.env(customer).about(place);
                let in_filter = || env.holds_if_written(filter.as_ref()).map_err(|fault| fault.about(document.row));
                if belongs(*collection, document) && in_filter()? {
                    named.push(place);
                }
            }
            named
        }
        (Coverage::Overdue | Coverage::Reached, Scope::Document) => instance.document().into_iter().collect(),
        (Coverage::Reached, Scope::Customer) if step.at_day.is_some() => {
            let mut reached = Vec::new();
            for followed in instance.followed() {
                let on = instance.reached_on(customer, step, *followed)?;
                if on.is_some_and(|on| on <= customer.run.date) {
                    reached.push(followed.document);
                }
            }
            reached
        }
        // A step without a day has no day that a document could have reached: what is overdue then.
        (Coverage::Overdue | Coverage::Reached, Scope::Customer) => overdue(customer, instance),
    };
    covered.sort_by_key(|place| (customer.documents.get(*place).map(|document| document.due_date), *place));
    Ok(covered)
}

/// The followed documents that are overdue; before the first one is, those with the leading anchor.
fn overdue(customer: &Customer<'_>, instance: &Instance<'_>) -> Vec<usize> {
    let is_overdue = |place: usize| customer.documents.get(place).is_some_and(|document| customer.is_overdue(document));
    let followed = || instance.followed().iter();
    let overdue: Vec<usize> = followed().map(|followed| followed.document).filter(|place| is_overdue(*place)).collect();
    if !overdue.is_empty() {
        return overdue;
    }
    let leads = |anchor| instance.leading.is_some_and(|leading| leading.anchor == anchor);
    followed().filter(|followed| leads(followed.anchor)).map(|followed| followed.document).collect()
}

/// Whether a document belongs to a collection.
const fn belongs(collection: Collection, document: &Document) -> bool {
    match collection {
        Collection::Documents => document.open,
        Collection::ArchivedDocuments => !document.open,
        Collection::AllDocuments => true,
        Collection::Promises | Collection::Contacts => false,
    }
}
