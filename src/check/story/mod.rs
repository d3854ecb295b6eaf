//! Test items: a small ledger, and what happens and is expected on which day (`S26`).

mod columns;
mod events;
mod records;
#[cfg(test)]
mod tests;

use hashbrown::HashMap;

use crate::base::text::nearest;
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::symbols::declared_twice;
use crate::syntax::ast::{EventKind, Name, Test};

/// The customers and documents of one test.
struct Cast<'a> {
    /// The title of the test: where its ids are known.
    test: Span,
    customers: Vec<&'a Name>,
    documents: Vec<&'a Name>,
}

impl<'a> Cast<'a> {
    /// The ids that stand for one of these.
    fn of(&self, wanted: &[Part]) -> impl Iterator<Item = &'a str> {
        let of = |part: &Part| match part {
            Part::Customer => self.customers.clone(),
            Part::Document => self.documents.clone(),
        };
        wanted.iter().flat_map(of).map(|id| id.value.as_str()).collect::<Vec<_>>().into_iter()
    }
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Customer,
    Document,
}

impl Part {
    const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Document => "document",
        }
    }
}

impl Context<'_> {
    /// Reports every test with the title of another.
    pub(super) fn check_titles(&self) {
        let mut first: HashMap<&str, &Name> = HashMap::with_capacity(self.items.tests.len());
        for test in &self.items.tests {
            let known = *first.entry(&test.title.value).or_insert(&test.title);
            if !std::ptr::eq(known, &test.title) {
                self.report(declared_twice("test", &test.title, known.span));
            }
        }
    }

    pub(super) fn check_test(&self, test: &Test) {
        let cast = self.cast(test);
        for record in &test.records {
            self.check_record(record, &cast);
        }
        self.check_events(&test.events, &cast);
        let expects = |kind: &EventKind| matches!(kind, EventKind::Expect { .. } | EventKind::ExpectNothing { .. });
        if !test.head.damaged && !test.events.iter().any(|event| expects(&event.kind)) {
            self.report(
                Diagnostic::new(code::TEST_WITHOUT_EXPECT, format!("test \"{}\" expects nothing", test.title.value))
                    .label(test.title.span, "whatever happens, this test passes")
                    .help(
                        "write what is expected: `on 2026-03-02 expect C1 standard.reminder`, or `… expect C1 nothing`",
                    ),
            );
        }
    }

    /// The customers and documents of a test; an id given twice is reported.
    fn cast<'t>(&self, test: &'t Test) -> Cast<'t> {
        let mut cast = Cast { test: test.title.span, customers: Vec::new(), documents: Vec::new() };
        for record in &test.records {
            let Some(id) = record.id.as_ref().filter(|id| !id.value.is_empty()) else { continue };
            let list = match record.kind.value.as_str() {
                "customer" => Part::Customer,
                "document" => Part::Document,
                _ => continue,
            };
            if let Some(first) = cast.customers.iter().chain(&cast.documents).find(|first| **first == id) {
                self.report(declared_twice("id", id, first.span));
                continue;
            }
            match list {
                Part::Customer => cast.customers.push(id),
                Part::Document => cast.documents.push(id),
            }
        }
        cast
    }

    /// What an id of a test stands for; reports one that stands for nothing, or not for one of `wanted`.
    fn part(&self, id: &Name, cast: &Cast<'_>, wanted: &[Part]) -> Option<Part> {
        if id.value.is_empty() {
            return self.unreadable();
        }
        let record = |id: &str| Symbol::Record { test: cast.test, id: id.to_owned() };
        self.ask(id.span, || Wanted::OneOf(cast.of(wanted).map(record).collect()));
        let found = if cast.customers.contains(&id) {
            Part::Customer
        } else if cast.documents.contains(&id) {
            Part::Document
        } else {
            return self.refuse(unknown_id(id, cast, wanted));
        };
        self.mention(Mention::used(id.span, record(&id.value)));
        if wanted.contains(&found) {
            return Some(found);
        }
        let other = wanted.first().map_or("", |part| part.word());
        self.refuse(
            Diagnostic::new(code::TEST_WRONG_SUBJECT, format!("`{}` is a {}, not a {other}", id.value, found.word()))
                .label(id.span, format!("a {other} stands here"))
                .help(format!("write the id of a {other} of this test")),
        )
    }
}

fn unknown_id(id: &Name, cast: &Cast<'_>, wanted: &[Part]) -> Diagnostic {
    let finding = Diagnostic::new(code::TEST_UNKNOWN_ID, format!("nothing in this test is called `{}`", id.value))
        .label(id.span, "not in this test");
    match nearest(&id.value, cast.of(wanted)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), id.span, near),
        None if wanted.contains(&Part::Customer) => {
            finding.help(format!("write `customer {} {{ … }}` in this test", id.value))
        }
        None => finding.help(format!("write `document {} of C1 {{ … }}` in this test", id.value)),
    }
}
