//! What is wrong with the settings of a program and of its suites is shown in an editor as `dunlin check` says it.

use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Session, command_line, uri};
use crate::editing::{changed, folder_of, program};

/// A program that is right, with mistakes in its settings and in those of its suites: behind characters that UTF-16
/// counts as three, in a value, and a folder that is not there.
fn company() -> TempDir {
    folder_of(&[
        ("main.proc", &program(false)),
        ("dunlin.toml", "\"é𝄞\" = 1\r\nformat = { symbols = { \"é𝄞\" = \"EUR\" }, dtaes = \"D.M.YYYY\" }\r\n"),
        ("tests/march/suite.toml", "dates = [\"2026-03-02\", \"soon\"]\n"),
        ("tests/regions/north/suite.toml", "dates = [\"2026-03-02\"]\nledger = \"legder\"\n"),
        ("tests/south/suite.toml", "dates = [\"2026-03-02\"]\ncommit = yes\n"),
    ])
}

const SETTINGS: [&str; 4] =
    ["dunlin.toml", "tests/march/suite.toml", "tests/regions/north/suite.toml", "tests/south/suite.toml"];

fn file(folder: &TempDir, path: &str) -> String {
    uri(&folder.path().join(path))
}

/// Findings as `file:line:column code message`, the columns those of an editor that counts in UTF-16.
fn shown(path: &str, findings: &[Value]) -> Vec<String> {
    let one = |finding: &Value| {
        let start = &finding["range"]["start"];
        let message = finding["message"].as_str().expect("a message").lines().next().unwrap_or_default();
        format!(
            "{path}:{}:{} {} {message}",
            start["line"],
            start["character"],
            finding["code"].as_str().expect("a code")
        )
    };
    findings.iter().map(one).collect()
}

/// The findings that `dunlin check` prints, in the same form.
fn checked(folder: &TempDir) -> Option<Vec<String>> {
    let output = Command::new(command_line()?).args(["check", "--format", "json"]).current_dir(folder.path()).output();
    let printed: Value = serde_json::from_slice(&output.expect("the command line").stdout).expect("JSON");
    let one = |finding: &Value| {
        let path = finding["file"].as_str().expect("a file");
        let text = std::fs::read_to_string(folder.path().join(path)).expect("a file");
        let number = |name: &str| usize::try_from(finding[name].as_u64().expect("a place")).expect("a number") - 1;
        let line = text.lines().nth(number("line")).unwrap_or_default();
        let column: usize = line.chars().take(number("column")).map(char::len_utf16).sum();
        let text = |name: &str| finding[name].as_str().expect("a text");
        format!("{path}:{}:{column} {} {}", number("line"), text("code"), text("message"))
    };
    Some(printed.as_array().expect("a list").iter().map(one).collect())
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[test]
fn an_editor_is_sent_what_the_command_line_says() {
    let folder = company();
    let mut session = Session::in_folder(folder.path());
    let sent = SETTINGS.map(|path| (path, session.findings(&file(&folder, path), None)));
    let all: Vec<String> = sent.iter().flat_map(|(path, findings)| shown(path, findings)).collect();
    assert_eq!(
        all,
        [
            "dunlin.toml:0:0 E0602 the project has no setting `é𝄞`",
            "dunlin.toml:1:40 E0602 `format` has no setting `dtaes`",
            "tests/march/suite.toml:0:23 E0603 this is no day",
            "tests/regions/north/suite.toml:1:9 E0701 there is no folder `tests/regions/north/legder`",
            "tests/south/suite.toml:1:9 E0601 `tests/south/suite.toml` cannot be read here: \
             string values must be quoted, expected literal string",
        ]
    );
    let ends: Vec<&Value> =
        sent.iter().flat_map(|(_, findings)| findings).map(|finding| &finding["range"]["end"]["character"]).collect();
    assert_eq!(ends, [5, 45, 29, 17, 12].map(|end| json!(end)).iter().collect::<Vec<_>>(), "a key, a value");
    if let Some(checked) = checked(&folder) {
        assert_eq!(sorted(checked), sorted(all));
    }
}

#[test]
fn they_go_when_they_are_mended() {
    let folder = company();
    let mut session = Session::in_folder(folder.path());
    let [settings, march, north, south] = SETTINGS.map(|path| file(&folder, path));
    let later = file(&folder, "tests/later/suite.toml");
    for file in [&settings, &march, &north, &south] {
        assert_ne!(session.findings(file, None), Vec::<Value>::new());
    }

    // In an open text that is not saved, and back again when it is closed.
    session.open(&settings, "date = \"2026-03-02\"\n");
    assert_eq!(session.findings(&settings, Some(1)), Vec::<Value>::new());
    session.change(&settings, 2, "\u{feff}dtae = \"2026-03-02\"\n");
    let findings = session.findings(&settings, Some(2));
    assert_eq!(findings[0]["range"]["start"], json!({ "line": 0, "character": 1 }), "behind the mark");
    session.close(&settings);
    assert_eq!(session.findings(&settings, None).len(), 2);

    // On the disk: in the file, beside it, and with it.
    std::fs::write(folder.path().join("dunlin.toml"), "").expect("a file");
    changed(&mut session, &settings, 2);
    assert_eq!(session.findings(&settings, None), Vec::<Value>::new());
    std::fs::create_dir(folder.path().join("tests/regions/north/legder")).expect("a folder");
    std::fs::write(folder.path().join("tests/regions/north/legder/documents.csv"), "").expect("a file");
    changed(&mut session, &file(&folder, "tests/regions/north/legder/documents.csv"), 1);
    assert_eq!(session.findings(&north, None), Vec::<Value>::new());
    std::fs::remove_dir_all(folder.path().join("tests/south")).expect("a folder");
    changed(&mut session, &file(&folder, "tests/south"), 3);
    assert_eq!(session.findings(&south, None), Vec::<Value>::new());

    // A suite that was never saved.
    session.open(&later, "dates = []\n");
    assert_eq!(session.findings(&later, Some(1)).len(), 1);
}

#[test]
fn an_editor_that_asks_is_given_them() {
    let folder = company();
    let abilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let (mut session, _) = Session::of_editor(folder.path(), abilities, Value::Null);
    let settings = file(&folder, "dunlin.toml");
    let of_all = |session: &mut Session, known: Value| {
        let answer = session.request("workspace/diagnostic", json!({ "previousResultIds": known }))["result"].clone();
        let items = answer["items"].as_array().expect("items").clone();
        move |uri: &str| items.iter().find(|item| item["uri"] == uri).cloned().unwrap_or_default()
    };
    let before = of_all(&mut session, json!([]))(&settings);
    assert_eq!(before["items"].as_array().map(Vec::len), Some(2));

    session.open(&settings, "dtae = \"2026-03-02\"\n");
    let question = json!({ "textDocument": { "uri": settings } });
    let given = session.request("textDocument/diagnostic", question.clone())["result"].clone();
    assert_eq!(given["items"][0]["code"], "E0602");
    session.change(&settings, 2, "date = \"2026-03-02\"\n");
    let given = session.request("textDocument/diagnostic", question)["result"].clone();
    assert_eq!(given["items"], json!([]));

    let known = json!([{ "uri": settings, "value": before["resultId"] }]);
    assert_eq!(of_all(&mut session, known)(&settings)["items"], json!([]));
}
