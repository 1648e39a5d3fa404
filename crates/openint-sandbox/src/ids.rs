//! Row ids: a prefix, the connector's name and a ULID.

use ulid::Ulid;

use crate::time::Micros;

/// `conn_<connector>_<ULID>`
pub(crate) fn connection(connector: &str, now: Micros) -> String {
    format!("conn_{connector}_{}", ulid(now))
}

/// `ccfg_<connector>_<ULID>`
pub(crate) fn config(connector: &str, now: Micros) -> String {
    format!("ccfg_{connector}_{}", ulid(now))
}

/// `cus_<ULID>`
pub(crate) fn customer(now: Micros) -> String {
    format!("cus_{}", ulid(now))
}

/// `key_cus_<ULID>`
pub(crate) fn customer_key(now: Micros) -> String {
    format!("key_cus_{}", ulid(now))
}

/// `evt_<ULID>`
pub(crate) fn event(now: Micros) -> String {
    format!("evt_{}", ulid(now))
}

fn ulid(now: Micros) -> Ulid {
    let millis = u64::try_from(now / 1_000).unwrap_or_default();
    Ulid::from_parts(millis, fastrand::u128(..))
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_have_the_recorded_form() {
        let id = super::connection("acme-oauth2", 1_795_486_355_896_474);
        let tail = id.strip_prefix("conn_acme-oauth2_").unwrap();
        assert_eq!(tail.len(), 26);
        // The first ten characters are the time alone, and equal those of a recorded id.
        assert_eq!(&tail[..8], "01M85N74");
    }
}
