//! An editor as the tests play it: real messages over the standard input and output of the server.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server and the way to it.
pub(crate) struct Session {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What has come and was not waited for.
    unread: VecDeque<Value>,
    next_id: u64,
}

impl Session {
    /// A server that has not been greeted.
    pub(crate) fn start() -> Self {
        Self::reading(Self::start_without_reading())
    }

    /// A server that has not been greeted, and writes its log there.
    pub(crate) fn start_with_log(log: impl Into<Stdio>) -> Self {
        Self::of_command(Command::new(env!("CARGO_BIN_EXE_dunlin-lsp")).stderr(log))
    }

    /// Any server that speaks the protocol.
    pub(crate) fn of_command(command: &mut Command) -> Self {
        Self::reading(Self::spawn(command))
    }

    fn reading((mut session, mut output): (Self, BufReader<ChildStdout>)) -> Self {
        let (send, messages) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        session.messages = messages;
        session
    }

    /// A server of which nobody reads the output yet.
    pub(crate) fn start_without_reading() -> (Self, BufReader<ChildStdout>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dunlin-lsp"));
        // Where it may write: not into the cache of whoever runs the tests.
        command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        Self::spawn(command.env("DUNLIN_LSP_TEST_HOOKS", "1").stderr(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> (Self, BufReader<ChildStdout>) {
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
        let output = BufReader::new(server.stdout.take().expect("its output"));
        let input = server.stdin.take();
        (Self { server, input, messages: mpsc::channel().1, unread: VecDeque::new(), next_id: 1 }, output)
    }

    /// A session of a simple editor that has `folder` open.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self::of_editor(folder, json!({}), Value::Null).0
    }

    /// A session of an editor that can do `capabilities` and has `folder` open; and how the server greeted it.
    pub(crate) fn of_editor(folder: &Path, capabilities: Value, settings: Value) -> (Self, Value) {
        let mut session = Self::start();
        let answer = session.greet(folder, capabilities, settings);
        (session, answer)
    }

    /// Shakes hands.
    pub(crate) fn greet(&mut self, folder: &Path, capabilities: Value, settings: Value) -> Value {
        let folders = json!([{ "uri": uri(folder), "name": "test" }]);
        let greeting = json!({
            "processId": null,
            "capabilities": capabilities,
            "workspaceFolders": folders,
            "initializationOptions": settings,
        });
        let answer = self.request("initialize", greeting);
        self.notify("initialized", json!({}));
        answer["result"].clone()
    }

    /// Writes bytes as they are.
    pub(crate) fn write_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    /// Writes a message.
    pub(crate) fn write(&mut self, text: &str) {
        self.write_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Tells something.
    pub(crate) fn notify(&mut self, method: &str, parameters: Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }).to_string());
    }

    /// Asks something without waiting for the answer; gives the number of the request.
    pub(crate) fn ask(&mut self, method: &str, parameters: Value) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }).to_string());
        id
    }

    /// The answer to a request.
    pub(crate) fn answer(&mut self, id: u64) -> Value {
        self.wait_for(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Asks something and waits for the answer.
    pub(crate) fn request(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.ask(method, parameters);
        self.answer(id)
    }

    /// What became of the jobs of the lens, and how long it is to take longer for each customer from now on.
    pub(crate) fn lens(&mut self, microseconds: Option<u64>) -> Value {
        self.request("dunlin/lens", json!({ "microseconds": microseconds }))["result"].clone()
    }

    /// Waits until the lens has nothing to do.
    pub(crate) fn lens_is_idle(&mut self) {
        let started = Instant::now();
        while self.lens(None)["isIdle"] != true {
            assert!(started.elapsed() < PATIENCE, "the lens does not come to an end");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The next message that is wanted; the others are kept.
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(message) = self.unread.iter().position(&wanted).and_then(|at| self.unread.remove(at)) {
            return message;
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("an answer");
            if wanted(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// The next message, whatever it is, where one comes in time.
    pub(crate) fn next(&mut self, wait: Duration) -> Option<Value> {
        self.unread.pop_front().or_else(|| self.messages.recv_timeout(wait).ok())
    }

    /// The number of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.server.id()
    }

    /// Whether a message of this method has come that was not waited for.
    pub(crate) fn has_come(&mut self, method: &str) -> bool {
        self.unread.extend(self.messages.try_iter());
        self.unread.iter().any(|message| message["method"] == method)
    }

    /// The findings next published for a document, in this version where one is given.
    pub(crate) fn findings(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        let message = self.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && version.is_none_or(|version| message["params"]["version"] == version)
        });
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// Opens a text.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let language = if uri.ends_with(".proc") { "dunlin" } else { "markdown" };
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Gives an open text other words.
    pub(crate) fn change(&mut self, uri: &str, version: i64, text: &str) {
        self.edit(uri, version, json!([{ "text": text }]));
    }

    /// Changes an open text.
    pub(crate) fn edit(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Closes a text.
    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Hangs up.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the end and gives the status.
    pub(crate) fn status(mut self) -> Option<i32> {
        for _ in 0..600 {
            if let Some(status) = self.server.try_wait().expect("a process") {
                return status.code();
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not end");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The next message of the server.
pub(crate) fn read(output: &mut impl BufRead) -> Option<Value> {
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

/// The command line program: the one that `DUNLIN` names, else the one that was built beside the server, if it was.
pub(crate) fn command_line() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_BIN_EXE_dunlin-lsp")).with_file_name("dunlin");
    Some(std::env::var_os("DUNLIN").map_or(beside, PathBuf::from)).filter(|dunlin| dunlin.is_file())
}

/// The URI of a path.
pub(crate) fn uri(path: &Path) -> String {
    url::Url::from_file_path(path).expect("an absolute path").into()
}

/// What a modern editor says it can do; it is sent its findings.
pub(crate) fn modern() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source"] } },
                "isPreferredSupport": true,
            },
            "completion": { "completionItem": {
                "snippetSupport": true,
                "documentationFormat": ["markdown"],
                "labelDetailsSupport": true,
                "insertReplaceSupport": true,
            } },
            "definition": { "linkSupport": true },
            "typeDefinition": { "linkSupport": true },
            "documentLink": { "tooltipSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "foldingRange": { "lineFoldingOnly": false },
            "hover": { "contentFormat": ["markdown"] },
            "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] } },
            "rename": { "prepareSupport": true },
            "signatureHelp": { "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": { "labelOffsetSupport": true },
                "activeParameterSupport": true,
            } },
        },
        "experimental": { "commands": ["dunlin.renameHere"] },
        "workspace": {
            "workspaceEdit": {
                "documentChanges": true,
                "resourceOperations": ["create", "rename", "delete"],
                "changeAnnotationSupport": {},
            },
            "codeLens": { "refreshSupport": true },
            "inlayHint": { "refreshSupport": true },
            "semanticTokens": { "refreshSupport": true },
        },
    })
}
