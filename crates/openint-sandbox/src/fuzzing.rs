//! A door for the fuzz target under `fuzz/` that hands requests over without a connection. No part
//! of the API.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use http::Request;
use tokio::runtime::Runtime;

use crate::dispatch::Site;
use crate::json::Numbers;
use crate::seed::Seed;
use crate::state::{Rules, State};

/// A sandbox without a door to the network.
pub struct Indoors {
    site: Site,
    runtime: Runtime,
}

impl Default for Indoors {
    fn default() -> Self {
        let state = Arc::new(State::new(Seed::standard(), Rules::default()));
        Self {
            site: Site::new(state, Duration::from_secs(5)),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime can be had"),
        }
    }
}

impl Indoors {
    /// Answers a request: status and body. `None` where it is no request that HTTP can carry.
    pub fn answer(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &[u8])],
        body: &[u8],
    ) -> Option<(u16, Bytes)> {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).ok()?.into_parts();
        let body = Bytes::copy_from_slice(body);
        self.runtime.block_on(async {
            let answer: http::Response<Body> = self.site.answer(parts, body).await;
            let status = answer.status().as_u16();
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
            Some((status, body.expect("answers are in memory")))
        })
    }

    /// Reads what a test gives the sandbox: a script or a seed document.
    pub fn read(&self, document: &[u8]) {
        let _ = crate::script::read(document);
        if let Ok(text) = std::str::from_utf8(document) {
            let _ = Seed::standard().extend(text, Numbers::default());
        }
    }

    /// Back to the seeds.
    pub fn reset(&self) {
        self.site.state.reset();
    }
}
