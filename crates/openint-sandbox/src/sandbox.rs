//! The handle on a running sandbox.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::chaos::{Chaos, Injector};
use crate::dispatch::Site;
use crate::journal::RecordedRequest;
use crate::json::Numbers;
use crate::script::Answer;
use crate::seed::Seed;
use crate::server::{Command, Server};
use crate::state::{Rules, State};
use crate::store::{Churn, Churned, Customers, Filter, Ids};

/// Node's idle time of a kept connection.
const IDLE: Duration = Duration::from_secs(5);
/// JSON is read by recursion, and a body may be deep.
const STACK: usize = 16 << 20;

/// A running sandbox. It stops, with all its connections, when it is dropped.
///
/// It runs on a thread of its own, so that callers may block.
///
/// ```
/// let sandbox = openint_sandbox::Sandbox::start()?;
/// assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
/// assert!(sandbox.base_url().ends_with("/v1"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Sandbox {
    base_url: String,
    api_key: String,
    address: SocketAddr,
    state: Arc<State>,
    commands: mpsc::UnboundedSender<Command>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox on a free port of the loopback address.
    ///
    /// # Errors
    /// If the port or the thread cannot be had.
    pub fn start() -> io::Result<Sandbox> {
        Sandbox::builder().start()
    }

    /// A sandbox with other settings.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let sandbox = openint_sandbox::Sandbox::builder()
    ///     .api_key("key_mine")
    ///     .seed(r#"{"connector_configs":[{"id":"ccfg_mine","connector_name":"github"}]}"#)
    ///     .idle_timeout(Duration::from_millis(200))
    ///     .start()?;
    /// assert_eq!(sandbox.api_key(), "key_mine");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn builder() -> Builder {
        Builder {
            host: Ipv4Addr::LOCALHOST.to_string(),
            port: 0,
            api_key: None,
            seed: None,
            idle: IDLE,
            rules: Rules::default(),
        }
    }

    /// The URL a client is given: `http://127.0.0.1:PORT/v1`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The URL without `/v1`, for the routes under `/_sandbox/`.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// assert_eq!(format!("{}/v1", sandbox.origin()), sandbox.base_url());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn origin(&self) -> &str {
        self.base_url.trim_end_matches("/v1")
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The key of the organisation that has the connector configs.
    ///
    /// ```
    /// assert_eq!(openint_sandbox::Sandbox::start()?.api_key(), "key_test_123");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// Adds answers to the script. Each request takes the first one that matches it.
    ///
    /// ```
    /// use openint_sandbox::{Answer, Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start()?;
    /// sandbox.script([
    ///     Answer::status(500).times(2),
    ///     Answer::fault(Fault::Html).on("GET", "/v1/viewer"),
    /// ]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Panics
    /// If an answer cannot be sent, for example for a header with a line break.
    pub fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        let ready: Vec<_> = answers
            .into_iter()
            .map(|answer| {
                answer
                    .ready()
                    .unwrap_or_else(|error| panic!("bad answer: {error}"))
            })
            .collect();
        self.state.script().extend(ready);
    }

    /// Injects faults at random from now on, where the script has no answer.
    ///
    /// # Panics
    /// If the share is not from 0 to 1, or an answer cannot be sent.
    pub fn inject_faults(&self, chaos: Chaos) {
        *self.state.injector() =
            Injector::new(chaos).unwrap_or_else(|error| panic!("bad chaos: {error}"));
    }

    /// Ends the fault injection.
    pub fn stop_faults(&self) {
        *self.state.injector() = Injector::default();
    }

    /// Returns the number of exchanges that got a fault since [`Sandbox::inject_faults`].
    #[must_use]
    pub fn faults_injected(&self) -> u64 {
        self.state.injector().injected
    }

    /// The requests received so far, the oldest first. At most 10,000 and 64 MiB of bodies are kept.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// for request in sandbox.requests() {
    ///     println!("{} {} {:?}", request.method, request.path, request.header("user-agent"));
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state.journal().requests()
    }

    /// Returns the number of connections, of one customer or of all.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// assert_eq!(sandbox.connections(Some("cus_1")), 0);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn connections(&self, customer_id: Option<&str>) -> usize {
        let filter = Filter {
            customer_id: customer_id.map(str::to_owned),
            ..Filter::default()
        };
        self.state.store().count(&filter)
    }

    /// Makes many connections of one customer at once, of a connector config of the organisation
    /// whose key [`Sandbox::api_key`] is. They cause no events.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.fill(1_000, "cus_many");
    /// assert_eq!(sandbox.connections(Some("cus_many")), 1_000);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Panics
    /// If there is no room for them, or the seeds have no connector config they could be of.
    pub fn fill(&self, connections: usize, customer_id: &str) {
        self.fill_for(connections, Customers::One(customer_id));
    }

    /// Makes many customers at once, each with a connection as [`Sandbox::fill`] makes them. Their
    /// ids are this text with a number from 1.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.fill_customers(3_500, "cus_");
    /// assert_eq!(sandbox.connections(Some("cus_3500")), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Panics
    /// If there is no room for them, or the seeds have no connector config they could be of.
    pub fn fill_customers(&self, customers: usize, prefix: &str) {
        self.fill_for(customers, Customers::Many(prefix, customers));
    }

    fn fill_for(&self, connections: usize, customers: Customers<'_>) {
        let filled = self.state.store().fill(connections, customers, None);
        if let Err(error) = filled {
            panic!("cannot fill the sandbox: {error}");
        }
    }

    /// The ids of the rows that the organisation sees whose key [`Sandbox::api_key`] is.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.fill(2, "cus_1");
    /// assert_eq!(sandbox.ids().connections.len(), 2);
    /// assert_eq!(sandbox.ids().customers, ["cus_1"]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn ids(&self) -> Ids {
        self.state.store().ids()
    }

    /// Lets rows change at random after each request that lists rows, until a [`Churn`] without
    /// changes, a seed or a reset ends that. See [`Churn`] for an example.
    pub fn churn(&self, churn: Churn) {
        self.state.store().set_churn(churn);
    }

    /// Counts the rows that have changed since [`Sandbox::churn`].
    #[must_use]
    pub fn churned(&self) -> Churned {
        self.state.store().churned()
    }

    /// Begins the orders in which customers are listed anew, as they follow from this number; see
    /// [`Builder::customer_order`].
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.customer_order(7);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn customer_order(&self, seed: u64) {
        self.state.store().set_order(seed);
    }

    /// Makes a connection the one that was updated last, so that the pages of a list shift.
    /// `false` if there is no such connection.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// assert!(!sandbox.touch("conn_github_nope"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn touch(&self, id: &str) -> bool {
        self.state.store().touch(id)
    }

    /// Ends all TCP connections and refuses new ones for this long. Refusal has begun on return.
    ///
    /// ```
    /// use std::net::TcpStream;
    /// use std::time::Duration;
    ///
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.refuse_for(Duration::from_millis(200));
    /// assert!(TcpStream::connect(sandbox.address()).is_err());
    /// std::thread::sleep(Duration::from_millis(400));
    /// assert!(TcpStream::connect(sandbox.address()).is_ok());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn refuse_for(&self, wanted: Duration) {
        let (sender, receiver) = sync_channel(1);
        let done = Box::new(move || {
            let _ = sender.send(());
        });
        if self
            .commands
            .send(Command::Refuse {
                wanted,
                spare: None,
                done,
            })
            .is_ok()
        {
            let _ = receiver.recv();
        }
    }

    /// Starts over with the rows of the seeds and of a document like that of [`Builder::seed`]. The
    /// script and the recorded requests stay.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.seed(
    ///     r#"{"connections": [{"id": "conn_github_1", "connector_config_id": "ccfg_github_sandbox",
    ///         "customer_id": "customer_42", "settings": {"oauth": {}}}]}"#,
    /// )?;
    /// assert_eq!(sandbox.connections(Some("customer_42")), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the document cannot be used.
    pub fn seed(&self, json: &str) -> io::Result<()> {
        let bad = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
        self.state.reseed(json).map_err(bad)
    }

    /// Goes back to the seeds, and forgets the script and the recorded requests.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::start()?;
    /// sandbox.reset();
    /// assert!(sandbox.requests().is_empty());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn reset(&self) {
        self.state.reset();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.commands.send(Command::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The settings of a sandbox to be started; see [`Sandbox::builder`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    host: String,
    port: u16,
    api_key: Option<String>,
    seed: Option<String>,
    idle: Duration,
    rules: Rules,
}

impl Builder {
    /// The address to listen on; `127.0.0.1` unless said otherwise.
    pub fn host(mut self, host: impl Into<String>) -> Builder {
        self.host = host.into();
        self
    }

    /// The port to listen on; 0, a free one, unless said otherwise.
    pub fn port(mut self, port: u16) -> Builder {
        self.port = port;
        self
    }

    /// Another key in place of `key_test_123`.
    pub fn api_key(mut self, key: impl Into<String>) -> Builder {
        self.api_key = Some(key.into());
        self
    }

    /// A seed document: JSON that adds to the standard seeds or replaces them.
    pub fn seed(mut self, json: impl Into<String>) -> Builder {
        self.seed = Some(json.into());
        self
    }

    /// Sets the time for which a connection may be idle before it is closed; 5 s as with Node
    /// unless said otherwise.
    pub fn idle_timeout(mut self, idle: Duration) -> Builder {
        self.idle = idle;
        self
    }

    /// Keeps all digits of the numbers in metadata, settings and configs, and answers them as they
    /// were written. The real server makes doubles of them, as JavaScript does, and so does a
    /// sandbox unless told this.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::builder().keep_digits().start()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn keep_digits(mut self) -> Builder {
        self.rules.numbers = Numbers::AsWritten;
        self
    }

    /// A number from which the orders follow in which customers are listed; 0 unless said
    /// otherwise. Each request lists them in another order, as the real server may, so that pages
    /// repeat some and leave out others.
    ///
    /// ```
    /// let sandbox = openint_sandbox::Sandbox::builder().customer_order(7).start()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn customer_order(mut self, seed: u64) -> Builder {
        self.rules.order = seed;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    /// If the seed document or the key is bad, or the address or the thread cannot be had.
    pub fn start(self) -> io::Result<Sandbox> {
        let bad = |error: String| io::Error::new(io::ErrorKind::InvalidInput, error);
        let mut seed = Seed::standard();
        if let Some(text) = &self.seed {
            seed.extend(text, self.rules.numbers).map_err(bad)?;
        }
        if let Some(key) = &self.api_key {
            seed.set_key(key).map_err(bad)?;
        }
        let api_key = seed.main_key().to_owned();
        let state = Arc::new(State::new(seed, self.rules));

        let addresses: Vec<_> = (self.host.as_str(), self.port).to_socket_addrs()?.collect();
        let listener = TcpListener::bind(&addresses[..])?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (commands, inbox) = mpsc::unbounded_channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let site = Arc::new(Site::new(state.clone(), self.idle));
        let server = Server::new(site, address, commands.clone());
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let thread = std::thread::Builder::new()
            .name("openint-sandbox".into())
            .stack_size(STACK)
            .spawn(move || runtime.block_on(server.run(listener, inbox)))?;
        Ok(Sandbox {
            base_url: format!("http://{}/v1", reachable(address)),
            api_key,
            address,
            state,
            commands,
            thread: Some(thread),
        })
    }
}

/// The address a client on this machine can use.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
