//! Clocks, the two ways the server writes a moment, and the many in which PostgreSQL reads one.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use regex_lite::Regex;

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

/// RFC 3339 with milliseconds, as JavaScript's `toISOString`; `None` beyond what its dates can be.
pub(crate) fn iso(millis: f64) -> Option<String> {
    const DAY: i64 = 86_400_000;
    /// Days in which the calendar repeats itself, and the years of them.
    const CYCLE: (i64, i64) = (146_097, 400);
    if millis.is_nan() || millis.abs() > 8.64e15 {
        return None;
    }
    // The library's years end with 9999: what lies beyond is written as if it were in this cycle.
    let millis = millis as i64;
    let cycles = millis.div_euclid(CYCLE.0 * DAY);
    let at = Timestamp::from_millisecond(millis - cycles * CYCLE.0 * DAY).ok()?;
    let at = TimeZone::UTC.to_datetime(at);
    let year = i64::from(at.year()) + cycles * CYCLE.1;
    let year = if (0..=9_999).contains(&year) {
        format!("{year:04}")
    } else {
        format!("{year:+07}")
    };
    Some(format!("{year}-{}", at.strftime("%m-%dT%H:%M:%S%.3fZ")))
}

/// Reads the RFC 3339 moment of an `expires_at`.
pub(crate) fn parse(text: &str) -> Option<Micros> {
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_microsecond)
}

/// PostgreSQL's complaint about a text that is no moment.
#[derive(Debug, PartialEq)]
pub(crate) struct NoMoment(pub(crate) String);

/// Reads a moment as PostgreSQL reads a `timestamptz`, in a session whose time zone is UTC.
/// Not in it: days of the year, Julian days, names of time zones, and years before Christ.
pub(crate) fn since(text: &str) -> Result<Micros, NoMoment> {
    let clean = text.trim().to_lowercase();
    let midnight = |days: Micros| {
        const DAY: Micros = 86_400_000_000;
        Some((now().div_euclid(DAY) + days) * DAY)
    };
    let special = match clean.as_str() {
        "now" => Some(now()),
        "epoch" => Some(0),
        "infinity" | "+infinity" => Some(Micros::MAX),
        "-infinity" => Some(Micros::MIN),
        "today" => midnight(0),
        "tomorrow" => midnight(1),
        "yesterday" => midnight(-1),
        _ => None,
    };
    special.or_else(|| moment(&clean)).ok_or_else(|| {
        NoMoment(if looks_like_a_date(&clean) {
            format!("date/time field value out of range: \"{text}\"")
        } else {
            format!("invalid input syntax for type timestamp with time zone: \"{text}\"")
        })
    })
}

/// The forms of a date, in the order in which they are tried. PostgreSQL's order is month, day, year.
const DATES: [&str; 13] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%Y-%b-%d",
    "%a %b %d %Y",
    "%a, %d %b %Y",
];

/// The names of months and days that have a shorter form.
const NAMES: [&str; 18] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn moment(text: &str) -> Option<Micros> {
    /// A date, a time of day and an offset from UTC, of which the last or the last two may be missing.
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^(?P<date>.*?[0-9])",
            r"(?:[ t]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?P<fraction>\.\d*)?)?",
            r" ?(?P<half>am|pm)? ?(?P<zone>[+-]\d{1,2}(?::?\d{2})?(?::?\d{2})?)?)?",
            r" ?(?:z|zulu|utc|gmt)?$",
        ))
        .expect("the expression is good")
    });
    let parts = PARTS.captures(text)?;
    let number = |name: &str| match parts.name(name) {
        None => Some(0_i8),
        Some(digits) => digits.as_str().parse().ok(),
    };
    let mut date = parts["date"].to_owned();
    for name in NAMES {
        date = date.replace(name, &name[..3]);
    }
    let date = DATES
        .iter()
        .find_map(|form| BrokenDownTime::parse(form, &date).ok()?.to_date().ok())?;
    let hour = match (
        number("hour")?,
        parts.name("half").map(|half| half.as_str()),
    ) {
        (hour, None) => hour,
        (12, Some("am")) => 0,
        (hour @ 1..=11, Some("pm")) => hour + 12,
        (hour @ 1..=12, Some(_)) => hour,
        _ => return None,
    };
    let fraction: f64 = parts.name("fraction").map_or(0.0, |digits| {
        format!("0{}", digits.as_str()).parse().unwrap_or_default()
    });
    let (minute, second) = (number("minute")?, number("second")?);
    // Both of these are the first moment of what comes next.
    let (hour, more) = if (hour, minute, second) == (24, 0, 0) {
        (0, 24 * 3600)
    } else {
        (hour, 0)
    };
    let (second, more) = if second == 60 {
        (59, more + 1)
    } else {
        (second, more)
    };
    let time = Time::new(hour, minute, second, 0).ok()?;
    let at = DateTime::from_parts(date, time);
    let at = TimeZone::UTC.to_timestamp(at).ok()?.as_microsecond();
    let micros = (fraction * 1e6).round() as Micros;
    Some(at + micros + (more - offset(parts.name("zone").map(|zone| zone.as_str()))?) * 1_000_000)
}

