//! The blocking client.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use openint::{Json, ListOperation, Method, OpenintBuilder, Operation, Request, Secret};
use pyo3::exceptions::{PyRecursionError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::call::Surroundings;
use crate::failure::{exception, invalid, not_given, unreadable, wrong_type};
use crate::input::{Argument, Input, optional, required};
use crate::json::Path;
use crate::model::Model;
use crate::observer;
use crate::options::{CallOptions, headers, path_params, query, seconds};
use crate::output::{Output, quoted};
use crate::response::{Answer, Response};
use crate::rows::Rows;

/// Operations, which both blocking clients have in common.
#[pyclass(frozen, subclass, module = "openint_sdk")]
#[derive(Default)]
pub(crate) struct Operations(OnceLock<Inner>);

struct Inner {
    shared: Arc<Shared>,
    options: CallOptions,
    /// True where a call gives its `Response`.
    raw: bool,
}

/// State of all clients that `with_options` made of one.
struct Shared {
    builder: OpenintBuilder,
    live: Mutex<Option<Live>>,
}

/// The core's client, and the process that made it: a process that was forked must not use its
/// parent's connections.
struct Live {
    process: u32,
    client: openint::Openint,
}

impl Shared {
    fn new(py: Python<'_>, builder: OpenintBuilder) -> PyResult<Self> {
        let live = Live::new(py, &builder)?;
        Ok(Self {
            builder,
            live: Mutex::new(Some(live)),
        })
    }

    fn live(&self) -> MutexGuard<'_, Option<Live>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client of this process.
    fn client(&self, py: Python<'_>) -> PyResult<openint::Openint> {
        let mut live = self.live();
        match &*live {
            Some(found) if found.process == std::process::id() => Ok(found.client.clone()),
            Some(_) => {
                let made = Live::new(py, &self.builder)?;
                let client = made.client.clone();
                // Never dropped here, so that nothing is said on connections of the parent.
                std::mem::forget(live.replace(made));
                Ok(client)
            }
            None => Err(invalid(py, "client", "one that is open: it is closed")),
        }
    }

    fn close(&self) {
        let live = self.live().take();
        if let Some(live) = live {
            if live.process != std::process::id() {
                std::mem::forget(live);
            }
        }
    }
}

impl Live {
    fn new(py: Python<'_>, builder: &OpenintBuilder) -> PyResult<Self> {
        let client = builder.clone().build();
        Ok(Self {
            process: std::process::id(),
            client: client.map_err(|error| exception(py, &error))?,
        })
    }
}

impl Operations {
    fn inner(&self) -> PyResult<&Inner> {
        self.0.get().ok_or_else(not_made)
    }

    /// Sends an operation.
    pub(crate) fn send<'py, O>(
        &self,
        py: Python<'py>,
        operation: &O,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        O: Operation + Sync,
        O::Output: Output + Send + 'static,
    {
        let raw = self.inner()?.raw;
        let answer = self.run(py, options, &|client| {
            client
                .send(operation)
                .map(|response| Answer::new(response, raw))
        })?;
        self.finish(py, answer, false)
    }

    /// Makes a call while other threads have the interpreter.
    fn run(
        &self,
        py: Python<'_>,
        options: Option<&Bound<'_, PyDict>>,
        call: &(dyn Fn(&openint::Openint) -> openint::Result<Answer> + Sync),
    ) -> PyResult<Answer> {
        let options = CallOptions::of_call(options)?;
        let inner = self.inner()?;
        let client = inner.shared.client(py)?;
        let surroundings = Surroundings::new(py, inner.options.cancel.clone())?;
        let base = inner.options.request.clone();
        let result = surroundings.run(py, move |token| {
            let mut request = options.request;
            if let Some(token) = token {
                request = request.cancel(token);
            }
            call(&client.with_options(base).with_options(request))
        })?;
        result.map_err(|error| exception(py, &error))
    }

    fn finish<'py>(
        &self,
        py: Python<'py>,
        answer: Answer,
        is_write: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let attempts = answer.attempts;
        let value = match self.inner()?.raw {
            true => Response::new(py, answer).and_then(|made| Ok(Bound::new(py, made)?.into_any())),
            false => answer.value.into_python(py),
        };
        value.map_err(|error| match error.is_instance_of::<PyRecursionError>(py) {
            true => unreadable(py, "", "nested too deep", attempts, is_write),
            false => error,
        })
    }
}

