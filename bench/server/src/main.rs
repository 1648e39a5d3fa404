//! A server that costs little, so that what is measured is the client: one blocking thread for each
//! connection, one read and one write for a call, and an answer that is made once.
//!
//! `bench-server FOLDER` writes its certificate into the folder, prints where it listens as a line
//! of JSON, and ends when its standard input does.

mod answers;
mod exchange;
mod limit;
mod tls;

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use rustls::ServerConfig;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("usage: bench-server FOLDER"))?;
    let certificate = tls::Certificate::make();
    let ca = folder.join("bench-ca.pem");
    std::fs::write(&ca, certificate.pem())?;

    let plain = listen(None)?;
    let resuming = listen(Some(certificate.config(true)))?;
    let full = listen(Some(certificate.config(false)))?;
    let told = serde_json::json!({
        "http": format!("http://127.0.0.1:{plain}"),
        "tls": format!("https://127.0.0.1:{resuming}"),
        "tls_without_resumption": format!("https://127.0.0.1:{full}"),
        "ca": ca,
    });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{told}")?;
    stdout.flush()?;
    // Whoever started this holds the other end, so the server never outlives it.
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    Ok(())
}

fn listen(tls: Option<Arc<ServerConfig>>) -> io::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let tls = tls.clone();
            thread::spawn(move || {
                // A client that goes away in the middle is no news.
                let _ = serve(stream, tls);
            });
        }
    });
    Ok(port)
}

fn serve(stream: TcpStream, tls: Option<Arc<ServerConfig>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    match tls {
        None => exchange::serve(stream),
        Some(config) => {
            let connection = rustls::ServerConnection::new(config).map_err(io::Error::other)?;
            exchange::serve(Goodbye(rustls::StreamOwned::new(connection, stream)))
        }
    }
}

/// Says that the end is the end, as TLS wants it.
struct Goodbye(rustls::StreamOwned<rustls::ServerConnection, TcpStream>);

impl Read for Goodbye {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Goodbye {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Drop for Goodbye {
    fn drop(&mut self) {
        self.0.conn.send_close_notify();
        let _ = self.0.flush();
    }
}
