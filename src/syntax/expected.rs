//! What the grammar expects at a place of a text: the words of the language that may stand there.
//!
//! The text up to the place is read with a sign behind it that belongs to nothing, and the parser
//! says which rules it tried there. What a phrase goes on with is asked where the phrase began.

use std::collections::BTreeSet;

use pest::Parser;
use pest::error::ErrorVariant;

use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::places::Place;
use crate::syntax::tokens::{Kind, Token, tokens};
use crate::syntax::words::{Gap, Group, Part, Word};

/// The sign for the cursor, which no rule takes.
pub(super) const CURSOR: char = '\u{2}';
/// How many pieces of a phrase may stand before a place.
const LONGEST: usize = 7;

/// What is expected at a place.
#[derive(Debug)]
pub struct Expected {
    /// Which place it is.
    pub place: Place,
    /// The words that may stand there.
    pub words: Vec<Continuation>,
    /// What else must stand there, in the gap of a phrase.
    pub gaps: Vec<Gap>,
    /// Whether a phrase stands before that is not complete.
    pub in_phrase: bool,
    /// Whether a value may begin there.
    pub is_value: bool,
    /// Whether a collection may stand there: `documents`.
    pub is_collection: bool,
    /// Whether a number stands before, whose currency may follow.
    pub is_unit: bool,
}

impl Expected {
    /// Whether only the next word of a phrase can follow: `score is`.
    #[must_use]
    pub fn is_one_phrase(&self) -> bool {
        self.in_phrase && self.gaps.is_empty() && self.words.iter().any(|it| it.written > 0)
    }
}

/// A word of the language that may stand at a place.
#[derive(Debug, Clone, Copy)]
pub struct Continuation {
    /// The phrase it belongs to.
    pub word: &'static Word,
    /// How many parts of the phrase stand before the place.
    pub written: usize,
}

impl Continuation {
    /// The word that stands at the place.
    #[must_use]
    pub fn next(&self) -> &'static str {
        match self.word.parts().nth(self.written) {
            Some(Part::Word(word)) => word,
            _ => "",
        }
    }
}

/// What is expected at the end of `before`, which holds the text from the start of a declaration on.
#[must_use]
pub fn expected(before: &str) -> Expected {
    let mut written = tokens(before);
    written.retain(|token| token.kind != Kind::Comment);
    let here = rules(before);
    let place = place(&here);
    let Phrases { goes_on, gaps, is_complete } = Phrases::before(before, &written, place);
    let is_value = VALUE_RULES.iter().any(|rule| here.contains(rule));
    let begins_line = written.last().is_none_or(|last| {
        matches!(last.text, "{" | "}") || before.get(last.range.end..).is_some_and(|gap| gap.contains('\n'))
    });
    // In the middle of a phrase nothing else begins.
    let in_phrase = !is_complete && (!goes_on.is_empty() || !gaps.is_empty());
    let may_begin = |word: &&'static Word| {
        let is_tried = here.contains(&word.rule);
        match word.group {
            Group::Value => is_value,
            Group::Unit => is_tried,
            Group::Story => is_tried && (!in_phrase || gaps.contains(&Gap::Event)),
            // `documents` could be a label whose value follows, too.
            _ if is_value => is_tried && word.rule == Rule::filter,
            Group::Line => is_tried && !in_phrase && begins_line,
            Group::Clause => is_tried && !in_phrase,
        }
    };
    let begins = place.words().filter(|word| matches!(word.parts().next(), Some(Part::Word(_)))).filter(may_begin);
    let words = begins.map(|word| Continuation { word, written: 0 }).chain(goes_on).collect();
    let is_collection = here.contains(&Rule::collection) || here.contains(&Rule::bad_collection);
    Expected { place, words, gaps, in_phrase, is_value, is_collection, is_unit: here.contains(&Rule::currency) }
}

/// What is tried where a value may begin.
const VALUE_RULES: &[Rule] =
    &[Rule::expr, Rule::argument, Rule::operand, Rule::fallback, Rule::flag, Rule::sum, Rule::given_documents];

/// The phrases that stand before a place in part.
#[derive(Default)]
struct Phrases {
    /// Those that go on with a word.
    goes_on: Vec<Continuation>,
    /// What goes on with those in which something is to be filled in.
    gaps: Vec<Gap>,
    /// Whether one of them is complete.
    is_complete: bool,
}

