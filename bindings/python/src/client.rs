//! The client as the package holds it.

use std::path::PathBuf;

use openint::{Json, Method, Openint, OpenintBuilder, Request, Result};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

use crate::answer::Answer;
use crate::call::Surroundings;
use crate::failure::Failure;
use crate::options::{CallOptions, seconds};
use crate::pages::Pages;

/// A client and what it was built from. The key never leaves it.
#[pyclass(frozen, module = "openint_sdk._native")]
pub(crate) struct Client {
    builder: OpenintBuilder,
    client: Openint,
}

#[pymethods]
impl Client {
    /// A client, or a failure when an option cannot be used.
    #[staticmethod]
    #[allow(clippy::too_many_arguments)] // one for each option
    fn build(
        py: Python<'_>,
        api_key: Option<String>,
        base_url: Option<String>,
        timeout: Option<f64>,
        connect_timeout: Option<f64>,
        max_retries: Option<u32>,
        default_headers: Vec<(String, String)>,
        user_agent: String,
        proxy: Option<String>,
        ca_bundle: Option<PathBuf>,
        max_response_bytes: Option<u64>,
        allow_plain_http: bool,
    ) -> PyResult<Py<PyAny>> {
        let mut builder = Openint::builder()
            .default_headers(default_headers)
            .user_agent(user_agent)
            .allow_plain_http(allow_plain_http);
        if let Some(key) = api_key {
            builder = builder.api_key(key);
        }
        if let Some(url) = base_url {
            builder = builder.base_url(url);
        }
        if let Some(timeout) = timeout {
            builder = builder.timeout(seconds(timeout));
        }
        if let Some(timeout) = connect_timeout {
            builder = builder.connect_timeout(seconds(timeout));
        }
        if let Some(retries) = max_retries {
            builder = builder.max_retries(retries);
        }
        if let Some(url) = proxy {
            builder = builder.proxy(url);
        }
        if let Some(path) = ca_bundle {
            builder = builder.ca_bundle(path);
        }
        if let Some(bytes) = max_response_bytes {
            builder = builder.max_response_bytes(bytes);
        }
        Self::from_builder(py, builder)
    }

    /// The same client with a pool of its own: a process that was forked must not use its
    /// parent's connections.
    fn rebuild(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Self::from_builder(py, self.builder.clone())
    }

    /// An operation by its name, with its parameters as a JSON object.
    fn call(
        &self,
        py: Python<'_>,
        operation: &str,
        params: String,
        options: CallOptions,
        interruptible: bool,
        logger: Option<Py<PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        self.run(
            py,
            options,
            interruptible,
            logger,
            move |client: &Openint| {
                let params = Json::parse(params)?;
                client.call(operation, params).map(Answer::from)
            },
        )
    }

    /// The pages of a list, by its name and with its parameters as a JSON object.
    fn pages(
        &self,
        py: Python<'_>,
        operation: &str,
        params: String,
        options: CallOptions,
    ) -> PyResult<Py<PyAny>> {
        let pages = options.build().and_then(|options| {
            let client = self.client.with_options(options);
            client.pages_by_name(operation, Json::parse(params)?)
        });
        match pages {
            Ok(pages) => Pages::from(pages).into_py_any(py),
            Err(error) => Failure::new(py, &error).into_py_any(py),
        }
    }

    /// Any route. JSON is text.
    #[allow(clippy::too_many_arguments)] // one for each parameter
    fn request(
        &self,
        py: Python<'_>,
        method: &str,
        path: String,
        path_params: Vec<(String, String)>,
        query: Vec<(String, String)>,
        body: Option<String>,
        repeat_safe: Option<bool>,
        options: CallOptions,
        interruptible: bool,
        logger: Option<Py<PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "PATCH" => Method::Patch,
            "DELETE" => Method::Delete,
            other => {
                let text = format!("the package lets no method {other} through");
                return Err(pyo3::exceptions::PyValueError::new_err(text));
            }
        };
        self.run(
            py,
            options,
            interruptible,
            logger,
            move |client: &Openint| {
                let mut request = Request::new(method, path);
                for (name, value) in path_params {
                    request = request.path_param(name, value);
                }
                for (name, value) in query {
                    request = request.query(name, value);
                }
                if let Some(body) = body {
                    request = request.body(Json::parse(body)?);
                }
                if let Some(repeat_safe) = repeat_safe {
                    request = request.repeat_safe(repeat_safe);
                }
                client.request::<Json>(&request).map(Answer::from)
            },
        )
    }

    /// Where the API is.
    #[getter]
    fn base_url(&self) -> &str {
        self.client.base_url()
    }
}

impl Client {
    fn from_builder(py: Python<'_>, builder: OpenintBuilder) -> PyResult<Py<PyAny>> {
        match builder.clone().build() {
            Ok(client) => Self { builder, client }.into_py_any(py),
            Err(error) => Failure::new(py, &error).into_py_any(py),
        }
    }

    /// Makes a call, and gives its answer or its failure.
    fn run(
        &self,
        py: Python<'_>,
        options: CallOptions,
        interruptible: bool,
        logger: Option<Py<PyAny>>,
        call: impl FnOnce(&Openint) -> Result<Answer> + Send,
    ) -> PyResult<Py<PyAny>> {
        let surroundings = Surroundings {
            cancel: options.cancel(),
            interruptible,
            logger,
        };
        let built = options.build();
        let result = surroundings.run(py, |token| {
            let mut options = built?;
            if let Some(token) = token {
                options = options.cancel(token);
            }
            call(&self.client.with_options(options))
        })?;
        match result {
            Ok(answer) => answer.into_py_any(py),
            Err(error) => Failure::new(py, &error).into_py_any(py),
        }
    }
}
