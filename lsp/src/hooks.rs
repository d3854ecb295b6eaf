//! Requests that only tests make: to fail, to take long, and to watch the lens at work.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

use crate::server::Backend;

/// The variable of the environment that allows them.
const ALLOWED: &str = "DUNLIN_LSP_TEST_HOOKS";

/// Adds the requests, where the environment allows them.
pub(crate) fn add(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    if std::env::var_os(ALLOWED).is_none() {
        return builder;
    }
    builder
        .custom_method("dunlin/panic", Backend::fail)
        .custom_method("dunlin/sleep", Backend::sleep)
        .custom_method("dunlin/lens", Backend::lens)
}

/// Where to fail.
#[derive(Debug, Deserialize)]
struct Failure {
    on_worker: bool,
}

/// How long to take.
#[derive(Debug, Deserialize)]
struct Sleep {
    milliseconds: u64,
}

/// How many microseconds the lens is to take longer for each customer, from now on.
#[derive(Debug, Deserialize)]
struct Slowness {
    microseconds: Option<u64>,
}

impl Backend {
    /// Tells what became of the jobs of the lens, and whether it has nothing to do.
    async fn lens(&self, it: Slowness) -> Result<Value> {
        self.worker
            .ask(move |programs| {
                let is_idle = programs.are_settled() && programs.lens().is_idle();
                let counts = programs.lens().counts();
                if let Some(microseconds) = it.microseconds {
                    counts.delay.store(microseconds, Ordering::SeqCst);
                }
                let [begun, ended, broken_off] =
                    [&counts.begun, &counts.ended, &counts.broken_off].map(|count| count.load(Ordering::SeqCst));
                json!({ "begun": begun, "ended": ended, "brokenOff": broken_off, "isIdle": is_idle })
            })
            .await
    }

    #[expect(clippy::panic, reason = "it is asked for")]
    async fn fail(&self, it: Failure) -> Result<()> {
        if it.on_worker {
            return self.worker.ask(|_| panic!("as asked for")).await;
        }
        panic!("as asked for");
    }

    async fn sleep(&self, it: Sleep) -> Result<u64> {
        self.worker
            .ask(move |_| {
                std::thread::sleep(Duration::from_millis(it.milliseconds));
                it.milliseconds
            })
            .await
    }
}
