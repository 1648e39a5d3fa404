//! Any text as an id, a query parameter, a header and a base URL: none changes the route, and the
//! server reads what was given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openint::fuzzing::{base_url, header, uri};
use openint::{Method, Request};
use percent_encoding::percent_decode_str;

fuzz_target!(|input: (&str, &str, &str)| {
    let (id, name, value) = input;
    let request = Request::new(Method::Get, "/customer/{id}/token")
        .path_param("id", id)
        .query(name, value);
    if let Ok(uri) = uri(&request) {
        let segments: Vec<&str> = uri.path().split('/').collect();
        let ["", "v1", "customer", segment, "token"] = segments[..] else {
            panic!("{id:?} changed the route to {uri}");
        };
        assert!(!matches!(segment, "" | "." | ".."));
        let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
        assert_eq!(decode(segment), id);
        let query = uri.query().unwrap();
        let (sent_name, sent_value) = query.split_once('=').unwrap();
        assert_eq!((decode(sent_name), decode(sent_value)), (name.to_owned(), value.to_owned()));
    }
    if let Ok(kept) = base_url(name) {
        assert!(kept.starts_with("https://") || kept.starts_with("http://"), "{kept}");
        assert!(!kept.ends_with('/') && !kept.contains(['@', '?', '#', '\r', '\n']), "{kept}");
    }
    if header(name, value).is_ok() {
        assert!(!value.contains(['\r', '\n', '\0']) && value.is_ascii());
    }
    // A template is the programmer's, but never a way out of the base URL either.
    if let Ok(uri) = uri(&Request::new(Method::Get, value)) {
        assert!(uri.path().starts_with("/v1/") && uri.query().is_none(), "{uri}");
    }
});
