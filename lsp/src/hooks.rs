//! Requests that only tests make: to fail, and to take long.

use std::time::Duration;

use serde::Deserialize;
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
    builder.custom_method("dunlin/panic", Backend::fail).custom_method("dunlin/sleep", Backend::sleep)
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

impl Backend {
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
