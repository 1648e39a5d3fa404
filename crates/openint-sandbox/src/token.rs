//! The tokens of customers: JWTs signed with HS256, refused in the words of the `jose` library.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::auth::Viewer;
use crate::json::{Json, Numbers, object};
use crate::time::Micros;

/// Signs and reads tokens with a secret of its own.
pub(crate) struct Signer(Hmac<Sha256>);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    pub(crate) fn random() -> Signer {
        let key: [u8; 32] = std::array::from_fn(|_| fastrand::u8(..));
        Signer(Hmac::new_from_slice(&key).expect("HMAC takes a key of any length"))
    }

    /// A token for a customer. Its expiry is a number with a fraction, as the server's is; `None` if
    /// it is not a number at all.
    pub(crate) fn sign(
        &self,
        org_id: &str,
        customer_id: &str,
        now: Micros,
        valid_for_seconds: f64,
        options: Option<Json>,
    ) -> Option<String> {
        let expires = (now / 1_000) as f64 / 1e3 + valid_for_seconds;
        if !expires.is_finite() {
            return None;
        }
        let mut claims = vec![
            ("role".to_owned(), "customer".into()),
            ("exp".to_owned(), expires.into()),
            ("sub".to_owned(), format!("{org_id}/{customer_id}").into()),
            ("customer_id".to_owned(), customer_id.into()),
            ("org_id".to_owned(), org_id.into()),
        ];
        if let Some(options) = options {
            claims.push(("connect_options".to_owned(), options));
        }
        claims.push(("iat".to_owned(), seconds(now).into()));
        let header = object([("alg", "HS256".into())]).to_string();
        let claims = Json::Object(claims).to_string();
        let signed = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
        let mut mac = self.0.clone();
        mac.update(signed.as_bytes());
        let signature = BASE64.encode(mac.finalize().into_bytes());
        Some(format!("{signed}.{signature}"))
    }

    /// Whom a token stands for, or why not.
    pub(crate) fn read(&self, token: &str, now: Micros) -> Result<Viewer, String> {
        let parts: Vec<&str> = token.split('.').collect();
        let &[header, claims, signature] = &parts[..] else {
            return Err("JWSInvalid: Invalid Compact JWS".into());
        };
        let algorithm = decode(header)
            .ok_or("JWSInvalid: JWS Protected Header is invalid")?
            .get("alg")
            .and_then(|name| name.as_str().map(str::to_owned))
            .ok_or("JWSInvalid: JWS \"alg\" (Algorithm) Header Parameter missing or invalid")?;
        if algorithm != "HS256" {
            return Err(format!(
                "JOSENotSupported: alg {algorithm} is not supported either by JOSE or your javascript runtime"
            ));
        }
        let mut mac = self.0.clone();
        mac.update(format!("{header}.{claims}").as_bytes());
        let signature = BASE64.decode(signature).unwrap_or_default();
        mac.verify_slice(&signature)
            .map_err(|_| "JWSSignatureVerificationFailed: signature verification failed")?;
        let claims = decode(claims).ok_or("JWTInvalid: JWT Claims Set must be valid JSON")?;
        let expires = claims.get("exp").and_then(Json::as_f64);
        if expires.is_none_or(|at| at <= seconds(now) as f64) {
            return Err("JWTExpired: \"exp\" claim timestamp check failed".into());
        }
        let text = |name| {
            let claim = claims.get(name).and_then(Json::as_str);
            claim.unwrap_or_default().to_owned()
        };
        Ok(Viewer::Customer {
            org_id: text("org_id"),
            customer_id: text("customer_id"),
            by_token: true,
        })
    }
}

fn seconds(at: Micros) -> u64 {
    u64::try_from(at / 1_000_000).unwrap_or_default()
}

fn decode(part: &str) -> Option<Json> {
    let text = String::from_utf8(BASE64.decode(part).ok()?).ok()?;
    Json::parse(&text, Numbers::JavaScript)
        .ok()
        .filter(|json| matches!(json, Json::Object(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Micros = 1_795_486_357_000_000;

    #[test]
    fn a_token_stands_for_its_customer_until_it_expires() {
        let signer = Signer::random();
        let token = signer.sign("org_a", "客/o'b", NOW, 60.0, None).unwrap();
        let viewer = Viewer::Customer {
            org_id: "org_a".into(),
            customer_id: "客/o'b".into(),
            by_token: true,
        };
        assert_eq!(signer.read(&token, NOW + 59_000_000), Ok(viewer));
        let expired = signer.read(&token, NOW + 60_000_000).unwrap_err();
        assert!(expired.starts_with("JWTExpired"), "{expired}");
        assert_eq!(signer.sign("o", "c", NOW, f64::INFINITY, None), None);
    }

    #[test]
    fn a_forged_token_is_refused() {
        let signer = Signer::random();
        let token = signer.sign("org_a", "c", NOW, 60.0, None).unwrap();
        let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else {
            panic!("{token}");
        };
        let none = BASE64.encode(r#"{"alg":"none"}"#);
        let other = BASE64.encode(r#"{"role":"customer","exp":9e9,"org_id":"org_b"}"#);
        let untitled = BASE64.encode("{}");
        let foreign = Signer::random().sign("org_a", "c", NOW, 60.0, None);
        for (token, word) in [
            (format!("{header}.{other}.{signature}"), "JWSSignature"),
            (format!("{header}.{claims}."), "JWSSignature"),
            (format!("{header}.{claims}.{signature}="), "JWSSignature"),
            (foreign.unwrap(), "JWSSignature"),
            (format!("{none}.{claims}."), "JOSENotSupported"),
            (
                format!("{untitled}.{claims}.{signature}"),
                "JWSInvalid: JWS \"alg\"",
            ),
            (format!("a.{claims}.{signature}"), "Header is invalid"),
            (format!("{header}.{claims}"), "Invalid Compact JWS"),
        ] {
            let refused = signer.read(&token, NOW).unwrap_err();
            assert!(refused.contains(word), "{token}: {refused}");
        }
    }
}
