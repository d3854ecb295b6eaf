//! What goes wrong between an editor and a server: order, load, silence, faults and ends.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Session, modern, read, uri};
use crate::editing::program;

/// A folder, and the URI of a file in it.
fn place() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = uri(&folder.path().join("main.proc"));
    (folder, file)
}

fn outline(file: &str) -> Value {
    json!({ "textDocument": { "uri": file } })
}

#[test]
fn every_request_sees_the_texts_of_its_moment() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, "define a = today\n");
    let mut asked = Vec::new();
    // The name becomes a, ab, abb, … by insertions just behind its first letter.
    for edit in 0..2000_i64 {
        let at = json!({ "line": 0, "character": 8 });
        session.edit(&file, edit + 2, json!([{ "range": { "start": at, "end": at }, "text": "b" }]));
        if edit % 200 == 199 {
            asked.push((edit, session.ask("textDocument/documentSymbol", outline(&file))));
        }
    }
    for (edit, id) in asked {
        let name = session.answer(id)["result"][0]["name"].clone();
        assert_eq!(name.as_str().map(str::len), Some(usize::try_from(edit).expect("a number") + 2));
    }
    let last = session.request("textDocument/documentSymbol", outline(&file))["result"][0]["name"].clone();
    assert_eq!(last, json!(format!("a{}", "b".repeat(2000))));
}

#[test]
fn many_and_slow_requests_hold_nothing_up() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, &program(false));
    let slow = session.ask("dunlin/sleep", json!({ "milliseconds": 1000 }));
    let many: Vec<u64> = (0..500).map(|_| session.ask("textDocument/documentSymbol", outline(&file))).collect();
    let never = session.ask("dunlin/sleep", json!({ "milliseconds": 600_000 }));
    let started = Instant::now();
    session.notify("$/cancelRequest", json!({ "id": never }));
    assert_eq!(session.answer(never)["error"]["code"], -32800);
    assert!(started.elapsed() < Duration::from_millis(900), "it waited for what came before");
    assert_eq!(session.answer(slow)["result"], 1000);
    for id in many {
        assert!(session.answer(id)["result"].is_array());
    }
}

#[test]
fn a_cancelled_request_costs_nothing() {
    let (folder, _) = place();
    let mut session = Session::in_folder(folder.path());
    session.ask("dunlin/sleep", json!({ "milliseconds": 300 }));
    for _ in 0..100 {
        let id = session.ask("dunlin/sleep", json!({ "milliseconds": 10_000 }));
        session.notify("$/cancelRequest", json!({ "id": id }));
    }
    session.notify("$/cancelRequest", json!({ "id": 999_999 }));
    assert_eq!(session.request("dunlin/sleep", json!({ "milliseconds": 1 }))["result"], 1);
}

#[test]
fn a_client_that_does_not_read_may_still_write() {
    let (folder, file) = place();
    let (mut session, mut output) = Session::start_without_reading();
    let greeting = json!({ "capabilities": {}, "workspaceFolders": [{ "uri": uri(folder.path()), "name": "test" }] });
    session.ask("initialize", greeting);
    session.notify("initialized", json!({}));
    session.open(&file, &program(false));
    // Some 5 MB to write, and as much to read, which nobody does: more than any pipe holds.
    let filling = "# a line of a comment that fills the file and has to be read all the same\n".repeat(70);
    let mut last = 0;
    for version in 2..1000 {
        session.change(&file, version, &(program(version % 2 == 0) + &filling));
        last = session.ask("textDocument/documentSymbol", outline(&file));
    }
    thread::sleep(Duration::from_millis(300));
    let mut answers = 0;
    while let Some(message) = read(&mut output) {
        answers += u32::from(message["result"].is_array());
        if message["id"] == last {
            break;
        }
    }
    assert_eq!(answers, 998);
    drop(output);
}

#[test]
fn a_mistake_of_ours_costs_one_answer() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, &program(true));
    for on_worker in [true, false, true] {
        assert_eq!(session.request("dunlin/panic", json!({ "on_worker": on_worker }))["error"]["code"], -32603);
        assert!(session.request("textDocument/documentSymbol", outline(&file))["result"].is_array());
    }
    session.change(&file, 2, &program(false));
    assert_eq!(session.findings(&file, Some(2)), Vec::<Value>::new());
}

