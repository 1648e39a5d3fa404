//! Connector configs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use crate::connectors::Connector;
use crate::json::{Json, object};
use crate::schema::Path;
use crate::search::Search;
use crate::store::{Full, Store, finds};
use crate::time::{self, Micros};

const MAX_CONFIGS: usize = 10_000;

pub(crate) type Configs = HashMap<String, Config>;

#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) id: String,
    pub(crate) org_id: String,
    pub(crate) connector: &'static Connector,
    pub(crate) display_name: Option<String>,
    pub(crate) disabled: Option<bool>,
    pub(crate) metadata: Option<Arc<str>>,
    pub(crate) config: Arc<str>,
    pub(crate) created_at: Micros,
    pub(crate) updated_at: Micros,
}

/// Fields that an update sets; what is not given stays as it was.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) display_name: Option<String>,
    pub(crate) disabled: Option<bool>,
    pub(crate) config: Option<Arc<str>>,
}

impl Config {
    pub(super) fn bytes(&self) -> usize {
        self.config.len()
            + self.metadata.as_ref().map_or(0, |text| text.len())
            + self.display_name.as_ref().map_or(0, String::len)
    }

    /// The config as a write answers it, or the server's complaints about its own output: what a
    /// config must look like is checked only then, when it is saved. A text of scopes is one scope.
    pub(crate) fn render(&self, path: &Path) -> Result<Vec<(String, Json)>, Vec<Json>> {
        let mut config = self.stored();
        if let Some(scopes @ Json::String(_)) = scopes(&mut config) {
            *scopes = Json::Array(vec![scopes.clone()]);
        }
        self.with(config, path)
    }

    /// The config as it is kept.
    pub(crate) fn stored(&self) -> Json {
        Json::reread(&self.config)
    }

    /// The config as a read shows it: OAuth scopes that were never set are none, and a text of them
    /// is a list.
    pub(crate) fn render_read(&self, path: &Path) -> Result<Vec<(String, Json)>, Vec<Json>> {
        let mut config = self.stored();
        if let Some(Json::Object(oauth)) = config.get_mut("oauth") {
            match oauth.iter_mut().find(|(key, _)| key == "scopes") {
                None => oauth.push(("scopes".into(), Json::Array(Vec::new()))),
                Some((_, scopes)) => {
                    *scopes = match std::mem::replace(scopes, Json::Null) {
                        Json::Null => Json::Array(Vec::new()),
                        Json::String(text) => {
                            let words = text.split(',').map(|word| word.trim_start().into());
                            Json::Array(words.collect())
                        }
                        other => other,
                    }
                }
            }
        }
        self.with(config, path)
    }

    fn with(&self, config: Json, path: &Path) -> Result<Vec<(String, Json)>, Vec<Json>> {
        let mut issues = Vec::new();
        let config = self
            .connector
            .config
            .clean(&config, &path.key("config"), &mut issues)
            .ok_or(issues)?;
        let row = object([
            ("id", self.id.as_str().into()),
            ("created_at", time::postgres(self.created_at).into()),
            ("updated_at", time::postgres(self.updated_at).into()),
            ("org_id", self.org_id.as_str().into()),
            ("display_name", self.display_name.clone().into()),
            ("disabled", self.disabled.into()),
            (
                "metadata",
                self.metadata.clone().map_or(Json::Null, Json::Raw),
            ),
            ("connector_name", self.connector.name.as_str().into()),
            ("config", config),
        ]);
        match row {
            Json::Object(members) => Ok(members),
            _ => unreachable!("object() makes objects"),
        }
    }
}

fn scopes(config: &mut Json) -> Option<&mut Json> {
    config.get_mut("oauth")?.get_mut("scopes")
}

impl Store {
    /// A connector config, if the organisation has it.
    pub(crate) fn config(&self, org_id: &str, id: &str) -> Option<&Config> {
        self.configs
            .get(id)
            .filter(|config| config.org_id == org_id)
    }

    /// The config that rows are made of when nobody says which: one of the main organisation's.
    pub(crate) fn config_to_fill(&self, id: Option<&str>) -> Option<&Config> {
        if let Some(id) = id {
            return self.configs.get(id);
        }
        let ours = || {
            self.configs
                .values()
                .filter(|config| config.org_id == self.main_org)
        };
        ours()
            .filter(|config| config.connector.name == "acme-oauth2")
            .min_by_key(|config| config.created_at)
            .or_else(|| ours().min_by_key(|config| config.created_at))
    }

    pub(crate) fn insert_config(&mut self, config: Config) -> Result<&Config, Full> {
        if self.configs.len() >= MAX_CONFIGS {
            return Err(Full);
        }
        self.claim(config.bytes())?;
        Ok(self.configs.entry(config.id.clone()).or_insert(config))
    }

    /// Updates a config of the organisation.
    pub(crate) fn update_config(
        &mut self,
        org_id: &str,
        id: &str,
        change: Change,
    ) -> Result<Option<&Config>, Full> {
        let now = self.tick_millis();
        let Some(before) = self.config(org_id, id).map(Config::bytes) else {
            return Ok(None);
        };
        // The old text is dropped only after the new one has found room.
        let more = change.config.as_ref().map_or(0, |text| text.len())
            + change.display_name.as_ref().map_or(0, String::len);
        self.claim(more)?;
        let Some(config) = self.configs.get_mut(id) else {
            return Ok(None);
        };
        if change.display_name.is_some() {
            config.display_name = change.display_name;
        }
        if change.disabled.is_some() {
            config.disabled = change.disabled;
        }
        if let Some(text) = change.config {
            config.config = text;
        }
        config.updated_at = now;
        self.bytes = self.bytes - before - more + config.bytes();
        Ok(Some(config))
    }

    pub(crate) fn remove_config(&mut self, id: &str) {
        if let Some(config) = self.configs.remove(id) {
            self.bytes -= config.bytes();
        }
    }

    /// The configs of an organisation, newest update first.
    pub(crate) fn configs(
        &self,
        org_id: &str,
        connectors: &[String],
        search: Option<&Search>,
    ) -> Vec<&Config> {
        let mut found: Vec<_> = self
            .configs
            .values()
            .filter(|config| {
                let name = config.display_name.as_deref().unwrap_or_default();
                config.org_id == org_id
                    && (connectors.is_empty() || connectors.contains(&config.connector.name))
                    && finds(search, &[&config.id, &config.connector.name, name])
            })
            .collect();
        found.sort_by_key(|config| (Reverse(config.updated_at), &config.id));
        found
    }

    /// Returns the number of connections of each config.
    pub(crate) fn connection_counts(&self) -> HashMap<&str, u64> {
        let mut counts = HashMap::new();
        for row in self.connections.iter() {
            *counts.entry(row.config_id.as_str()).or_default() += 1;
        }
        counts
    }

    /// Returns the number of configs in all organisations, or 1 if there is this one.
    pub(crate) fn count_configs(&self, id: Option<&str>) -> usize {
        match id {
            Some(id) => usize::from(self.configs.contains_key(id)),
            None => self.configs.len(),
        }
    }
}
