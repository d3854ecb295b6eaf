//! What an editor may have executed: lists behind lenses, and why a customer gets what he gets. Nothing is changed.

use std::str::FromStr;
use std::thread;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, Uri};

use crate::convert::lens;
use crate::paths;
use crate::spelling;
use crate::worker::{STACK, Worker};

/// `{ uri, place, what }` of a lens, to `{ title, columns, rows, customers }`.
const ROWS: &str = "dunlin.rows";
/// `{ customer, uri }`, to `{ text, folder }`; the files that the text names lie below the folder.
const WHY: &str = "dunlin.why";

/// The commands.
pub(crate) const COMMANDS: [&str; 2] = [ROWS, WHY];

/// Executes a command.
pub(crate) async fn execute(worker: &Worker, it: ExecuteCommandParams) -> Result<Option<Value>> {
    let argument = it.arguments.into_iter().next().unwrap_or_default();
    match it.command.as_str() {
        ROWS => rows(worker, argument).await,
        WHY => why(worker, argument).await,
        other => Err(Error::invalid_params(format!("there is no command `{other}`"))),
    }
}

async fn rows(worker: &Worker, argument: Value) -> Result<Option<Value>> {
    let (Some(uri), Some(behind)) = (uri(&argument), lens::behind(&argument)) else {
        return Err(Error::invalid_params("the command is given what a lens gives it"));
    };
    let known = worker.ask(move |programs| programs.known(&uri)).await?;
    let list = match known {
        Some(known) => beside(move || lens::list(&known, &behind)).await?,
        None => None,
    };
    list.map_or_else(|| Err(refused("this is not known any more".to_owned())), |list| Ok(Some(list)))
}

async fn why(worker: &Worker, argument: Value) -> Result<Option<Value>> {
    let Some(customer) = argument.get("customer").and_then(Value::as_str).map(str::trim).filter(|id| !id.is_empty())
    else {
        return Err(Error::invalid_params("the command is given the id of a customer"));
    };
    let (customer, uri) = (customer.to_owned(), uri(&argument));
    let inquiry = worker.ask(move |programs| programs.inquiry(uri.as_ref())).await?;
    let Some(inquiry) = inquiry else {
        return Err(refused("open a file of the program that is meant".to_owned()));
    };
    let folder = paths::to_uri(&inquiry.folder);
    let text = beside(move || inquiry.why(&customer)).await?;
    text.map(|text| Some(json!({ "text": text, "folder": folder }))).map_err(refused)
}

/// The file that a command is about.
fn uri(argument: &Value) -> Option<Uri> {
    Uri::from_str(&spelling::escaped(argument["uri"].as_str()?)).ok()
}

fn refused(reason: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: reason.into(), data: None }
}

/// The protocol's number of a request that cannot be fulfilled.
const REQUEST_FAILED: i64 = -32803;

/// Works something out on a thread of its own: neither the worker nor the thread that serves waits for it.
async fn beside<A: Send + 'static>(work: impl FnOnce() -> A + Send + 'static) -> Result<A> {
    let (answer, waiting) = oneshot::channel();
    let thread = thread::Builder::new().name("command".to_owned()).stack_size(STACK);
    let started = thread.spawn(move || drop(answer.send(work())));
    started.map_err(|_| Error::internal_error())?;
    waiting.await.map_err(|_| Error::internal_error())
}