impl Phrases {
    fn before(before: &str, written: &[Token<'_>], place: Place) -> Self {
        let mut found = Self::default();
        for count in 1..=written.len().min(LONGEST) {
            let Some((start, pieces)) = last(written, count) else { break };
            let mut there: Option<BTreeSet<Rule>> = None;
            for word in place.words().filter(|word| begins_with(word, pieces)) {
                let there = there.get_or_insert_with(|| rules(before.get(..start).unwrap_or("")));
                let is_value = VALUE_RULES.iter().any(|rule| there.contains(rule));
                let is_meant = word.group == Group::Value || there.contains(&word.rule) && !is_value;
                // A name begins a phrase only where a line begins: behind a value it belongs to that. And so does a
                // record of a test: behind a day `hold` is what happens on it.
                let may_follow = matches!(word.parts().next(), Some(Part::Word(_))) && word.rule != Rule::record_kind;
                let is_meant = is_meant && (may_follow || starts_line(before, start));
                match word.parts().nth(count).filter(|_| is_meant) {
                    Some(Part::Word(".")) => {}
                    Some(Part::Word(_)) => found.goes_on.push(Continuation { word, written: count }),
                    Some(Part::Gap(gap)) => found.gaps.push(gap),
                    None => found.is_complete |= is_meant,
                }
            }
        }
        found
    }
}

/// Whether a line or a block begins at the end of the text before a place.
fn starts_line(before: &str, place: usize) -> bool {
    let line = before.get(..place).unwrap_or("").trim_end_matches([' ', '\t']);
    line.is_empty() || line.ends_with(['\n', '\r', '{', '}'])
}

/// The last `count` pieces, and where they begin.
fn last<'p, 't>(written: &'p [Token<'t>], count: usize) -> Option<(usize, &'p [Token<'t>])> {
    let pieces = written.get(written.len().checked_sub(count)?..)?;
    Some((pieces.first()?.range.start, pieces))
}

