//! Rows and what identifies them.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::resources::connections::CreateConnection;

/// All that a key cannot hold, and what separates the two parts of it.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'/');

const MAX_KEY_LENGTH: usize = 255;

/// A row of an import: an id of yours and the connection to create.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Row {
    /// Your own id of the row, such as a primary key: the same in each run, and unlike that of any
    /// other row of the import.
    pub id: String,
    /// The connection to create. Unless they have an idempotency key, they get
    /// [`idempotency_key`]`(import, id)`.
    pub params: CreateConnection,
}

impl Row {
    /// Makes a row.
    pub fn new(id: impl Into<String>, params: CreateConnection) -> Self {
        Self {
            id: id.into(),
            params,
        }
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        let params = &self.params;
        Fingerprint::of([
            params.connector_config_id.as_str(),
            &params.customer_id,
            &params.data.connector_name,
        ])
    }
}

/// Derives the idempotency key of a row from the import's name and the row's id.
///
/// It is the same wherever and whenever it is computed, so imports on several machines, or by
/// [`create_connection`](crate::Openint::create_connection) itself, agree on it.
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) when one of them is empty, or the key would have
/// more than 255 characters.
///
/// ```
/// let key = openint::bulk::idempotency_key("spring move", "customers/17")?;
/// assert_eq!(key, "spring%20move/customers%2F17");
/// # Ok::<(), openint::Error>(())
/// ```
pub fn idempotency_key(import: &str, row_id: &str) -> Result<String> {
    for (field, text) in [("name", import), ("id", row_id)] {
        if text.is_empty() {
            return Err(Error::invalid_input(field, "at least one character"));
        }
    }
    let escaped = |text| utf8_percent_encode(text, ESCAPED);
    let key = format!("{}/{}", escaped(import), escaped(row_id));
    if key.len() > MAX_KEY_LENGTH {
        let expected = format!(
            "an id that makes, with the import's name, a key of at most {MAX_KEY_LENGTH} characters"
        );
        return Err(Error::invalid_input("id", expected));
    }
    Ok(key)
}

/// Stands for a row id in 12 bytes: two ids share one with a probability of 10⁻¹¹ among a billion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowKey([u8; 12]);

impl RowKey {
    pub(super) fn of(row_id: &str) -> Self {
        let hash = Sha256::digest(row_id);
        Self(hash[..12].try_into().expect("12 of 32 bytes"))
    }
}

/// Tells whether two rows are of the same customer, connector config and connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint([u8; 4]);

impl Fingerprint {
    pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
            hash.update([0]);
        }
        Self(hash.finalize()[..4].try_into().expect("4 of 32 bytes"))
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:08x}", u32::from_be_bytes(self.0)))
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = u32::from_str_radix(&text, 16).map_err(serde::de::Error::custom)?;
        Ok(Self(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_different_rows_differ_and_fit() {
        assert_ne!(
            idempotency_key("a/b", "c").unwrap(),
            idempotency_key("a", "b/c").unwrap()
        );
        assert_eq!(idempotency_key("a", "é 1").unwrap(), "a/%C3%A9%201");
        assert_eq!(idempotency_key("a", &"1".repeat(253)).unwrap().len(), 255);
        for (name, id) in [
            ("a", "1".repeat(254)),
            ("a", String::new()),
            ("", "1".into()),
        ] {
            assert!(idempotency_key(name, &id).is_err(), "{name} {id}");
        }
    }
}
