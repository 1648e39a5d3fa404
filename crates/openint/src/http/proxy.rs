//! The proxy on the way: given, or named by the environment as curl and Python's requests read it.

use std::env;
use std::net::IpAddr;

use cidr::IpInet;
use no_proxy::NoProxy;
use percent_encoding::percent_decode_str;
use ureq::http::Uri;
use ureq::{Proxy, ProxyProtocol};

use super::base_url::{BaseUrl, HOST_AND_PORT, is_host_and_port};
use crate::error::{Error, Result};
use crate::secret::Secret;

/// A proxy by its URL.
pub(crate) fn parse(url: &Secret) -> Result<Proxy> {
    proxy("proxy", url.expose())
}

/// Returns true if the way to the proxy is encrypted too.
pub(crate) fn is_https(proxy: &Proxy) -> bool {
    proxy.protocol() == ProxyProtocol::Https
}

/// The proxy that the environment names for `base_url`, if it does.
pub(crate) fn from_env(base_url: &BaseUrl) -> Result<Option<Proxy>> {
    if base_url.is_loopback() {
        return Ok(None);
    }
    let names: &[&str] = match base_url.is_https() {
        true => &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
        // In a CGI program this one is a header that a client sent.
        false if env::var_os("REQUEST_METHOD").is_some() => {
            &["http_proxy", "all_proxy", "ALL_PROXY"]
        }
        false => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    let Some((name, url)) = first(names)? else {
        return Ok(None);
    };
    if let Some((_, exempt)) = first(&["no_proxy", "NO_PROXY"])? {
        if is_exempt(&exempt, base_url.host(), base_url.port()) {
            return Ok(None);
        }
    }
    proxy(name, &url).map(Some)
}

/// The first of these variables that says something.
fn first<'a>(names: &[&'a str]) -> Result<Option<(&'a str, String)>> {
    for name in names {
        let Some(value) = env::var_os(name) else {
            continue;
        };
        let value = value
            .into_string()
            .map_err(|_| Error::invalid_input(*name, "text in UTF-8"))?;
        let value = value.trim();
        if !value.is_empty() {
            return Ok(Some((name, value.to_owned())));
        }
    }
    Ok(None)
}

