//! Opens TCP connections: the name is looked up, and where it has several addresses, the next is
//! tried a quarter of a second after the last (RFC 8305).
//!
//! Neither a look-up nor a connect can be interrupted, so threads do both. A call that ends before
//! its connection stands leaves the pursuit of it to the next call.

use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{thread, vec};

use super::MAX_IDLE;
use super::call::Call;
use super::tcp::is_silent;

/// After that long without a connection the next address is tried as well.
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// Most threads of one client that look up and connect at once.
const MAX_THREADS: usize = 64;

/// Interval in which a call that needs a thread looks for one.
const BUSY: Duration = Duration::from_millis(5);

/// Opens connections to one host and port.
#[derive(Debug, Default)]
pub(super) struct Dialler {
    threads: Arc<AtomicUsize>,
    abandoned: Mutex<Vec<Pursuit>>,
}

impl Dialler {
    /// A connection to one of the addresses that `look_up` gives.
    pub(super) fn dial(
        &self,
        look_up: impl Fn() -> io::Result<Vec<SocketAddr>> + Clone + Send + 'static,
    ) -> Result<TcpStream, ureq::Error> {
        loop {
            let abandoned = self.with_abandoned(|abandoned| {
                abandoned.retain(|pursuit| Instant::now() < pursuit.ends);
                abandoned.pop()
            });
            let is_another_s = abandoned.is_some();
            let mut pursuit = match (abandoned, Thread::reserve(&self.threads)) {
                (Some(pursuit), _) => pursuit,
                (None, Some(thread)) => Pursuit::begin(thread, look_up.clone())?,
                (None, None) => {
                    thread::sleep(Call::check()?.min(BUSY));
                    continue;
                }
            };
            match pursuit.wait(&self.threads) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(stream);
                }
                Err(Ended::Failed(_)) if is_another_s => {}
                Err(Ended::Failed(error)) => return Err(error.into()),
                Err(Ended::Stopped(error)) => {
                    self.with_abandoned(|abandoned| abandoned.push(pursuit));
                    return Err(error.into());
                }
            }
        }
    }

    fn with_abandoned<T>(&self, act: impl FnOnce(&mut Vec<Pursuit>) -> T) -> T {
        act(&mut self
            .abandoned
            .lock()
            .unwrap_or_else(PoisonError::into_inner))
    }
}

/// All addresses of a host, the two families in turns.
pub(super) fn addresses_of(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    Ok(in_turns((host, port).to_socket_addrs()?.collect()))
}

fn in_turns(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (preferred, other): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == first);
    let mut turns: Vec<_> = preferred.into_iter().enumerate().collect();
    turns.extend(other.into_iter().enumerate());
    // Stable, so that the preferred one of each turn comes first.
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, address)| address).collect()
}

/// A thread that may run.
struct Thread(Arc<AtomicUsize>);

impl Thread {
    fn reserve(threads: &Arc<AtomicUsize>) -> Option<Self> {
        let running = threads.fetch_add(1, Ordering::Relaxed);
        let thread = Self(Arc::clone(threads));
        (running < MAX_THREADS).then_some(thread)
    }

