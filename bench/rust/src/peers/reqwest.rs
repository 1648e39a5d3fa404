//! reqwest's blocking client.

use reqwest::Certificate;
use reqwest::blocking::Client;

use super::{Call, Peer, Result, Target, authorization};
use crate::wire::{Connection, Create};

pub(crate) struct Reqwest {
    client: Client,
    url: String,
}

impl Reqwest {
    pub(crate) fn new(target: &Target) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder().tcp_nodelay(true);
        if let Some(file) = &target.ca {
            builder = builder.tls_certs_only([Certificate::from_pem(&std::fs::read(file)?)?]);
        }
        Ok(Self {
            client: builder.build()?,
            url: target.url(),
        })
    }
}

impl Peer for Reqwest {
    fn caller(&self) -> Call {
        let (client, url, authorization) = (self.client.clone(), self.url.clone(), authorization());
        Box::new(move || {
            let response = client
                .post(&url)
                .header("authorization", &authorization)
                .header("accept", "application/json")
                .json(&Create::new())
                .send()
                .expect("the server answers");
            let connection: Connection = response.json().expect("a connection");
            assert!(connection.id.starts_with("conn_"));
        })
    }
}
