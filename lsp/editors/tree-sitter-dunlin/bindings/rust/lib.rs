//! The grammar of Dunlin for the crate `tree-sitter`.
//!
//! ```
//! let mut parser = tree_sitter::Parser::new();
//! parser.set_language(&tree_sitter_dunlin::LANGUAGE.into())?;
//! let tree = parser.parse("assign { otherwise standard }", None).ok_or("cancelled")?;
//! assert!(!tree.root_node().has_error());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_dunlin() -> *const ();
}

/// The grammar, for `tree_sitter::Parser::set_language`.
// SAFETY: the function is the one that tree-sitter has generated for this purpose.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_dunlin) };

/// The kinds of nodes and their fields, as JSON.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");
/// What is shown in which colour.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");
/// Where names are declared and used.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");
/// What a list of declarations shows.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");
