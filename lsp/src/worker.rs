//! The one thread that knows the texts: takes events in the order read, and publishes what follows.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use crate::log;
use crate::paths;
use crate::position::Encoding;
use crate::programs::Programs;

/// How long typing must rest before its findings are published.
const REST: Duration = Duration::from_millis(40);

/// What happens to texts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// The client has introduced itself.
    Initialize(Introduction),
    /// A document is open, with this text.
    Text {
        /// The client's name for it.
        uri: String,
        /// Which state of it this is.
        version: Option<i64>,
        /// What it says.
        text: String,
    },
    /// A document is no longer open.
    Close {
        /// The client's name for it.
        uri: String,
    },
    /// Files may have changed on the disk.
    Disk,
}

/// What the client says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Introduction {
    /// How it counts columns.
    pub(crate) encoding: Encoding,
    /// The folders it has open.
    pub(crate) folders: Vec<PathBuf>,
}

impl Event {
    /// The event that a message stands for, if it is about texts.
    pub(crate) fn of(method: &str, parameters: Value) -> Option<Self> {
        let at = |pointer: &str| parameters.pointer(pointer);
        let text_at = |pointer: &str| at(pointer).and_then(Value::as_str).map(str::to_owned);
        let uri = || text_at("/textDocument/uri");
        let version = at("/textDocument/version").and_then(Value::as_i64);
        match method {
            "initialize" => Some(Self::Initialize(introduction(&parameters))),
            "textDocument/didOpen" => Some(Self::Text { uri: uri()?, version, text: text_at("/textDocument/text")? }),
            "textDocument/didChange" => {
                let changes = at("/contentChanges")?.as_array()?;
                let text = changes.last()?.get("text")?.as_str()?.to_owned();
                Some(Self::Text { uri: uri()?, version, text })
            }
            "textDocument/didClose" => Some(Self::Close { uri: uri()? }),
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => Some(Self::Disk),
            _ => None,
        }
    }
}

fn introduction(parameters: &Value) -> Introduction {
    let offered = parameters.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let offers_utf8 = offered.is_some_and(|offered| offered.iter().any(|name| name == "utf-8"));
    let folders = parameters.get("workspaceFolders").and_then(Value::as_array);
    let uris: Vec<&Value> = match folders {
        Some(folders) => folders.iter().filter_map(|folder| folder.get("uri")).collect(),
        None => parameters.get("rootUri").into_iter().collect(),
    };
    Introduction {
        encoding: Encoding::chosen(offers_utf8),
        folders: uris.into_iter().filter_map(Value::as_str).filter_map(paths::of_uri).collect(),
    }
}

/// Starts the thread. What it publishes goes to `publish`.
pub(crate) fn start(publish: UnboundedSender<Value>) -> Sender<Event> {
    let (events, waiting) = mpsc::channel();
    thread::spawn(move || work(&waiting, &publish));
    events
}

fn work(events: &Receiver<Event>, publish: &UnboundedSender<Value>) {
    let mut programs = Programs::default();
    loop {
        let next = if programs.are_settled() {
            events.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            events.recv_timeout(REST)
        };
        if next == Err(RecvTimeoutError::Disconnected) {
            return;
        }
        // A mistake of ours in one state of a text must not end the server: the next state may be fine.
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| match next {
            Ok(event) => programs.apply(event),
            Err(_) => programs.publish(&mut |message| {
                let _ = publish.send(message);
            }),
        }));
        if outcome.is_err() {
            log("a mistake of ours: the findings of this state of the text are lost");
        }
    }
}
