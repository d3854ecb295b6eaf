//! The language server of Dunlin, over standard input and output.
//!
//! Protocol in, `dunlin::ide` call, protocol out. [`input`] reads messages on a thread of its own; [`ordered`]
//! starts their handlers ([`server`]) in the order read; every handler gives its work to the one [`worker`],
//! which knows the texts ([`programs`]). Logs go to the error output.

mod beside;
mod capabilities;
mod commands;
mod convert;
mod editor;
mod hooks;
mod input;
mod introduction;
mod lens;
mod ordered;
mod outbox;
mod paths;
mod prelude;
mod program;
mod programs;
mod publish;
mod registration;
mod server;
mod settings;
mod spelling;
mod texts;
mod view;
mod worker;

use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tower_lsp::{LspService, Server};

use convert::colours::Given;
use input::{Flags, Input};
use ordered::Ordered;
use outbox::Outbox;
use server::Backend;
use spelling::Spellings;
use worker::Worker;

/// A text that is edited leaves many small pieces of memory behind at each letter; the system's allocator takes several
/// milliseconds now and then to put them in order.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long answers may take to leave after the client has said `exit` or hung up.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How many requests may wait for their answers at once.
const AT_ONCE: usize = 4096;

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
    let Input { stream, flags } = input::start();
    let (outbox, spellings) = (Outbox::default(), Spellings::default());
    let worker = Worker::start(outbox.clone());
    let build =
        LspService::build(|client| Backend { client, worker, editor: OnceLock::new(), colours: Given::default() });
    let (service, socket) = hooks::add(build).finish();
    tokio::spawn(outbox.deliver(service.inner().client.clone(), spellings.clone()));
    let server = Server::new(stream, tokio::io::stdout(), socket).concurrency_level(AT_ONCE);
    let hung_up = async {
        flags.ended().await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        () = server.serve(Ordered { service, spellings }) => {}
        () = hung_up => {}
    }
    flags
}

/// A line in the editor's log of the server.
fn log(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "dunlin-lsp: {text}");
}
