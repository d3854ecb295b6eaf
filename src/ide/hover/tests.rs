//! Everything that a program may say is explained.

use crate::check::mentions::Symbol;
use crate::ide::companies::marked;
use crate::ide::completion::{Source, documentation};
use crate::ide::hover::hover;
use crate::schema::Owner;
use crate::schema::fields;
use crate::schema::functions::{COLLECTIONS, FUNCTIONS, QUESTIONS};
use crate::syntax::ast::Item;
use crate::syntax::expected::fits;
use crate::syntax::places::Place;
use crate::syntax::tokens::{Token, tokens};
use crate::syntax::words::{self, Part, Word};
use crate::workspace::Workspace;

/// Where words may stand: `…` is the word as it is used.
const PLACES: [(Place, &str); 19] = [
    (Place::File, "…"),
    (Place::File, "define a = …"),
    (Place::File, "action a(…)"),
    (Place::Ledger, "ledger { … }"),
    (Place::Entity, "ledger { customer { … } }"),
    (Place::Calendar, "calendar a { … }"),
    (Place::Template, "template a { … }"),
    (Place::Assign, "assign { … }"),
    (Place::ProcedureHeader, "procedure a … { }"),
    (Place::Procedure, "procedure a {\n … }"),
    (Place::Procedure, "procedure a {\n start when overdue_total > 3 EUR … }"),
    (Place::Procedure, "procedure a {\n timing dip … }"),
    (Place::StepHeader, "procedure a {\n step b … { } }"),
    (Place::StepHeader, "procedure a {\n step b repeat every 7 days … { } }"),
    (Place::Step, "procedure a {\n step b {\n … } }"),
    (Place::Step, "procedure a {\n step b { email customer using x … } }"),
    (Place::Policy, "contact_policy {\n … }"),
    (Place::Test, "test \"t\" {\n … }"),
    (Place::Test, "test \"t\" {\n on 2026-03-02 hold C1 … }"),
];

/// Whether the word is explained where it is used in one of the places.
fn is_explained(word: &Word) -> bool {
    let pieces = tokens(word.example);
    let is_first = |piece: &&Token<'_>| fits(Part::Word(word.first()), piece);
    let mut found = pieces.iter().filter(is_first);
    // A field may be called as its type.
    let piece = if word.is_type() { found.next_back() } else { found.next() };
    let at = piece.expect("a word of the example").range.start;
    let places = PLACES.iter().filter(|(place, _)| place.words().any(|known| known == word));
    let mut pages = places.filter_map(|(_, text)| {
        let (workspace, _) = marked(&text.replace('…', word.example));
        hover(&workspace, "main.proc", text.find('…')? + at, None)
    });
    pages.any(|found| found.page.markdown().contains(word.does))
}

#[test]
fn every_word_is_explained() {
    let missing: Vec<&str> = words::all().filter(|word| !is_explained(word)).map(|word| word.phrase).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_built_in_name_is_explained() {
    let workspace = Workspace::new([("a.proc", "ledger { currency EUR }")]);
    let page = |symbol: Symbol| documentation(&workspace, &Source::Symbol(symbol)).markdown();
    for owner in [Owner::Customer, Owner::Document, Owner::Promise, Owner::Contact] {
        for spec in fields::of(owner) {
            let page = page(Symbol::Member(owner, spec.name.to_owned()));
            assert!(page.contains(spec.doc) && !spec.doc.is_empty(), "{}: {page}", spec.name);
        }
    }
    for spec in FUNCTIONS {
        assert!(page(Symbol::Function(spec.name.to_owned())).contains(spec.doc), "{}", spec.name);
    }
    for spec in QUESTIONS {
        assert!(page(Symbol::Question(spec.name.to_owned())).contains(spec.doc), "{}", spec.name);
    }
    for (word, says) in COLLECTIONS {
        assert!(page(Symbol::Collection(word)).contains(says), "{word}");
    }
    let actions = workspace.trees().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Action(action) => Some(action),
        _ => None,
    });
    let mut count = 0;
    for action in actions {
        count += 1;
        let says = action.head.doc.clone().expect("a comment");
        assert!(page(Symbol::Action(action.name.value.clone())).contains(&says), "{}", action.name.value);
    }
    assert!(count > 10, "the built-in actions are not among the trees");
}
