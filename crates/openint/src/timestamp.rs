use std::fmt;
use std::hash::{Hash, Hasher};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

pub(crate) use jiff::Timestamp as Instant;

/// The most time between a row's own time and the moment from which other calls see it.
pub(crate) const SKEW: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

/// A point in time as the API writes it.
///
/// Rows carry PostgreSQL's form (`2026-11-24 02:12:35.896474+00`), OAuth2 credentials RFC 3339
/// (`2026-11-24T03:12:36.344Z`). Both are read; a text in neither form stays readable through
/// [`Timestamp::as_str`] and never makes a call fail. Two timestamps are equal when they are the
/// same instant, whatever the form.
///
/// ```
/// use openint::Timestamp;
///
/// let row = Timestamp::new("2026-11-24 02:12:35.5+00");
/// assert_eq!(row, Timestamp::new("2026-11-24T02:12:35.500Z"));
/// assert_eq!(row.unix_millis(), Some(1_795_486_355_500));
/// assert_eq!(Timestamp::new("yesterday").to_system_time(), None);
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// Keeps `text`, whatever its form.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as the API wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The instant, or `None` when the text is in neither form.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        SystemTime::try_from(self.instant()?).ok()
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, or `None` when the text is in neither form.
    pub fn unix_millis(&self) -> Option<i64> {
        self.instant().map(|instant| instant.as_millisecond())
    }

    /// The instant in RFC 3339, or `None` when the text is in neither form.
    pub fn to_rfc3339(&self) -> Option<String> {
        self.instant().map(|instant| instant.to_string())
    }

    pub(crate) fn instant(&self) -> Option<Instant> {
        self.0.parse().ok()
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        match (self.instant(), other.instant()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.0 == other.0,
            _ => false,
        }
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.instant() {
            Some(instant) => instant.hash(state),
            None => self.0.hash(state),
        }
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<SystemTime> for Timestamp {
    /// RFC 3339; instants beyond the year 9999 are clamped.
    fn from(time: SystemTime) -> Self {
        let latest = if time < SystemTime::UNIX_EPOCH {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        };
        Self(
            jiff::Timestamp::try_from(time)
                .unwrap_or(latest)
                .to_string(),
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_the_same_instant() {
        for (text, rfc3339) in [
            (
                "2026-11-24 02:12:35.896474+00",
                "2026-11-24T02:12:35.896474Z",
            ),
            ("2026-11-24 02:12:36.36114+00", "2026-11-24T02:12:36.36114Z"),
            ("2026-11-24 02:12:36.974+00", "2026-11-24T02:12:36.974Z"),
            ("2026-11-24 02:12:36+00", "2026-11-24T02:12:36Z"),
            ("2026-11-24 07:42:36+05:30", "2026-11-24T02:12:36Z"),
            ("2026-12-01T02:12:36.123Z", "2026-12-01T02:12:36.123Z"),
            ("1969-12-31 23:59:59.5+00", "1969-12-31T23:59:59.5Z"),
        ] {
            let timestamp = Timestamp::new(text);
            assert_eq!(timestamp.to_rfc3339().as_deref(), Some(rfc3339), "{text}");
            assert_eq!(timestamp, Timestamp::new(rfc3339));
            assert_eq!(timestamp.as_str(), text);
        }
    }

    #[test]
    fn other_texts_stay_readable() {
        for text in [
            "",
            "<string>",
            "yesterday",
            "2026-13-01 00:00:00+00",
            "2026-11-24",
        ] {
            let timestamp = Timestamp::new(text);
            assert_eq!(timestamp.to_system_time(), None, "{text}");
            assert_eq!(timestamp.as_str(), text);
        }
    }

    #[test]
    fn system_time_round_trips() {
        let now = SystemTime::UNIX_EPOCH + std::time::Duration::from_micros(1_795_486_355_896_474);
        assert_eq!(Timestamp::from(now).to_system_time(), Some(now));
    }
}
