//! Failures and their exit codes.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use openint::bulk::ImportError;
use openint::{Error, ErrorKind};

/// Exit codes, as `openint --help` lists them.
pub(crate) mod exit {
    pub(crate) const FAILED: u8 = 1;
    pub(crate) const USAGE: u8 = 2;
    pub(crate) const NOT_FOUND: u8 = 3;
    pub(crate) const REFUSED: u8 = 4;
    pub(crate) const TRY_LATER: u8 = 5;
    pub(crate) const ROWS: u8 = 6;
    pub(crate) const JOURNAL: u8 = 7;
    pub(crate) const INTERRUPTED: u8 = 130;
}

/// The error of a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Call(#[from] Error),
    #[error(transparent)]
    Import(ImportError),
    /// Something that the caller has to change.
    #[error("{0}")]
    Usage(String),
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Failure {
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Call(error) | Self::Import(ImportError::Call(error)) => of_call(error),
            Self::Import(ImportError::Journal(_)) => exit::JOURNAL,
            Self::Import(ImportError::Outage { .. }) => exit::TRY_LATER,
            Self::Usage(_) => exit::USAGE,
            Self::Import(_) | Self::File { .. } | Self::Io(_) => exit::FAILED,
        })
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Call(error) if error.attempts() == 0 => Self::Call(error),
            error => Self::Import(error),
        }
    }
}

fn of_call(error: &Error) -> u8 {
    match (error.kind(), error.status()) {
        (ErrorKind::InvalidInput { .. }, _) => exit::USAGE,
        (ErrorKind::Cancelled, _) => exit::INTERRUPTED,
        (_, Some(404)) => exit::NOT_FOUND,
        (_, Some(401 | 403)) => exit::REFUSED,
        _ if error.is_retryable() => exit::TRY_LATER,
        _ => exit::FAILED,
    }
}