/// Whether the phrase begins with these pieces.
fn begins_with(word: &Word, pieces: &[Token<'_>]) -> bool {
    let mut parts = word.parts();
    pieces.iter().all(|piece| parts.next().is_some_and(|part| fits(part, piece)))
}

/// Whether a piece of the text may be this part of a phrase.
#[must_use]
pub fn fits(part: Part, piece: &Token<'_>) -> bool {
    match part {
        Part::Word(word) => piece.text == word || (word == "times" && piece.text == "time") || is_singular(piece, word),
        Part::Gap(Gap::Number) => piece.kind == Kind::Number,
        Part::Gap(Gap::Name) => matches!(piece.kind, Kind::Word | Kind::Text),
        Part::Gap(Gap::Title) => piece.kind == Kind::Text,
        Part::Gap(Gap::Date) => piece.kind == Kind::Date,
        Part::Gap(Gap::Currency | Gap::Weekday | Gap::Country) => piece.kind == Kind::Word,
        Part::Gap(Gap::Unit | Gap::Expr | Gap::Block | Gap::Event) => false,
    }
}

fn is_singular(piece: &Token<'_>, word: &str) -> bool {
    piece.kind == Kind::Word
        && matches!(word, "contacts" | "days" | "weeks")
        && word.strip_suffix('s') == Some(piece.text)
}

/// The rules that the parser tries behind `before`.
fn rules(before: &str) -> BTreeSet<Rule> {
    let error = Grammar::parse(Rule::file, &format!("\n{before}{CURSOR}")).err();
    match error.map(|error| error.variant) {
        Some(ErrorVariant::ParsingError { positives, .. }) => positives.into_iter().collect(),
        _ => BTreeSet::new(),
    }
}

/// The innermost place: a block that is not closed expects its end, and what stands around it as well.
fn place(rules: &BTreeSet<Rule>) -> Place {
    let has = |rule: &Rule| rules.contains(rule);
    let first = PLACES.iter().find(|(all, _)| all.iter().all(has));
    first.map_or(Place::File, |(_, place)| *place)
}

/// The places by the rules that are tried there, the inner ones first.
const PLACES: &[(&[Rule], Place)] = &[
    (&[Rule::opening, Rule::at_day], Place::StepHeader),
    (&[Rule::opening, Rule::scope], Place::ProcedureHeader),
    (&[Rule::opening], Place::OtherHeader),
    (&[Rule::record_stray], Place::Record),
    (&[Rule::field_stray], Place::Entity),
    (&[Rule::step_stray], Place::Step),
    (&[Rule::closing, Rule::timing], Place::Procedure),
    (&[Rule::closing, Rule::recipients], Place::Ledger),
    (&[Rule::closing, Rule::weekend], Place::Calendar),
    (&[Rule::closing, Rule::template_otherwise], Place::Template),
    (&[Rule::closing, Rule::assign_otherwise], Place::Assign),
    (&[Rule::closing, Rule::contact_limit], Place::Policy),
    (&[Rule::closing, Rule::record_kind], Place::Test),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, place: Place, words: &str) {
        let found = expected(before);
        let mut said: Vec<&str> = found.words.iter().map(Continuation::next).collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!((found.place, said.join(" ").as_str()), (place, words), "{before}");
    }

    #[test]
    fn words_are_expected_at_their_places() {
        check("", Place::File, "action assign calendar contact_policy define ledger procedure template test");
        check("ledger { ", Place::Ledger, "currency customer document recipient");
        check("ledger { currency EUR customer {\n ", Place::Entity, "date days flag money number percent text");
        check("ledger { currency EUR customer { x: ", Place::Entity, "date days flag money number percent text");
        check("procedure x ", Place::ProcedureHeader, "for was");
        check("procedure x for ", Place::ProcedureHeader, "customer document");
        check("procedure x {\n ", Place::Procedure, "follow priority start step stop timing");
        check("procedure x {\n start ", Place::Procedure, "by when");
        check("procedure x {\n start by ", Place::Procedure, "assignment");
        check("procedure x {\n follow documents ", Place::Procedure, "where");
        check("procedure x {\n timing ", Place::Procedure, "after dip");
        check("procedure x {\n timing dip ", Place::Procedure, "counting from");
        check("procedure x {\n timing dip counting ", Place::Procedure, "working");
        check("procedure x {\n start when a ", Place::Procedure, "and between from in is or");
        check("procedure x {\n step a ", Place::StepHeader, "after at automatic from manual repeat was when");
        check("procedure x {\n step a at ", Place::StepHeader, "day stop");
        check("procedure x {\n step a at day ", Place::StepHeader, "");
        check(
            "procedure x {\n step a at day 7 automatic ",
            Place::StepHeader,
            "after at automatic from if manual repeat was when",
        );
        check("procedure x {\n step a after 3 ", Place::StepHeader, "days weeks working");
        check(
            "procedure x {\n step a repeat every 3 days ",
            Place::StepHeader,
            "after at automatic from manual repeat was when",
        );
        check("procedure x {\n step a repeat every 3 days at most 3 ", Place::StepHeader, "times");
        check("procedure x {\n step a { ", Place::Step, "results");
        check("procedure x {\n step a { email customer using x covering ", Place::Step, "no not result yes");
        check("contact_policy { ", Place::Policy, "at only");
        check("contact_policy { at most 3 ", Place::Policy, "contacts");
        check("define a = ", Place::File, "no not result yes");
        check("define a = b ", Place::File, "and between in is or");
        check("define a = b between 3 ", Place::File, "and between days in is or weeks working");
        check("define a = count(", Place::File, "no not result yes");
        check("define a = count(documents ", Place::File, "and between in is or where");
        check("define a = sum(x ", Place::File, "and between in is of or where");
        check("define a = 3 ", Place::File, "and between days in is or weeks working");
        check("assign { ", Place::Assign, "none otherwise");
        check("assign { standard ", Place::Assign, "when");
        check("calendar a { ", Place::Calendar, "holidays weekend");
        check("template a { ", Place::Template, "otherwise");
        check("test \"x\" { ", Place::Test, "customer document history hold on payment promise rate");
        check("test \"x\" { document F1 ", Place::OtherHeader, "of");
        check("test \"x\" { on 2026-01-02 ", Place::Test, "done expect hold paid promise set skip");
        check("test \"x\" { on 2026-01-02 expect C1 ", Place::Test, "nothing");
        check("test \"x\" { on 2026-01-02 expect C1 nothing ", Place::Test, "from");
        check("test \"x\" { on 2026-01-02 done C1 a.b ", Place::Test, "result");
        check("test \"x\" { on 2026-01-02 hold C1 ", Place::Test, "until");
        check(
            "action a(to: ",
            Place::File,
            "by computes contact date days documents flag money number percent recipient status template text",
        );
        check("action a(to: recipient) ", Place::File, "by computes contact");
    }
}
