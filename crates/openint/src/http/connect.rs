//! Connector that ureq uses: through a proxy or not, over TCP, in TLS or not.

use std::fmt;
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, RustlsConnector, Transport,
};

use super::call::Call;
use super::dial::{Dialler, addresses_of};
use super::tcp::Tcp;
use crate::error::Phase;

/// The [`Dialler`] looks names up where that can be given up. ureq would do it before it looks for
/// an idle connection, and for targets of a proxy too.
#[derive(Debug)]
pub(super) struct NoResolver;

impl Resolver for NoResolver {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}

/// Opens connections to one server, all by the same way.
#[derive(Default)]
pub(super) struct Connect {
    proxy: ConnectProxyConnector,
    dialler: Dialler,
    tls: RustlsConnector,
}

impl Connector for Connect {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Call::opens();
        // For the connection to the proxy itself, it comes here again.
        let tunnel = self.proxy.connect(details, None::<()>)?;
        let transport: Box<dyn Transport> = match tunnel {
            Some(tunnel) => Box::new(tunnel),
            None => Box::new(self.dial(details.uri, details.needs_tls())?),
        };
        if details.needs_tls() {
            Call::enter(Phase::Handshake);
            if let Some(link) = Call::link() {
                link.secure();
            }
        }
        let transport = self.tls.connect(details, Some(transport))?;
        Call::opened();
        Ok(transport.map(|transport| Box::new(transport) as _))
    }
}

impl Connect {
    fn dial(&self, uri: &Uri, is_secure: bool) -> Result<Tcp, ureq::Error> {
        let host = uri.host().unwrap_or_default();
        let host: Arc<str> = host.trim_matches(['[', ']']).into();
        let port = match uri.port_u16() {
            Some(port) => port,
            None if is_secure => 443,
            None => 80,
        };
        let stream = self.dialler.dial(move || addresses_of(&host, port))?;
        Ok(Tcp::new(stream))
    }
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect")
    }
}
