use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::client::{Openint, Operation};
use crate::error::{Error, Result};
use crate::http::request::{Method, Request, check_id};
use crate::json::{Json, Number};
use crate::model::model;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

impl Openint {
    /// Creates a connection of a customer from credentials that you have, such as tokens of an
    /// OAuth2 flow of your own or an API key.
    ///
    /// The API does not recognise a repetition: calling it twice makes two connections. So it is
    /// tried again only when the server cannot have created the first (no connection, 429, or 503
    /// with `Retry-After`); see [`Error::may_have_been_applied`](crate::Error::may_have_been_applied).
    ///
    /// `POST /connection`, operation `createConnection` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) before anything is sent;
    /// [`Api`](crate::ErrorKind::Api) with status 400 (a setting is missing, or the connector
    /// does not fit the config), 401 or 403 (key), 404 (no such connector config), 500; and every
    /// other [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::{CreateConnection, ConnectorData, OAuth2Credentials, Openint};
    /// use serde_json::json;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let credentials = OAuth2Credentials::new("gho_16C7e42F292c6912E7710c838347Ae178B4a")
    ///     .refresh_token("ghr_1B4a2e77838347a7E420ce178F2E7c6912E169246c")
    ///     .expires_in(28_800);
    /// let connection = client.create_connection(
    ///     &CreateConnection::new(
    ///         "ccfg_github_sandbox",
    ///         "customer_42",
    ///         ConnectorData::oauth2("github", credentials),
    ///     )
    ///     .metadata(json!({ "plan": "pro" })),
    /// )?;
    ///
    /// let settings = connection.settings.as_ref().expect("a new connection shows its settings");
    /// let oauth = settings.oauth2()?.expect("github is an OAuth2 connector");
    /// assert!(oauth.credentials.unwrap().expires_at.is_some());
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn create_connection(&self, params: &CreateConnection) -> Result<Connection> {
        Ok(self.send(params)?.value)
    }
}

/// What [`Openint::create_connection`] sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CreateConnection {
    /// The connector config, `ccfg_…`.
    pub connector_config_id: String,
    /// Your own id of your customer; a customer that OpenInt has not seen is created.
    pub customer_id: String,
    /// The connector and its settings.
    pub data: ConnectorData,
    /// A JSON object of yours that is kept with the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Json>,
    /// Whether the server tries the credentials at once. A failed check does not fail the call:
    /// look at [`Connection::status`]. The server's default is `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_connection: Option<bool>,
}

impl CreateConnection {
    /// The required parameters.
    pub fn new(
        connector_config_id: impl Into<String>,
        customer_id: impl Into<String>,
        data: ConnectorData,
    ) -> Self {
        Self {
            connector_config_id: connector_config_id.into(),
            customer_id: customer_id.into(),
            data,
            metadata: None,
            check_connection: None,
        }
    }

    /// Sets [`metadata`](Self::metadata).
    pub fn metadata(mut self, metadata: impl Into<Json>) -> Self {
        self.metadata = Some(metadata.into());
        self
    }

    /// Sets [`check_connection`](Self::check_connection).
    pub fn check_connection(mut self, check: bool) -> Self {
        self.check_connection = Some(check);
        self
    }
}

impl Operation for CreateConnection {
    type Output = Connection;

    fn request(&self) -> Result<Request> {
        check_id("connector_config_id", &self.connector_config_id)?;
        if !self.connector_config_id.starts_with("ccfg_") {
            return Err(Error::invalid_input(
                "connector_config_id",
                "an id that starts with `ccfg_`",
            ));
        }
        check_id("customer_id", &self.customer_id)?;
        check_id("data.connector_name", &self.data.connector_name)?;
        check_object("data.settings", self.data.settings.json())?;
        if let Some(metadata) = &self.metadata {
            check_object("metadata", metadata)?;
        }
        Request::new(Method::Post, "/connection").json(self)
    }
}

fn check_object(field: &str, json: &Json) -> Result<()> {
    if !json.is_object() {
        return Err(Error::invalid_input(field, "a JSON object"));
    }
    if json.contains_nul() {
        return Err(Error::invalid_input(
            field,
            "texts without the NUL character",
        ));
    }
    Ok(())
}

/// A connector and the settings of a connection to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConnectorData {
    /// The connector, such as `github`. Any name is taken: the list grows with the API.
    pub connector_name: String,
    /// What the connector needs.
    pub settings: Settings,
}