#[pymethods]
impl Operations {
    /// Sends a request to a route that has no method yet.
    ///
    /// Args:
    ///     method: GET, POST, PUT, PATCH or DELETE.
    ///     path: A template such as `/connection/{id}`.
    ///     path_params: Values of the placeholders. They are escaped, so that an id can never
    ///         change the route.
    ///     query: Query parameters: strings, numbers, booleans, or lists of these.
    ///     body: A value that is sent as JSON.
    ///     repeat_safe: True if carrying it out twice is as good as once. The preset is true for
    ///         GET, PUT and DELETE.
    ///     cast_to: The model that the answer is read as. Without it the answer is plain `dict`,
    ///         `list` and so on, which print what they hold.
    ///     options: Options of the call, see `Openint`.
    ///
    /// >>> client.request("GET", "/health")
    /// {'ok': True}
    #[pyo3(signature = (
        method, path, *, path_params=None, query=None, body=Argument::default(),
        repeat_safe=None, cast_to=None, **options
    ))]
    #[pyo3(
        text_signature = "($self, method, path, *, path_params=None, query=None, \
        body=..., repeat_safe=None, cast_to=None, **options)"
    )]
    #[allow(clippy::too_many_arguments)] // one for each parameter
    fn request<'py>(
        slf: &Bound<'py, Self>,
        method: &Bound<'py, PyAny>,
        path: &Bound<'py, PyAny>,
        path_params: Option<&Bound<'py, PyAny>>,
        query: Option<&Bound<'py, PyAny>>,
        body: Argument<'py>,
        repeat_safe: Option<&Bound<'py, PyAny>>,
        cast_to: Option<&Bound<'py, PyAny>>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let no_body = not_given(py)?;
        let verb: String = required("method", method)?;
        let verb = match verb.to_ascii_uppercase().as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "PATCH" => Method::Patch,
            "DELETE" => Method::Delete,
            _ => return Err(invalid(py, "method", "GET, POST, PUT, PATCH or DELETE")),
        };
        let mut request = Request::new(verb, required::<String>("path", path)?);
        if let Some(params) = path_params {
            for (name, value) in self::path_params("path_params", params)? {
                request = request.path_param(name, value);
            }
        }
        if let Some(params) = query {
            for (name, value) in self::query("query", params)? {
                request = request.query(name, value);
            }
        }
        if let Some(body) = body.0.filter(|body| !body.is(no_body)) {
            request = request.body(Json::from_python(&body, Path::Root("body"))?);
        }
        if let Some(repeat_safe) = optional("repeat_safe", repeat_safe)? {
            request = request.repeat_safe(repeat_safe);
        }
        let class = cast_to.map(model_class).transpose()?;
        let client = slf.get();
        let raw = client.inner()?.raw;
        let with_body = raw || class.is_some();
        let mut answer = client.run(py, options, &|client| {
            client
                .request::<Json>(&request)
                .map(|response| Answer::new(response, with_body))
        })?;
        let is_write = !matches!(verb, Method::Get);
        if let Some(class) = class {
            answer.read_as(py, &class, is_write)?;
        }
        client.finish(py, answer, is_write)
    }
}

/// Checks what an answer is to be read as.
fn model_class<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyType>> {
    let found = class.cast::<PyType>().ok();
    match found.filter(|class| class.is_subclass_of::<Model>().unwrap_or(false)) {
        Some(class) => Ok(class.clone()),
        None => Err(wrong_type(
            class.py(),
            "cast_to",
            "a model of this package, such as `Connection`",
        )),
    }
}

