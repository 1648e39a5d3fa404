use crate::check;
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::{Method, Request};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::page::{Page, list_operation};
use crate::params::params;

impl Openint {
    /// Lists the connectors that the API knows. [`Openint::iter`] reads all pages.
    ///
    /// `GET /connector`, operation `listConnectors` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a limit above 3,000; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::ListConnectors;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// for connector in client.iter(ListConnectors::new()) {
    ///     let connector = connector?;
    ///     println!("{}: {:?}", connector.name, connector.auth_type);
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn list_connectors(&self, params: &ListConnectors) -> Result<Page<Connector>> {
        Ok(self.send(params)?.value)
    }

    /// Reports on every connector: whether it is used and whether it works. The server speaks of one
    /// fixed organisation of its own here, not of the key's.
    ///
    /// `GET /connector-status`, operation `connectorStatus` of the OpenInt v1 API.
    ///
    /// # Errors
    /// Every [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    /// let report = client.connector_status()?;
    /// let used = report.list.iter().filter(|status| status.has_connection == Some(true));
    /// println!("{} of {} are used", used.count(), report.list.len());
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn connector_status(&self) -> Result<ConnectorStatusReport> {
        Ok(self.send(&GetConnectorStatus::new())?.value)
    }
}

params! {
    /// Parameters of `list_connectors`.
    pub struct ListConnectors {
        required {}
        optional {
            /// The most rows of a page, 0 to 3,000; 50 where the API decides.
            limit: u32,
            /// The number of rows to leave out at the beginning.
            offset: u64,
            /// Further details to include.
            expand: Vec<ConnectorExpand> => each,
        }
    }
}

impl Operation for ListConnectors {
    type Output = Page<Connector>;

    fn request(&self) -> Result<Request> {
        check::limit(self.limit)?;
        Ok(Request::named("list_connectors", Method::Get, "/connector")
            .page(self.limit, self.offset)
            .query_list("expand", &self.expand))
    }
}

list_operation!(ListConnectors, Connector, Fixed, |row| Some(
    row.name.as_str()
));

open_enum! {
    /// A further detail of a connector.
    pub enum ConnectorExpand {
        /// The JSON schemas of its settings and config.
        Schemas = "schemas",
    }
}

params! {
    /// Parameters of `connector_status`: there are none.
    pub struct GetConnectorStatus {
        required {}
        optional {}
    }
}

impl Operation for GetConnectorStatus {
    type Output = ConnectorStatusReport;

    fn request(&self) -> Result<Request> {
        Ok(Request::named(
            "connector_status",
            Method::Get,
            "/connector-status",
        ))
    }
}

model! {
    /// A service that connections can be made to.
    pub struct Connector {
        required {
            /// Its name in the API, such as `github`.
            name: String,
        }
        optional {
            /// Its name for people.
            display_name: String,
            /// The URL of its logo.
            logo_url: String,
            /// Its stage of development.
            stage: ConnectorStage,
            /// The platforms that it runs on: `web`, `mobile`, `desktop`, `local`, `cloud`.
            platforms: Vec<String>,
            /// JSON schemas, when they were asked for.
            schemas: Json,
            /// The way to sign in.
            auth_type: AuthType,
            /// The scopes that it cannot do without.
            required_scopes: Vec<String>,
            /// The scopes that OpenInt's own client asks for.
            openint_default_scopes: Vec<String>,
            /// The scopes that OpenInt's own client may ask for.
            openint_allowed_scopes: Vec<String>,
            /// All scopes.
            scopes: Vec<Scope>,
            /// True if OpenInt has an OAuth client of its own for it.
            has_openint_credentials: bool,
        }
    }
}

model! {
    /// A permission that a connected service can grant.
    pub struct Scope {
        required {
            /// Its name at the service.
            scope: String,
        }
        optional {
            /// Its name for people.
            display_name: String,
            /// The permission in words.
            description: String,
        }
    }
}

open_enum! {
    /// A stage of a connector's development.
    pub enum ConnectorStage {
        /// For trying out.
        Alpha = "alpha",
        /// Nearly finished.
        Beta = "beta",
        /// Generally available.
        Ga = "ga",
        /// Hidden from lists.
        Hidden = "hidden",
    }
}

open_enum! {
    /// A way to sign in to a connected service.
    pub enum AuthType {
        /// User name and password.
        Basic = "BASIC",
        /// OAuth 1.
        OAuth1 = "OAUTH1",
        /// OAuth 2 with a customer's consent.
        OAuth2 = "OAUTH2",
        /// OAuth 2 with client credentials.
        OAuth2ClientCredentials = "OAUTH2CC",
        /// One key.
        ApiKey = "API_KEY",
        /// A way of its own.
        Custom = "CUSTOM",
    }
}

model! {
    /// A report on all connectors.
    pub struct ConnectorStatusReport {
        required {
            /// One entry for each connector.
            list: Vec<ConnectorStatus>,
        }
        optional {
            /// The number of connectors.
            total as "numTotalConnectors": u64,
            /// The number of connectors with a connection.
            with_connection as "numWithConnectionForOrg": u64,
            /// The number of them that work.
            healthy as "numHealthyForOrg": u64,
            /// The number of connectors for which OpenInt has a client of its own.
            with_default_credentials as "numWithDefaultCredentials": u64,
            /// The number of connectors that are complete.
            complete as "numComplete": u64,
        }
    }
}

model! {
    /// The state of one connector.
    pub struct ConnectorStatus {
        required {
            /// The connector.
            name: String,
        }
        optional {
            /// True if there is a connection to it.
            has_connection as "hasConnectionForOrg": bool,
            /// True if one of them works.
            is_healthy as "isHealthyForOrg": bool,
            /// True if OpenInt has an OAuth client of its own for it.
            has_default_credentials as "hasDefaultCredentials": bool,
            /// True if it is complete.
            complete: bool,
        }
    }
}
