//! The clients, each as somebody would write it with that library.

mod floor;
mod hyper;
mod ours;
mod reqwest;
mod ureq;

use std::path::{Path, PathBuf};

use crate::wire::API_KEY;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Makes one call and checks its answer.
pub(crate) type Call = Box<dyn FnMut() + Send>;

pub(crate) struct Target {
    pub(crate) base_url: String,
    /// A PEM file with the certificate authority to trust.
    pub(crate) ca: Option<PathBuf>,
}

impl Target {
    fn url(&self) -> String {
        format!("{}/connection", self.base_url)
    }

    /// Host with port, and path.
    fn parts(&self) -> Option<(String, String)> {
        let url = self.url();
        let (host, path) = url.strip_prefix("http://")?.split_once('/')?;
        Some((host.to_owned(), format!("/{path}")))
    }
}

pub(crate) trait Peer {
    /// Returns the function with which a thread makes its calls. Callers share a pool where the
    /// library has one.
    fn caller(&self) -> Call;

    /// Reads a list to its end and says how long it was. Only our client is measured by that.
    fn rows(&self) -> Result<usize> {
        Err("this client reads no lists here".into())
    }

    /// Imports rows with so many calls at once, and says how many have an outcome.
    fn import(&self, _concurrency: usize, _rows: usize, _journal: &Path) -> Result<usize> {
        Err("this client has no imports".into())
    }
}

pub(crate) fn make(name: &str, target: &Target) -> Result<Box<dyn Peer>> {
    Ok(match name {
        "floor" => Box::new(floor::Floor::new(target)?),
        "hyper" => Box::new(hyper::Hyper::new(target)?),
        "ours" => Box::new(ours::Ours::new(target)?),
        "reqwest" => Box::new(reqwest::Reqwest::new(target)?),
        "ureq" => Box::new(ureq::Ureq::new(target)?),
        _ => return Err(format!("no such peer: {name}").into()),
    })
}

fn authorization() -> String {
    format!("Bearer {API_KEY}")
}