#[test]
fn what_is_malformed_is_refused_and_ends_nothing() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    let refused = |session: &mut Session, text: &str, id: Value, code: i64| {
        session.write(text);
        let answer = session.wait_for(|message| message.get("error").is_some());
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&id, &json!(code)), "{text}");
    };
    refused(&mut session, "this is no JSON", Value::Null, -32700);
    refused(&mut session, "{\"jsonrpc\": \"2.0\", \"method\": ", Value::Null, -32700);
    refused(&mut session, "\u{1}", Value::Null, -32700);
    refused(&mut session, &"[".repeat(100_000), Value::Null, -32700);
    refused(&mut session, "[]", Value::Null, -32600);
    refused(&mut session, "{}", Value::Null, -32600);
    refused(&mut session, "17", Value::Null, -32600);
    refused(&mut session, "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": 3}", json!(7), -32600);
    refused(&mut session, "{\"jsonrpc\": \"1.0\", \"id\": \"x\", \"method\": \"shutdown\"}", json!("x"), -32600);
    refused(&mut session, "{\"jsonrpc\": \"2.0\", \"id\": 8, \"method\": \"no/such\"}", json!(8), -32601);
    let no_parameters = "{\"jsonrpc\": \"2.0\", \"id\": 9, \"method\": \"textDocument/documentSymbol\"}";
    refused(&mut session, no_parameters, json!(9), -32602);

    // An answer to nothing, notices that are none, and headers of all kinds.
    session.write("{\"jsonrpc\": \"2.0\", \"id\": 77, \"result\": null}");
    session.notify("no/such", json!({}));
    session.notify("$/setTrace", json!({ "value": "verbose" }));
    session.notify("textDocument/didChange", json!({ "textDocument": {} }));
    session.notify("textDocument/didClose", json!({ "textDocument": { "uri": "file:///never/opened.proc" } }));
    session.change("file:///never/opened.proc", 2, "");
    session.write_raw(b"Rubbish\r\n\r\nContent-Length: none\r\n\r\ncontent-type: x\r\n");
    session.write("");
    session.open(&file, &program(true));
    assert_eq!(session.findings(&file, Some(1)).len(), 1);
}

#[test]
fn a_message_with_bytes_that_are_no_text_is_refused() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.write_raw(b"Content-Length: 4\r\n\r\n\"\xff\xfe\"");
    assert_eq!(session.wait_for(|message| message.get("error").is_some())["error"]["code"], -32700);
    session.open(&file, &program(true));
    assert_eq!(session.findings(&file, Some(1)).len(), 1);
}

#[test]
fn places_that_are_none_are_the_nearest_that_are() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, "define a = today\n");
    let ask = |session: &mut Session, line: i64, character: i64| {
        let place = json!({ "line": line, "character": character });
        let selected = session
            .request("textDocument/selectionRange", json!({ "textDocument": { "uri": file }, "positions": [place] }));
        selected["result"][0]["range"].clone()
    };
    let word = |start: i64, end: i64| json!({ "start": { "line": 0, "character": start }, "end": { "line": 0, "character": end } });
    assert_eq!(ask(&mut session, -1, -5), word(0, 6));
    assert_eq!(ask(&mut session, 0, 4_000_000_000), word(11, 16));
    assert_eq!(ask(&mut session, 0, 99_999_999_999), word(11, 16));
    assert!(ask(&mut session, 99_999_999_999, 0).is_object());

    // An edit beyond the end appends, one that ends before it starts is turned round.
    let (far, near) = (json!({ "line": 900, "character": 0 }), json!({ "line": 0, "character": 11 }));
    session.edit(&file, 2, json!([{ "range": { "start": far, "end": far }, "text": "define b = 1\n" }]));
    session.edit(&file, 3, json!([{ "range": { "start": { "line": 0, "character": 16 }, "end": near }, "text": "2" }]));
    let names = session.request("textDocument/documentSymbol", outline(&file))["result"].clone();
    assert_eq!((&names[0]["name"], &names[1]["name"]), (&json!("a"), &json!("b")));
}

