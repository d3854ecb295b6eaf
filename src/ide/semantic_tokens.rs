//! What each word of a file is, for colours: names by what they stand for, keywords by their place.
//!
//! A word that the checker knows as a name is coloured as that; one that the tree knows as a type, a
//! day, a country or a currency as that; of what is left the words of the language are keywords.

use std::ops::Range;

use crate::base::{Currency, Span};
use crate::check::mentions::{Mention, Mentions, Symbol};
use crate::schema::{Owner, fields};
use crate::syntax::ast::{Field, File, Holidays, Item, Name};
use crate::syntax::tokens::{Kind as Piece, Token as Written, tokens};
use crate::syntax::words;
use crate::workspace::Workspace;

/// What a piece of text is, in the standard words of the protocol, so that every theme colours it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of the protocol; `Kind::name` has them")]
pub enum Kind {
    Keyword,
    Comment,
    String,
    Number,
    Operator,
    /// A procedure.
    Class,
    /// A step.
    Method,
    /// An action, a function, a question.
    Function,
    /// A template or a calendar.
    Struct,
    /// A field.
    Property,
    /// A define, an id of a test, a word such as `today`.
    Variable,
    /// A label of an action.
    Parameter,
    /// A value of a closed list, a role, a language, a currency, a country, a day.
    EnumMember,
    /// A type.
    Type,
}

impl Kind {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 14] = [
        Self::Keyword,
        Self::Comment,
        Self::String,
        Self::Number,
        Self::Operator,
        Self::Class,
        Self::Method,
        Self::Function,
        Self::Struct,
        Self::Property,
        Self::Variable,
        Self::Parameter,
        Self::EnumMember,
        Self::Type,
    ];

    /// The protocol's word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Comment => "comment",
            Self::String => "string",
            Self::Number => "number",
            Self::Operator => "operator",
            Self::Class => "class",
            Self::Method => "method",
            Self::Function => "function",
            Self::Struct => "struct",
            Self::Property => "property",
            Self::Variable => "variable",
            Self::Parameter => "parameter",
            Self::EnumMember => "enumMember",
            Self::Type => "type",
        }
    }
}

/// The modifiers, in the order of the legend.
pub const MODIFIERS: [&str; 3] = ["declaration", "readonly", "defaultLibrary"];

/// A piece of text with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes, on one line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Whether it is declared here.
    pub is_declaration: bool,
    /// Whether it is a fixed value.
    pub is_readonly: bool,
    /// Whether every program has it.
    pub is_built_in: bool,
}

impl Token {
    const fn new(range: Range<usize>, kind: Kind) -> Self {
        Self { range, kind, is_declaration: false, is_readonly: false, is_built_in: false }
    }
}

/// What each word of a file is, in written order; of a template's file only the names.
#[must_use]
pub fn semantic_tokens(workspace: &Workspace, path: &str) -> Vec<Token> {
    let mentions = workspace.mentions_in(path);
    let mut names = mentions.iter().map(|mention| named(workspace, mention)).collect::<Vec<_>>();
    names.dedup_by(|later, first| later.range.start < first.range.end);
    let Some((tree, _)) = workspace.parsed(path) else { return names };
    let mut given = given(tree);
    given.sort_by_key(|(range, _)| range.start);
    let mut found: Vec<Token> = Vec::new();
    let mut before = "";
    for piece in tokens(workspace.text(path).unwrap_or("")) {
        let token = at(&names, &piece).or_else(|| other(&given, &piece, before));
        before = piece.text;
        found.extend(token);
    }
    found
}

/// Whether the names of a text, which is the same, stand for others than before: then their colours may be others.
#[must_use]
pub fn are_others(before: &Mentions, now: &Mentions) -> bool {
    const fn key(mention: &Mention) -> (Span, &Symbol, bool) {
        (mention.span, &mention.symbol, mention.is_declaration)
    }
    !now.were_kept(before) && !before.iter().map(key).eq(now.iter().map(key))
}

/// The name that holds the piece.
fn at(names: &[Token], piece: &Written<'_>) -> Option<Token> {
    let after = names.partition_point(|name| name.range.start <= piece.range.start);
    let name = names.get(after.checked_sub(1)?).filter(|name| piece.range.end <= name.range.end)?;
    (piece.kind == Piece::Word).then(|| Token { range: piece.range.clone(), ..name.clone() })
}

/// What a piece is that is no name.
fn other(given: &[(Range<usize>, Kind)], piece: &Written<'_>, before: &str) -> Option<Token> {
    let kind = match piece.kind {
        Piece::Comment => Kind::Comment,
        Piece::Text => Kind::String,
        Piece::Number | Piece::Date => Kind::Number,
        Piece::Sign if is_operator(piece.text) => Kind::Operator,
        Piece::Sign => return None,
        Piece::Word => {
            let place = given.binary_search_by_key(&piece.range.start, |(range, _)| range.start).ok();
            let is_amount =
                before.ends_with(|sign: char| sign.is_ascii_digit()) && Currency::parse(piece.text).is_some();
            match place.and_then(|place| given.get(place)) {
                Some((_, kind)) => *kind,
                None if is_amount => Kind::EnumMember,
                None if is_keyword(piece.text) => Kind::Keyword,
                None => return None,
            }
        }
    };
    Some(Token::new(piece.range.clone(), kind))
}

