//! Around `tower-lsp`: handlers start in the order read, a panic costs one answer, odd spellings are put right.
//!
//! `tower-lsp` runs handlers at once and beside each other. Every handler here sends its work to the one
//! worker before it first waits, so it is enough to start each one as it is read.

use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ExitedError, LanguageServer, LspService};
use tower_service::Service;

use crate::input;
use crate::log;
use crate::spelling::Spellings;

/// The service of `tower-lsp` with its gaps closed.
pub(crate) struct Ordered<S> {
    /// What answers.
    pub(crate) service: LspService<S>,
    /// How the client spells URIs.
    pub(crate) spellings: Spellings,
}

type Answer = Result<Option<Response>, ExitedError>;

impl<S: LanguageServer> Service<Request> for Ordered<S> {
    type Response = Option<Response>;
    type Error = ExitedError;
    type Future = Started;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Started {
        let id = request.id().cloned();
        let spellings = self.spellings.clone();
        if let Some(error) = input::refusal(&request) {
            let answer = Ok(Some(Response::from_error(id.unwrap_or_default(), error)));
            return Started { id: None, spellings, stage: Stage::Answered(answer) };
        }
        let request = self.put_right(request);
        let calling = panic::catch_unwind(AssertUnwindSafe(|| self.service.call(request)));
        let stage = calling.map_or_else(|_| Stage::Answered(failed(id.clone())), Stage::Running);
        let mut started = Started { id, spellings, stage };
        // Whoever runs it polls again, with a waker of its own.
        if let Poll::Ready(answer) = Pin::new(&mut started).poll(&mut Context::from_waker(Waker::noop())) {
            started.stage = Stage::Answered(answer);
        }
        started
    }
}

impl<S> Ordered<S> {
    /// A request as `tower-lsp` takes it.
    fn put_right(&self, request: Request) -> Request {
        let (method, id, mut parameters) = request.into_parts();
        match &*method {
            // Some clients give an empty object, or null.
            "shutdown" | "exit" => parameters = None,
            // Some clients give nothing.
            "initialized" => parameters = Some(json!({})),
            _ => {}
        }
        let mut rebuilt = Request::build(method);
        if let Some(id) = id {
            rebuilt = rebuilt.id(id);
        }
        if let Some(mut parameters) = parameters {
            self.spellings.on_the_way_in(&mut parameters);
            rebuilt = rebuilt.params(parameters);
        }
        rebuilt.finish()
    }
}

/// A handler that has begun.
pub(crate) struct Started {
    id: Option<Id>,
    spellings: Spellings,
    stage: Stage,
}

enum Stage {
    Running(Pin<Box<dyn Future<Output = Answer> + Send>>),
    Answered(Answer),
}

impl Future for Started {
    type Output = Answer;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        let started = &mut *self;
        let polled = match &mut started.stage {
            Stage::Answered(answer) => return Poll::Ready(std::mem::replace(answer, Ok(None))),
            Stage::Running(future) => panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))),
        };
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(answer)) => Poll::Ready(answer.map(|answer| answer.map(|it| started.restored(it)))),
            Err(_) => Poll::Ready(failed(started.id.clone())),
        }
    }
}

impl Started {
    fn restored(&self, response: Response) -> Response {
        let (id, outcome) = response.into_parts();
        Response::from_parts(
            id,
            outcome.map(|mut result: Value| {
                self.spellings.on_the_way_out(&mut result);
                result
            }),
        )
    }
}

/// The answer of a handler that has panicked.
#[expect(clippy::unnecessary_wraps, reason = "it stands where an answer stands")]
fn failed(id: Option<Id>) -> Answer {
    log("a mistake of ours: a request is not answered");
    Ok(id.map(|id| Response::from_error(id, Error::internal_error())))
}
