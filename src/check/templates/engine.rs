//! What the template engine can do, by name (minijinja, with the features that `Cargo.toml` chooses).

/// What may be called.
pub(super) const FUNCTIONS: &str = "range dict namespace debug";

/// What may stand after `|`.
pub(super) const FILTERS: &str = "safe escape e lower upper title capitalize replace length count dictsort items reverse trim join \
    split lines default d round abs int float attr first last min max sort list string bool batch slice \
    sum indent select reject selectattr rejectattr map groupby unique chain zip pprint format";

/// What may stand after `is`.
pub(super) const TESTS: &str = "defined undefined none safe escaped boolean odd even divisibleby number integer int float string \
    sequence iterable mapping startingwith endingwith lower upper sameas eq equalto == ne != lt lessthan \
    < le <= gt greaterthan > ge >= in true false filter test";

/// Whether `name` is one of `words`.
pub(super) fn has(words: &str, name: &str) -> bool {
    words.split_whitespace().any(|word| word == name)
}
