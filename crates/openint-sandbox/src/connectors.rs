//! Facts about each connector, read once from `data/connectors.json`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{Json, object};
use crate::schema::{Field, Kind, Path};

#[derive(Debug)]
pub(crate) struct Connector {
    pub(crate) name: String,
    pub(crate) oauth2: bool,
    pub(crate) checked: Checked,
    /// The shape of a connection's `settings`.
    pub(crate) settings: Kind,
    /// The shape of a connector config's `config`.
    pub(crate) config: Kind,
    display_name: String,
    stage: String,
    auth_type: &'static str,
    scopes: Option<ScopesFact>,
}

/// The way in which the server checks a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Checked {
    /// It cannot.
    Never,
    /// With the client credentials that stand at this place of the connector config.
    With(&'static [&'static str]),
    /// By its settings alone.
    Alone,
}

pub(crate) struct Catalogue {
    connectors: Vec<Connector>,
    places: HashMap<String, usize>,
    /// Every name, in the order in which the server lists its options.
    pub(crate) names: Vec<String>,
}

/// The connectors of the sandbox.
pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::read(include_str!("../data/connectors.json")).expect("data/connectors.json is good")
});

impl Catalogue {
    fn read(text: &str) -> Result<Catalogue, Box<dyn std::error::Error>> {
        let facts: Vec<Fact> = serde_json::from_str(text)?;
        let connectors = facts
            .into_iter()
            .map(Fact::build)
            .collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = connectors.iter().map(|c| c.name.clone()).collect();
        let places = names.iter().cloned().zip(0..).collect();
        Ok(Catalogue {
            connectors,
            places,
            names,
        })
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Connector> {
        self.connectors.iter()
    }

    /// The names in the order of the alphabet, as a query's options are listed.
    pub(crate) fn sorted_names(&self) -> Vec<String> {
        let mut names = self.names.clone();
        names.sort();
        names
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Connector> {
        self.places.get(name).map(|&place| &self.connectors[place])
    }
}

impl Connector {
    /// The connector as it is listed, and as `expand=connector` adds it.
    pub(crate) fn describe(&self, schemas: bool) -> Json {
        let mut members = vec![
            ("name", self.name.as_str().into()),
            ("display_name", self.display_name.as_str().into()),
            (
                "logo_url",
                format!(
                    "https://cdn.jsdelivr.net/gh/openintegrations/openint@main/apps/web/public/_assets/logo-{}.svg",
                    self.name
                )
                .into(),
            ),
            ("stage", self.stage.as_str().into()),
        ];
        if schemas {
            members.push(("schemas", self.schemas()));
        }
        members.push(("auth_type", self.auth_type.into()));
        if let Some(facts) = &self.scopes {
            members.push(("openint_default_scopes", facts.default.clone().into()));
            members.push(("openint_allowed_scopes", facts.allowed.clone().into()));
            let scopes = facts.all.iter().map(|(scope, description)| {
                object([
                    ("scope", scope.as_str().into()),
                    ("description", description.as_str().into()),
                ])
            });
            members.push(("scopes", Json::Array(scopes.collect())));
        }
        members.push(("has_openint_credentials", false.into()));
        Json::Object(
            members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    fn schemas(&self) -> Json {
        let none = || {
            object([
                ("type", "object".into()),
                ("additionalProperties", false.into()),
            ])
        };
        let mut schemas = vec![
            ("connector_config".to_owned(), self.config.describe()),
            ("connection_settings".to_owned(), self.settings.describe()),
            ("integration_data".to_owned(), none()),
            ("webhook_input".to_owned(), none()),
        ];
        if self.oauth2 {
            let exchange = oauth_exchange();
            schemas.extend(exchange.map(|(name, kind)| (name.to_owned(), kind.describe())));
        }
        Json::Object(schemas)
    }

    /// Settings for a made-up connection, if those of an OAuth2 token are enough.
    pub(crate) fn sample(&self) -> Option<Json> {
        let credentials = object([("access_token", "x".into())]);
        let oauth = object([("credentials", credentials)]);
        let settings = object([("oauth", oauth), ("access_token", "x".into())]);
        let sample = if self.oauth2 { settings } else { object([]) };
        self.settings.clean(&sample, &Path::root(), &mut Vec::new())
    }
}

/// One entry of the data file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    name: String,
    #[serde(default)]
    oauth2: bool,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    fields: Vec<FieldFact>,
    /// The settings are one of several shapes and are kept as they come.
    #[serde(default)]
    open: bool,
    display_name: Option<String>,
    stage: Option<String>,
    #[serde(default)]
    api_key: bool,
    scopes: Option<ScopesFact>,
    #[serde(default)]
    config: ShapeFact,
}

/// The fields of an object.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShapeFact {
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    fields: Vec<FieldFact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopesFact {
    default: Vec<String>,
    allowed: Vec<String>,
    /// Each with its description.
    all: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFact {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    pattern: Option<String>,
    options: Option<Vec<String>>,
    default: Option<Box<RawValue>>,
    #[serde(default)]
    fields: Vec<FieldFact>,
    #[serde(default)]
    required: Vec<String>,
}

impl Fact {
    fn build(self) -> Result<Connector, Box<dyn std::error::Error>> {
        let mut fields = Vec::new();
        if self.oauth2 {
            fields.push(Field {
                required: self.required.iter().any(|name| name == "oauth"),
                ..Field::optional("oauth", oauth())
            });
            fields.push(Field::optional("access_token", Kind::String));
        }
        fields.extend(build(&self.fields, &self.required)?);
        if let Some(name) = self
            .required
            .iter()
            .find(|r| fields.iter().all(|f| f.name != **r))
        {
            return Err(format!("{}: {name} is required but not described", self.name).into());
        }
        Ok(Connector {
            display_name: self.display_name.unwrap_or_else(|| title(&self.name)),
            stage: self.stage.unwrap_or_else(|| "alpha".into()),
            settings: if self.open {
                Kind::Record
            } else {
                Kind::Object(fields)
            },
            config: if self.oauth2 {
                Kind::Object(vec![Field::optional(
                    "oauth",
                    Kind::or_null(oauth_config()),
                )])
            } else {
                Kind::Object(build(&self.config.fields, &self.config.required)?)
            },
            checked: match self.name.as_str() {
                _ if self.oauth2 => Checked::With(&["oauth", "client_secret"]),
                "plaid" => Checked::With(&["credentials", "clientSecret"]),
                "acme-apikey" | "greenhouse" => Checked::Alone,
                _ => Checked::Never,
            },
            auth_type: match (self.oauth2, self.api_key) {
                (true, _) => "OAUTH2",
                (false, true) => "API_KEY",
                (false, false) => "CUSTOM",
            },
            scopes: self.scopes,
            name: self.name,
            oauth2: self.oauth2,
        })
    }
}

fn build(
    facts: &[FieldFact],
    required: &[String],
) -> Result<Vec<Field>, Box<dyn std::error::Error>> {
    let field = |fact: &FieldFact| {
        Ok(Field {
            required: required.contains(&fact.name),
            default: fact.default.as_ref().map(|json| Json::reread(json.get())),
            ..Field::optional(&fact.name, fact.build()?)
        })
    };
    facts.iter().map(field).collect()
}

impl FieldFact {
    fn build(&self) -> Result<Kind, Box<dyn std::error::Error>> {
        let bare = self.kind.strip_suffix("|null");
        let kind = match bare.unwrap_or(&self.kind) {
            "any" => Kind::Any,
            "null" => Kind::Null,
            "boolean" => Kind::Boolean,
            "string" => self.string()?,
            "number|string" => Kind::NumberOrString,
            "object" => Kind::Record,
            "list" => Kind::List(Box::new(self.string()?)),
            "fields" => Kind::Object(build(&self.fields, &self.required)?),
            other => return Err(format!("{}: unknown type {other}", self.name).into()),
        };
        Ok(if bare.is_some() {
            Kind::or_null(kind)
        } else {
            kind
        })
    }

    fn string(&self) -> Result<Kind, regex_lite::Error> {
        Ok(match (&self.pattern, &self.options) {
            (Some(pattern), _) => Kind::Pattern(regex_lite::Regex::new(pattern)?),
            (None, Some(options)) => Kind::Enum(options.clone()),
            (None, None) => Kind::String,
        })
    }
}

/// The `oauth` part that all OAuth2 connectors share.
fn oauth() -> Kind {
    let credentials = Kind::Object(vec![
        Field::required("access_token", Kind::String),
        Field::optional("client_id", Kind::String),
        Field::optional("scope", Kind::String),
        Field::optional("refresh_token", Kind::String),
        Field::optional("expires_in", Kind::Number),
        Field::optional("expires_at", Kind::String),
        Field::optional("token_type", Kind::String),
        Field::optional("raw", Kind::Record),
    ]);
    Kind::Object(vec![
        Field::optional("credentials", credentials),
        Field::optional("created_at", Kind::String),
        Field::optional("updated_at", Kind::String),
        Field::optional("last_fetched_at", Kind::String),
        Field::optional("metadata", Kind::record_or_null()),
    ])
}

/// The `oauth` part of their configs.
fn oauth_config() -> Kind {
    let text = || Kind::or_null(Kind::String);
    let texts = Kind::List(Box::new(Kind::String));
    Kind::Object(vec![
        Field::optional("client_id", text()),
        Field::optional("client_secret", text()),
        Field::optional("scopes", Kind::or_null(texts)),
        Field::optional("redirect_uri", text()),
    ])
}

/// The shapes of the messages by which a customer connects.
fn oauth_exchange() -> [(&'static str, Kind); 3] {
    let required = |name| Field::required(name, Kind::String);
    let optional = |name| Field::optional(name, Kind::String);
    [
        (
            "pre_connect_input",
            Kind::Object(vec![optional("connection_id")]),
        ),
        (
            "connect_input",
            Kind::Object(vec![
                optional("code_verifier"),
                required("authorization_url"),
            ]),
        ),
        (
            "connect_output",
            Kind::Object(vec![
                optional("code_verifier"),
                required("code"),
                required("state"),
            ]),
        ),
    ]
}

fn title(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connector_is_understood() {
        let catalogue = Catalogue::read(include_str!("../data/connectors.json")).unwrap();
        assert_eq!(catalogue.names.len(), 172);
        assert_eq!(catalogue.places.len(), 172);
        assert_eq!(
            catalogue.connectors.iter().filter(|c| c.oauth2).count(),
            143
        );
        assert!(catalogue.get("dummy-oauth2").is_some_and(|c| c.oauth2));
        assert!(catalogue.get("nope").is_none());
    }

    #[test]
    fn a_pattern_that_does_not_compile_is_an_error() {
        let facts = r#"[{"name":"x","fields":[{"name":"a","type":"string","pattern":"("}]}]"#;
        assert!(Catalogue::read(facts).is_err());
    }

    #[test]
    fn names_become_titles() {
        assert_eq!(title("google-drive"), "Google Drive");
    }
}
