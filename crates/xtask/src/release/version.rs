//! A version: three numbers, which every package index writes alike.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u32; 3]);

impl FromStr for Version {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let number = |part: &str| part.parse().ok().filter(|n: &u32| n.to_string() == part);
        let parts: Option<Vec<u32>> = text.split('.').map(number).collect();
        let parts = parts.and_then(|parts| parts.try_into().ok());
        Ok(Self(parts.with_context(|| {
            format!("{text} is no version: three numbers, such as 0.2.0")
        })?))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_three_numbers_in_their_order() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(version("0.9.0") < version("0.10.0"));
        assert_eq!(version("1.20.3").to_string(), "1.20.3");
        for text in [
            "1.0",
            "1.0.0.0",
            "v1.0.0",
            "1.0.0-rc.1",
            "1.02.0",
            "1.0.+3",
            "",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