impl ConnectorData {
    /// Settings as JSON, for any connector.
    pub fn new(connector_name: impl Into<String>, settings: impl Into<Json>) -> Self {
        Self {
            connector_name: connector_name.into(),
            settings: Settings(settings.into()),
        }
    }

    /// Settings from a type of yours.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) when `settings` has no JSON form.
    ///
    /// ```
    /// use openint::ConnectorData;
    ///
    /// #[derive(serde::Serialize)]
    /// struct Airtable<'a> {
    ///     #[serde(rename = "apiKey")]
    ///     api_key: &'a str,
    ///     #[serde(rename = "airtableBase")]
    ///     base: &'a str,
    /// }
    /// let data = ConnectorData::from_serialize("airtable", &Airtable { api_key: "pat", base: "app1" })?;
    /// assert_eq!(data.settings.json().as_str(), r#"{"apiKey":"pat","airtableBase":"app1"}"#);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn from_serialize<T: Serialize + ?Sized>(
        connector_name: impl Into<String>,
        settings: &T,
    ) -> Result<Self> {
        Ok(Self::new(connector_name, Json::from_serialize(settings)?))
    }

    /// Settings of an OAuth2 connector.
    pub fn oauth2(connector_name: impl Into<String>, credentials: OAuth2Credentials) -> Self {
        #[derive(Serialize)]
        struct Sent {
            oauth: OAuth2Settings,
        }
        let sent = Sent {
            oauth: OAuth2Settings {
                credentials: Some(credentials),
                ..OAuth2Settings::default()
            },
        };
        let settings = Json::from_serialize(&sent).expect("credentials have a JSON form");
        Self::new(connector_name, settings)
    }

    /// Settings that are one key. Connectors differ in what they call it: `api_key`, `apiKey`,
    /// `access_token`, …
    ///
    /// ```
    /// use openint::ConnectorData;
    ///
    /// let data = ConnectorData::api_key("greenhouse", "apiKey", "gh_live_42");
    /// assert_eq!(data.settings.json().as_str(), r#"{"apiKey":"gh_live_42"}"#);
    /// assert!(!format!("{data:?}").contains("gh_live_42"));
    /// ```
    pub fn api_key(
        connector_name: impl Into<String>,
        field: impl Into<String>,
        key: impl Into<Secret>,
    ) -> Self {
        let settings = serde_json::json!({ field.into(): key.into().expose() });
        Self::new(connector_name, settings)
    }
}

/// The settings of a connection: JSON with a typed view of what connectors have in common.
///
/// They hold credentials, so `Debug` prints `[redacted]`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(Json);

impl Settings {
    /// All of them, with every key and digit.
    pub fn json(&self) -> &Json {
        &self.0
    }

