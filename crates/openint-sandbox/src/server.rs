//! The door: it accepts connections, and is really shut when it is told to refuse them.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};

use crate::dispatch::{Connection, Site, serve};
use crate::wire;

const BACKLOG: u32 = 1024;
const RETRY: Duration = Duration::from_millis(10);

pub(crate) enum Command {
    /// Refuse connections for a while, and end those there are, but for one.
    Refuse {
        wanted: Duration,
        spare: Option<u64>,
        done: Box<dyn FnOnce() + Send>,
    },
    Stop,
}

enum Door {
    Open(TcpListener),
    /// The socket keeps the port without listening on it, so that a connection is refused and
    /// nobody else gets the port meanwhile.
    Shut {
        held: Option<TcpSocket>,
        until: Instant,
    },
}

pub(crate) struct Server {
    site: Arc<Site>,
    address: SocketAddr,
    commands: mpsc::UnboundedSender<Command>,
    tasks: JoinSet<()>,
    connections: HashMap<Id, (u64, AbortHandle)>,
    accepted: u64,
}

impl Server {
    pub(crate) fn new(
        site: Arc<Site>,
        address: SocketAddr,
        commands: mpsc::UnboundedSender<Command>,
    ) -> Server {
        let (tasks, connections) = (JoinSet::new(), HashMap::new());
        Server {
            site,
            address,
            commands,
            tasks,
            connections,
            accepted: 0,
        }
    }

    /// Serves until told to stop. Every connection ends with it.
    pub(crate) async fn run(
        mut self,
        listener: TcpListener,
        mut inbox: mpsc::UnboundedReceiver<Command>,
    ) {
        let mut door = Door::Open(listener);
        loop {
            tokio::select! {
                command = inbox.recv() => match command {
                    Some(Command::Refuse { wanted, spare, done }) => {
                        door = self.shut(door, Instant::now() + wanted);
                        self.end_all_but(spare).await;
                        done();
                    }
                    Some(Command::Stop) | None => return,
                },
                stream = door.next() => match stream {
                    Ok(Some(stream)) => self.accept(stream),
                    Ok(None) => door = self.reopen(door),
                    // The process is out of descriptors, or the peer has left the queue.
                    Err(_) => sleep(RETRY).await,
                },
                Some(ended) = self.tasks.join_next_with_id() => {
                    self.connections.remove(&ended.map_or_else(|e| e.id(), |(id, ())| id));
                }
            }
        }
    }

    fn accept(&mut self, stream: TcpStream) {
        self.accepted += 1;
        let (connection, takeover) = Connection::new(self.accepted, self.commands.clone());
        let site = self.site.clone();
        let task = self.tasks.spawn(async move {
            let _ = stream.set_nodelay(true);
            let mut takeover = takeover;
            let service = service_fn(|request| serve(site.clone(), connection.clone(), request));
            // The wait for a head includes the idle time of a kept connection.
            let mut http = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(site.idle)
                .serve_connection(TokioIo::new(stream), service);
            let plan = tokio::select! {
                biased;
                Ok(plan) = &mut takeover => plan,
                _ = &mut http => return,
            };
            let stream = http.into_parts().io.into_inner();
            wire::play(stream, plan, site.state.resets.subscribe()).await;
        });
        self.connections.insert(task.id(), (self.accepted, task));
    }

    fn shut(&self, door: Door, until: Instant) -> Door {
        match door {
            Door::Open(listener) => {
                drop(listener);
                Door::Shut {
                    held: bind(self.address).ok(),
                    until,
                }
            }
            Door::Shut {
                held,
                until: before,
            } => Door::Shut {
                held,
                until: until.max(before),
            },
        }
    }

    fn reopen(&self, door: Door) -> Door {
        let Door::Shut { held, .. } = door else {
            return door;
        };
        let opened = held
            .map_or_else(|| bind(self.address), Ok)
            .and_then(|socket| socket.listen(BACKLOG));
        match opened {
            Ok(listener) => Door::Open(listener),
            Err(_) => Door::Shut {
                held: None,
                until: Instant::now() + RETRY,
            },
        }
    }

    async fn end_all_but(&mut self, spare: Option<u64>) {
        let mut ending = 0;
        for (ordinal, task) in self.connections.values() {
            if Some(*ordinal) != spare {
                task.abort();
                ending += 1;
            }
        }
        // Their sockets are closed once they have been joined.
        while ending > 0 {
            let Some(ended) = self.tasks.join_next_with_id().await else {
                return;
            };
            let id = ended.map_or_else(|e| e.id(), |(id, ())| id);
            if let Some((ordinal, _)) = self.connections.remove(&id) {
                ending -= usize::from(Some(ordinal) != spare);
            }
        }
    }
}

impl Door {
    /// The next connection, or `None` when it is time to open.
    async fn next(&self) -> io::Result<Option<TcpStream>> {
        match self {
            Door::Open(listener) => listener.accept().await.map(|(stream, _)| Some(stream)),
            Door::Shut { until, .. } => {
                sleep_until(*until).await;
                Ok(None)
            }
        }
    }
}

/// A socket on the address that does not listen yet.
fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
