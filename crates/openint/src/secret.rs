use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A text that must not be seen: an API key, a token, a client secret.
///
/// `Debug` prints `[redacted]`, there is no `Display`, and the memory of this value is overwritten
/// when it is dropped. The text is read with [`Secret::expose`]. Serialising writes the real text,
/// because that is how it reaches the API.
///
/// ```
/// use openint::Secret;
///
/// let token = Secret::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
/// assert_eq!(format!("{token:?}"), "[redacted]");
/// assert!(token.expose().starts_with("gho_"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Keep it out of logs and error messages.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