fn is_operator(sign: &str) -> bool {
    matches!(sign, "=" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "?" | "|" | "%")
}

fn is_keyword(word: &str) -> bool {
    const SINGULAR: [&str; 4] = ["day", "week", "contact", "time"];
    words::all().any(|known| known.words().any(|known| known == word)) || SINGULAR.contains(&word)
}

/// What a name stands for.
fn named(workspace: &Workspace, mention: &Mention) -> Token {
    let (kind, is_built_in) = match &mention.symbol {
        Symbol::Procedure(_) => (Kind::Class, false),
        Symbol::Step { .. } => (Kind::Method, false),
        Symbol::Former { of, .. } if matches!(**of, Symbol::Procedure(_)) => (Kind::Class, false),
        Symbol::Former { .. } => (Kind::Method, false),
        Symbol::Template(_) | Symbol::Calendar(_) => (Kind::Struct, false),
        Symbol::Action(name) => (Kind::Function, is_of_prelude(workspace, name)),
        Symbol::Function(_) | Symbol::Question(_) => (Kind::Function, true),
        Symbol::Parameter { .. } => (Kind::Parameter, false),
        Symbol::Member(owner, name) => member(workspace, *owner, name),
        Symbol::Value { .. } | Symbol::Recipient(_) | Symbol::Language { .. } => (Kind::EnumMember, false),
        Symbol::Record { .. } => (Kind::Variable, false),
        Symbol::Collection(_) | Symbol::Word(_) => (Kind::Variable, true),
    };
    Token {
        is_declaration: mention.is_declaration,
        is_readonly: kind == Kind::EnumMember,
        is_built_in,
        ..Token::new(mention.span.range(), kind)
    }
}

fn member(workspace: &Workspace, owner: Owner, name: &str) -> (Kind, bool) {
    if fields::of(owner).any(|spec| spec.name == name) {
        return (Kind::Property, true);
    }
    let symbol = Symbol::Member(owner, name.to_owned());
    let is_define = matches!(crate::ide::nodes::of(workspace, &symbol), Some(crate::ide::nodes::Node::Define(_)));
    (if is_define { Kind::Variable } else { Kind::Property }, false)
}

fn is_of_prelude(workspace: &Workspace, action: &str) -> bool {
    let symbol = Symbol::Action(action.to_owned());
    crate::ide::nodes::of(workspace, &symbol).is_some_and(|node| node.location(workspace).is_none())
}

/// The words that the tree knows, and no checker has to look up.
fn given(tree: &File) -> Vec<(Range<usize>, Kind)> {
    let mut found = Vec::new();
    let mut note = |name: &Name, kind: Kind| found.push((name.span.range(), kind));
    for item in &tree.items {
        match item {
            Item::Ledger(ledger) => {
                ledger.currency.iter().for_each(|name| note(name, Kind::EnumMember));
                let fields = ledger.customer.iter().chain(&ledger.document);
                fields.filter_map(only_type).for_each(|name| note(name, Kind::Type));
            }
            Item::Calendar(calendar) => {
                calendar.weekend.iter().for_each(|day| note(day, Kind::EnumMember));
                let countries = calendar.holidays.iter().filter_map(|holidays| match holidays {
                    Holidays::Country(name) => Some(name),
                    Holidays::File(_) => None,
                });
                countries.for_each(|name| note(name, Kind::EnumMember));
            }
            Item::Action(action) => {
                action.parameters.iter().for_each(|parameter| note(&parameter.ty, Kind::Type));
                action.computes.iter().for_each(|word| note(word, Kind::EnumMember));
            }
            Item::Procedure(procedure) => procedure.scope.iter().for_each(|scope| note(scope, Kind::Keyword)),
            Item::Test(test) => {
                for record in &test.records {
                    record.fields.iter().for_each(|(name, _)| note(name, Kind::Property));
                    record.id.iter().for_each(|id| note(id, Kind::Variable));
                }
            }
            Item::Define(_) | Item::Template(_) | Item::Assign(_) | Item::ContactPolicy(_) => {}
        }
    }
    found
}

/// The type of a field that is no list.
const fn only_type(field: &Field) -> Option<&Name> {
    match field.ty.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_are_told_apart() {
        let text =
            "# Said.\nprocedure priority {\n    priority overdue_total\n    step step at day 7 { call customer }\n}\n";
        let workspace =
            Workspace::new([("a.proc", text), ("l.proc", "ledger { currency EUR }\nassign { otherwise priority }")]);
        let shown: Vec<String> = semantic_tokens(&workspace, "a.proc")
            .iter()
            .map(|it| format!("{} {}", text.get(it.range.clone()).unwrap_or(""), it.kind.name()))
            .collect();
        assert_eq!(
            shown,
            [
                "# Said. comment",
                "procedure keyword",
                "priority class",
                "priority keyword",
                "overdue_total property",
                "step keyword",
                "step method",
                "at keyword",
                "day keyword",
                "7 number",
                "call function",
                "customer variable",
            ]
        );
    }
}