    fn run(self, act: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let thread = thread::Builder::new().name("openint-dial".to_owned());
        thread.spawn(move || {
            act();
            drop(self);
        })?;
        Ok(())
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

enum Event {
    /// The addresses after the first, which is being tried.
    Found(Vec<SocketAddr>),
    Connected(TcpStream, Instant),
    Failed(io::Error),
}

enum Ended {
    /// Every address failed.
    Failed(io::Error),
    /// The call is over, and the pursuit is not.
    Stopped(io::Error),
}

/// The attempts to reach one host.
#[derive(Debug)]
struct Pursuit {
    sender: Sender<Event>,
    events: Receiver<Event>,
    untried: vec::IntoIter<SocketAddr>,
    next_at: Instant,
    running: usize,
    timeout: Duration,
    /// When the first attempt ends, and what the look-up gave is old.
    ends: Instant,
}

impl Pursuit {
    fn begin(
        thread: Thread,
        look_up: impl FnOnce() -> io::Result<Vec<SocketAddr>> + Send + 'static,
    ) -> io::Result<Self> {
        // Longer than any call waits for it, so that the call's own limit is what ends it.
        let timeout = Call::connect_timeout() + Duration::from_secs(1);
        let (sender, events) = mpsc::channel();
        let to_call = sender.clone();
        thread.run(move || {
            let mut addresses = match look_up() {
                Ok(addresses) => addresses.into_iter(),
                Err(error) => return drop(to_call.send(Event::Failed(error))),
            };
            let Some(first) = addresses.next() else {
                let error = io::Error::other("the host name has no address");
                return drop(to_call.send(Event::Failed(error)));
            };
            // Each event wakes the call, which has nothing to do with none.
            if addresses.len() > 0 {
                let _ = to_call.send(Event::Found(addresses.collect()));
            }
            connect(first, timeout, &to_call);
        })?;
        Ok(Self {
            sender,
            events,
            untried: Vec::new().into_iter(),
            next_at: Instant::now() + NEXT_ADDRESS,
            running: 1,
            timeout,
            ends: Instant::now() + timeout,
        })
    }

    /// Waits for the first connection.
    fn wait(&mut self, threads: &Arc<AtomicUsize>) -> Result<TcpStream, Ended> {
        loop {
            let mut wait = Call::check().map_err(Ended::Stopped)?;
            if self.untried.len() > 0 {
                wait = wait.min(self.next_at.saturating_duration_since(Instant::now()));
            }
            match self.events.recv_timeout(wait) {
                Ok(Event::Found(addresses)) => {
                    self.untried = addresses.into_iter();
                    self.next_at = Instant::now() + NEXT_ADDRESS;
                }
                // Of a pursuit that waited for a call, it may be gone again.
                Ok(Event::Connected(stream, since))
                    if since.elapsed() < MAX_IDLE && is_silent(&stream) =>
                {
                    return Ok(stream);
                }
                Ok(Event::Connected(..)) => self.failed(io::ErrorKind::ConnectionAborted.into())?,
                Ok(Event::Failed(error)) => self.failed(error)?,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if Instant::now() >= self.next_at {
                self.try_next(threads).map_err(Ended::Failed)?;
            }
        }
    }

    /// One address failed: the next is tried at once, if there is one.
    fn failed(&mut self, error: io::Error) -> Result<(), Ended> {
        self.running -= 1;
        self.next_at = Instant::now();
        if self.running == 0 && self.untried.len() == 0 {
            return Err(Ended::Failed(error));
        }
        Ok(())
    }

    fn try_next(&mut self, threads: &Arc<AtomicUsize>) -> io::Result<()> {
        let Some(thread) = Thread::reserve(threads) else {
            self.next_at = Instant::now() + BUSY;
            return Ok(());
        };
        if let Some(address) = self.untried.next() {
            let (to_call, timeout) = (self.sender.clone(), self.timeout);
            thread.run(move || connect(address, timeout, &to_call))?;
            self.running += 1;
            self.next_at = Instant::now() + NEXT_ADDRESS;
        }
        Ok(())
    }
}

/// Nobody listens any more where another address was quicker.
fn connect(address: SocketAddr, timeout: Duration, to_call: &Sender<Event>) {
    let event = match TcpStream::connect_timeout(&address, timeout) {
        Ok(stream) => Event::Connected(stream, Instant::now()),
        Err(error) => Event::Failed(error),
    };
    let _ = to_call.send(event);
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};

    use super::*;
    use crate::cancel::CancelToken;
    use crate::http::call::{CallGuard, Limits};

    const LIMIT: Duration = Duration::from_secs(5);

    fn call(cancel: Option<CancelToken>) -> CallGuard {
        let limits = Limits {
            timeout: LIMIT,
            connect_timeout: LIMIT,
            total_timeout: LIMIT,
            deadline: Instant::now() + LIMIT,
            cancel,
        };
        let guard = Call::begin(&limits, 0, false);
        Call::opens();
        guard
    }

    /// A listener whose backlog is full, so that it swallows what asks to connect.
    struct Deaf {
        address: SocketAddr,
        _held: (TcpListener, Vec<TcpStream>),
    }

    impl Deaf {
        fn new() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let mut streams = Vec::new();
            while let Ok(stream) = TcpStream::connect_timeout(&address, NEXT_ADDRESS) {
                streams.push(stream);
            }
            Self {
                address,
                _held: (listener, streams),
            }
        }
    }

    fn alive() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    fn refusing() -> SocketAddr {
        alive().1
    }

    fn threads(dialler: &Dialler) -> usize {
        dialler.threads.load(Ordering::Relaxed)
    }

    #[test]
    fn a_dead_address_costs_a_quarter_of_a_second_and_a_closed_one_nothing() {
        let deaf = Deaf::new();
        let (_listener, alive) = alive();
        for (first, least, most) in [(deaf.address, 250, 500), (refusing(), 0, 200)] {
            let _guard = call(None);
            let started = Instant::now();
            let stream = Dialler::default()
                .dial(move || Ok(vec![first, alive]))
                .unwrap();
            let took = started.elapsed().as_millis();
            assert_eq!(stream.peer_addr().unwrap(), alive);
            assert!((least..most).contains(&took), "{took} ms");
        }
    }

    #[test]
    fn the_first_address_wins_when_it_answers_and_the_last_error_is_told() {
        let (_first, address) = alive();
        let (_second, other) = alive();
        let _guard = call(None);
        let dialler = Dialler::default();
        let stream = dialler.dial(move || Ok(vec![address, other])).unwrap();
        assert_eq!(stream.peer_addr().unwrap(), address);

        let refusing = refusing();
        let error = dialler
            .dial(move || Ok(vec![refusing, refusing]))
            .unwrap_err();
        assert!(error.to_string().contains("refused"), "{error}");
        let error = dialler.dial(|| Ok(Vec::new())).unwrap_err();
        assert!(error.to_string().contains("no address"), "{error}");
    }

    #[test]
    fn what_a_call_abandons_the_next_takes_over() {
        let deaf = Deaf::new();
        let address = deaf.address;
        let dialler = Arc::new(Dialler::default());
        let abandon = move |dialler: &Dialler| {
            let token = CancelToken::new();
            let _guard = call(Some(token.clone()));
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(50));
                token.cancel();
            });
            let dialled = dialler.dial(move || Ok(vec![address]));
            assert!(dialled.is_err());
        };
        for _ in 0..20 {
            abandon(&dialler);
        }
        assert_eq!(threads(&dialler), 1, "one after the other share one thread");

        let calls: Vec<_> = (0..100)
            .map(|_| {
                let dialler = Arc::clone(&dialler);
                thread::spawn(move || abandon(&dialler))
            })
            .collect();
        for call in calls {
            call.join().unwrap();
        }
        let left = threads(&dialler);
        assert!(left <= MAX_THREADS, "{left} threads");

        // The backlog has room again: a connection comes out of it.
        drop(deaf);
        let (_listener, alive) = alive();
        let _guard = call(None);
        dialler.dial(move || Ok(vec![alive])).unwrap();
    }

    #[test]
    fn a_look_up_that_takes_long_does_not_hold_the_call() {
        let token = CancelToken::new();
        let _guard = call(Some(token.clone()));
        let canceller = thread::spawn(move || {
            thread::sleep(Duration::from_millis(50));
            token.cancel();
            Instant::now()
        });
        let dialled = Dialler::default().dial(|| {
            thread::sleep(Duration::from_secs(2));
            Ok(Vec::new())
        });
        assert!(dialled.is_err());
        let took = canceller.join().unwrap().elapsed();
        assert!(took < Duration::from_millis(100), "{took:?}");
    }

    #[test]
    fn the_families_take_turns() {
        let v4 = |n| SocketAddr::from((Ipv4Addr::new(127, 0, 0, n), 1));
        let v6 = |n| SocketAddr::from((Ipv6Addr::from(n), 1));
        assert_eq!(
            in_turns(vec![v6(1), v6(2), v6(3), v4(1), v4(2)]),
            [v6(1), v4(1), v6(2), v4(2), v6(3)]
        );
        assert_eq!(in_turns(vec![v4(1), v6(1)]), [v4(1), v6(1)]);
        assert!(in_turns(Vec::new()).is_empty());
    }
}
