//! A key that changes: what conformance cases cannot show, because it takes several calls.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use openint::{ErrorKind, Openint, RequestOptions, Secret};
use openint_sandbox::Sandbox;

/// A provider that gives these keys in turn, slowly, and the number of times it was asked.
fn provider(
    keys: Vec<String>,
) -> (
    impl Fn() -> Result<Secret, std::io::Error> + Send + Sync,
    Arc<AtomicUsize>,
) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let provider = move || {
        let at = counter.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(200));
        match keys.get(at.min(keys.len() - 1)) {
            Some(key) if !key.is_empty() => Ok(Secret::new(key.as_str())),
            _ => Err(std::io::Error::other("the vault is sealed")),
        }
    };
    (provider, asked)
}

fn client(sandbox: &Sandbox, keys: &[&str]) -> (Openint, Arc<AtomicUsize>) {
    let (provider, asked) = provider(keys.iter().map(|key| (*key).to_owned()).collect());
    let client = Openint::builder()
        .api_key_provider(provider)
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    (client, asked)
}

/// Makes a call from each of eight threads at once.
fn together(client: &Openint) -> Vec<openint::Result<openint::Viewer>> {
    let barrier = Barrier::new(8);
    thread::scope(|scope| {
        let call = || {
            barrier.wait();
            client.viewer()
        };
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    })
}

#[test]
fn calls_at_the_same_time_share_one_question() {
    let sandbox = Sandbox::start().unwrap();
    let (client, asked) = client(&sandbox, &["key_that_ran_out", sandbox.api_key()]);
    for viewer in together(&client) {
        viewer.unwrap();
    }
    // Once for the first key, and once after it was refused to all.
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    client.viewer().unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[test]
fn a_failure_is_shared_and_the_next_call_asks_again() {
    let sandbox = Sandbox::start().unwrap();
    let (client, asked) = client(&sandbox, &["", sandbox.api_key()]);
    for viewer in together(&client) {
        let error = viewer.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::ApiKey { .. }), "{error}");
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.downcast_ref::<std::io::Error>().is_some());
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    assert_eq!(sandbox.requests().len(), 0);
    client.viewer().unwrap();
}

#[test]
fn a_key_and_a_provider_are_one_too_many() {
    let built = Openint::builder()
        .api_key("key_one")
        .api_key_provider(|| Ok::<_, std::io::Error>(Secret::new("key_two")))
        .build();
    let error = built.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::InvalidInput { field, .. } if field == "api_key"),
        "{error}"
    );
}

#[test]
fn a_provider_that_calls_its_own_client_is_told_so_at_once() {
    let sandbox = Sandbox::start().unwrap();
    let own: Arc<OnceLock<Openint>> = Arc::default();
    let inner = Arc::clone(&own);
    let client = Openint::builder()
        .api_key_provider(move || {
            inner.get().unwrap().viewer()?;
            Ok::<_, openint::Error>(Secret::new("key_unused"))
        })
        .base_url(sandbox.base_url())
        .total_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    own.set(client.clone()).unwrap();
    let started = Instant::now();
    let error = client.viewer().unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5), "{error}");
    assert!(matches!(error.kind(), ErrorKind::ApiKey { .. }), "{error}");
}

#[test]
fn a_key_among_the_headers_of_a_call_goes_in_place_of_the_provider_s() {
    let sandbox = Sandbox::start().unwrap();
    let (client, asked) = client(&sandbox, &[sandbox.api_key()]);
    let other = RequestOptions::new().extra_header("Authorization", "Bearer key_of_nobody");
    let error = client.with_options(other).viewer().unwrap_err();
    assert_eq!(error.status(), Some(401));
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}