/// A client of the OpenInt API. Its calls block, and any number of threads can share it.
///
/// Each argument may be left out.
///
/// Args:
///     api_key: The organisation's key, or a customer's key or token. Without it,
///         `OPENINT_API_KEY`. For keys that run out, a function that gives the key: it is asked when
///         the client has none yet, and once more when the API refuses a call with 401, which is then
///         sent again. It runs on the thread of the call.
///     base_url: Where the API is. Without it, `OPENINT_BASE_URL`, and without that
///         `https://api.openint.dev/v1`.
///     timeout: Seconds that one attempt may take, from connecting to the last byte: 60.
///     connect_timeout: The part of it that name resolution, connecting and TLS may take: 10.
///     total_timeout: Seconds that a whole call may take, with its repetitions and the waits between
///         them: 300. Where a list is read to its end, the time of each page.
///     max_retries: The most repetitions of a call, where repeating it is safe: 2. A write is
///         repeated only when the server cannot have carried it out.
///     default_headers: Headers that every call sends.
///     user_agent: In place of `openint-python/VERSION`.
///     proxy: An HTTP proxy. Without it those of the environment count, but never on loopback.
///     ca_bundle: A PEM file with the authorities to trust in place of the system's.
///     max_response_bytes: The largest answer that is read: 64 MiB.
///     allow_plain_http: True permits `http` beyond loopback, which shows the key to the network.
///     observer: An `Observer`, which watches every attempt of the client's calls.
///
/// Every method also takes the options of a call.
///
/// Other Parameters:
///     timeout: As for the client, for this call, and so are `connect_timeout`, `total_timeout` and
///         `max_retries`.
///     extra_headers: Headers to send besides, or in place of the client's.
///     extra_query: Query parameters to send besides.
///     extra_body: Top-level fields of the body to send besides, or in place of the method's.
///
/// >>> with Openint() as client:
/// ...     connection = client.create_connection(
/// ...         connector_config_id="ccfg_",
/// ...         customer_id="customer_id",
/// ...         data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
/// ...     )
/// >>> connection.customer_id
/// 'customer_id'
#[pyclass(frozen, subclass, dict, weakref, extends = Operations, module = "openint_sdk")]
pub(crate) struct Openint;

/// The operations of a client, each of which gives a `Response`.
#[pyclass(frozen, extends = Operations, module = "openint_sdk")]
pub(crate) struct RawOpenint;

impl Openint {
    /// The rows of a list, read page by page.
    pub(crate) fn rows<O>(
        slf: &Bound<'_, Self>,
        operation: O,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Rows>
    where
        O: ListOperation + Send + 'static,
        O::Item: Output + Send + 'static,
    {
        let py = slf.py();
        let options = CallOptions::of_call(options)?;
        let checked = operation.request();
        checked.map_err(|error| crate::rows::exception(py, &error))?;
        let (client, cancel) = Self::core(slf)?;
        let client = client.with_options(options.request);
        let pages = client.pages(operation);
        Ok(Rows::new(pages, cancel))
    }

    /// The core's client with this one's options, and the token that ends its calls.
    pub(crate) fn core(
        slf: &Bound<'_, Self>,
    ) -> PyResult<(openint::Openint, Option<openint::CancelToken>)> {
        let inner = slf.as_super().get().inner()?;
        let client = inner.shared.client(slf.py())?;
        let options = inner.options.clone();
        Ok((client.with_options(options.request), options.cancel))
    }

    /// A client over the same pool, of the same class and with the same attributes.
    pub(crate) fn over<'py>(
        slf: &Bound<'py, Self>,
        options: CallOptions,
    ) -> PyResult<Bound<'py, PyAny>> {
        let class = slf.get_type();
        let other = class.call_method1("__new__", (&class,))?;
        let made = other.cast::<Operations>()?;
        slf.as_super().get().lend(made.get(), options, false)?;
        copy_attributes(slf, &other)?;
        Ok(other)
    }
}

