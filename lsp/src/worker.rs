//! The one thread that knows the texts. What it is given to do it does in the order given, and when
//! nothing is left it tells the editor what follows.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread;

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use crate::lens::Lens;
use crate::log;
use crate::outbox::Outbox;
use crate::programs::Programs;

/// Bytes of stack: trees are walked by recursion.
pub(crate) const STACK: usize = 64 * 1024 * 1024;

type Job = Box<dyn FnOnce(&mut Programs) + Send>;

/// The way to the thread.
#[derive(Debug, Clone)]
pub(crate) struct Worker {
    jobs: Sender<Job>,
}

impl Worker {
    /// Starts the thread. What the editor is to be told goes to `outbox`.
    pub(crate) fn start(outbox: Outbox) -> Self {
        let (jobs, waiting) = mpsc::channel();
        let worker = Self { jobs };
        let lens = Lens::start(worker.clone());
        let thread = thread::Builder::new().name("worker".to_owned()).stack_size(STACK);
        if let Err(error) = thread.spawn(move || work(&waiting, Programs::new(outbox, lens))) {
            log(&format!("cannot start: {error}"));
        }
        worker
    }

    /// Has something done.
    pub(crate) fn tell(&self, event: impl FnOnce(&mut Programs) + Send + 'static) {
        let _ = self.jobs.send(Box::new(event));
    }

    /// Has something done and waits for what comes of it. Nobody works for an answer that nobody waits for any more.
    ///
    /// # Errors
    /// `InternalError` where answering it failed by a mistake of ours.
    pub(crate) async fn ask<A: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Programs) -> A + Send + 'static,
    ) -> Result<A> {
        let (answer, waiting) = oneshot::channel();
        self.tell(move |programs| {
            if !answer.is_closed() {
                let _ = answer.send(question(programs));
            }
        });
        waiting.await.map_err(|_| Error::internal_error())
    }
}

fn work(jobs: &Receiver<Job>, mut programs: Programs) {
    loop {
        let job = match jobs.try_recv() {
            Ok(job) => Some(job),
            Err(TryRecvError::Empty) if !programs.are_settled() => None,
            Err(_) => match jobs.recv() {
                Ok(job) => Some(job),
                Err(_) => return,
            },
        };
        // A mistake of ours in one state of a text must not end the server: the next state may be fine.
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| match job {
            Some(job) => job(&mut programs),
            None => programs.settle(),
        }));
        if outcome.is_err() {
            log("a mistake of ours: everything is read again");
            programs.start_over();
        }
    }
}
