//! The built-in actions as a file: it comes when somebody asks, cannot be changed, and is part of no program.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use url::Url;

use crate::client::{Session, modern, uri};

const PROGRAM: &str = "ledger { currency EUR }\nassign { otherwise standard }\nprocedure standard {\n    start by assignment\n    \
     timing dip\n    step reminder at day 7 { call customer covering documents }\n}\n";

#[test]
fn a_built_in_action_leads_to_a_file_to_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder");
    fs::write(root.join("dunlin.toml"), "").expect("a file");
    let mine = uri(&root.join("main.proc"));
    let (mut session, _) = Session::of_editor(&root, modern(), Value::Null);
    session.open(&mine, PROGRAM);

    let asked = json!({ "textDocument": { "uri": mine }, "position": { "line": 5, "character": 30 } });
    let link = session.request("textDocument/definition", asked)["result"][0].clone();
    let prelude = link["targetUri"].as_str().expect("a file").to_owned();
    let path: PathBuf = Url::parse(&prelude).expect("a URI").to_file_path().expect("a file");
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(fs::metadata(&path).expect("a file").permissions().readonly());
    let line =
        usize::try_from(link["targetSelectionRange"]["start"]["line"].as_u64().expect("a line")).expect("a line");
    assert!(text.lines().nth(line).expect("a line").starts_with("action call("), "{link}");

    // The editor opens it: nothing is found in it, nothing is changed there, and the program stays as it is.
    session.open(&prelude, &text);
    let document = json!({ "uri": prelude });
    let report = session.request("textDocument/diagnostic", json!({ "textDocument": document }));
    assert_eq!(report["result"]["items"], json!([]));
    let layout = json!({ "textDocument": document, "options": { "tabSize": 4, "insertSpaces": true } });
    assert_eq!(session.request("textDocument/formatting", layout)["result"], json!([]));
    let name =
        json!({ "textDocument": document, "position": link["targetSelectionRange"]["start"], "newName": "ring" });
    assert_eq!(session.request("textDocument/rename", name)["result"], Value::Null);
    let report = session.request("textDocument/diagnostic", json!({ "textDocument": { "uri": mine } }));
    assert_eq!(report["result"]["items"], json!([]));
}
