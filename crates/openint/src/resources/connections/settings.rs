use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::json::{Json, Number};
use crate::model::model;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// The settings of a connection, or of a connector config: JSON with a typed view of what connectors have in common.
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

impl<T: Into<Json>> From<T> for Settings {
    fn from(json: T) -> Self {
        Self(json.into())
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

model! {
    /// The OAuth2 part of a connection's settings.
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
            /// Further data of the connected service.
            metadata: Json,
        }
    }
}

model! {
    /// OAuth2 tokens, as the connected service issued them.
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

impl Default for OAuth2Settings {
    fn default() -> Self {
        Self::new()
    }
}

impl OAuth2Credentials {
    /// Sets [`client_id`](Self::client_id).
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets [`scope`](Self::scope).
    ///
    /// ```
    /// use openint::OAuth2Credentials;
    ///
    /// let credentials = OAuth2Credentials::new("ya29.a0AfH6").scope("openid email");
    /// assert!(!format!("{credentials:?}").contains("ya29"));
    /// ```
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
