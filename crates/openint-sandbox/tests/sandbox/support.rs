//! A small HTTP/1.1 client that hides nothing of the wire.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use openint_sandbox::Sandbox;
use serde_json::Value;

pub(crate) const KEY: &str = "Bearer key_test_123";

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {:?}", String::from_utf8_lossy(&self.body)))
    }

    pub(crate) fn message(&self) -> String {
        self.json()["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// One connection, and what was read ahead on it.
pub(crate) struct Client(BufReader<TcpStream>);

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client::try_new(address).unwrap()
    }

    pub(crate) fn try_new(address: SocketAddr) -> io::Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.set_nodelay(true)?;
        Ok(Client(BufReader::new(stream)))
    }

    pub(crate) fn stream(&self) -> &TcpStream {
        self.0.get_ref()
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    pub(crate) fn send(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) {
        let mut head = format!("{method} {target} HTTP/1.1\r\nhost: sandbox\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() || method == "POST" {
            head += &format!("content-length: {}\r\n", body.len());
        }
        self.write(format!("{head}\r\n{body}").as_bytes());
    }

    pub(crate) fn receive(&mut self, method: &str) -> io::Result<Reply> {
        let mut reply = self.receive_head()?;
        let length = reply.header("content-length").map(|n| n.parse().unwrap());
        if method == "HEAD" || reply.status == 204 {
        } else if reply.header("transfer-encoding") == Some("chunked") {
            loop {
                let line = self.line()?;
                let size = usize::from_str_radix(&line, 16)
                    .map_err(|_| io::Error::from(io::ErrorKind::UnexpectedEof))?;
                let start = reply.body.len();
                reply.body.resize(start + size, 0);
                self.0.read_exact(&mut reply.body[start..])?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else if let Some(length) = length {
            reply.body.resize(length, 0);
            self.0.read_exact(&mut reply.body)?;
        }
        Ok(reply)
    }

    fn receive_head(&mut self) -> io::Result<Reply> {
        let first = self.line()?;
        let status = first
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3)?.parse().ok())
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            headers.push((name.to_owned(), value.to_owned()));
        }
        Ok(Reply {
            status,
            headers,
            body: Vec::new(),
        })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        if !line.ends_with('\n') {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }

    /// All that comes until the peer ends the connection, and how it ended it.
    pub(crate) fn rest(&mut self) -> (Vec<u8>, io::Result<()>) {
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        loop {
            match self.0.read(&mut piece) {
                Ok(0) => return (bytes, Ok(())),
                Ok(n) => bytes.extend_from_slice(&piece[..n]),
                Err(error) => return (bytes, Err(error)),
            }
        }
    }
}

/// One request on a connection of its own.
pub(crate) fn send(
    sandbox: &Sandbox,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    let mut client = Client::new(sandbox.address());
    client.send(method, target, headers, body);
    client.receive(method).unwrap()
}

pub(crate) fn get(sandbox: &Sandbox, target: &str) -> Reply {
    send(sandbox, "GET", target, &[("authorization", KEY)], "")
}

pub(crate) fn post(sandbox: &Sandbox, target: &str, body: &str) -> Reply {
    let headers = [("authorization", KEY), ("content-type", "application/json")];
    send(sandbox, "POST", target, &headers, body)
}

pub(crate) fn create(sandbox: &Sandbox, body: &str) -> Reply {
    post(sandbox, "/v1/connection", body)
}

/// A request with this key and a JSON body, or none.
pub(crate) fn call(sandbox: &Sandbox, method: &str, target: &str, key: &str, body: &str) -> Reply {
    let key = format!("Bearer {key}");
    let mut headers = vec![("authorization", key.as_str())];
    if !body.is_empty() {
        headers.push(("content-type", "application/json"));
    }
    send(sandbox, method, target, &headers, body)
}

pub(crate) fn put(sandbox: &Sandbox, target: &str, body: &str) -> Reply {
    call(sandbox, "PUT", target, "key_test_123", body)
}

/// A create that is good, for this customer.
pub(crate) fn body_for(customer: &str) -> String {
    format!(
        r#"{{"connector_config_id":"ccfg_acme-oauth2_sandbox","customer_id":"{customer}","data":{{"connector_name":"acme-oauth2","settings":{{"oauth":{{"credentials":{{"access_token":"x"}}}}}}}}}}"#
    )
}

pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// The error's code and message, and the issues in short: `code path`.
pub(crate) fn failure(reply: &Reply, operation: &str) -> (String, String, Vec<String>) {
    let body = reply.json();
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("vary"), Some("*"));
    assert_eq!(body["data"]["httpStatus"], reply.status);
    assert_eq!(body["data"]["code"], body["code"]);
    assert_eq!(body["data"]["path"], operation);
    let issues = body.get("issues").or(body.get("output_issues"));
    let issues = issues
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let issues = issues
        .iter()
        .map(|issue| {
            let path: Vec<String> = issue["path"]
                .as_array()
                .unwrap()
                .iter()
                .map(|step| step.to_string().trim_matches('"').to_owned())
                .collect();
            format!(
                "{} {}: {}",
                issue["code"].as_str().unwrap(),
                path.join("."),
                issue["message"].as_str().unwrap()
            )
        })
        .collect();
    (
        body["code"].as_str().unwrap().into(),
        body["message"].as_str().unwrap().into(),
        issues,
    )
}
