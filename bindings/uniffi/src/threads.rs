//! Threads for calls that somebody awaits: the core blocks, and Swift's few threads may not.
//!
//! Each call gets a thread of its own, up to a limit; what is above it waits. A call that waits ends
//! at once when it is cancelled, and when its time is over. A thread ends a second after its last
//! call.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use futures_channel::oneshot;
use openint::CancelToken;

use crate::error::OpenintError;

const MAX_THREADS: usize = 512;

/// Time for which a thread waits for another call.
const IDLE: Duration = Duration::from_secs(1);

/// The longest time between two looks at the tokens of calls that wait.
const SLICE: Duration = Duration::from_millis(50);

static THREADS: Threads = Threads {
    state: Mutex::new(State {
        running: 0,
        is_watched: false,
        waiting: VecDeque::new(),
        idle: Vec::new(),
    }),
    wake: Condvar::new(),
};

struct Threads {
    state: Mutex<State>,
    wake: Condvar,
}

struct State {
    running: usize,
    is_watched: bool,
    waiting: VecDeque<Job>,
    /// Threads without a call; the last became so last.
    idle: Vec<Idle>,
}

struct Idle {
    thread: ThreadId,
    job: mpsc::Sender<Job>,
}

struct Job {
    since: Instant,
    limit: Duration,
    token: Option<CancelToken>,
    start: Box<dyn FnOnce(Start) + Send>,
}

/// Beginning of a job.
enum Start {
    After(Duration),
    Failed(OpenintError),
}

/// Runs `work` on a thread and gives it the time that it waited for one, which is less than `limit`.
pub(crate) async fn run<T: Send + 'static>(
    token: Option<CancelToken>,
    limit: Duration,
    work: impl FnOnce(Duration) -> Result<T, OpenintError> + Send + 'static,
) -> Result<T, OpenintError> {
    let (sender, receiver) = oneshot::channel();
    THREADS.submit(Job {
        since: Instant::now(),
        limit,
        token,
        start: Box::new(move |start| {
            // Nobody is left to tell when the receiver is gone.
            let _ = sender.send(match start {
                Start::After(waited) => work(waited),
                Start::Failed(error) => Err(error),
            });
        }),
    });
    receiver
        .await
        .unwrap_or_else(|_| Err(OpenintError::internal("a call was lost", true)))
}

/// Looks at the tokens of calls that wait, now.
pub(crate) fn look() {
    THREADS.wake.notify_all();
}

impl Threads {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn submit(&'static self, job: Job) {
        let mut state = self.lock();
        // Always the last, so that the others of a burst come to their end.
        if let Some(idle) = state.idle.pop() {
            // It listens as long as it is in the list.
            let _ = idle.job.send(job);
            return;
        }
        state.waiting.push_back(job);
        if state.running < MAX_THREADS {
            match spawn("openint", || self.work()) {
                Ok(()) => {
                    state.running += 1;
                    return;
                }
                // The system has no more threads: the next that is free takes it.
                Err(_) if state.running > 0 => {}
                Err(error) => {
                    let job = state.waiting.pop_back();
                    drop(state);
                    let message = format!("no thread could be started: {error}");
                    let error = OpenintError::internal(&message, false);
                    if let Some(job) = job {
                        (job.start)(Start::Failed(error));
                    }
                    return;
                }
            }
        }
        if !state.is_watched {
            // Without it they are only looked at when it is their turn.
            state.is_watched = spawn("openint-queue", || self.watch()).is_ok();
        }
    }

    /// Runs jobs as long as there are any.
    fn work(&self) {
        while let Some(job) = self.next() {
            let start = match job.ended(Instant::now()) {
                Some(error) => Start::Failed(error),
                None => Start::After(job.since.elapsed()),
            };
            // Its message has been printed, and who awaits it finds the channel closed.
            let _ = catch_unwind(AssertUnwindSafe(|| (job.start)(start)));
        }
    }

    /// Returns the next job for this thread; none when it is to end.
    fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        if let Some(job) = state.waiting.pop_front() {
            return Some(job);
        }
        let thread = thread::current().id();
        let (job, receiver) = mpsc::channel();
        state.idle.push(Idle { thread, job });
        drop(state);
        if let Ok(job) = receiver.recv_timeout(IDLE) {
            return Some(job);
        }
        let mut state = self.lock();
        // One may have come since.
        if let Ok(job) = receiver.try_recv() {
            return Some(job);
        }
        state.idle.retain(|idle| idle.thread != thread);
        state.running -= 1;
        None
    }

    /// Ends jobs that are cancelled or out of time, as long as any wait.
    fn watch(&self) {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let (ended, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut state.waiting)
                .into_iter()
                .map(|job| (job.ended(now), job))
                .partition(|(error, _)| error.is_some());
            state.waiting = waiting.into_iter().map(|(_, job)| job).collect();
            if !ended.is_empty() {
                drop(state);
                for (error, job) in ended {
                    (job.start)(error.map_or(Start::After(Duration::ZERO), Start::Failed));
                }
                state = self.lock();
                continue;
            }
            let Some(next) = state.waiting.iter().map(Job::deadline).min() else {
                state.is_watched = false;
                return;
            };
            let wait = next.saturating_duration_since(now).min(SLICE);
            state = match self.wake.wait_timeout(state, wait) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}

impl Job {
    fn deadline(&self) -> Instant {
        self.since + self.limit
    }

    /// Returns why it may not begin any more.
    fn ended(&self, now: Instant) -> Option<OpenintError> {
        if self.token.as_ref().is_some_and(CancelToken::is_cancelled) {
            return Some(OpenintError::cancelled());
        }
        (now >= self.deadline()).then(|| OpenintError::timed_out_in_queue(self.limit.as_secs_f64()))
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name(name.into()).spawn(run)?;
    Ok(())
}