/// Seconds east of Greenwich.
fn offset(zone: Option<&str>) -> Option<Micros> {
    let Some(zone) = zone else {
        return Some(0);
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    // One digit of the hours may be missing.
    let digits = if digits.len() % 2 == 1 {
        format!("0{digits}")
    } else {
        digits
    };
    let number = |place: usize| {
        let digits = digits.get(place..place + 2).unwrap_or("0");
        digits.parse::<Micros>().ok()
    };
    let (hours, minutes, seconds) = (number(0)?, number(2)?, number(4)?);
    if hours > 15 || minutes > 59 || seconds > 59 {
        return None;
    }
    let east = hours * 3600 + minutes * 60 + seconds;
    Some(if zone.starts_with('-') { -east } else { east })
}

/// Returns true if a text that is no moment has the form of a date.
fn looks_like_a_date(text: &str) -> bool {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{8})([ t]+\d{1,2}:\d{2}[\d:. ]*(am|pm)?)? ?(z|utc|gmt|[+-][\d:]+)?$")
            .expect("the expression is good")
    });
    DATE.is_match(text)
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
        for (millis, want) in [
            (0.0, "1970-01-01T00:00:00.000Z"),
            (1_795_486_356_120.9, "2026-11-24T02:12:36.120Z"),
            (253_402_300_800_000.0, "+010000-01-01T00:00:00.000Z"),
            (8.64e15, "+275760-09-13T00:00:00.000Z"),
            (-8.64e15, "-271821-04-20T00:00:00.000Z"),
            (-62_198_755_200_000.0, "-000001-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(iso(millis).unwrap(), want);
        }
        assert_eq!(iso(8.64e15 + 1.0), None);
        assert_eq!(iso(f64::INFINITY), None);
    }

    #[test]
    fn moments_are_read_as_postgres_reads_them() {
        for (text, want) in [
            (
                "2026-11-24 02:12:36.36114+00",
                "2026-11-24 02:12:36.36114+00",
            ),
            ("2026-11-24T02:12:36Z", "2026-11-24 02:12:36+00"),
            (" 2026-11-24 02:12 ", "2026-11-24 02:12:00+00"),
            ("2026-11-24 02:12:36 +01:30", "2026-11-24 00:42:36+00"),
            ("2026-11-24 02:12:36-5", "2026-11-24 07:12:36+00"),
            ("2026-11-24t021236-0500", "2026-11-24 07:12:36+00"),
            ("2020-01-01", "2020-01-01 00:00:00+00"),
            ("2020-01-01Z", "2020-01-01 00:00:00+00"),
            ("2020-1-1", "2020-01-01 00:00:00+00"),
            ("20200101", "2020-01-01 00:00:00+00"),
            ("20200101T101112", "2020-01-01 10:11:12+00"),
            ("01/02/2020", "2020-01-02 00:00:00+00"),
            ("January 8, 1999 04:05 PM", "1999-01-08 16:05:00+00"),
            ("8 Jan 1999 12:05 am UTC", "1999-01-08 00:05:00+00"),
            ("1999-Jan-08", "1999-01-08 00:00:00+00"),
            ("2020-01-01 24:00", "2020-01-02 00:00:00+00"),
            ("2016-12-31 23:59:60", "2017-01-01 00:00:00+00"),
            (
                "2020-01-01 00:00:00.1234567",
                "2020-01-01 00:00:00.123457+00",
            ),
            ("EPOCH", "1970-01-01 00:00:00+00"),
        ] {
            assert_eq!(since(text).map(postgres), Ok(want.into()), "{text}");
        }
        assert_eq!(since("infinity"), Ok(Micros::MAX));
        assert_eq!(since("-infinity"), Ok(Micros::MIN));
        let day = 86_400_000_000;
        let (before, at) = (since("now").unwrap(), since("Today").unwrap());
        assert!(at % day == 0 && at <= before && before < at + day);
        assert_eq!(
            since("tomorrow").unwrap() - since("yesterday").unwrap(),
            2 * day
        );
    }

    #[test]
    fn what_is_no_moment_is_told_so() {
        for text in [
            "2020-13-01",
            "2020-02-30",
            "02/30/2020",
            "2020-01-01 25:00",
            "2020-01-01 10:61Z",
        ] {
            let want = format!("date/time field value out of range: \"{text}\"");
            assert_eq!(since(text), Err(NoMoment(want)));
        }
        for text in ["soon", "", "2020", "1 day ago", "2020-01-01 x", "99"] {
            let want =
                format!("invalid input syntax for type timestamp with time zone: \"{text}\"");
            assert_eq!(since(text), Err(NoMoment(want)));
        }
    }
}
