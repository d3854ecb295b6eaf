//! The queries fit the grammar, and every word of a program has its colour.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use tree_sitter::{Language, Node, Query, QueryCursor, StreamingIterator, Tree};

use super::{here, language, overwrite, parser, programs, tree};

/// The folders with queries.
const FOLDERS: &[&str] = &["queries", "../neovim/queries/dunlin", "../helix/queries/dunlin", "../zed/languages/dunlin"];

/// Editors that call some colours by other names: where their highlights are, and the names.
const OTHERS: &[(&str, &[(&str, &str)])] = &[
    (
        "../helix/queries/dunlin/highlights.scm",
        &[
            ("keyword.conditional", "keyword.control.conditional"),
            ("comment", "comment.line"),
            ("boolean", "constant.builtin.boolean"),
            ("number", "constant.numeric"),
            ("property", "variable.other.member"),
            ("function.call", "function"),
        ],
    ),
    (
        "../zed/languages/dunlin/highlights.scm",
        &[("variable.builtin", "variable.special"), ("function.call", "function")],
    ),
];

fn highlights() -> Query {
    Query::new(&language(), tree_sitter_dunlin::HIGHLIGHTS_QUERY).expect("the highlights fit the grammar")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

#[test]
fn every_query_fits_the_grammar() {
    for folder in FOLDERS {
        let entries = fs::read_dir(here().join(folder)).unwrap_or_else(|why| panic!("{folder}: {why}"));
        let files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        let queries: Vec<&PathBuf> =
            files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "scm")).collect();
        assert!(queries.len() > 3, "{folder} has {} queries", queries.len());
        for path in queries {
            let query = Query::new(&language(), &read(path));
            assert!(query.is_ok(), "{}: {:?}", path.display(), query.err());
        }
    }
}

#[test]
fn the_colours_of_emacs_fit_the_grammar() {
    let file = read(&here().join("../emacs/dunlin-ts-mode.el"));
    let queries = file.split(":feature '").skip(1).filter_map(|rest| rest.split_once('"'));
    let queries: Vec<String> = queries.map(|(_, rest)| lisp_string(rest)).collect();
    assert!(queries.len() > 10, "{} queries", queries.len());
    for query in queries {
        let compiled = Query::new(&language(), &query);
        assert!(compiled.is_ok(), "{query}: {:?}", compiled.err());
    }
}

/// A text of Lisp, from behind its opening quote.
fn lisp_string(rest: &str) -> String {
    let mut text = String::new();
    let mut signs = rest.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => break,
            '\\' => text.extend(signs.next()),
            _ => text.push(sign),
        }
    }
    text
}

#[test]
fn every_word_has_one_colour() {
    let mut parser = parser();
    let query = highlights();
    let language = language();
    let mut keywords = keywords(&language);
    for program in programs::all() {
        let tree = tree(&mut parser, &program.text);
        if tree.root_node().has_error() {
            continue;
        }
        let coloured = coloured(&query, &tree, &program.text);
        for leaf in leaves(&tree) {
            let around =
                coloured.iter().filter(|range| range.start <= leaf.start_byte() && leaf.end_byte() <= range.end);
            let text = &program.text[leaf.byte_range()];
            assert_eq!(around.count(), 1, "{}: `{text}` in\n{}", program.place, program.text);
            keywords.remove(leaf.kind());
        }
    }
    assert!(keywords.is_empty(), "no program has {keywords:?}");
}

/// What has a colour.
fn coloured(query: &Query, tree: &Tree, text: &str) -> Vec<Range<usize>> {
    let mut cursor = QueryCursor::new();
    let mut captures = cursor.captures(query, tree.root_node(), text.as_bytes());
    let mut found = Vec::new();
    while let Some((found_match, index)) = captures.next() {
        found.push(found_match.captures()[*index].node.byte_range());
    }
    found
}

/// The words and signs of a program, comments too.
fn leaves(tree: &Tree) -> Vec<Node<'_>> {
    let mut cursor = tree.walk();
    let mut open = vec![tree.root_node()];
    let mut leaves = Vec::new();
    while let Some(node) = open.pop() {
        if node.child_count() == 0 && node.end_byte() > node.start_byte() {
            leaves.push(node);
        }
        open.extend(node.children(&mut cursor));
    }
    leaves
}

/// The keywords of the grammar.
fn keywords(language: &Language) -> BTreeSet<&str> {
    let count = u16::try_from(language.node_kind_count()).expect("kinds are numbered by u16");
    let unnamed = (0..count).filter(|id| language.node_kind_is_visible(*id) && !language.node_kind_is_named(*id));
    let kinds = unnamed.filter_map(|id| language.node_kind_for_id(id));
    kinds.filter(|kind| kind.starts_with(|sign: char| sign.is_ascii_alphabetic())).collect()
}

#[test]
fn other_editors_show_the_same_colours() {
    for (file, names) in OTHERS {
        let made = format!(
            "; Made of tree-sitter-dunlin/queries/highlights.scm; see there.\n\n{}",
            renamed(tree_sitter_dunlin::HIGHLIGHTS_QUERY, names)
        );
        let path = here().join(file);
        if overwrite() {
            fs::write(&path, &made).expect("a file can be written");
        }
        assert_eq!(read(&path), made, "{file} is older than queries/highlights.scm; see README.md");
    }
}

/// A query without its comments and with other names for its captures.
fn renamed(query: &str, names: &[(&str, &str)]) -> String {
    let code = query.lines().filter(|line| !line.starts_with(';')).collect::<Vec<_>>().join("\n");
    let mut pieces = code.trim().split('@');
    let first = pieces.next().unwrap_or_default().to_owned();
    let renamed = pieces.fold(first, |text, piece| {
        let end = piece.find(|sign: char| !sign.is_ascii_alphabetic() && sign != '.').unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        let name = names.iter().find(|(known, _)| *known == name).map_or(name, |(_, other)| *other);
        format!("{text}@{name}{rest}")
    });
    let mut lines: Vec<&str> = renamed.lines().collect();
    lines.dedup_by(|after, before| after.is_empty() && before.is_empty());
    format!("{}\n", lines.join("\n"))
}
