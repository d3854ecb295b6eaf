//! From a fragment of the manual to a whole program. The second word of the fence names the wrapper:
//!
//! | fence | holds |
//! | --- | --- |
//! | `proc` | a whole program |
//! | `proc conditions` | conditions about a customer in a dip procedure, one on each line |
//! | `proc actions` | actions of a step, one on each line |
//! | `proc steps` | steps of a dip procedure, the last one releases the leading document |
//! | `proc procedure` | declarations in the world of the manual |
//!
//! A third word is the file that the page's consoles find it in.

use super::blocks::Block;

/// What the fragments take for granted: the ledger, recipients and templates of the manual.
const WORLD: &str = r#"
ledger {
    currency EUR
    customer {
        segment: key_account | corporate | retail
        score:   number?
        since:   date
    }
    document { po_number: text? }
    recipient representative, sales_manager, collection_agency
}

template reminder { en "letter.md"  otherwise en }

# So that nothing of the world is unused.
procedure world {
    start when segment = retail
    timing after previous
    step one {
        email customer using reminder
        notify representative
        notify sales_manager
        notify collection_agency
    }
}
"#;

/// The programs a block stands for.
pub(crate) fn programs(block: &Block) -> Vec<String> {
    let text = &block.text;
    match block.second_word() {
        "" => vec![text.clone()],
        "conditions" => text.lines().map(condition).collect(),
        "actions" => {
            let after = if text.contains("set_status") { "" } else { RELEASE };
            vec![in_steps(&format!("step one at day 7 {{\n{text}\n}}\n{after}"))]
        }
        "steps" => vec![in_steps(text)],
        "procedure" if text.contains("start by assignment") => {
            vec![format!("{WORLD}\n{text}\nassign {{ otherwise standard }}")]
        }
        "procedure" => vec![format!("{WORLD}\n{text}")],
        other => panic!("no wrapper is called `{other}`"),
    }
}

/// A whole program with nothing but the world.
pub(crate) fn world() -> String {
    WORLD.to_owned()
}

const RELEASE: &str = "step release at day 90 { set_status legal }\n";

fn condition(line: &str) -> String {
    in_steps(&format!("step one at day 7 when {line} {{ call customer }}\n{RELEASE}"))
}

fn in_steps(steps: &str) -> String {
    format!(
        "{WORLD}\nassign {{ otherwise standard }}\nprocedure standard {{\nstart by assignment\ntiming dip\n{steps}\n}}\n"
    )
}
