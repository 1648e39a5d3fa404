//! Where the API is: checked once, when a client is built.

use std::net::IpAddr;

use ureq::http::Uri;

use crate::error::{Error, Result};

/// A base URL without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    uri: Uri,
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
        if authority.as_str().contains('@') || uri.query().is_some() || text.contains('#') {
            return Err(invalid(shape));
        }
        if authority.host().is_empty() || uri.path().contains("//") || has_dot_segment(uri.path()) {
            return Err(invalid(shape));
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
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            uri,
            loopback,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Host and, where one was given, port.
    pub(crate) fn authority(&self) -> &str {
        self.uri
            .authority()
            .map_or("", |authority| authority.as_str())
    }

    /// What the paths of all requests begin with.
    pub(crate) fn path(&self) -> &str {
        self.uri.path().trim_end_matches('/')
    }

    /// Whether the API runs on this machine, where a proxy of the environment has no part.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
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
