//! Texts as they are opened, changed and closed, and what is said of them.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Session, modern, uri};

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
fn findings_of_files_that_are_not_open_are_sent_once_the_editor_is_ready() {
    for program_folder in ["", "collections/"] {
        let file = |name: &str| format!("{program_folder}{name}");
        let folder = folder_of(&[(&file("dunlin.toml"), ""), (&file("a.proc"), &program(true))]);
        let mut session = Session::in_folder(folder.path());
        assert_eq!(session.findings(&uri(&folder.path().join(file("a.proc"))), None).len(), 1);
    }
}

#[test]
fn columns_are_counted_as_the_editor_does() {
    for (encodings, encoding, column) in [(json!(["utf-8", "utf-16"]), "utf-8", 24), (json!(["utf-16"]), "utf-16", 21)]
    {
        let folder = folder_of(&[]);
        let file = uri(&folder.path().join("main.proc"));
        let abilities = json!({ "general": { "positionEncodings": encodings } });
        let (mut session, greeting) = Session::of_editor(folder.path(), abilities, Value::Null);
        assert_eq!(greeting["capabilities"]["positionEncoding"], encoding);
        session.open(&file, &program(true));
        let findings = session.findings(&file, Some(1));
        assert_eq!(findings[0]["range"]["start"], json!({ "line": 0, "character": column }));
        // `naem` is put right, in the columns of this editor; then the text behind the clef is taken away.
        session.edit(&file, 2, json!([edit(0, column, column + 4, "nam"), edit(0, column + 3, column + 3, "e")]));
        assert_eq!(session.findings(&file, Some(2)), Vec::<Value>::new());
    }
}

/// A change within a line.
fn edit(line: u64, start: u64, end: u64, text: &str) -> Value {
    let at = |character: u64| json!({ "line": line, "character": character });
    json!({ "range": { "start": at(start), "end": at(end) }, "text": text })
}

#[test]
fn line_ends_and_byte_order_marks_are_the_editor_s() {
    let folder = folder_of(&[]);
    let file = uri(&folder.path().join("main.proc"));
    let mut session = Session::in_folder(folder.path());
    session.open(&file, &format!("\u{feff}{}", program(true).replace('\n', "\r\n")));
    // The mark is a character of the first line.
    let findings = session.findings(&file, Some(1));
    assert_eq!(findings[0]["range"]["start"], json!({ "line": 0, "character": 22 }));
    session.edit(&file, 2, json!([edit(0, 22, 26, "name"), edit(5, 4, 4, "x")]));
    let findings = session.findings(&file, Some(2));
    assert_eq!(findings[0]["range"]["start"], json!({ "line": 5, "character": 4 }));
    // The mark itself goes, and with it its column; the column behind the line's end is its end.
    session.edit(&file, 3, json!([edit(0, 0, 1, ""), edit(5, 4, 5, ""), edit(0, 99, 99, "x")]));
    let findings = session.findings(&file, Some(3));
    assert_eq!(findings[0]["range"]["start"]["line"], 0);
    session.edit(&file, 4, json!([edit(0, 30, 99, ""), edit(7, 1, 1, "# é")]));
    session.findings(&file, Some(4));

    let layout = json!({ "textDocument": { "uri": file }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = session.request("textDocument/formatting", layout)["result"].clone();
    let texts: Vec<&str> =
        edits.as_array().expect("edits").iter().filter_map(|edit| edit["newText"].as_str()).collect();
    assert!(texts.iter().all(|text| text.matches('\n').count() == text.matches("\r\n").count()), "{texts:?}");
}

#[test]
fn the_open_text_counts_until_it_is_closed() {
    let folder = folder_of(&[("dunlin.toml", ""), ("a.proc", &program(false)), ("b.proc", "")]);
    let (a, b) = (uri(&folder.path().join("a.proc")), uri(&folder.path().join("b.proc")));
    let mut session = Session::in_folder(folder.path());
    session.open(&a, &program(true));
    assert_eq!(session.findings(&a, Some(1)).len(), 1);
    session.open(&b, "define naem = name\n");
    // The other file is as before, and what it lacked is there now.
    let hints = session.findings(&a, Some(1));
    assert!(hints.iter().all(|finding| finding["code"] != "E0201"), "{hints:#?}");
    session.close(&b);
    assert_eq!(session.findings(&a, Some(1))[0]["code"], "E0201");
    session.close(&a);
    assert_eq!(session.findings(&a, None), Vec::<Value>::new());
}

/// How a file is written is not said of the text that an editor has made of it.
#[test]
fn a_file_in_another_encoding_is_as_the_editor_shows_it_once_it_is_open() {
    let folder = folder_of(&[("dunlin.toml", "")]);
    let file = folder.path().join("a.proc");
    std::fs::write(&file, [b"# caf\xe9\n", program(true).as_bytes()].concat()).expect("a file");
    let a = uri(&file);
    let codes = |findings: Vec<Value>| findings.iter().map(|it| it["code"].clone()).collect::<Vec<_>>();
    let mut session = Session::in_folder(folder.path());
    assert_eq!(codes(session.findings(&a, None)), ["E0644", "E0201"]);
    session.open(&a, &format!("# caf\u{fffd}\n{}", program(true)));
    assert_eq!(codes(session.findings(&a, Some(1))), ["E0201"]);
}

#[test]
fn colours_are_asked_for_again_when_names_elsewhere_change() {
    const REFRESH: &str = "workspace/semanticTokens/refresh";
    let folder = folder_of(&[("dunlin.toml", ""), ("a.proc", ""), ("b.proc", "")]);
    let (a, b) = (uri(&folder.path().join("a.proc")), uri(&folder.path().join("b.proc")));
    let (mut session, _) = Session::of_editor(folder.path(), modern(), Value::Null);
    session.open(&a, "ledger { currency EUR }\ndefine vip = large\n");
    session.open(&b, "define large = total_due > 10 EUR\n");
    let colours = |session: &mut Session, file: &str| {
        session.request("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": file } }))["result"]
            .clone()
    };
    let before = colours(&mut session, &a);
    colours(&mut session, &b);
    // Another amount changes no colour; nor does what is said in the text itself, of which the editor knows.
    session.change(&b, 2, "define large = total_due > 20 EUR\n");
    session.findings(&b, Some(2));
    session.lens(None);
    assert!(!session.has_come(REFRESH));
    session.change(&b, 3, "define huge = total_due > 20 EUR\n");
    session.wait_for(|message| message["method"] == REFRESH);
    assert_ne!(colours(&mut session, &a)["data"], before["data"]);
}

