//! The parser that pest makes of `grammar/procedure.pest`; nothing else names pest's own types but the tree builder.

/// Reads by the rules of `grammar/procedure.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/procedure.pest"]
pub(super) struct Grammar;
