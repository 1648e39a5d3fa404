//! The organisations, customers and connector configs a sandbox starts with.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::auth::Viewer;
use crate::check::NOT_CHECKED;
use crate::connectors::CATALOGUE;
use crate::json::{Json, Numbers};
use crate::schema::Path;
use crate::store::{Config, Row};
use crate::time::Micros;

/// The key of `org_sandbox` unless another one is asked for.
pub(crate) const DEFAULT_KEY: &str = "key_test_123";
const DEFAULT_ORG: &str = "org_sandbox";
const DUMMY: &str = r#"{"oauth":{"client_id":"dummy_client","client_secret":"dummy_secret"}}"#;

/// State before the first request, and again after a reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seed {
    organisations: BTreeMap<String, String>,
    pub(crate) customers: BTreeMap<(String, String), SeededCustomer>,
    /// The oldest first, so that the last one is listed first.
    pub(crate) configs: Vec<SeededConfig>,
    /// The oldest first, likewise.
    pub(crate) connections: Vec<SeededConnection>,
}

#[derive(Clone, Debug)]
pub(crate) struct SeededConnection {
    id: String,
    config_id: String,
    customer_id: String,
    metadata: Option<Arc<str>>,
    settings: Arc<str>,
}

#[derive(Clone, Debug)]
pub(crate) struct SeededCustomer {
    pub(crate) api_key: String,
    pub(crate) metadata: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
pub(crate) struct SeededConfig {
    id: String,
    org_id: String,
    connector: String,
    display_name: Option<String>,
    metadata: Option<Arc<str>>,
    config: Arc<str>,
}

impl SeededConfig {
    fn new(id: &str, org_id: &str, connector: &str) -> SeededConfig {
        SeededConfig {
            id: id.into(),
            org_id: org_id.into(),
            connector: connector.into(),
            display_name: None,
            metadata: None,
            config: "{}".into(),
        }
    }

    /// The row of a sandbox that starts now.
    pub(crate) fn build(&self, now: Micros) -> Config {
        Config {
            id: self.id.clone(),
            org_id: self.org_id.clone(),
            connector: CATALOGUE
                .get(&self.connector)
                .expect("the seed was checked"),
            display_name: self.display_name.clone(),
            disabled: Some(false),
            metadata: self.metadata.clone(),
            config: self.config.clone(),
            created_at: now,
            updated_at: now,
        }
    }
}

impl SeededConnection {
    /// The row of a sandbox that starts now.
    pub(crate) fn build(&self, config: &Config, now: Micros) -> Row {
        let settings = Json::reread(&self.settings);
        let mut issues = Vec::new();
        let connector = config.connector;
        connector
            .settings
            .clean(&settings, &Path::root(), &mut issues);
        Row {
            id: self.id.as_str().into(),
            org_id: config.org_id.clone(),
            customer_id: self.customer_id.clone(),
            config_id: config.id.clone(),
            connector,
            created_at: now,
            updated_at: now,
            status: NOT_CHECKED.0,
            status_message: Some(NOT_CHECKED.1.to_owned()),
            metadata: self.metadata.clone(),
            settings: self.settings.clone(),
            incomplete: !issues.is_empty(),
        }
    }

