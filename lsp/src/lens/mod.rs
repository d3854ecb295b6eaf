//! The live lens: what a program does on its ledger, worked out on a thread of its own.
//!
//! The worker hands over a copy of the program when an edit has settled; this thread waits a moment for the
//! next edit, runs the copy, and gives the worker what is known then. An edit breaks a run off. The worker
//! never waits for it; of the handlers only that of the lens does, for an editor that cannot be told to ask again.

pub(crate) mod books;
mod files;
mod head;
pub(crate) mod known;
pub(crate) mod reckon;
pub(crate) mod why;

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::log;
use crate::program::Root;
use crate::worker::{STACK, Worker};
use books::Books;
use reckon::{Job, Reckoner};

/// How long nothing may be typed before a run starts.
const QUIET: Duration = Duration::from_millis(150);

/// The way to the thread.
#[derive(Debug, Clone)]
pub(crate) struct Lens {
    shared: Arc<Shared>,
    /// The ledgers, which others may ask for, too.
    pub(crate) books: Arc<Books>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    news: Condvar,
    /// The number of the last job.
    last: AtomicU64,
    counts: Counts,
}

#[derive(Debug, Default)]
struct State {
    /// The latest job for each program, and when it may start.
    waiting: BTreeMap<Root, (Job, Instant)>,
    /// What is being worked on, and the flag that breaks it off.
    running: Option<(Root, Arc<AtomicBool>)>,
}

/// What became of the jobs: for tests. And how long they are to take longer, for each customer.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// How many began.
    pub(crate) begun: AtomicU64,
    /// How many came to their end.
    pub(crate) ended: AtomicU64,
    /// How many were broken off.
    pub(crate) broken_off: AtomicU64,
    /// How many microseconds a customer takes longer.
    pub(crate) delay: AtomicU64,
}

impl Lens {
    /// Starts the thread. What is known in the end goes to `worker`.
    pub(crate) fn start(worker: Worker) -> Self {
        let lens = Self { shared: Arc::default(), books: Arc::default() };
        let own = lens.clone();
        let thread = thread::Builder::new().name("lens".to_owned()).stack_size(STACK);
        if let Err(error) = thread.spawn(move || own.work(&worker)) {
            log(&format!("the lens cannot start: {error}"));
        }
        lens
    }

    /// The number of the next job.
    pub(crate) fn next(&self) -> u64 {
        self.shared.last.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// What became of the jobs.
    pub(crate) fn counts(&self) -> &Counts {
        &self.shared.counts
    }

    /// Has a program looked at, instead of its earlier state.
    pub(crate) fn submit(&self, job: Job) {
        let mut state = self.lock();
        state.break_off(&job.root);
        state.waiting.insert(job.root.clone(), (job, Instant::now() + QUIET));
        self.shared.news.notify_one();
    }

    /// Nobody wants to know of this state of a program any more.
    pub(crate) fn stop(&self, root: &Root) {
        let mut state = self.lock();
        state.break_off(root);
        state.waiting.remove(root);
    }

    /// Whether there is nothing to do, and all that was done is on its way to the worker.
    pub(crate) fn is_idle(&self) -> bool {
        let state = self.lock();
        state.waiting.is_empty() && state.running.is_none()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, worker: &Worker) {
        let mut reckoner = Reckoner::new(Arc::clone(&self.books));
        loop {
            let (job, is_over) = self.next_job();
            let (root, number) = (job.root.clone(), job.number);
            let counts = self.counts();
            counts.begun.fetch_add(1, Ordering::SeqCst);
            let is_over = || {
                let delay = counts.delay.load(Ordering::Relaxed);
                if delay > 0 {
                    thread::sleep(Duration::from_micros(delay));
                }
                is_over.load(Ordering::Relaxed)
            };
            match panic::catch_unwind(AssertUnwindSafe(|| reckoner.reckon(job, &is_over))) {
                Ok(Some(known)) => {
                    counts.ended.fetch_add(1, Ordering::SeqCst);
                    worker.tell(move |programs| programs.lens_ready(&root, number, known));
                }
                Ok(None) => {
                    counts.broken_off.fetch_add(1, Ordering::SeqCst);
                }
                Err(_) => {
                    log("a mistake of ours: the lens does not know what a program does");
                    reckoner = Reckoner::new(Arc::clone(&self.books));
                }
            }
            self.lock().running = None;
        }
    }

    /// Waits for a job that may start.
    fn next_job(&self) -> (Job, Arc<AtomicBool>) {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let next = state.waiting.iter().min_by_key(|(_, (_, at))| *at).map(|(root, (_, at))| (root.clone(), *at));
            state = match next {
                None => self.shared.news.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some((_, at)) if at > now => {
                    let waited = self.shared.news.wait_timeout(state, at - now);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                Some((root, _)) => match state.waiting.remove(&root) {
                    Some((job, _)) => {
                        let flag = Arc::new(AtomicBool::new(false));
                        state.running = Some((root, Arc::clone(&flag)));
                        return (job, flag);
                    }
                    None => state,
                },
            };
        }
    }
}

impl State {
    fn break_off(&self, root: &Root) {
        if let Some((_, flag)) = self.running.as_ref().filter(|(running, _)| running == root) {
            flag.store(true, Ordering::Relaxed);
        }
    }
}
