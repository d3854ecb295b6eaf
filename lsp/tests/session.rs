//! The server as an editor meets it: real messages over standard input and output.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Session {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
}

impl Session {
    fn start() -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_dunlin-lsp"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(server.stdout.take().expect("its output"));
        let (send, messages) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let input = server.stdin.take();
        Self { server, input, messages }
    }

    /// A session that has shaken hands, with `folder` open.
    fn in_folder(folder: &Path) -> Self {
        let mut session = Self::start();
        let folder = json!([{ "uri": uri(folder), "name": "test" }]);
        let capabilities = json!({ "processId": null, "capabilities": {}, "workspaceFolders": folder });
        let answer = session.request(1, "initialize", capabilities);
        assert_eq!(answer["result"]["capabilities"]["textDocumentSync"]["change"], 2);
        assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-16");
        session.notify("initialized", json!({}));
        session
    }

    fn write(&mut self, text: &str) {
        let input = self.input.as_mut().expect("the input is open");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        input.flush().expect("the server reads");
    }

    fn notify(&mut self, method: &str, parameters: Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }).to_string());
    }

    fn request(&mut self, id: u64, method: &str, parameters: Value) -> Value {
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }).to_string());
        self.wait_for(|message| message["id"] == id)
    }

    fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("an answer");
            if wanted(&message) {
                return message;
            }
        }
    }

    /// The findings next published for a document in this version.
    fn findings(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        let message = self.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && version.is_none_or(|version| message["params"]["version"] == version)
        });
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "dunlin", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Waits for the end and gives the status.
    fn status(mut self) -> Option<i32> {
        for _ in 0..300 {
            if let Some(status) = self.server.try_wait().expect("a process") {
                return status.code();
            }
            thread::sleep(Duration::from_millis(100));
        }
        self.server.kill().expect("a process");
        panic!("the server does not end");
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().ok()?;
        } else if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn uri(path: &Path) -> String {
    url::Url::from_file_path(path).expect("an absolute path").into()
}

/// A program that is right, or has one mistake: after characters that UTF-16 counts as three.
fn program(broken: bool) -> String {
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

    session.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(session.request(9, "shutdown", Value::Null)["result"], Value::Null);
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
    session.input = None;
    assert_eq!(session.status(), Some(1));
}