    /// Reads them as a type of yours.
    ///
    /// # Errors
    /// [`Decode`](crate::ErrorKind::Decode) with the path of the first value that does not fit.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T> {
        self.0.to()
    }

    /// The OAuth2 part; `None` for a connector without one.
    ///
    /// # Errors
    /// [`Decode`](crate::ErrorKind::Decode) when there is one of another shape.
    pub fn oauth2(&self) -> Result<Option<OAuth2Settings>> {
        #[derive(Deserialize)]
        struct View {
            oauth: Option<OAuth2Settings>,
        }
        Ok(self.to::<View>()?.oauth)
    }

    /// The token to call the connected service with: the one that the API puts on top of OAuth2
    /// settings, or else the one in their credentials.
    pub fn access_token(&self) -> Option<Secret> {
        let on_top = self.text("access_token");
        on_top.or_else(|| Some(self.oauth2().ok()??.credentials?.access_token))
    }

    /// The API key, under either of the names that most connectors give it: `api_key`, `apiKey`.
    pub fn api_key(&self) -> Option<Secret> {
        self.text("api_key").or_else(|| self.text("apiKey"))
    }

    fn text(&self, key: &str) -> Option<Secret> {
        self.0.get(key)?.to().ok()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

model! {
    /// The OAuth2 part of a connection's settings.
    #[derive(Default)]
    pub struct OAuth2Settings {
        required {}
        optional {
            /// The tokens.
            credentials: OAuth2Credentials,
            /// When they were first stored.
            created_at: Timestamp,
            /// When they last changed.
            updated_at: Timestamp,
            /// When they were last fetched from the connected service.
            last_fetched_at: Timestamp,
            /// What the connected service sent along.
            metadata: Json,
        }
    }
}

model! {
    /// OAuth2 tokens, as the connected service issued them.
    ///
    /// ```
    /// use openint::OAuth2Credentials;
    ///
    /// let credentials = OAuth2Credentials::new("ya29.a0AfH6").scope("openid email");
    /// assert!(!format!("{credentials:?}").contains("ya29"));
    /// ```
    pub struct OAuth2Credentials {
        required {
            /// The token to call the service with.
            access_token: Secret,
        }
        optional {
            /// The OAuth2 client that the tokens were issued to.
            client_id: String,
            /// The scopes granted, separated as the service does.
            scope: String,
            /// The token to get new ones with.
            refresh_token: Secret,
            /// The life of the access token in seconds, from when it was issued.
            expires_in: Number,
            /// When the access token ends. The API works it out from `expires_in`.
            expires_at: Timestamp,
            /// Mostly `Bearer`.
            token_type: String,
            /// The service's own answer.
            raw: Json,
        }
    }
}

impl OAuth2Credentials {
    /// An access token.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            client_id: None,
            scope: None,
            refresh_token: None,
            expires_in: None,
            expires_at: None,
            token_type: None,
            raw: None,
            extra: Default::default(),
        }
    }

    /// Sets [`client_id`](Self::client_id).
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets [`scope`](Self::scope).
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Sets [`refresh_token`](Self::refresh_token).
    pub fn refresh_token(mut self, token: impl Into<Secret>) -> Self {
        self.refresh_token = Some(token.into());
        self
    }

    /// Sets [`expires_in`](Self::expires_in), in seconds.
    pub fn expires_in(mut self, seconds: impl Into<Number>) -> Self {
        self.expires_in = Some(seconds.into());
        self
    }

    /// Sets [`expires_at`](Self::expires_at).
    pub fn expires_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.expires_at = Some(time.into());
        self
    }

    /// Sets [`token_type`](Self::token_type).
    pub fn token_type(mut self, token_type: impl Into<String>) -> Self {
        self.token_type = Some(token_type.into());
        self
    }

    /// Sets [`raw`](Self::raw).
    pub fn raw(mut self, raw: impl Into<Json>) -> Self {
        self.raw = Some(raw.into());
        self
    }
}

model! {
    /// A customer's connection to another service.
    ///
    /// Every field but the id can be absent or null: the API leaves out what was not asked for and
    /// grows. Nothing of its answer is lost; serialising a connection gives back every key and
    /// digit.
    pub struct Connection {
        required {
            /// `conn_{connector name}_…`.
            id: String,
        }
        optional {
            /// Your own id of the customer.
            customer_id: String,
            /// The connector config, `ccfg_…`.
            connector_config_id: String,
            /// The integration, for connectors that aggregate several.
            integration_id: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it last changed; a check changes it too.
            updated_at: Timestamp,
            /// A name for people.
            display_name: String,
            /// Whether it is switched off.
            disabled: bool,
            /// Your own JSON.
            metadata: Json,
            /// The connector, such as `github`.
            connector_name: String,
            /// Credentials and all else that the connector needs. Reading a connection shows them
            /// only on request.
            settings: Settings,
            /// What the last check found.
            status: ConnectionStatus,
            /// The same in words. It can repeat a client secret or a refresh token, so it is
            /// redacted like one.
            status_message: Secret,
        }
    }
}

/// What the last check of a connection found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionStatus {
    /// It works.
    Healthy,
    /// The customer has to connect again.
    Disconnected,
    /// The check failed.
    Error,
    /// Kept up by hand.
    Manual,
    /// Never checked.
    Unknown,
    /// A status that this version does not know.
    Other(String),
}

impl ConnectionStatus {
    /// The API's word for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Healthy => "healthy",
            Self::Disconnected => "disconnected",
            Self::Error => "error",
            Self::Manual => "manual",
            Self::Unknown => "unknown",
            Self::Other(status) => status,
        }
    }
}

impl From<String> for ConnectionStatus {
    fn from(status: String) -> Self {
        match status.as_str() {
            "healthy" => Self::Healthy,
            "disconnected" => Self::Disconnected,
            "error" => Self::Error,
            "manual" => Self::Manual,
            "unknown" => Self::Unknown,
            _ => Self::Other(status),
        }
    }
}

impl fmt::Display for ConnectionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ConnectionStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ConnectionStatus {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
