//! Row ids: a prefix, the connector's name and a ULID.

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `conn_<connector>_<ULID>`
pub(crate) fn connection(connector: &str, now: crate::time::Micros) -> String {
    format!("conn_{connector}_{}", ulid(now))
}

/// `ccfg_<connector>_<ULID>`
pub(crate) fn config(connector: &str, now: crate::time::Micros) -> String {
    format!("ccfg_{connector}_{}", ulid(now))
}

/// `cus_<ULID>`
pub(crate) fn customer(now: crate::time::Micros) -> String {
    format!("cus_{}", ulid(now))
}

/// `key_cus_<ULID>`
pub(crate) fn customer_key(now: crate::time::Micros) -> String {
    format!("key_cus_{}", ulid(now))
}

/// `evt_<ULID>`
pub(crate) fn event(now: crate::time::Micros) -> String {
    format!("evt_{}", ulid(now))
}

fn ulid(now: crate::time::Micros) -> String {
    let millis = u128::from((now / 1_000).unsigned_abs()) & ((1 << 48) - 1);
    let bits = (millis << 80) | (fastrand::u128(..) >> 48);
    (0..26)
        .rev()
        .map(|place| CROCKFORD[(bits >> (place * 5)) as usize & 31] as char)
        .collect()
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
