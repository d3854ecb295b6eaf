//! The standard input, read on a thread of its own so that nothing can hold it up.
//!
//! Frames are read leniently (header names in any case, other headers passed by, too large or
//! malformed messages dropped) and written on cleanly. Notifications about texts go to the worker.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use serde_json::Value;
use tokio::io::{AsyncWriteExt, DuplexStream};
use tokio::sync::{Notify, mpsc};

use crate::log;
use crate::worker::Event;

/// A message larger than this is dropped.
const LARGEST: usize = 256 * 1024 * 1024;
/// Bytes that may wait for `tower-lsp` before the pump waits for it; the reading thread never does.
const PIPE: usize = 64 * 1024;

/// What is left of the input for `tower-lsp`.
pub(crate) struct Input {
    /// Clean frames.
    pub(crate) stream: DuplexStream,
    /// What has been seen.
    pub(crate) flags: Arc<Flags>,
}

/// What has been seen in the input.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    shut_down: AtomicBool,
    over: AtomicBool,
    ended: Notify,
}

impl Flags {
    /// Whether the client asked for `shutdown`.
    pub(crate) fn was_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::SeqCst)
    }

    /// Waits for `exit` or the end of the input.
    pub(crate) async fn ended(&self) {
        while !self.over.load(Ordering::SeqCst) {
            self.ended.notified().await;
        }
    }

    fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
        self.ended.notify_one();
    }
}

/// Starts reading.
pub(crate) fn start(worker: Sender<Event>) -> Input {
    let flags = Arc::new(Flags::default());
    let (frames, mut waiting) = mpsc::unbounded_channel::<Vec<u8>>();
    let (stream, mut pipe) = tokio::io::duplex(PIPE);
    let seen = Arc::clone(&flags);
    thread::spawn(move || {
        read_all(&mut io::stdin().lock(), &worker, &frames, &seen);
        seen.end();
    });
    tokio::spawn(async move {
        while let Some(frame) = waiting.recv().await {
            if pipe.write_all(&frame).await.is_err() {
                break;
            }
        }
    });
    Input { stream, flags }
}

fn read_all(input: &mut dyn BufRead, worker: &Sender<Event>, frames: &mpsc::UnboundedSender<Vec<u8>>, flags: &Flags) {
    while let Ok(Some(body)) = read_frame(input) {
        let Ok(mut message) = serde_json::from_slice::<Value>(&body) else {
            log("a message that is no JSON was dropped");
            continue;
        };
        let method = message.get("method").and_then(Value::as_str).unwrap_or("").to_owned();
        if method == "shutdown" {
            // Some clients send parameters, which `tower-lsp` refuses.
            message.as_object_mut().map(|object| object.remove("params"));
            flags.shut_down.store(true, Ordering::SeqCst);
        }
        let parameters = message.get("params").cloned().unwrap_or_default();
        let is_about_texts = match Event::of(&method, parameters) {
            Some(event) => {
                let is_shared = matches!(event, Event::Initialize(_));
                let _ = worker.send(event);
                !is_shared
            }
            None => method.starts_with("textDocument/did") || method.starts_with("workspace/did"),
        };
        if !is_about_texts {
            let body = message.to_string();
            let _ = frames.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
        }
        if method == "exit" {
            return;
        }
    }
}

/// The body of the next message; `None` at the end of the input.
fn read_frame(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match (line.is_empty(), length) {
            (true, Some(length)) if length <= LARGEST => {
                let mut body = vec![0; length];
                input.read_exact(&mut body)?;
                return Ok(Some(body));
            }
            (true, Some(excess)) => {
                log(&format!("a message of {excess} bytes was dropped"));
                io::copy(&mut input.take(excess as u64), &mut io::sink())?;
                length = None;
            }
            // A blank line without a length, or a header: what is no length is passed by.
            _ => length = content_length(line).or(length),
        }
    }
}

fn content_length(line: &str) -> Option<usize> {
    let (name, value) = line.split_once(':')?;
    name.trim().to_ascii_lowercase().ends_with("content-length").then(|| value.trim().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(input: &str) -> Vec<String> {
        let mut input = io::Cursor::new(input.as_bytes().to_vec());
        std::iter::from_fn(|| read_frame(&mut input).ok().flatten())
            .map(|body| String::from_utf8_lossy(&body).into_owned())
            .collect()
    }

    #[test]
    fn headers_are_read_leniently() {
        let text = "content-length: 2\r\nContent-Type: whatever\r\n\r\n{}rubbish\r\n\r\nContent-Length: 3\n\n[1]";
        assert_eq!(bodies(text), ["{}", "[1]"]);
    }

    #[test]
    fn a_message_cut_off_is_the_end() {
        assert_eq!(bodies("Content-Length: 10\r\n\r\n{}"), Vec::<String>::new());
    }
}
