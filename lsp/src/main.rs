//! The language server of Dunlin, over standard input and output.
//!
//! Protocol in, `dunlin::ide` call, protocol out. Messages are read by [`input`] on a thread of its
//! own; edits go from there to [`worker`] in the order read, and everything else to `tower-lsp`, so
//! that no request can hold up an edit and no edit can overtake another. Logs go to the error output.

mod input;
mod paths;
mod position;
mod programs;
mod server;
mod worker;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tower_lsp::{LspService, Server};

use input::{Flags, Input};
use server::{Backend, PublishDiagnostics};

/// How long answers may take to leave after the client has said `exit` or hung up.
const LAST_WORDS: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            log(&format!("cannot start: {error}"));
            return ExitCode::from(2);
        }
    };
    let flags = runtime.block_on(serve());
    runtime.shutdown_background();
    ExitCode::from(u8::from(!flags.was_shut_down()))
}

/// Serves until the client says `exit` or hangs up.
async fn serve() -> Arc<Flags> {
    let (publish, mut published) = mpsc::unbounded_channel();
    let worker = worker::start(publish);
    let Input { stream, flags } = input::start(worker);
    let (service, socket) = LspService::new(|client| Backend { client });
    let client = service.inner().client.clone();
    tokio::spawn(async move {
        while let Some(message) = published.recv().await {
            client.send_notification::<PublishDiagnostics>(message).await;
        }
    });
    let serving = Server::new(stream, tokio::io::stdout(), socket).concurrency_level(64).serve(service);
    let hung_up = async {
        flags.ended().await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        () = serving => {}
        () = hung_up => {}
    }
    flags
}

/// A line in the editor's log of the server.
fn log(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "dunlin-lsp: {text}");
}
