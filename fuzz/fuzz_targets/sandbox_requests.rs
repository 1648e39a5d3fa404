//! Any request to the sandbox, and any document that steers it: it answers, with JSON.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use openint_sandbox::fuzzing::Indoors;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

const ROUTES: [&str; 10] = [
    "/v1/connection",
    "/v1/connection/",
    "/v1/connector-config",
    "/v1/connector-config/",
    "/v1/connector",
    "/v1/customer",
    "/v1/customer/",
    "/v1/event",
    "/v1/ai/message_template",
    "/v1/",
];

const KEYS: [&[u8]; 3] = [b"Bearer key_test_123", b"Bearer key_cus_test_123", b""];

thread_local! {
    static SANDBOX: RefCell<(Indoors, u32)> = RefCell::default();
}

fuzz_target!(|input: (u8, u8, u8, &str, &[u8])| {
    let (method, route, key, rest, body) = input;
    SANDBOX.with_borrow_mut(|(sandbox, count)| {
        *count += 1;
        if *count % 1_000 == 0 {
            sandbox.reset();
        }
        let method = METHODS[method as usize % METHODS.len()];
        let target = format!("{}{rest}", ROUTES[route as usize % ROUTES.len()]);
        let headers: [(&str, &[u8]); 2] = [
            ("authorization", KEYS[key as usize % KEYS.len()]),
            ("content-type", b"application/json"),
        ];
        if let Some((status, answer)) = sandbox.answer(method, &target, &headers, body) {
            assert!((200..600).contains(&status), "{status}");
            // The root is a page for people.
            let is_page = answer.starts_with(b"<!doctype html>");
            if target.starts_with("/v1/") && status != 204 && !is_page {
                let json = serde_json::from_slice::<&serde_json::value::RawValue>(&answer);
                assert!(json.is_ok(), "{method} {target}: {status} {answer:?}");
            }
        }
        sandbox.read(body);
    });
});
