//! Texts as they are opened, changed and closed, and what is said of them.

use serde_json::{Value, json};

use crate::client::{Session, uri};

/// A program that is right, or has one mistake: after characters that UTF-16 counts as three.
pub(crate) fn program(broken: bool) -> String {
    let name = if broken { "naem" } else { "name" };
    format!(
        "define vip = \"é𝄞\" = {name} or else \"\"\n\
         assign {{ none when vip  otherwise standard }}\n\
         procedure standard {{\n    start by assignment\n    timing dip\n    \
         step call \"Call\" at day 7 {{ call customer }}\n}}\n\
         ledger {{ currency EUR }}\n"
    )
}

#[test]
fn a_mistake_is_shown_and_goes_when_it_is_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("dunlin.toml"), "").expect("a file");
    let path = folder.path().join("a b é.proc");
    // The client's own spelling, with characters that should have been escaped.
    let uri = format!("file://{}", path.display());
    let mut session = Session::in_folder(folder.path());

    session.open(&uri, &program(true));
    let findings = session.findings(&uri, Some(1));
    let [finding] = findings.as_slice() else { panic!("one finding: {findings:#?}") };
    assert_eq!(finding["range"]["start"], json!({ "line": 0, "character": 21 }));
    assert_eq!(finding["range"]["end"], json!({ "line": 0, "character": 25 }));
    assert_eq!((&finding["source"], &finding["severity"]), (&json!("dunlin"), &json!(1)));

    session.change(&uri, 2, &program(false));
    assert_eq!(session.findings(&uri, Some(2)), Vec::<Value>::new());

    session.close(&uri);
    assert_eq!(session.request("shutdown", Value::Null)["result"], Value::Null);
    session.notify("exit", Value::Null);
    assert_eq!(session.status(), Some(0));
}

#[test]
fn files_that_are_not_open_are_checked_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("other.proc");
    std::fs::write(&other, "define large = total_deu > 10 EUR\n").expect("a file");
    let mine = uri(&folder.path().join("mine.proc"));
    let mut session = Session::in_folder(folder.path());
    session.open(&mine, &program(false));
    assert_ne!(session.findings(&uri(&other), None), Vec::<Value>::new());
}

#[test]
fn the_last_of_many_quick_edits_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = uri(&folder.path().join("mine.proc"));
    let mut session = Session::in_folder(folder.path());
    session.open(&mine, &program(false));
    for version in 2..=500 {
        session.change(&mine, version, &program(version % 2 == 0 || version == 500));
    }
    assert!(!session.findings(&mine, Some(500)).is_empty());
}

#[test]
fn a_malformed_message_ends_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = uri(&folder.path().join("mine.proc"));
    let mut session = Session::in_folder(folder.path());
    session.write("this is no JSON");
    session.open(&mine, &program(true));
    assert!(!session.findings(&mine, Some(1)).is_empty());
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut session = Session::start();
    session.notify("exit", Value::Null);
    assert_eq!(session.status(), Some(1));
}

#[test]
fn the_end_of_the_input_is_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = Session::in_folder(folder.path());
    session.hang_up();
    assert_eq!(session.status(), Some(1));
}
