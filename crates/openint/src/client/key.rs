//! A key that changes: asked for when there is none yet, and again after the API refused it.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

use ureq::http::HeaderValue;

use super::flights::{Flights, Shared, lock};
use crate::error::{Error, Result};
use crate::http::Limits;
use crate::http::headers::authorization;
use crate::secret::Secret;

pub(crate) type Ask =
    Arc<dyn Fn() -> Result<Secret, Box<dyn StdError + Send + Sync>> + Send + Sync>;

pub(crate) struct KeyProvider {
    ask: Ask,
    known: Mutex<Option<HeaderValue>>,
    /// Calls that want a key at the same time share one question, and its failure.
    questions: Flights<Result<HeaderValue>>,
}

impl KeyProvider {
    pub(crate) fn new(ask: Ask) -> Self {
        Self {
            ask,
            known: Mutex::new(None),
            questions: Flights::new(|| {
                Error::no_api_key(
                    "the provider made a call that needs the key it was asked for".into(),
                )
            }),
        }
    }

    /// Returns the header with a key other than the one that was refused; the same one only if the
    /// provider gives it again.
    pub(crate) fn header(
        &self,
        limits: &Limits,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue> {
        let fresh = || self.known().filter(|known| Some(known) != refused);
        if let Some(known) = fresh() {
            return Ok(known);
        }
        let answer = self.questions.share("", limits, || {
            // Another call may have asked since.
            Ok(fresh().map_or_else(|| self.ask(), Ok))
        });
        match answer? {
            Shared::Made(header) | Shared::Joined(header) => header,
        }
    }

    fn ask(&self) -> Result<HeaderValue> {
        let key = (self.ask)().map_err(Error::no_api_key)?;
        let header = authorization(key.expose())?;
        *lock(&self.known) = Some(header.clone());
        Ok(header)
    }

    fn known(&self) -> Option<HeaderValue> {
        lock(&self.known).clone()
    }
}
