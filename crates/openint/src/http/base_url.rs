//! Base URL of the API: checked once, when a client is built.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::http::Uri;
use ureq::http::uri::PathAndQuery;

use crate::error::{Error, Result};

/// A base URL without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    uri: Uri,
    host: String,
    port: u16,
    loopback: bool,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self> {
        let invalid = |expected: &str| Error::invalid_input("base_url", expected);
        let shape = "an absolute URL such as `https://api.openint.dev/v1`, without user, query and fragment";
        let uri: Uri = text.parse().map_err(|_| invalid(shape))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(invalid(shape));
        };
        if uri.query().is_some() || text.contains('#') {
            return Err(invalid(shape));
        }
        if uri.path().contains("//") || has_dot_segment(uri.path()) {
            return Err(invalid(shape));
        }
        if authority.as_str().contains('@') {
            return Err(invalid(shape));
        }
        if !is_host_and_port(authority.as_str()) {
            return Err(invalid(HOST_AND_PORT));
        }
        let loopback = is_loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if loopback || allow_plain_http => {}
            "http" => {
                return Err(invalid(
                    "`https`, or a loopback address: plain `http` would show the key to the \
                     network (`allow_plain_http` permits it)",
                ));
            }
            _ => return Err(invalid("the scheme `https`")),
        }
        let preset = if scheme == "https" { 443 } else { 80 };
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            host: authority.host().to_owned(),
            port: authority.port_u16().unwrap_or(preset),
            uri,
            loopback,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The URI of a path and query under this URL.
    pub(crate) fn uri(&self, target: &str) -> Result<Uri> {
        let path = self.uri.path().trim_end_matches('/');
        let target: PathAndQuery = format!("{path}{target}").try_into().map_err(|_| {
            Error::invalid_input("path", "a path and query of less than 64 KiB together")
        })?;
        let mut parts = self.uri.clone().into_parts();
        parts.path_and_query = Some(target);
        Ok(Uri::from_parts(parts).expect("all three parts are there"))
    }

    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Returns true if the API runs on this machine, where a proxy of the environment has no part.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// Text of errors: what [`is_host_and_port`] expects.
pub(crate) const HOST_AND_PORT: &str =
    "a host name or an IP address in its usual form, and a port from 1 to 65535 if any";

/// Returns true if `authority` is what a person reads in it. Lenient parsers pass a port by that is
/// none, and the system's resolver takes `127.1` and `0x7f000001` for addresses.
pub(crate) fn is_host_and_port(authority: &str) -> bool {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) if host.parse::<Ipv6Addr>().is_ok() => ("", port),
            _ => return false,
        },
        None => match authority.find(':') {
            Some(colon) => authority.split_at(colon),
            None => (authority, ""),
        },
    };
    let is_port = port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| {
            let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
            is_number && port.parse::<u16>().is_ok_and(|port| port > 0)
        });
    is_port && (authority.starts_with('[') || is_host(host))
}

fn is_host(host: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_name) {
        return false;
    }
    let labels = host.strip_suffix('.').unwrap_or(host);
    let last = labels.rsplit('.').next().unwrap_or_default();
    let digits = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    let ends_in_a_number = match digits {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => last.bytes().all(|byte| byte.is_ascii_digit()),
    };
    !labels.split('.').any(str::is_empty) && (!ends_in_a_number || host.parse::<Ipv4Addr>().is_ok())
}

fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| matches!(segment, "." | ".."))
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_or_loopback() {
        for (text, expected) in [
            (
                "https://api.openint.dev/v1",
                Some("https://api.openint.dev/v1"),
            ),
            (
                "https://api.openint.dev/v1/",
                Some("https://api.openint.dev/v1"),
            ),
            ("http://127.0.0.1:4010/v1", Some("http://127.0.0.1:4010/v1")),
            ("http://localhost", Some("http://localhost")),
            ("http://[::1]:1/v1", Some("http://[::1]:1/v1")),
            ("http://api.openint.dev/v1", None),
            ("http://127.0.0.1.evil.test", None),
            ("ftp://127.0.0.1", None),
            ("https://user:pass@api.openint.dev", None),
            ("https://api.openint.dev/v1?x=1", None),
            ("https://api.openint.dev/v1#x", None),
            ("https://api.openint.dev//v1", None),
            ("https://api.openint.dev/../v1", None),
            ("api.openint.dev/v1", None),
            ("/v1", None),
            ("", None),
            ("https://", None),
            ("not a url", None),
            // A port that is none.
            ("http://127.0.0.1:99999/v1", None),
            ("http://127.0.0.1:0/v1", None),
            ("http://127.0.0.1:-1/v1", None),
            ("http://127.0.0.1:+80/v1", None),
            ("http://127.0.0.1:80a/v1", None),
            ("http://127.0.0.1:0x50/v1", None),
            ("http://127.0.0.1:/v1", None),
            ("http://127.0.0.1:80:80/v1", None),
            ("http://[::1]:/v1", None),
            ("http://[::1]80/v1", None),
            ("http://localhost:65536", None),
            ("http://localhost:65535", Some("http://localhost:65535")),
            // A host that is another than it looks.
            ("http://127.1/v1", None),
            ("http://2130706433/v1", None),
            ("http://0x7f000001/v1", None),
            ("http://0x7f.0.0.1/v1", None),
            ("http://127.0.0.01/v1", None),
            ("https://api.openint.dev.0x1/v1", None),
            ("https://1.2.3/v1", None),
            ("https://1.2.3.4.5/v1", None),
            ("https://1.2.3.4./v1", None),
            ("https://api%2eopenint.dev/v1", None),
            ("https://api.openint.dev\\@evil.test/v1", None),
            ("https://api..openint.dev/v1", None),
            ("https://.openint.dev/v1", None),
            ("https://[api.openint.dev]/v1", None),
            ("https://[fe80::1%25eth0]/v1", None),
            ("https://api,openint.dev/v1", None),
            ("https://ａpi.openint.dev/v1", None),
            (" https://api.openint.dev/v1", None),
            ("https://api.openint.dev/v1\n", None),
            (
                "https://api.openint.dev./v1",
                Some("https://api.openint.dev./v1"),
            ),
            (
                "https://my_host-1.internal",
                Some("https://my_host-1.internal"),
            ),
            ("https://0x7f000001.test", Some("https://0x7f000001.test")),
            ("https://10.0.0.1:8443", Some("https://10.0.0.1:8443")),
            (
                "https://[2001:db8::1]:8443",
                Some("https://[2001:db8::1]:8443"),
            ),
        ] {
            let parsed = BaseUrl::parse(text, false);
            assert_eq!(
                parsed.ok().as_ref().map(BaseUrl::as_str),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn plain_http_by_choice() {
        assert!(BaseUrl::parse("http://openint.internal/v1", true).is_ok());
        let error = BaseUrl::parse("http://openint.internal/v1", false).unwrap_err();
        assert!(error.to_string().contains("allow_plain_http"), "{error}");
    }
}
