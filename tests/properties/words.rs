//! The word that was meant: what is skipped because a quick count says so is never the answer.

use dunlin::base::text::nearest;
use proptest::prelude::*;

use super::parser::config;

/// The same without the quick count.
fn slowly<'a>(word: &str, candidates: &'a [String]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let other = candidates.iter().map(String::as_str).filter(|candidate| *candidate != word);
    let near = other.map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate));
    near.filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn the_nearest_is_found(word in "[a-dA-Dé_%]{0,9}", candidates in prop::collection::vec("[a-dA-Dé_%]{0,9}", 0..12)) {
        let found = nearest(&word, candidates.iter().map(String::as_str));
        prop_assert_eq!(found, slowly(&word, &candidates));
    }
}
