use serde::Serialize;

use super::{Connection, OAuth2Credentials, OAuth2Settings, Settings, once};
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::Request;
use crate::json::Json;
use crate::params::{Fields, Kind, Values, params};
use crate::response::Response;
use crate::secret::Secret;
use crate::shape::Shaped;

impl Openint {
    /// Creates a connection of a customer from credentials that you have, such as tokens of an
    /// OAuth2 flow of your own or an API key.
    ///
    /// The API does not recognise a repetition: calling it twice makes two connections, unless an
    /// [`idempotency_key`](CreateConnection::idempotency_key) says that they are one. Without a key
    /// it is tried again only when the server cannot have created the first (no connection, 429, or 503
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

params! {
    /// What [`Openint::create_connection`] sends.
    #[non_exhaustive]
    pub struct CreateConnection: Post "/connection" {
        Body {
            /// The connector config, `ccfg_…`.
            pub connector_config_id: String as Kind::Id("ccfg_"),
            /// Your own id of your customer; a customer that OpenInt has not seen is created.
            pub customer_id: String as Kind::Id(""),
            /// The connector and its settings.
            pub data: ConnectorData,
            /// A JSON object of yours that is kept with the connection.
            pub metadata: Option<Json>,
            /// Whether the server tries the credentials at once. A failed check does not fail the call:
            /// look at [`Connection::status`]. The server's default is `false`.
            pub check_connection: Option<bool>,
        }
        Aside {
            /// Makes repeating the call harmless: a text of yours, 1 to 255 visible ASCII characters, that
            /// no other connection of the customer to this connector config is created with.
            ///
            /// The API does not recognise repetitions. So the key is kept in the connection's metadata, in
            /// the field [`IDEMPOTENCY_KEY_FIELD`](crate::IDEMPOTENCY_KEY_FIELD), and looked up there by
            /// customer and connector config: before the first attempt, which costs a request of its own,
            /// and again after each attempt of unknown effect (a timeout, a lost connection, a 5xx). A
            /// connection that is there is returned as it is, whatever the other parameters say; if there
            /// are several, the oldest stays and the others are deleted. It is also sent as
            /// `Idempotency-Key`, for servers that will honour it.
            ///
            /// What remains: a request that the server carries out only after the last look, and calls
            /// with one key at the same moment, can leave a second connection until the next call with
            /// this key.
            pub idempotency_key: Option<String> as Kind::Checked(once::check_key),
        }
    }
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
            idempotency_key: None,
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

    /// Sets [`idempotency_key`](Self::idempotency_key).
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }
}

impl Operation for CreateConnection {
    type Output = Connection;

    fn request(&self) -> Result<Request> {
        once::request(&mut self.values())
    }

    fn send(&self, client: &Openint) -> Result<Response<Connection>> {
        once::create(client, self.values(), Openint::request, false)
    }
}

/// Creates a connection with an idempotency key that nothing was sent with before: it is not looked
/// for before the first attempt.
#[cfg(feature = "bulk")]
pub(crate) fn create_new(
    client: &Openint,
    params: &CreateConnection,
) -> Result<Response<Connection>> {
    once::create(client, params.values(), Openint::request, true)
}

/// Creates a connection whose values were read, and passes the answer on as it came.
pub(crate) fn pass_on(client: &Openint, values: Values<'_>) -> Result<Response<()>> {
    let ask = |client: &Openint, request: &Request| client.pass_on(request, Connection::SHAPE);
    once::create(client, values, ask, false)
}

params! {
    /// A connector and the settings of a connection to it.
    #[non_exhaustive]
    pub struct ConnectorData {
        Body {
            /// The connector, such as `github`. Any name is taken: the list grows with the API.
            pub connector_name: String as Kind::Id(""),
            /// What the connector needs.
            pub settings: Settings,
        }
    }
}

impl ConnectorData {
    /// Settings as JSON, for any connector.
    pub fn new(connector_name: impl Into<String>, settings: impl Into<Json>) -> Self {
        Self {
            connector_name: connector_name.into(),
            settings: Settings::new(settings),
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