/// Both spellings are right. What is written last counts.
#[test]
fn a_file_that_is_open_under_two_names_is_told_of_under_both() {
    let folder = folder_of(&[("dunlin.toml", ""), ("é.proc", "")]);
    let first = uri(&folder.path().join("é.proc"));
    let second = first.replace("%C3%A9", "%c3%a9");
    assert_ne!(first, second);
    let mut session = Session::in_folder(folder.path());
    session.open(&first, &program(true));
    assert_eq!(session.findings(&first, Some(1)).len(), 1);
    session.open(&second, &program(true));
    assert_eq!(session.findings(&second, Some(1)).len(), 1);
    session.change(&first, 2, &program(false));
    assert_eq!(session.findings(&first, Some(2)), Vec::<Value>::new());
    assert_eq!(session.findings(&second, Some(1)), Vec::<Value>::new());
    session.close(&first);
    assert_eq!(session.findings(&second, Some(1)).len(), 1);
}

#[test]
fn a_text_that_was_never_saved_is_a_program_alone() {
    let folder = folder_of(&[("dunlin.toml", "")]);
    let mut session = Session::in_folder(folder.path());
    let document = json!({ "uri": "untitled:Untitled-1", "languageId": "dunlin", "version": 1, "text": program(true) });
    session.notify("textDocument/didOpen", json!({ "textDocument": document }));
    assert_eq!(session.findings("untitled:Untitled-1", Some(1)).len(), 1);
    session.close("untitled:Untitled-1");
    assert_eq!(session.findings("untitled:Untitled-1", None), Vec::<Value>::new());
}

const WITH_TEMPLATE: &str = "template reminder { en \"mail/reminder.md\"  otherwise en }\n\
    assign { otherwise standard }\nledger { currency EUR }\n\
    procedure standard {\n    start by assignment\n    timing dip\n    \
    step mail \"Mail\" at day 7 { email customer using reminder }\n}\n";

#[test]
fn a_template_that_is_open_counts_instead_of_its_file() {
    let files = [("dunlin.toml", ""), ("a.proc", WITH_TEMPLATE), ("mail/reminder.md", "Dear {{ custmer.name }}")];
    let folder = folder_of(&files);
    let template = uri(&folder.path().join("mail/reminder.md"));
    let mut session = Session::in_folder(folder.path());
    assert_eq!(session.findings(&template, None)[0]["code"], "E0507");
    session.open(&template, "\u{feff}Dear\r\n{{ custmer.name }} {{ customer.name }}");
    assert_eq!(session.findings(&template, Some(1))[0]["range"]["start"], json!({ "line": 1, "character": 3 }));
    session.edit(&template, 2, json!([edit(1, 3, 10, "customer")]));
    assert_eq!(session.findings(&template, Some(2)), Vec::<Value>::new());
    session.close(&template);
    assert_eq!(session.findings(&template, None).len(), 1);
}