    pub(crate) fn config_id(&self) -> &str {
        &self.config_id
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    replace: bool,
    #[serde(default)]
    organisations: Vec<OrganisationSeed>,
    #[serde(default)]
    customers: Vec<CustomerSeed>,
    #[serde(default)]
    connector_configs: Vec<ConfigSeed>,
    #[serde(default)]
    connections: Vec<ConnectionSeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationSeed {
    id: String,
    api_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerSeed {
    id: String,
    org_id: Option<String>,
    api_key: String,
    metadata: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigSeed {
    id: String,
    org_id: Option<String>,
    connector_name: String,
    display_name: Option<String>,
    metadata: Option<Box<RawValue>>,
    config: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConnectionSeed {
    id: String,
    connector_config_id: String,
    customer_id: String,
    metadata: Option<Box<RawValue>>,
    settings: Option<Box<RawValue>>,
}

/// The text of an object, as it is kept.
fn object_text(
    json: Option<Box<RawValue>>,
    what: &str,
    numbers: Numbers,
) -> Result<Option<Arc<str>>, String> {
    let Some(json) = json else {
        return Ok(None);
    };
    match Json::parse(json.get(), numbers) {
        Ok(object @ Json::Object(_)) => Ok(Some(object.stored().to_string().into())),
        _ => Err(format!("seed: {what} must be an object")),
    }
}

impl Seed {
    pub(crate) fn standard() -> Seed {
        let mut seed = Seed::default();
        let mut organisation = |id: &str, key: &str| {
            seed.organisations.insert(id.into(), key.into());
        };
        organisation(DEFAULT_ORG, DEFAULT_KEY);
        organisation("org_other", "key_test_other");
        // The second is the one of most examples.
        for (id, api_key) in [
            ("cus_1", "key_cus_test_123"),
            ("customer_42", "key_cus_test_42"),
        ] {
            let customer = SeededCustomer {
                api_key: api_key.into(),
                metadata: None,
            };
            seed.customers
                .insert((DEFAULT_ORG.into(), id.into()), customer);
        }
        // The documentation's own example names a config by the bare prefix.
        seed.config(SeededConfig {
            config: DUMMY.into(),
            ..SeededConfig::new("ccfg_", DEFAULT_ORG, "dummy-oauth2")
        });
        seed.config(SeededConfig::new(
            "ccfg_acme-oauth2_other",
            "org_other",
            "acme-oauth2",
        ));
        for (name, display_name, config) in [
            ("dummy-oauth2", None, DUMMY),
            (
                "acme-oauth2",
                None,
                r#"{"oauth":{"client_id":"client_1","client_secret":"secret_1"}}"#,
            ),
            ("acme-apikey", None, "{}"),
            ("greenhouse", None, "{}"),
            (
                "discord",
                Some("Discord sandbox"),
                r#"{"oauth":{"scopes":["identify"],"client_id":"discord_client","client_secret":"discord_secret"}}"#,
            ),
            (
                "github",
                None,
                r#"{"oauth":{"client_id":"gh_client","client_secret":"gh_secret"}}"#,
            ),
            (
                "plaid",
                None,
                r#"{"envName":"sandbox","credentials":null,"clientName":"Sandbox","products":["transactions"],"countryCodes":["US"],"language":"en"}"#,
            ),
        ] {
            seed.config(SeededConfig {
                display_name: display_name.map(str::to_owned),
                config: config.into(),
                ..SeededConfig::new(&format!("ccfg_{name}_sandbox"), DEFAULT_ORG, name)
            });
        }
        // Nobody has given it client credentials.
        seed.config(SeededConfig::new("ccfg_linear_bare", DEFAULT_ORG, "linear"));
        seed
    }

    fn config(&mut self, config: SeededConfig) {
        self.configs.retain(|other| other.id != config.id);
        self.configs.push(config);
    }

    /// Adds the entries of a seed document, each in place of an earlier one of its id.
    pub(crate) fn extend(&mut self, text: &str, numbers: Numbers) -> Result<(), String> {
        let document: Document = serde_json::from_str(text).map_err(|e| format!("seed: {e}"))?;
        if document.replace {
            *self = Seed::default();
        }
        for organisation in document.organisations {
            self.organisations
                .insert(organisation.id, organisation.api_key);
        }
        let org = |given: Option<String>| given.unwrap_or_else(|| DEFAULT_ORG.into());
        for customer in document.customers {
            let seeded = SeededCustomer {
                api_key: customer.api_key,
                metadata: object_text(customer.metadata, "metadata", numbers)?,
            };
            self.customers
                .insert((org(customer.org_id), customer.id), seeded);
        }
        for config in document.connector_configs {
            self.config(SeededConfig {
                id: config.id,
                org_id: org(config.org_id),
                connector: config.connector_name,
                display_name: config.display_name,
                metadata: object_text(config.metadata, "metadata", numbers)?,
                config: object_text(config.config, "config", numbers)?
                    .unwrap_or_else(|| "{}".into()),
            });
        }
        for connection in document.connections {
            let id = connection.id;
            self.connections.retain(|other| other.id != id);
            self.connections.push(SeededConnection {
                id,
                config_id: connection.connector_config_id,
                customer_id: connection.customer_id,
                metadata: object_text(connection.metadata, "metadata", numbers)?,
                settings: object_text(connection.settings, "settings", numbers)?
                    .unwrap_or_else(|| "{}".into()),
            });
        }
        self.check()
    }

    /// Gives `org_sandbox`, or the first organisation where there is none, another key.
    pub(crate) fn set_key(&mut self, key: &str) -> Result<(), String> {
        let id = self
            .main_organisation()
            .ok_or("seed: there is no organisation")?
            .0
            .to_owned();
        self.organisations.insert(id, key.into());
        self.check()
    }

    /// The key a user of the sandbox is told.
    pub(crate) fn main_key(&self) -> &str {
        self.main_organisation().map_or("", |(_, key)| key)
    }

    /// The organisation a user of the sandbox is told the key of.
    pub(crate) fn main_org(&self) -> &str {
        self.main_organisation().map_or("", |(id, _)| id)
    }

    fn main_organisation(&self) -> Option<(&str, &str)> {
        self.organisations
            .get_key_value(DEFAULT_ORG)
            .or_else(|| self.organisations.first_key_value())
            .map(|(id, key)| (id.as_str(), key.as_str()))
    }

    fn check(&self) -> Result<(), String> {
        if self.organisations.is_empty() {
            return Err("seed: there is no organisation".into());
        }
        let all = self.organisations.len() + self.customers.len();
        let keys = self.keys();
        if keys.len() < all {
            return Err("seed: the same api_key is given twice".into());
        }
        if let Some(key) = keys
            .keys()
            .find(|k| k.is_empty() || !k.bytes().all(|b| b.is_ascii_graphic()))
        {
            return Err(format!(
                "seed: {key:?} cannot be an api_key: it must be visible ASCII"
            ));
        }
        let known = |org_id: &str| {
            self.organisations
                .contains_key(org_id)
                .then_some(())
                .ok_or_else(|| format!("seed: organisation {org_id} is not in it"))
        };
        for (org_id, _) in self.customers.keys() {
            known(org_id)?;
        }
        for config in &self.configs {
            let id = &config.id;
            known(&config.org_id)?;
            if !id.starts_with("ccfg_") {
                return Err(format!(
                    "seed: connector config {id:?} must start with ccfg_"
                ));
            }
            if CATALOGUE.get(&config.connector).is_none() {
                return Err(format!(
                    "seed: unknown connector {:?} in {id}",
                    config.connector
                ));
            }
        }
        for connection in &self.connections {
            let (id, config) = (&connection.id, &connection.config_id);
            if !id.starts_with("conn_") {
                return Err(format!("seed: connection {id:?} must start with conn_"));
            }
            if !self.configs.iter().any(|other| other.id == *config) {
                return Err(format!(
                    "seed: connector config {config} of {id} is not in it"
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn keys(&self) -> HashMap<String, Viewer> {
        let organisations = self
            .organisations
            .iter()
            .map(|(id, key)| (key.clone(), Viewer::Org { org_id: id.clone() }));
        let customers = self.customers.iter().map(|((org_id, id), customer)| {
            let viewer = Viewer::Customer {
                org_id: org_id.clone(),
                customer_id: id.clone(),
                by_token: false,
            };
            (customer.api_key.clone(), viewer)
        });
        organisations.chain(customers).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_adds_and_replaces() {
        let mut seed = Seed::standard();
        seed.extend(
            r#"{"organisations":[{"id":"org_sandbox","api_key":"k1"},{"id":"org_2","api_key":"k2"}],
                "customers":[{"id":"cus_9","api_key":"k3"}],
                "connector_configs":[{"id":"ccfg_x","org_id":"org_2","connector_name":"github"}]}"#,
            Numbers::default(),
        )
        .unwrap();
        let keys = seed.keys();
        assert_eq!(
            keys["k1"],
            Viewer::Org {
                org_id: "org_sandbox".into()
            }
        );
        assert!(!keys.contains_key(DEFAULT_KEY) && keys.contains_key("key_test_other"));
        let config = seed.configs.iter().find(|config| config.id == "ccfg_x");
        assert_eq!(config.unwrap().org_id, "org_2");
        assert_eq!(seed.main_key(), "k1");
    }

    #[test]
    fn a_bad_document_is_refused_by_name() {
        for (text, word) in [
            ("{", "EOF"),
            (r#"{"organizations":[]}"#, "organizations"),
            (r#"{"replace":true}"#, "no organisation"),
            (
                r#"{"customers":[{"id":"a","org_id":"org_no","api_key":"k"}]}"#,
                "org_no",
            ),
            (
                r#"{"customers":[{"id":"a","api_key":"key_test_123"}]}"#,
                "twice",
            ),
            (
                r#"{"customers":[{"id":"a","api_key":"a b"}]}"#,
                "visible ASCII",
            ),
            (
                r#"{"customers":[{"id":"a","api_key":"k","metadata":1}]}"#,
                "metadata must be an object",
            ),
            (
                r#"{"connector_configs":[{"id":"x","connector_name":"github"}]}"#,
                "ccfg_",
            ),
            (
                r#"{"connector_configs":[{"id":"ccfg_x","connector_name":"nope"}]}"#,
                "nope",
            ),
            (
                r#"{"connections":[{"id":"x","connector_config_id":"ccfg_","customer_id":"c"}]}"#,
                "conn_",
            ),
            (
                r#"{"connections":[{"id":"conn_1","connector_config_id":"ccfg_no","customer_id":"c"}]}"#,
                "ccfg_no",
            ),
        ] {
            let error = Seed::standard()
                .extend(text, Numbers::default())
                .unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }
}
