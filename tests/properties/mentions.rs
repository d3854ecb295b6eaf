//! What the names of a file stand for is the same whether the program was checked or not.

use dunlin::syntax::ast::Item;
use dunlin::workspace::Workspace;
use proptest::prelude::*;

use super::edits::{EXAMPLES, example, renamed};
use super::parser::{config, mutated};

/// What breaks a declaration in its middle, or is one that does not count for its name.
const PIECES: &[&str] = &[
    " when ",
    "\nprocedure ",
    "\nprocedure none { ",
    "\ndefine today = overdue_total > customer.credit_limit\n",
    "\ndefine document. = open_amount > 5 EUR\n",
    "\naction email(to: recipient, covering: documents = overdue)\n",
    "\nassign { none when overdue_total > 5 EUR }\n",
    "\nledger { customer { score: text } }\n",
    "\ncalendar second { weekend friday }\n",
    "\n# }\n",
    " { ",
    " } ",
    "\"",
];

/// Defines in a circle, and more inside one another than may be, the outermost first.
fn defines() -> Workspace {
    const CIRCLE: &str = "define one = two + 1\ndefine two = three + 1\ndefine three = one + in_three\n\
                          define in_three = min(one, d20)\ndefine d3 = one\n";
    let mut chain: String = (1..40).rev().map(|place| format!("define d{place} = d{} + 1\n", place - 1)).collect();
    chain.push_str("define d0 = 1\nassign { standard when d39 > 1 and d9 > 2  otherwise standard }\n");
    let procedure = "ledger { currency EUR }\nprocedure standard {\n    start by assignment\n    timing dip\n    \
                     step a at day 7 when d30 > 1 or d4 < 3 or one = 7 { call customer }\n}\n";
    Workspace::new([("a.proc", procedure), ("b.proc", CIRCLE), ("c.proc", &chain)])
}

/// The text of the file with one of its declarations, or of those of another, once more at its end.
fn doubled(program: &Workspace, path: &str, from: &str, which: u32) -> String {
    let text = program.text(path).unwrap_or("").to_owned();
    let items: &[Item] = program.parsed(from).map_or(&[], |(file, _)| &file.items);
    let Some(item) = items.get(which as usize % items.len().max(1)) else { return text };
    let copy = program.sources().slice(item.head().span);
    [&text, "\n", copy, "\n"].concat()
}

/// The text with one of the pieces put in at some place.
fn broken(text: &str, which: u32, place: u32) -> String {
    let at = (0..=text.len()).cycle().skip(place as usize % (text.len() + 1)).find(|at| text.is_char_boundary(*at));
    let (start, end) = text.split_at(at.unwrap_or(0));
    [start, PIECES[which as usize % PIECES.len()], end].concat()
}

/// Which file is edited, how, and two numbers that choose where and with what.
type Edit = (u8, u8, u32, u32);

/// The path of a file with what becomes of its text.
fn edited(program: &Workspace, (file, how, which, other): Edit) -> (String, String) {
    let paths = program.paths();
    let path = &paths[usize::from(file) % paths.len()];
    let text = program.text(path).unwrap_or("");
    let text = match how % 5 {
        0 => mutated(text, &[(how / 5, which)]),
        1 | 2 => broken(text, other, which),
        3 => doubled(program, path, &paths[other as usize % paths.len()], which),
        // A clone is checked in its place.
        _ => renamed(&program.clone(), path, which, other),
    };
    (path.clone(), text)
}

/// Two procedures, the second with another name, or none, which uses what is declared elsewhere.
fn two_procedures(second: &str) -> String {
    format!(
        "ledger {{ currency EUR }}\nassign {{ otherwise p }}\n\
         procedure p {{ start by assignment timing dip step a at day 7 {{ call customer }} }}\n\
         procedure {second} {{ start by assignment timing dip step a at day 7 when late {{ letter customer }} }}\n"
    )
}

/// What a procedure names is known while it has no name yet, and when another one has it.
#[test]
fn a_declaration_that_does_not_count_for_its_name_has_names_in_it() {
    for second in ["", "p", "none", "q"] {
        let program = Workspace::new([("a.proc", two_procedures(second).as_str())]);
        let before = program.mentions_in("a.proc");
        let _ = program.checked();
        assert_eq!(before, program.mentions_in("a.proc"), "procedure {second}");
        assert!(before.iter().any(|mention| program.sources().slice(mention.span) == "letter"), "procedure {second}");
    }
}

/// Its names are looked up again when something is declared elsewhere.
#[test]
fn a_declaration_that_does_not_count_for_its_name_sees_others_change() {
    let one = two_procedures("p");
    let two = "define late = overdue_total > 5 EUR\n";
    let mut edited = Workspace::new([("a.proc", one.as_str())]);
    let _ = edited.checked();
    edited.set_text("b.proc", two);
    let anew = Workspace::new([("a.proc", one.as_str()), ("b.proc", two)]);
    assert_eq!(edited.checked().mentions, anew.checked().mentions);
    let late = anew.checked().mentions.iter().filter(|mention| anew.sources().slice(mention.span) == "late").count();
    assert_eq!(late, 2);
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn names_stand_for_the_same_before_and_after_the_check(
        example in prop::option::weighted(0.8, prop::sample::select(&EXAMPLES[..]).prop_map(example)),
        edits in prop::collection::vec(any::<Edit>(), 1..6),
        checked_between in any::<bool>(),
    ) {
        let mut program = example.unwrap_or_else(defines);
        let files: Vec<String> = program.paths().iter().cloned().chain(program.wanted_resources()).collect();
        for edit in edits {
            let (path, text) = edited(&program, edit);
            program.set_text(&path, &text);
            let now = program.clone();
            let before: Vec<_> = files.iter().map(|path| now.mentions_in(path)).collect();
            let _ = now.checked();
            for (path, before) in files.iter().zip(before) {
                prop_assert_eq!(before, now.mentions_in(path), "{} in {}", path, now.text(path).unwrap_or(""));
            }
            if checked_between {
                let _ = program.checked();
            }
        }
    }
}
