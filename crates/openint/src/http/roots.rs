//! Which certificate authorities are trusted.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use ureq::tls::{Certificate, RootCerts};

use crate::error::{Error, Result};

const FILE: &str = "SSL_CERT_FILE";
const DIR: &str = "SSL_CERT_DIR";

/// Those in a PEM file.
pub(crate) fn in_bundle(path: &Path) -> Result<RootCerts> {
    let certificates = read("ca_bundle", path)?;
    specific("ca_bundle", certificates)
}

/// Those that the environment names, or else the system's.
pub(crate) fn of_system() -> Result<RootCerts> {
    let file = variable(FILE).map(PathBuf::from);
    let directories: Vec<PathBuf> = variable(DIR)
        .map(|directories| env::split_paths(&directories).collect())
        .unwrap_or_default();
    if file.is_none() && directories.is_empty() {
        return unnamed();
    }
    let field = if file.is_some() { FILE } else { DIR };
    let mut certificates = Vec::new();
    if let Some(file) = &file {
        certificates.extend(read(FILE, file)?);
    }
    for directory in directories
        .iter()
        .filter(|path| !path.as_os_str().is_empty())
    {
        certificates.extend(read_all(directory)?);
    }
    specific(field, certificates)
}

/// An empty variable counts as none.
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The platform's own verifier. On Android it panics until the program hands it the Java virtual
/// machine, which a library cannot ask for, so Mozilla's authorities stand in.
#[cfg(target_os = "android")]
fn unnamed() -> Result<RootCerts> {
    Ok(RootCerts::WebPki)
}

#[cfg(not(target_os = "android"))]
fn unnamed() -> Result<RootCerts> {
    // The verifier would take the empty name for the name of a file.
    #[cfg(all(unix, not(target_vendor = "apple")))]
    if env::var_os(FILE).is_some() {
        let found = openssl_probe::probe();
        if let Some(file) = found.cert_file {
            return specific(FILE, read(FILE, &file)?);
        }
    }
    Ok(RootCerts::PlatformVerifier)
}

fn specific(field: &str, mut certificates: Vec<CertificateDer<'static>>) -> Result<RootCerts> {
    // A directory holds most of them twice, under their names and their hashes.
    certificates.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
    certificates.dedup();
    let (usable, _) =
        RootCertStore::empty().add_parsable_certificates(certificates.iter().cloned());
    if usable == 0 {
        return Err(Error::invalid_input(
            field,
            "PEM text with at least one certificate of an authority",
        ));
    }
    let certificates = certificates
        .iter()
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .collect();
    Ok(RootCerts::Specific(Arc::new(certificates)))
}

fn read(field: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let unusable = |error: &dyn std::fmt::Display| {
        Error::invalid_input(
            field,
            format!("a PEM file that can be read; {}: {error}", path.display()),
        )
    };
    let pem = std::fs::read(path).map_err(|error| unusable(&error))?;
    CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .map_err(|error| unusable(&error))
}

/// Reads all certificates of a directory's files.
fn read_all(directory: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let files = std::fs::read_dir(directory).map_err(|error| {
        let path = directory.display();
        Error::invalid_input(
            DIR,
            format!("directories of PEM files that can be read; {path}: {error}"),
        )
    })?;
    let files = files.filter_map(|file| std::fs::read(file.ok()?.path()).ok());
    Ok(files
        .flat_map(|pem| {
            let certificates = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok);
            certificates.collect::<Vec<_>>()
        })
        .collect())
}
