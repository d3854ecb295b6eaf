//! After an edit, what an editor has is what a fresh reading gives: the scanner looks far ahead, and
//! must be asked again when what it saw has changed.

use std::ops::Range;

use tree_sitter::{InputEdit, Point, Tree};

use super::mutants::{self, KINDS};
use super::{parser, programs, tree};

/// Of so many edits one is tried.
const STRIDE: usize = 97;

#[test]
fn an_edited_tree_is_the_fresh_tree() {
    let mut parser = parser();
    let mut tried = 0;
    for (number, program) in programs::all().iter().enumerate() {
        let written = tree(&mut parser, &program.text);
        for kind in KINDS {
            for mutant in mutants::of(&program.text, *kind, |at| (at + number) % STRIDE == 0) {
                // There, and back again.
                for (before, old, after) in
                    [(&program.text, &written, &mutant), (&mutant, &tree(&mut parser, &mutant), &program.text)]
                {
                    let fresh = tree(&mut parser, after);
                    // How a mistake is passed may depend on what was there before.
                    if fresh.root_node().has_error() {
                        continue;
                    }
                    tried += 1;
                    let mut edited = old.clone();
                    edited.edit(&edit(before, after));
                    let read = parser.parse(after, Some(&edited)).expect("nothing cancels the parser");
                    assert_eq!(shape(&read), shape(&fresh), "{}: {kind:?}:\n{after}", program.place);
                }
            }
        }
    }
    assert!(tried > 1_000, "only {tried} edits");
}

/// The kind and place of every node.
fn shape(tree: &Tree) -> Vec<(u16, Range<usize>)> {
    let mut cursor = tree.walk();
    let mut open = vec![tree.root_node()];
    let mut shape = Vec::new();
    while let Some(node) = open.pop() {
        shape.push((node.kind_id(), node.byte_range()));
        open.extend(node.children(&mut cursor));
    }
    shape
}

/// The one stretch in which two texts differ.
fn edit(before: &str, after: &str) -> InputEdit {
    let start = before.bytes().zip(after.bytes()).take_while(|(old, new)| old == new).count();
    let ends = before.bytes().rev().zip(after.bytes().rev());
    let end = ends.take(before.len().min(after.len()) - start).take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (before.len() - end, after.len() - end);
    InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position: point(before, start),
        old_end_position: point(before, old_end),
        new_end_position: point(after, new_end),
    }
}

fn point(text: &str, at: usize) -> Point {
    let before = &text.as_bytes()[..at];
    let row = before.iter().filter(|byte| **byte == b'\n').count();
    let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    Point { row, column: at - line }
}
