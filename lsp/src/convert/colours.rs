//! What each word of a file is, for colours: the whole, or what has changed since it was last asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use dunlin::ide::semantic_tokens::{Kind, MODIFIERS, Token, semantic_tokens};
use tower_lsp::ls_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, Uri,
};

use crate::view::View;

/// How many numbers of the protocol a token has.
const NUMBERS: u32 = 5;

/// What the server can do.
pub(crate) fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: Kind::ALL.iter().map(|kind| SemanticTokenType::new(kind.name())).collect(),
            token_modifiers: MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
        },
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    }
}

/// What the editor was last given, by file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given(Arc<Mutex<BTreeMap<String, Answer>>>);

/// The number of an answer, and the colours in it.
type Answer = (u64, Vec<SemanticToken>);

impl Given {
    /// Everything of a file.
    pub(crate) fn full(&self, view: &View<'_>, path: &str, uri: &Uri) -> SemanticTokens {
        let data = encoded(view, path);
        let (id, _) = self.exchange(uri, data.clone());
        SemanticTokens { result_id: Some(id.to_string()), data }
    }

    /// What has changed since `previous` was given; everything where that is not known any more.
    pub(crate) fn delta(
        &self,
        view: &View<'_>,
        path: &str,
        uri: &Uri,
        previous: &str,
    ) -> SemanticTokensFullDeltaResult {
        let data = encoded(view, path);
        let (id, before) = self.exchange(uri, data.clone());
        let result_id = Some(id.to_string());
        match before {
            Some((known, old)) if known.to_string() == previous => {
                SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id, edits: edits(&old, &data) })
            }
            _ => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id, data }),
        }
    }

    /// Forgets a file.
    pub(crate) fn forget(&self, uri: &Uri) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(uri.as_str());
    }

    fn exchange(&self, uri: &Uri, data: Vec<SemanticToken>) -> (u64, Option<(u64, Vec<SemanticToken>)>) {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = given.remove(uri.as_str());
        let id = before.as_ref().map_or(1, |(id, _)| id + 1);
        given.insert(uri.as_str().to_owned(), (id, data));
        (id, before)
    }
}

/// One replacement, of what lies between what is the same at both ends.
fn edits(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (old.get(start..).unwrap_or(&[]), new.get(start..).unwrap_or(&[]));
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (deleted, inserted) = (old.len() - end, new.get(..new.len() - end).unwrap_or(&[]));
    if deleted == 0 && inserted.is_empty() {
        return Vec::new();
    }
    let numbers = |tokens: usize| u32::try_from(tokens).unwrap_or(u32::MAX).saturating_mul(NUMBERS);
    vec![SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(deleted),
        data: (!inserted.is_empty()).then(|| inserted.to_vec()),
    }]
}

/// The tokens of a file, each told from the one before.
fn encoded(view: &View<'_>, path: &str) -> Vec<SemanticToken> {
    let lines = view.lines(path);
    let (mut line, mut column) = (0, 0);
    let mut all = Vec::new();
    for token in semantic_tokens(view.workspace(), path) {
        let range = lines.range(&token.range);
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 { range.start.character - column } else { range.start.character };
        (line, column) = (range.start.line, range.start.character);
        if range.end.line != line {
            continue;
        }
        let length = range.end.character - column;
        let (token_type, token_modifiers_bitset) = numbers(&token);
        all.push(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset });
    }
    all
}

fn numbers(token: &Token) -> (u32, u32) {
    let kind = Kind::ALL.iter().position(|kind| *kind == token.kind).unwrap_or(0);
    let bits = [token.is_declaration, token.is_readonly, token.is_built_in];
    let set = bits.iter().rev().fold(0, |set, bit| set << 1 | u32::from(*bit));
    (u32::try_from(kind).unwrap_or(0), set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_tells_what_has_changed() {
        let token = |delta_start| SemanticToken { delta_start, length: 1, ..SemanticToken::default() };
        let (old, new) = ([1, 2, 3, 4].map(token), [1, 9, 3, 4].map(token));
        let edit = SemanticTokensEdit { start: 5, delete_count: 5, data: Some(vec![token(9)]) };
        assert_eq!(edits(&old, &new), [edit]);
        assert_eq!(edits(&old, &old), []);
        let gone = SemanticTokensEdit { start: 10, delete_count: 10, data: None };
        assert_eq!(edits(&old, &old[..2]), [gone]);
    }
}
