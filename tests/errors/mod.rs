//! The pages of the error codes: `docs/errors/E0301.md` is documentation, `dunlin explain E0301`
//! and a test. Its example raises exactly that code, its corrected example raises nothing.

mod page;
mod stages;

use std::collections::BTreeSet;
use std::path::Path;

use dunlin::base::code;
use page::Page;

/// Codes whose findings the files of an example cannot show, each with the reason. Their blocks are
/// fenced as `console` or `text`.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("E0640", "about the folder itself"),
    ("E0641", "about the folder itself"),
    ("E0642", "about the folder itself"),
    ("E0643", "a file that the system does not let us read"),
    ("E0644", "a program that is not written in UTF-8"),
    ("E0816", "about the journal"),
    ("E0954", "about the texts of a suite"),
    ("E0955", "about the texts of a suite"),
];

/// From here on codes are about the settings and the data: their examples are run over a ledger.
const FIRST_CODE_OF_DATA: &str = "E0600";

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors");
    let pages: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of the pages")
        .map(|entry| entry.expect("a page").file_name().to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> = code::ALL.iter().map(|code| format!("{}.md", code.id)).collect();
    assert_eq!(pages, codes);
    let numbers: Vec<&str> = code::ALL.iter().map(|code| code.id).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "the codes stand in the order of their numbers, each once");
}

#[test]
fn every_page_has_the_same_form() {
    let wrong: Vec<String> = code::ALL.iter().filter_map(|code| Page::read(code.id, code.page).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_raises_its_code_and_every_correction_nothing() {
    let only = std::env::var("PAGE").unwrap_or_default();
    let mut wrong = Vec::new();
    for code in code::ALL.iter().filter(|code| code.id.contains(&only)) {
        let Ok(page) = Page::read(code.id, code.page) else { continue };
        if NOT_SHOWN.iter().any(|(id, _)| *id == code.id) {
            assert!(page.is_only_told(), "{} has blocks that could be run", code.id);
            continue;
        }
        let with_data = code.id >= FIRST_CODE_OF_DATA;
        let raised = stages::findings(&page.example, with_data);
        if raised.is_empty() || raised.iter().any(|finding| finding.code != code.id) {
            wrong.push(format!("{}: the example raises {}", code.id, shown(&raised)));
        }
        let raised = stages::findings(&page.instead, with_data);
        if !raised.is_empty() {
            wrong.push(format!("{}: the correction raises {}", code.id, shown(&raised)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes whose help says for certain what to write, or names the few ways there are: their findings can be mended.
const MENDED: &[&str] = &[
    "E0108", "E0202", "E0208", "E0213", "E0218", "E0307", "E0318", "E0319", "E0321", "E0401", "E0402", "E0405",
    "E0425", "E0432", "E0433", "E0434", "E0442", "E0505",
];

#[test]
fn every_change_that_is_offered_mends_its_finding_and_makes_no_new_one() {
    let only = std::env::var("PAGE").unwrap_or_default();
    let mut wrong = Vec::new();
    for code in code::ALL.iter().filter(|code| code.id.contains(&only)) {
        let Ok(page) = Page::read(code.id, code.page) else { continue };
        let mended = stages::mended(&page.example, code.id >= FIRST_CODE_OF_DATA);
        if mended.is_empty() && MENDED.contains(&code.id) {
            wrong.push(format!("{}: nothing is offered", code.id));
        }
        for (title, kept) in mended {
            wrong.extend(kept.err().map(|why| format!("{}: {title}: {why}", code.id)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn shown(raised: &[stages::Raised]) -> String {
    let lines: Vec<&str> = raised.iter().map(|finding| finding.text.as_str()).collect();
    if lines.is_empty() { "nothing".to_owned() } else { format!("\n{}", lines.join("\n")) }
}
