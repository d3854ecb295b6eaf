//! Where the documentation of something comes from, as a line of text that an editor keeps and gives back.

use crate::check::mentions::Symbol;
use crate::ide::completion::snippets::{SNIPPETS, Snippet};
use crate::schema::{ListOf, Owner};
use crate::syntax::words::{self, Word};

/// Where documentation comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// What a name stands for.
    Symbol(Symbol),
    /// A word of the language.
    Word(&'static Word),
    /// A snippet.
    Snippet(&'static Snippet),
    /// There is none.
    Nothing,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Source {}

impl Source {
    /// As a line of text; `None` where there is no documentation.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        match self {
            Self::Symbol(symbol) => of_symbol(symbol),
            Self::Word(word) => Some(format!("word\t{}\t{}", word.phrase, word.example)),
            Self::Snippet(snippet) => Some(format!("snippet\t{}", snippet.label)),
            Self::Nothing => None,
        }
    }

    /// From the line of text.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let mut parts = key.split('\t').map(str::to_owned);
        let mut next = move || parts.next();
        let symbol = match next()?.as_str() {
            "word" => {
                let (phrase, example) = (next()?, next()?);
                return words::all().find(|word| word.phrase == phrase && word.example == example).map(Self::Word);
            }
            "snippet" => {
                let label = next()?;
                return SNIPPETS.iter().find(|snippet| snippet.label == label).map(Self::Snippet);
            }
            "procedure" => Symbol::Procedure(next()?),
            "step" => Symbol::Step { procedure: next()?, name: next()? },
            "template" => Symbol::Template(next()?),
            "calendar" => Symbol::Calendar(next()?),
            "recipient" => Symbol::Recipient(next()?),
            "action" => Symbol::Action(next()?),
            "parameter" => Symbol::Parameter { action: next()?, name: next()? },
            "member" => Symbol::Member(owner(&next()?)?, next()?),
            "value" => Symbol::Value { list: ListOf::Field(owner(&next()?)?, next()?), value: next()? },
            "result" => Symbol::Value { list: ListOf::Results { procedure: next()?, step: next()? }, value: next()? },
            "function" => Symbol::Function(next()?),
            "question" => Symbol::Question(next()?),
            "name" => Symbol::Word(words::name(&next()?)?.phrase),
            "collection" => Symbol::Collection(collection(&next()?)?),
            _ => return None,
        };
        Some(Self::Symbol(symbol))
    }
}

fn of_symbol(symbol: &Symbol) -> Option<String> {
    let parts: Vec<&str> = match symbol {
        Symbol::Procedure(name) => vec!["procedure", name],
        Symbol::Step { procedure, name } => vec!["step", procedure, name],
        Symbol::Template(name) => vec!["template", name],
        Symbol::Calendar(name) => vec!["calendar", name],
        Symbol::Recipient(name) => vec!["recipient", name],
        Symbol::Action(name) => vec!["action", name],
        Symbol::Parameter { action, name } => vec!["parameter", action, name],
        Symbol::Member(owner, name) => vec!["member", owner.word(), name],
        Symbol::Value { list: ListOf::Field(owner, field), value } => vec!["value", owner.word(), field, value],
        Symbol::Value { list: ListOf::Results { procedure, step }, value } => vec!["result", procedure, step, value],
        Symbol::Function(name) => vec!["function", name],
        Symbol::Question(name) => vec!["question", name],
        Symbol::Word(word) => vec!["name", word],
        Symbol::Collection(word) => vec!["collection", word],
        Symbol::Former { .. } | Symbol::Language { .. } | Symbol::Record { .. } | Symbol::Value { .. } => return None,
    };
    Some(parts.join("\t"))
}

fn owner(word: &str) -> Option<Owner> {
    [Owner::Customer, Owner::Document, Owner::Promise, Owner::Contact].into_iter().find(|owner| owner.word() == word)
}

fn collection(word: &str) -> Option<&'static str> {
    crate::schema::functions::COLLECTIONS.iter().map(|(known, _)| *known).find(|known| *known == word)
}
