//! Clocks and the two ways the server writes a moment.

use jiff::Timestamp;

/// Microseconds since 1970, the precision PostgreSQL keeps.
pub(crate) type Micros = i64;

pub(crate) fn now() -> Micros {
    Timestamp::now().as_microsecond()
}

/// The text of a PostgreSQL `timestamptz`: trailing zeros of the fraction are dropped.
pub(crate) fn postgres(at: Micros) -> String {
    Timestamp::from_microsecond(at)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%d %H:%M:%S%.f+00")
        .to_string()
}

/// RFC 3339 with milliseconds, as JavaScript's `toISOString`; `None` outside the years it can write.
pub(crate) fn iso(millis: f64) -> Option<String> {
    // A cast of a float saturates, and what saturates is out of range below.
    let at = Timestamp::from_millisecond(millis as i64).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// Reads the RFC 3339 moment of an `expires_at`.
pub(crate) fn parse(text: &str) -> Option<Micros> {
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_microsecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_drops_trailing_zeros() {
        let second = 1_795_486_356_000_000;
        assert_eq!(postgres(second), "2026-11-24 02:12:36+00");
        assert_eq!(postgres(second + 361_140), "2026-11-24 02:12:36.36114+00");
        assert_eq!(postgres(second + 974_000), "2026-11-24 02:12:36.974+00");
        assert_eq!(postgres(second + 1), "2026-11-24 02:12:36.000001+00");
    }

    #[test]
    fn iso_always_has_milliseconds() {
        assert_eq!(iso(0.0).unwrap(), "1970-01-01T00:00:00.000Z");
        assert_eq!(
            iso(1_795_486_356_120.9).unwrap(),
            "2026-11-24T02:12:36.120Z"
        );
        assert_eq!(iso(1e300), None);
    }
}