/// A proxy as the option or the variable `field` names it. No error repeats the value: it can hold
/// a password.
fn proxy(field: &str, url: &str) -> Result<Proxy> {
    const SHAPE: &str = "the URL of an HTTP proxy, such as `http://proxy.internal:3128`";
    let invalid = |expected: &str| Error::invalid_input(field, expected);
    let url = match url.contains("://") {
        true => url.to_owned(),
        false => format!("http://{url}"),
    };
    let uri: Uri = url.parse().map_err(|_| invalid(SHAPE))?;
    let authority = uri.authority().ok_or_else(|| invalid(SHAPE))?.as_str();
    let (user, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    if !is_host_and_port(host_and_port) {
        return Err(invalid(HOST_AND_PORT));
    }
    // What comes behind a slash may be the rest of a password that should have been escaped.
    if !is_user(user) || uri.path() != "/" || uri.query().is_some() || url.contains('#') {
        return Err(invalid(
            "user and password with all but letters and digits escaped (`%40` for `@`), and nothing \
             behind the port",
        ));
    }
    let proxy = Proxy::new(&url).map_err(|_| invalid(SHAPE))?;
    match proxy.protocol() {
        ProxyProtocol::Http | ProxyProtocol::Https => Ok(proxy),
        _ => Err(invalid("an HTTP proxy: SOCKS is not supported")),
    }
}

/// Returns true if it can be sent to a proxy: whole escapes, of text without control characters.
fn is_user(user: &str) -> bool {
    let mut escapes = user.split('%');
    let before = escapes.next().unwrap_or_default();
    let has_whole_escapes = escapes.all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let text = percent_decode_str(user).decode_utf8();
    has_whole_escapes
        && !before.contains('@')
        && !user.contains('@')
        && text.is_ok_and(|text| !text.chars().any(char::is_control))
}

/// Returns true if a list such as `.internal,10.0.0.0/8,proxy.test:8080` names the host and port.
fn is_exempt(list: &str, host: &str, port: u16) -> bool {
    let host = host.trim_matches(['[', ']', '.']).to_ascii_lowercase();
    let is_address = host.parse::<IpAddr>().is_ok();
    let entries: Vec<String> = list
        .split(',')
        .filter_map(|entry| plain(entry, port, is_address))
        .collect();
    NoProxy::from(entries.join(",")).matches(&host)
}

/// An entry as [`NoProxy`] takes it. It knows no ports, brackets, capitals, dots before a domain
/// itself, and networks by any address of theirs, and it takes the end of an address for a domain.
/// Nothing where the entry is of no account for this port and kind of host.
fn plain(entry: &str, port: u16, is_address: bool) -> Option<String> {
    let entry = entry.trim().to_ascii_lowercase();
    let (host, only) = match entry.rsplit_once(':') {
        Some((host, only)) if !host.contains(':') || host.ends_with(']') => (host, Some(only)),
        _ => (entry.as_str(), None),
    };
    if only.is_some_and(|only| only.parse() != Ok(port)) {
        return None;
    }
    let host = host.trim_matches(['[', ']', '.']);
    match host.parse::<IpInet>() {
        Ok(address) => Some(address.network().to_string()),
        Err(_) => (!is_address || host == "*").then(|| host.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_hosts_without_a_proxy() {
        for (list, host, expected) in [
            ("", "api.test", false),
            (" , ,", "api.test", false),
            ("*", "api.test", true),
            ("other.test , api.test", "api.test", true),
            ("API.test", "api.TEST", true),
            ("test", "api.test", true),
            (".test", "api.test", true),
            (".api.test", "api.test", true),
            ("api.test.", "api.test", true),
            ("pi.test", "api.test", false),
            (".pi.test", "api.test", false),
            ("api.test.other", "api.test", false),
            ("api.", "api.test", false),
            ("api.test:443", "api.test", true),
            ("api.test:8443", "api.test", false),
            ("api.test:", "api.test", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3:443", "10.1.2.3", true),
            ("10.1.2.3:80", "10.1.2.3", false),
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.9.9.9/8", "10.1.2.3", true),
            ("11.0.0.0/8", "10.1.2.3", false),
            ("2.3", "10.1.2.3", false),
            ("::1", "[::1]", true),
            ("[::1]", "[::1]", true),
            ("[::1]:443", "[::1]", true),
            ("[::1]:80", "[::1]", false),
            ("2001:db8::/32", "[2001:db8::7]", true),
            ("2001:db8::/32", "[2001:db9::7]", false),
        ] {
            assert_eq!(is_exempt(list, host, 443), expected, "{list:?}: {host}");
        }
    }

    #[test]
    fn urls_of_proxies() {
        for (url, expected) in [
            ("http://proxy.test:3128", Some("proxy.test:3128")),
            ("http://proxy.test:3128/", Some("proxy.test:3128")),
            ("https://proxy.test", Some("proxy.test:443")),
            ("proxy.test:3128", Some("proxy.test:3128")),
            ("http://canary:p%40ss@proxy.test:1", Some("proxy.test:1")),
            ("http://[::1]:3128", Some("[::1]:3128")),
            ("http://proxy.test:99999", None),
            ("http://proxy.test:", None),
            ("http://proxy.test:80a", None),
            ("http://127.1:80", None),
            ("\"http://canary@proxy.test:3128\"", None),
            ("'proxy.test:3128'", None),
            ("quic://canary@proxy.test:3128", None),
            ("socks5://canary@proxy.test:3128", None),
            ("socks5h://proxy.test", None),
            ("http://canary:p@ss@proxy.test:3128", None),
            ("http://canary:12/ss@proxy.test:3128", None),
            ("http://canary:p%4@proxy.test:3128", None),
            ("http://canary:p%zz@proxy.test:3128", None),
            ("http://canary:%0d%0a@proxy.test:3128", None),
            ("http://canary:%ff@proxy.test:3128", None),
            ("http://canary:p ss@proxy.test:3128", None),
            ("http://canary:pä@proxy.test:3128", None),
            ("http://proxy.test:3128/path", None),
            ("http://proxy.test:3128?canary", None),
            ("http://proxy.test:3128#canary", None),
            ("http://", None),
            ("http://canary@", None),
        ] {
            let parsed = proxy("HTTPS_PROXY", url);
            if let Err(error) = &parsed {
                let said = error.to_string();
                assert!(said.contains("`HTTPS_PROXY`"), "{said}");
                assert!(!said.contains("canary"), "{said}");
            }
            let address = parsed
                .ok()
                .map(|proxy| format!("{}:{}", proxy.host(), proxy.port()));
            assert_eq!(address.as_deref(), expected, "{url}");
        }
    }
}
