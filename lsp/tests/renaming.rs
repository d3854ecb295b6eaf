//! What a new name means for the ledger, told as well as the editor lets us.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Session, modern, uri};

const PROGRAM: &str = "ledger {\n    currency EUR\n    customer { segment: large | small }\n    recipient agency\n}\n\n\
    assign { none when segment = small  otherwise standard }\n\n\
    procedure standard {\n    start by assignment\n    timing dip\n    step one at day 7 { outsource agency }\n}\n";

/// A program with a ledger and no settings; the answer to a new name for what stands at a place, and the session.
fn renamed(capabilities: Value, line: u32, character: u32) -> (TempDir, Session, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("ledger")).expect("a folder");
    for (name, text) in [
        ("customers.csv", "id,segment\n"),
        ("documents.csv", "id,customer,issue_date,due_date,amount\n"),
        ("recipients.csv", "customer,role\n"),
    ] {
        fs::write(folder.path().join("ledger").join(name), text).expect("a file");
    }
    let file = folder.path().join("main.proc");
    fs::write(&file, PROGRAM).expect("a file");
    let (mut session, _) = Session::of_editor(folder.path(), capabilities, json!({}));
    session.open(&uri(&file), PROGRAM);
    let position = json!({ "line": line, "character": character });
    let asked = json!({ "textDocument": { "uri": uri(&file) }, "position": position, "newName": "renamed" });
    let answer = session.request("textDocument/rename", asked)["result"].clone();
    (folder, session, answer)
}

#[test]
fn settings_are_made_where_there_are_none() {
    let (folder, _session, answer) = renamed(modern(), 2, 16);
    let settings = uri(&folder.path().join("dunlin.toml"));
    let changes = answer["documentChanges"].as_array().expect("changes");
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(settings)));
    assert_eq!(changes[1]["textDocument"]["uri"], json!(settings));
    assert_eq!(changes[1]["edits"][0]["newText"], "[tables.customers.columns]\nrenamed = \"segment\"\n");
    assert_eq!(answer["changeAnnotations"], Value::Null);
}

#[test]
fn what_is_to_be_confirmed_is_the_whole() {
    let (folder, _session, answer) = renamed(modern(), 3, 15);
    assert_eq!(answer["changeAnnotations"]["caution"]["needsConfirmation"], true);
    let changes = answer["documentChanges"].as_array().expect("changes");
    assert_eq!(changes[0]["uri"], json!(uri(&folder.path().join("dunlin.toml"))));
    let edits = changes.iter().flat_map(|change| change["edits"].as_array().into_iter().flatten());
    let parts: Vec<&Value> = edits.chain([&changes[0]]).map(|part| &part["annotationId"]).collect();
    assert_eq!(parts, vec![&json!("caution"); 4]);
}

#[test]
fn an_editor_that_cannot_ask_is_told() {
    let said = |line, character| {
        let (_folder, mut session, answer) = renamed(json!({}), line, character);
        assert_eq!(answer["changes"].as_object().map(serde_json::Map::len), Some(1));
        let message = session.wait_for(|message| message["method"] == "window/showMessage");
        message["params"]["message"].as_str().expect("a text").to_owned()
    };
    let of_field = said(2, 16);
    assert!(of_field.starts_with("The ledger keeps `segment` if you make the file `dunlin.toml`"), "{of_field}");
    let of_role = said(3, 15);
    assert!(of_role.contains("The rows of recipient `agency` get new ids:"), "{of_role}");
}
