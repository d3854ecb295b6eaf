//! The standard input, read on a thread of its own so that nothing can hold it up.
//!
//! Frames are read leniently (header names in any case, other headers passed by, too large ones dropped)
//! and written on cleanly; a message that is none becomes a request that is refused.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::Value;
use tokio::io::{AsyncWriteExt, DuplexStream};
use tokio::sync::{Notify, mpsc};
use tower_lsp::jsonrpc::{Error, Request, Response};

use crate::log;

/// A message larger than this is dropped.
const LARGEST: usize = 256 * 1024 * 1024;
/// A line of a header that is longer than this is read in pieces.
const LONGEST_LINE: u64 = 64 * 1024;
/// Bytes that may wait for `tower-lsp` before the pump waits for it; the reading thread never does.
const PIPE: usize = 64 * 1024;

/// What stands for a message that is no JSON, and for one that is no request or response.
const NO_JSON: &str = "$/dunlin/noJson";
const NO_MESSAGE: &str = "$/dunlin/noMessage";

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
pub(crate) fn start() -> Input {
    let flags = Arc::new(Flags::default());
    let (frames, mut waiting) = mpsc::unbounded_channel::<Vec<u8>>();
    let (stream, mut pipe) = tokio::io::duplex(PIPE);
    let seen = Arc::clone(&flags);
    thread::spawn(move || {
        read_all(&mut io::stdin().lock(), &frames, &seen);
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

fn read_all(input: &mut dyn BufRead, frames: &mpsc::UnboundedSender<Vec<u8>>, flags: &Flags) {
    while let Ok(Some(body)) = read_frame(input) {
        let (body, method) = understood(body);
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend(body);
        let _ = frames.send(frame);
        match method.as_deref() {
            Some("shutdown") => flags.shut_down.store(true, Ordering::SeqCst),
            Some("exit") => return,
            _ => {}
        }
    }
}

/// A body that `tower-lsp` reads, and its method. One that it cannot read would end the session.
fn understood(body: Vec<u8>) -> (Vec<u8>, Option<String>) {
    let value = match serde_json::from_slice::<Value>(&body) {
        Ok(value) => value,
        Err(error) => {
            log(&format!("a message that is no JSON: {error}"));
            return (refused(NO_JSON, &Value::Null), None);
        }
    };
    let method = value.get("method").and_then(Value::as_str).map(str::to_owned);
    let id = value.get("id").filter(|id| id.is_string() || id.is_i64()).cloned().unwrap_or_default();
    let is_message = match &method {
        Some(_) => serde_json::from_value::<Request>(value).is_ok(),
        None => serde_json::from_value::<Response>(value).is_ok(),
    };
    if is_message {
        return (body, method);
    }
    log("a message that is neither request nor response");
    (refused(NO_MESSAGE, &id), None)
}

fn refused(method: &str, id: &Value) -> Vec<u8> {
    serde_json::json!({ "jsonrpc": "2.0", "id": id, "method": method }).to_string().into_bytes()
}

/// The error that answers what stands for no message.
pub(crate) fn refusal(request: &Request) -> Option<Error> {
    match request.method() {
        NO_JSON => Some(Error::parse_error()),
        NO_MESSAGE => Some(Error::invalid_request()),
        _ => None,
    }
}

/// The body of the next message; `None` at the end of the input.
fn read_frame(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        if Read::take(&mut *input, LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
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

    #[test]
    fn a_header_may_be_huge() {
        let text = format!("X: {}\r\nContent-Length: 2\r\n\r\n{{}}", "x".repeat(1_000_000));
        assert_eq!(bodies(&text), ["{}"]);
    }
}
