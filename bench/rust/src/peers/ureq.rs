//! ureq as it comes.

use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::{Call, Peer, Result, Target, authorization};
use crate::wire::{self, Create};

pub(crate) struct Ureq {
    agent: Agent,
    url: String,
}

impl Ureq {
    pub(crate) fn new(target: &Target) -> Result<Self> {
        let mut tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(rustls::crypto::ring::default_provider().into());
        if let Some(file) = &target.ca {
            let certificate = Certificate::from_pem(&std::fs::read(file)?)?;
            tls = tls.root_certs(RootCerts::new_with_certs(&[certificate]));
        }
        let config = Agent::config_builder().tls_config(tls.build()).build();
        Ok(Self {
            agent: config.new_agent(),
            url: target.url(),
        })
    }
}

impl Peer for Ureq {
    fn caller(&self) -> Call {
        let (agent, url, authorization) = (self.agent.clone(), self.url.clone(), authorization());
        Box::new(move || {
            let mut response = agent
                .post(&url)
                .header("authorization", &authorization)
                .header("accept", "application/json")
                .content_type("application/json")
                .send(&Create::bytes()[..])
                .expect("the server answers");
            wire::check(&response.body_mut().read_to_vec().expect("a whole body"));
        })
    }
}
