//! The proxy on the way: given, or named by the environment.

use ureq::{Proxy, ProxyProtocol};

use crate::error::{Error, Result};
use crate::http::base_url::BaseUrl;
use crate::secret::Secret;

/// A proxy by its URL. The error leaves it out: it can hold the proxy's password.
pub(crate) fn parse(url: &Secret) -> Result<Proxy> {
    let proxy = Proxy::new(url.expose()).ok();
    proxy.filter(speaks_http).ok_or_else(|| {
        Error::invalid_input(
            "proxy",
            "an HTTP proxy such as `http://proxy.internal:3128`",
        )
    })
}

/// The proxy that the environment names for `base_url`, if it does.
///
/// ureq passes a SOCKS proxy by, and connects directly. Who set one up did so on purpose, so it is
/// an error here.
pub(crate) fn from_env(base_url: &BaseUrl) -> Result<Option<Proxy>> {
    if base_url.is_loopback() {
        return Ok(None);
    }
    match Proxy::try_from_env().filter(|proxy| !proxy.is_no_proxy(base_url.uri())) {
        Some(proxy) if !speaks_http(&proxy) => Err(Error::invalid_input(
            "proxy",
            "an HTTP proxy, but the environment names one of another kind: name an HTTP proxy in \
             HTTPS_PROXY, or the host in NO_PROXY",
        )),
        proxy => Ok(proxy),
    }
}

fn speaks_http(proxy: &Proxy) -> bool {
    matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
}