impl Operations {
    fn lend(&self, other: &Self, options: CallOptions, raw: bool) -> PyResult<()> {
        let shared = Arc::clone(&self.inner()?.shared);
        let _ = other.0.set(Inner {
            shared,
            options,
            raw,
        });
        Ok(())
    }
}

#[pymethods]
impl Openint {
    #[new]
    #[pyo3(signature = (*_args, **_options))]
    #[pyo3(
        text_signature = "(*, api_key=None, base_url=None, timeout=None, connect_timeout=None, \
        total_timeout=None, max_retries=None, default_headers=None, user_agent=None, proxy=None, ca_bundle=None, \
        max_response_bytes=None, allow_plain_http=None, observer=None)"
    )]
    fn new(
        _args: &Bound<'_, PyTuple>,
        _options: Option<&Bound<'_, PyDict>>,
    ) -> PyClassInitializer<Self> {
        PyClassInitializer::from(Operations::default()).add_subclass(Self)
    }

    #[pyo3(signature = (
        *, api_key=None, base_url=None, timeout=None, connect_timeout=None, total_timeout=None,
        max_retries=None, default_headers=None, user_agent=None, proxy=None, ca_bundle=None,
        max_response_bytes=None, allow_plain_http=None, observer=None
    ))]
    #[allow(clippy::too_many_arguments)] // one for each option
    fn __init__(
        slf: &Bound<'_, Self>,
        api_key: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        timeout: Option<&Bound<'_, PyAny>>,
        connect_timeout: Option<&Bound<'_, PyAny>>,
        total_timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        default_headers: Option<&Bound<'_, PyAny>>,
        user_agent: Option<&Bound<'_, PyAny>>,
        proxy: Option<&Bound<'_, PyAny>>,
        ca_bundle: Option<&Bound<'_, PyAny>>,
        max_response_bytes: Option<&Bound<'_, PyAny>>,
        allow_plain_http: Option<&Bound<'_, PyAny>>,
        observer: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let py = slf.py();
        let user_agent: Option<String> = optional("user_agent", user_agent)?;
        let mut builder =
            openint::Openint::builder().user_agent(user_agent.unwrap_or_else(|| {
                concat!("openint-python/", env!("CARGO_PKG_VERSION")).to_owned()
            }));
        match api_key {
            Some(provider) if provider.is_callable() => {
                let provider = provider.clone().unbind();
                builder = builder.api_key_provider(move || ask(&provider));
            }
            _ => {
                if let Some(key) = optional::<String>("api_key", api_key)? {
                    builder = builder.api_key(key);
                }
            }
        }
        if let Some(url) = optional::<String>("base_url", base_url)? {
            builder = builder.base_url(url);
        }
        if let Some(timeout) = timeout {
            builder = builder.timeout(seconds("timeout", timeout)?);
        }
        if let Some(timeout) = connect_timeout {
            builder = builder.connect_timeout(seconds("connect_timeout", timeout)?);
        }
        if let Some(timeout) = total_timeout {
            builder = builder.total_timeout(seconds("total_timeout", timeout)?);
        }
        if let Some(retries) = optional("max_retries", max_retries)? {
            builder = builder.max_retries(retries);
        }
        if let Some(given) = default_headers {
            builder = builder.default_headers(headers("default_headers", given)?);
        }
        if let Some(url) = optional::<String>("proxy", proxy)? {
            builder = builder.proxy(url);
        }
        if let Some(path) = ca_bundle {
            let path = py.import("os")?.call_method1("fspath", (path,));
            let path = path.map_err(|_| wrong_type(py, "ca_bundle", "a path"))?;
            builder = builder.ca_bundle(required::<String>("ca_bundle", &path)?);
        }
        if let Some(bytes) = optional("max_response_bytes", max_response_bytes)? {
            builder = builder.max_response_bytes(bytes);
        }
        if let Some(allow) = optional("allow_plain_http", allow_plain_http)? {
            builder = builder.allow_plain_http(allow);
        }
        builder = observer::add(py, builder, observer)?;
        let inner = Inner {
            shared: Arc::new(Shared::new(py, builder)?),
            options: CallOptions::default(),
            raw: false,
        };
        let made = slf.as_super().get().0.set(inner);
        made.map_err(|_| made_already())
    }

    /// Makes a client with other options in front of the same pool. It costs next to nothing.
    ///
    /// `cancel` is a `CancelToken` with which another thread ends the client's calls.
    ///
    /// >>> client.with_options(timeout=5, max_retries=0).health().ok
    /// True
    #[pyo3(signature = (**options))]
    fn with_options<'py>(
        slf: &Bound<'py, Self>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let base = slf.as_super().get().inner()?.options.clone();
        Self::over(slf, base.with(options, true)?)
    }

    /// The same methods, each of which gives a `Response`.
    #[getter]
    fn with_raw_response<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, RawOpenint>> {
        let operations = Operations::default();
        let client = slf.as_super().get();
        client.lend(&operations, client.inner()?.options.clone(), true)?;
        Bound::new(
            slf.py(),
            PyClassInitializer::from(operations).add_subclass(RawOpenint),
        )
    }

    /// Closes the connections of the pool. The client, and those that share it, end here.
    fn close(slf: &Bound<'_, Self>) -> PyResult<()> {
        slf.as_super().get().inner()?.shared.close();
        Ok(())
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_error))]
    fn __exit__(slf: &Bound<'_, Self>, _error: &Bound<'_, PyTuple>) -> PyResult<()> {
        Self::close(slf)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        refuse_pickle(slf.as_any())
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let name = slf.get_type().name()?;
        Ok(format!("{}({})", name.to_string_lossy(), Self::state(slf)))
    }
}

