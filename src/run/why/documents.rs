//! What is told of the documents: which one leads, which are followed, and why the others are not (`S4`, `S5`).

use crate::base::text;
use crate::check::tree::Scope;
use crate::plan::Procedure;
use crate::run::customer::{Document, is_on};
use crate::run::evaluate::Env;
use crate::run::fault::Fault;
use crate::run::follow::{self, Following};
use crate::run::instance::Instance;
use crate::run::why::conditions::Words;
use crate::run::why::overview::held;
use crate::run::why::{Line, Teller, Verdict};

/// Archived documents that are told one by one.
const MOST_ARCHIVED: usize = 3;

impl<'a> Teller<'_, 'a> {
    /// A line for each open document and for a few archived ones, else how many they are, but those of `instances`.
    pub(super) fn documents(
        &self,
        procedure: &'a Procedure,
        instances: &[Instance<'a>],
    ) -> Result<Vec<Line>, Box<Fault>> {
        let leads = instances.first().filter(|_| procedure.scope == Scope::Customer).and_then(|one| one.leading);
        let customer = self.customer;
        let mut lines = Vec::new();
        let mut archived = Vec::new();
        for (place, document) in customer.documents.iter().enumerate() {
            if instances.iter().any(|instance| instance.document() == Some(place)) {
                continue;
            }
            if !document.open {
                archived.push((place, document));
                continue;
            }
            let id = customer.document_id(place);
            let verdict = follow::judge(customer, procedure, place)?;
            if verdict != Following::Followed {
                let role = if procedure.scope == Scope::Customer { "does not lead" } else { "has no instance" };
                let text = format!("document {id} {role}: {}", self.not_followed(procedure, place, document, verdict));
                // A hold is not the program's.
                let filter = procedure.follow.filter.as_ref().filter(|_| verdict != Following::Held);
                let source = filter.map(|filter| filter.span);
                lines.push(Line { source, ..Line::new(Verdict::NotFollowed, text) });
                continue;
            }
            let anchor = follow::anchored(customer, procedure, place)?.map(|followed| followed.anchor);
            match leads {
                Some(leading) if leading.document == place => {
                    let text = format!("document {id} leads: {}", self.described(document));
                    lines.push(Line::new(Verdict::Leads, text));
                }
                Some(leading) => {
                    let told = match anchor {
                        Some(anchor) if anchor > leading.anchor => format!("{anchor} is later than {}", leading.anchor),
                        _ => format!("of the documents from {} it is not the largest", leading.anchor),
                    };
                    let text =
                        format!("document {id} is followed and does not lead: {told}; {}", self.described(document));
                    lines.push(Line::new(Verdict::Followed, text));
                }
                None => lines.push(Line::new(
                    Verdict::Followed,
                    format!("document {id} is followed: {}", self.described(document)),
                )),
            }
        }
        if archived.len() > MOST_ARCHIVED {
            let count = i64::try_from(archived.len()).unwrap_or(i64::MAX);
            let count = text::count(count, "archived document is", "archived documents are");
            lines.push(Line::new(Verdict::NotFollowed, format!("{count} not looked at")));
        } else {
            let line = |(place, document): (usize, &Document)| {
                let text = format!("document {} {}", customer.document_id(place), settled(document));
                Line::new(Verdict::NotFollowed, text)
            };
            lines.extend(archived.into_iter().map(line));
        }
        Ok(lines)
    }

    pub(super) fn described(&self, document: &Document) -> String {
        let status = self.customer.run.plan.ledger.statuses.value(document.status);
        format!("due {}, {} open, status {status}", document.due_date, document.claim())
    }

    /// Why a procedure does not follow a document.
    pub(super) fn not_followed(
        &self,
        procedure: &'a Procedure,
        place: usize,
        document: &Document,
        verdict: Following,
    ) -> String {
        let ledger = &self.customer.run.plan.ledger;
        match verdict {
            Following::Followed | Following::Archived => format!("it {}", settled(document)),
            Following::NoInvoice => {
                format!("a {} is not followed", ledger.kinds.value(document.kind).replace('_', " "))
            }
            Following::OtherStatus => format!("status {} is not followed", ledger.statuses.value(document.status)),
            Following::Held => {
                let today = self.customer.run.date;
                let concerns = |row| row == document.row;
                let mut holds = self.customer.holds.iter().filter(|hold| is_on(hold, today));
                let hold = holds.find(|hold| hold.document.is_none_or(concerns));
                hold.map_or_else(
                    || "it is on hold".to_owned(),
                    |hold| match hold.document {
                        Some(_) => format!("it {}", held(hold, today)),
                        None => format!("the customer {}", held(hold, today)),
                    },
                )
            }
            Following::Condition => procedure.follow.filter.as_ref().map_or_else(String::new, |filter| {
                let words = Words { env: Env::document(self.customer, place), sources: self.sources };
                words.lacks(filter, "`follow`")
            }),
        }
    }
}

/// Why a document is archived.
fn settled(document: &Document) -> String {
    let since = document.settled_on.map(|on| format!("is settled since {on}"));
    since.unwrap_or_else(|| "is not open any more".to_owned())
}