#[test]
fn huge_texts_and_huge_lines_are_taken() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, &format!("{}# {}\n", program(false), "é𝄞".repeat(500_000)));
    session.findings(&file, Some(1));
    let end = json!({ "line": 8, "character": 2_000_000 });
    session.edit(&file, 2, json!([{ "range": { "start": end, "end": end }, "text": "\ndefine b = naem" }]));
    let findings = session.findings(&file, Some(2));
    assert!(findings.iter().any(|finding| finding["range"]["start"]["line"] == 9), "{findings:#?}");
}

#[test]
fn nested_texts_do_not_overflow() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, &format!("define a = {}1{}\n", "(".repeat(20_000), ")".repeat(20_000)));
    session.findings(&file, Some(1));
    session.change(&file, 2, &format!("define a = 1{}\n", " + 1".repeat(20_000)));
    session.findings(&file, Some(2));
    let place = json!({ "textDocument": { "uri": file }, "positions": [{ "line": 0, "character": 12 }] });
    assert!(session.request("textDocument/selectionRange", place)["result"].is_array());
}

#[test]
fn before_the_greeting_nothing_is_answered() {
    let mut session = Session::start();
    session.open("file:///a/b.proc", "");
    let early = session.request("textDocument/documentSymbol", outline("file:///a/b.proc"));
    assert_eq!(early["error"]["code"], -32002);
    let folder = tempfile::tempdir().expect("a folder");
    assert!(session.greet(folder.path(), modern(), Value::Null)["capabilities"].is_object());
    assert_eq!(session.request("initialize", json!({ "capabilities": {} }))["error"]["code"], -32600);
}

#[test]
fn a_greeting_may_name_no_folder() {
    for folder in [json!({ "rootUri": "" }), json!({ "rootUri": null, "workspaceFolders": null }), json!({})] {
        let mut session = Session::start();
        let mut greeting = json!({ "processId": null, "capabilities": {} });
        greeting.as_object_mut().expect("an object").extend(folder.as_object().expect("an object").clone());
        assert!(session.request("initialize", greeting)["result"]["capabilities"].is_object(), "{folder}");
        // Some clients leave the parameters out, and some do not say this at all.
        session.write("{\"jsonrpc\": \"2.0\", \"method\": \"initialized\"}");
        let (_folder, file) = place();
        session.open(&file, &program(true));
        assert_eq!(session.findings(&file, Some(1)).len(), 1);
    }
}

#[test]
fn shutdown_takes_whatever_parameters() {
    for parameters in [Value::Null, json!({}), json!([])] {
        let (folder, _) = place();
        let mut session = Session::in_folder(folder.path());
        let answer = session.request("shutdown", parameters.clone());
        assert_eq!(answer.get("result"), Some(&Value::Null), "{parameters}: {answer}");
        let late = session.request("workspace/symbol", json!({ "query": "" }));
        assert_eq!(late["error"]["code"], -32600);
        session.notify("exit", parameters);
        assert_eq!(session.status(), Some(0));
    }
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut session = Session::start();
    session.notify("exit", Value::Null);
    assert_eq!(session.status(), Some(1));
}

#[test]
fn the_end_comes_at_once_whatever_is_running() {
    for says_exit in [true, false] {
        let (folder, file) = place();
        let mut session = Session::in_folder(folder.path());
        session.open(&file, &program(true));
        session.ask("dunlin/sleep", json!({ "milliseconds": 60_000 }));
        session.request("no/such", json!({}));
        let started = Instant::now();
        if says_exit {
            session.notify("exit", Value::Null);
        } else {
            session.hang_up();
        }
        assert_eq!(session.status(), Some(1));
        assert!(started.elapsed() < Duration::from_secs(5), "it took {:?}", started.elapsed());
    }
}

#[test]
fn answers_come_before_the_end() {
    let (folder, file) = place();
    let mut session = Session::in_folder(folder.path());
    session.open(&file, &program(true));
    let asked = session.ask("textDocument/documentSymbol", outline(&file));
    session.hang_up();
    assert!(session.answer(asked)["result"].is_array());
    assert_eq!(session.status(), Some(1));
}