#[test]
fn what_changes_on_the_disk_is_read_again() {
    let folder = folder_of(&[("dunlin.toml", ""), ("a.proc", WITH_TEMPLATE)]);
    let at = |path: &str| folder.path().join(path);
    let (a, b, template) = (uri(&at("a.proc")), uri(&at("b.proc")), uri(&at("mail/reminder.md")));
    let abilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let (mut session, _) = Session::of_editor(folder.path(), abilities, Value::Null);
    let asked = session.wait_for(|message| message["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let watchers = asked["params"]["registrations"][0]["registerOptions"]["watchers"].as_array().expect("watchers");
    let deletions: Vec<&Value> = watchers.iter().filter(|watcher| watcher["kind"] == 4).collect();
    assert_eq!(deletions, [&json!({ "globPattern": "**", "kind": 4 })], "also of folders, by whatever name");
    session.write(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }).to_string());
    assert_eq!(session.findings(&a, None)[0]["code"], "E0501");

    std::fs::create_dir(at("mail")).expect("a folder");
    std::fs::write(at("mail/reminder.md"), "Dear customer").expect("a file");
    changed(&mut session, &template, 1);
    assert_eq!(session.findings(&a, None), Vec::<Value>::new());

    std::fs::write(at("b.proc"), "define b = naem\n").expect("a file");
    changed(&mut session, &b, 1);
    assert!(!session.findings(&b, None).is_empty());

    std::fs::remove_file(at("b.proc")).expect("a file");
    changed(&mut session, &b, 3);
    assert_eq!(session.findings(&b, None), Vec::<Value>::new());

    std::fs::remove_file(at("mail/reminder.md")).expect("a file");
    changed(&mut session, &template, 3);
    assert_eq!(session.findings(&a, None)[0]["code"], "E0501");

    // An open text stays as it is, whatever happens to its file; once it is closed its file counts.
    session.open(&a, &program(true));
    std::fs::write(at("a.proc"), program(false)).expect("a file");
    changed(&mut session, &a, 2);
    assert_eq!(session.findings(&a, Some(1)).len(), 1);
    session.close(&a);
    assert_eq!(session.findings(&a, None), Vec::<Value>::new());
}

/// Tells that a file was created (1), changed (2) or deleted (3).
pub(crate) fn changed(session: &mut Session, file: &str, kind: u64) {
    let changes = json!([{ "uri": file, "type": kind }]);
    session.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

#[test]
fn folders_come_and_go() {
    let first = folder_of(&[("dunlin.toml", ""), ("a.proc", &program(false))]);
    let second = folder_of(&[("dunlin.toml", ""), ("b.proc", &program(true))]);
    let b = uri(&second.path().join("b.proc"));
    let mut session = Session::in_folder(first.path());
    let folder = json!([{ "uri": uri(second.path()), "name": "second" }]);
    let change = |added: Value, removed: Value| json!({ "event": { "added": added, "removed": removed } });
    session.notify("workspace/didChangeWorkspaceFolders", change(folder.clone(), json!([])));
    assert_eq!(session.findings(&b, None).len(), 1);
    session.notify("workspace/didChangeWorkspaceFolders", change(json!([]), folder));
    assert_eq!(session.findings(&b, None), Vec::<Value>::new());
}

/// The editor's folder holds programs further down, lies within one, or is one without settings.
#[test]
fn the_programs_of_a_folder_are_found_before_anything_is_opened() {
    for (place, mark, opened) in [
        ("finance/north/", "finance/north/dunlin.toml", ""),
        ("procedures/", "dunlin.toml", "procedures"),
        ("procedures/", "README.md", ""),
    ] {
        let file = format!("{place}a.proc");
        let folder = folder_of(&[(mark, ""), (&file, &program(true))]);
        let mut session = Session::in_folder(&folder.path().join(opened));
        let found = session.findings(&uri(&folder.path().join(&file)), None);
        assert_eq!(found.len(), 1, "{file} of {mark}, with {opened:?} open");
    }
}

#[test]
fn a_file_belongs_to_the_nearest_program() {
    let folder = folder_of(&[
        ("dunlin.toml", ""),
        ("a.proc", &program(false)),
        ("inner/dunlin.toml", ""),
        ("inner/b.proc", &program(false)),
    ]);
    let inner = uri(&folder.path().join("inner/b.proc"));
    let mut session = Session::in_folder(folder.path());
    // As part of the outer program it repeats everything; as the inner program it is right.
    assert!(!session.findings(&inner, None).is_empty());
    session.open(&inner, &program(false));
    assert_eq!(session.findings(&inner, Some(1)), Vec::<Value>::new());
}

#[test]
fn settings_are_asked_for_and_taken() {
    let folder = folder_of(&[("dunlin.toml", "")]);
    let abilities = json!({ "workspace": {
        "configuration": true,
        "didChangeConfiguration": { "dynamicRegistration": true },
        "inlayHint": { "refreshSupport": true },
    } });
    let (mut session, _) = Session::of_editor(folder.path(), abilities, Value::Null);
    let asked = session.wait_for(|message| message["method"] == "workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{ "section": "dunlin" }]));
    let settings = json!([{ "inlayHints": { "enabled": false } }]);
    session.write(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": settings }).to_string());
    session.wait_for(|message| message["method"] == "workspace/inlayHint/refresh");
    session.notify("workspace/didChangeConfiguration", json!({ "settings": { "dunlin": {} } }));
    session.wait_for(|message| message["method"] == "workspace/inlayHint/refresh");
}

/// A folder with these files.
pub(crate) fn folder_of(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}
