use serde::Serialize;

use super::{Connection, OAuth2Credentials, OAuth2Settings, Settings, once};
use crate::check;
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::{Method, Request};
use crate::json::Json;
use crate::params::params;
use crate::response::Response;
use crate::secret::Secret;

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
    /// Parameters of `create_connection`.
    pub struct CreateConnection {
        required {
            /// The connector config, `ccfg_…`.
            connector_config_id: String,
            /// Your own id of your customer; a customer that OpenInt has not seen is created.
            customer_id: String,
            /// The connector and its settings.
            data: ConnectorData,
        }
        optional {
            /// A JSON object of yours that is kept with the connection. The API reads it as
            /// JavaScript does, so numbers keep 53 bits.
            metadata: Json => into,
            /// True to have the server try the credentials at once. A check that finds them bad
            /// does not fail the call: look at `status`. The server's default is false.
            check_connection: bool,
            /// A key that makes repeating the call harmless: 1 to 255 visible ASCII characters of
            /// yours, that no other connection of the customer to this connector config has.
            ///
            /// The API does not recognise repetitions. So the key is kept in the connection's
            /// metadata, in the field `openint_idempotency_key`, and looked up there by customer and
            /// connector config: before the first attempt, which costs a request of its own, and
            /// again after each attempt of unknown effect (a timeout, a lost connection, a 5xx). A
            /// connection that is there is returned as it is, whatever the other parameters say; if
            /// there are several, it is the oldest, and `duplicates` of the answer names the others. A
            /// call deletes no row but one that it made itself, when it finds an older one of another
            /// program after that. It is also sent as `Idempotency-Key`, for servers that will honour
            /// it.
            idempotency_key: String => into,
        }
    }
}

impl Operation for CreateConnection {
    type Output = Connection;

    fn request(&self) -> Result<Request> {
        check::id("connector_config_id", &self.connector_config_id, "ccfg_")?;
        check::not_empty("customer_id", &self.customer_id)?;
        check::not_empty("data.connector_name", &self.data.connector_name)?;
        check::object("data.settings", self.data.settings.json())?;
        check::optional_object("metadata", self.metadata.as_ref())?;
        let (metadata, key) = once::marked(self)?;
        let request = Request::named("create_connection", Method::Post, "/connection")
            .field("connector_config_id", &self.connector_config_id)
            .field("customer_id", &self.customer_id)
            .field("data", &self.data)
            .optional_field("metadata", &metadata)
            .optional_field("check_connection", &self.check_connection);
        Ok(match key {
            Some(key) => request.header("Idempotency-Key", key),
            None => request,
        })
    }

    fn send(&self, client: &Openint) -> Result<Response<Connection>> {
        once::create(client, self, false)
    }
}

/// Creates a connection with an idempotency key that nothing was sent with before, and that nobody
/// else sends with now.
#[cfg(feature = "bulk")]
pub(crate) fn create_new(
    client: &Openint,
    params: &CreateConnection,
) -> Result<Response<Connection>> {
    once::create(client, params, true)
}

params! {
    /// A connector and the settings of a connection to it.
    pub struct ConnectorData {
        required {
            /// The connector, such as `github`. Any name is taken: the list grows with the API.
            connector_name: String,
            /// A JSON object with what the connector needs.
            settings: Settings,
        }
        optional {}
    }
}

impl ConnectorData {
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
