//! hyper on a runtime of one thread, with a connection of its own for each caller.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::Builder;

use super::{Call, Peer, Result, Target, authorization};
use crate::wire::{self, Create};

pub(crate) struct Hyper {
    host: String,
    path: String,
}

impl Hyper {
    pub(crate) fn new(target: &Target) -> Result<Self> {
        let (host, path) = target.parts().ok_or("hyper is measured over plain HTTP only")?;
        Ok(Self { host, path })
    }
}

impl Peer for Hyper {
    fn caller(&self) -> Call {
        let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
        let host = self.host.clone();
        let mut sender = runtime.block_on(async {
            let stream = TcpStream::connect(&host).await.expect("the server listens");
            stream.set_nodelay(true).expect("a socket option");
            let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
            let (sender, connection) = handshake.expect("a connection");
            tokio::spawn(connection);
            sender
        });
        let (path, authorization) = (self.path.clone(), authorization());
        Box::new(move || {
            let request = Request::post(&path)
                .header("host", &host)
                .header("authorization", &authorization)
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .body(Full::new(Bytes::from(Create::bytes())))
                .expect("a request");
            runtime.block_on(async {
                let response = sender.send_request(request).await.expect("the server answers");
                let body = response.into_body().collect().await.expect("a whole body");
                wire::check(&body.to_bytes());
            });
        })
    }
}
