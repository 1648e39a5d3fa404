//! Who is calling.

use std::collections::HashMap;

use http::HeaderMap;

use crate::error::Failure;
use crate::time;
use crate::token::Signer;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Viewer {
    Anonymous,
    Org {
        org_id: String,
    },
    Customer {
        org_id: String,
        customer_id: String,
        /// True if by a token, and not by the customer's key.
        by_token: bool,
    },
}

/// The viewer an `Authorization` header stands for.
pub(crate) fn viewer(
    headers: &HeaderMap,
    keys: &HashMap<String, Viewer>,
    signer: &Signer,
) -> Result<Viewer, Failure> {
    let header = headers.get(http::header::AUTHORIZATION);
    let Some(header) = header.filter(|header| !header.is_empty()) else {
        return Ok(Viewer::Anonymous);
    };
    // A second blank would be part of the key.
    let token = header
        .to_str()
        .ok()
        .and_then(|text| text.strip_prefix("Bearer "))
        .filter(|token| !token.is_empty())
        .ok_or_else(|| {
            Failure::unauthorized("Invalid Authorization header, expecting Bearer with token")
        })?;
    match keys.get(token) {
        Some(viewer) => Ok(viewer.clone()),
        // A token with dots is read as a JWT.
        None if token.contains('.') => signer
            .read(token, time::now())
            .map_err(|error| Failure::unauthorized(&format!("TRPCError: {error}"))),
        None => Err(Failure::unauthorized("Invalid API key")),
    }
}

impl Viewer {
    /// The organisation of an organisation's own key.
    pub(crate) fn admin(&self) -> Result<&str, Failure> {
        match self {
            Viewer::Org { org_id } => Ok(org_id),
            _ => Err(Failure::forbidden("Org admin only")),
        }
    }

    /// Returns the rows that this viewer may see.
    pub(crate) fn scope(&self) -> Result<Scope, Failure> {
        match self {
            Viewer::Anonymous => Err(Failure::forbidden("Authentication required")),
            Viewer::Org { org_id } => Ok(Scope {
                org_id: org_id.clone(),
                customer_id: None,
            }),
            Viewer::Customer {
                org_id,
                customer_id,
                ..
            } => {
                // The server puts the id into its SQL as it is, and a quote ends the text there.
                if let Some((_, rest)) = customer_id.split_once('\'') {
                    return Err(Failure::syntax_error(rest));
                }
                Ok(Scope {
                    org_id: org_id.clone(),
                    customer_id: Some(customer_id.clone()),
                })
            }
        }
    }
}

/// The rows a caller may touch.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scope {
    pub(crate) org_id: String,
    pub(crate) customer_id: Option<String>,
}
