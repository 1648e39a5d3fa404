//! Helpers that the tests share.

use openint::{Openint, OpenintBuilder};
use openint_sandbox::Sandbox;

/// A client of `sandbox`, still open to options.
pub(crate) fn builder(sandbox: &Sandbox) -> OpenintBuilder {
    Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
}
