//! One client, many threads: no row is lost or doubled, and connections are shared and renewed.

#[path = "support/raw.rs"]
mod raw;
mod support;

use std::io::Write;
use std::thread;
use std::time::Duration;

use openint::{
    CancelToken, ConnectorData, CreateConnection, Error, Json, Method, Openint, Request,
    RequestOptions,
};
use openint_sandbox::Sandbox;
use serde_json::json;

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox).build().unwrap()
}

fn create(customer: &str) -> CreateConnection {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    CreateConnection::new("ccfg_", customer, data)
}

fn viewer(client: &Openint) {
    let request = Request::new(Method::Get, "/viewer");
    client.request::<Json>(&request).unwrap();
}

#[test]
fn the_public_types_cross_threads() {
    fn crosses<T: Clone + Send + Sync + 'static>() {}
    crosses::<Openint>();
    crosses::<CancelToken>();
    crosses::<Error>();
    crosses::<RequestOptions>();
    crosses::<openint::Connection>();
}

#[test]
fn sixteen_threads_create_as_many_rows_as_calls_succeed() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let mut ids: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    (0..25)
                        .map(|_| client.create_connection(&create("cus_threads")).unwrap().id)
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 400);
    assert_eq!(sandbox.connections(Some("cus_threads")), 400);
    let most = sandbox
        .requests()
        .iter()
        .map(|request| request.connection)
        .max();
    assert!(most <= Some(16), "{most:?} connections for 16 threads");
}

#[test]
fn clones_and_variants_share_one_connection() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    viewer(&client);
    viewer(&client.clone());
    viewer(&client.with_options(RequestOptions::new().timeout(Duration::from_secs(5))));
    let connections: Vec<_> = sandbox.requests().iter().map(|r| r.connection).collect();
    assert_eq!(connections, [connections[0]; 3]);
}

#[test]
fn a_connection_is_renewed_before_the_server_drops_it() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    viewer(&client);
    thread::sleep(Duration::from_millis(4_200));
    viewer(&client);
    let connections: Vec<_> = sandbox.requests().iter().map(|r| r.connection).collect();
    assert_eq!(connections.len(), 2, "neither call was tried twice");
    assert_ne!(connections[0], connections[1]);
}

#[test]
fn a_connection_that_broke_is_not_used_again() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    viewer(&client);
    // Every connection is closed; the port listens again at once.
    sandbox.refuse_for(Duration::from_millis(1));
    thread::sleep(Duration::from_millis(100));
    client.create_connection(&create("cus_broken")).unwrap();
    assert_eq!(sandbox.connections(Some("cus_broken")), 1);
}

#[test]
fn a_connection_that_said_more_than_an_answer_is_not_used_again() {
    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    const MORE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnull";
    const TWO_FRAMINGS: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\
        transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    for pieces in [
        vec![[ANSWER, MORE].concat()],
        vec![ANSWER.to_vec(), MORE.to_vec()],
        vec![TWO_FRAMINGS.to_vec()],
    ] {
        let (sender, opened) = std::sync::mpsc::channel();
        let base_url = raw::serve(move |stream| {
            for piece in &pieces {
                stream.write_all(piece).unwrap();
                thread::sleep(Duration::from_millis(50));
            }
            // It stays open.
            sender.send(stream.try_clone().unwrap()).unwrap();
        });
        let client = Openint::builder()
            .api_key("key_test_123")
            .base_url(base_url)
            .timeout(Duration::from_secs(5))
            .max_retries(0)
            .build()
            .unwrap();
        let mut held = Vec::new();
        for _ in 0..2 {
            let request = Request::new(Method::Get, "/viewer");
            let answer = client.request::<Json>(&request).unwrap();
            assert_eq!(answer.value.as_str(), "{}", "the answer to another request");
            held.push(opened.recv_timeout(Duration::from_secs(5)).unwrap());
        }
    }
}
