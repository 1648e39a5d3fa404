//! The account that a command works on: that of the environment, or a local server.

use openint::Openint;
use openint_sandbox::Sandbox;

use crate::cli::Global;
use crate::error::Failure;

/// Rows that the local server has from the start, so that there is something to look at.
const LOCAL_ROWS: &str = r#"{"connections": [
    {"id": "conn_github_01KATDFKS0G3Q7V5M2N8P4R6T1", "connector_config_id": "ccfg_github_sandbox",
     "customer_id": "ada", "metadata": {"plan": "pro"},
     "settings": {"oauth": {"credentials": {"access_token": "gho_example_1"}}}},
    {"id": "conn_greenhouse_01KATDFKS0G3Q7V5M2N8P4R6T2",
     "connector_config_id": "ccfg_greenhouse_sandbox", "customer_id": "ada", "metadata": null,
     "settings": {"apiKey": "example_2"}},
    {"id": "conn_github_01KATDFKS0G3Q7V5M2N8P4R6T3", "connector_config_id": "ccfg_github_sandbox",
     "customer_id": "grace", "metadata": null,
     "settings": {"oauth": {"credentials": {"access_token": "gho_example_3"}}}}
]}"#;

/// A client, and the server behind it where that is ours.
pub(crate) struct Account {
    pub(crate) client: Openint,
    local: Option<Sandbox>,
}

impl Account {
    pub(crate) fn open(global: &Global) -> Result<Self, Failure> {
        let has_key = std::env::var_os("OPENINT_API_KEY").is_some_and(|key| !key.is_empty());
        if !has_key && !global.local {
            return Err(Failure::Usage(
                "there is no API key: set OPENINT_API_KEY, or add --local for a look without an \
                 account"
                    .to_owned(),
            ));
        }
        let mut builder = Openint::builder()
            .user_agent(concat!("openint-cli/", env!("CARGO_PKG_VERSION")))
            .timeout(global.timeout);
        if let Some(url) = &global.base_url {
            builder = builder.base_url(url);
        }
        let local = match global.local {
            true => Some(Sandbox::builder().seed(LOCAL_ROWS).start()?),
            false => None,
        };
        if let Some(local) = &local {
            builder = builder.base_url(local.base_url()).api_key(local.api_key());
        }
        let client = builder.build()?;
        Ok(Self { client, local })
    }

    /// Names the server and the organisation, so that a journal is never used for another one.
    pub(crate) fn name(&self) -> Result<String, Failure> {
        let viewer = self.client.viewer()?;
        let server = match &self.local {
            Some(_) => "the local server",
            None => self.client.base_url(),
        };
        let organisation = viewer.org_id.as_deref().unwrap_or("no organisation");
        Ok(format!("{server} ({organisation})"))
    }
}
