//! The cases of `test/corpus` in tree-sitter's format, for machines without its command line tool.

use std::fs;

use super::{here, parser, tree};

/// A text and the tree it must have.
struct Case {
    title: String,
    text: String,
    tree: String,
    /// Whether the tree has an error, as `:error` says.
    refused: bool,
}

#[test]
fn cases_have_their_trees() {
    let mut parser = parser();
    let mut tried = 0;
    for entry in fs::read_dir(here().join("test/corpus")).expect("the folder is there").flatten() {
        let file = fs::read_to_string(entry.path()).expect("a file can be read");
        for case in cases(&file) {
            tried += 1;
            let found = tree(&mut parser, &case.text);
            assert_eq!(found.root_node().has_error(), case.refused, "{}", case.title);
            if !case.refused {
                assert_eq!(found.root_node().to_sexp(), case.tree, "{}", case.title);
            }
        }
    }
    assert!(tried > 30, "only {tried} cases");
}

fn cases(file: &str) -> Vec<Case> {
    let mut pieces = file.split("==================\n").skip(1);
    let mut cases = Vec::new();
    while let (Some(header), Some(body)) = (pieces.next(), pieces.next()) {
        let (text, tree) = body.split_once("\n---\n").unwrap_or((body, ""));
        cases.push(Case {
            title: header.lines().next().unwrap_or_default().to_owned(),
            text: text.to_owned(),
            tree: on_one_line(tree),
            refused: header.lines().any(|line| line == ":error"),
        });
    }
    cases
}

fn on_one_line(tree: &str) -> String {
    tree.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")")
}