impl Openint {
    /// The client's state without a secret.
    pub(crate) fn state(slf: &Bound<'_, Self>) -> String {
        let Ok(inner) = slf.as_super().get().inner() else {
            return String::new();
        };
        match &*inner.shared.live() {
            Some(live) => format!("base_url={}", quoted(slf.py(), live.client.base_url())),
            None => "closed".to_owned(),
        }
    }
}

/// Copies what a class of the caller's own keeps, or a test has replaced.
pub(crate) fn copy_attributes(from: &Bound<'_, PyAny>, to: &Bound<'_, PyAny>) -> PyResult<()> {
    let attributes = from.getattr("__dict__")?;
    to.getattr("__dict__")?
        .call_method1("update", (attributes,))?;
    Ok(())
}

/// The error of a class of the caller's own whose `__init__` left out ours.
pub(crate) fn not_made() -> PyErr {
    PyRuntimeError::new_err("the client was not made: call super().__init__() first")
}

/// The error of a second `__init__`.
pub(crate) fn made_already() -> PyErr {
    PyRuntimeError::new_err("the client is made already")
}

/// Asks the caller's function for a key.
fn ask(provider: &Py<PyAny>) -> PyResult<Secret> {
    Python::attach(|py| {
        let key = provider.bind(py).call0()?;
        required::<String>("api_key", &key).map(Secret::from)
    })
}

/// A key must not be in a pickle.
pub(crate) fn refuse_pickle(client: &Bound<'_, PyAny>) -> PyResult<()> {
    let class = client.get_type().name()?;
    let class = class.to_string_lossy();
    Err(PyTypeError::new_err(format!(
        "{class} cannot be pickled, because its key must not be: make one where it is needed, as \
         {class}() with OPENINT_API_KEY"
    )))
}
