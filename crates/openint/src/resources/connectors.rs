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

    /// Says of every connector whether the organisation uses it and whether it works.
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
        Ok(Request::new(Method::Get, "/connector")
            .optional_query("limit", &self.limit)
            .optional_query("offset", &self.offset.filter(|offset| *offset > 0))
            .query_list("expand", &self.expand))
    }
}

list_operation!(ListConnectors, Connector, Fixed, |row| Some(
    row.name.as_str()
));

open_enum! {
    /// What else a connector comes with.
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
        Ok(Request::new(Method::Get, "/connector-status"))
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
            /// Where its logo is.
            logo_url: String,
            /// How far it is developed.
            stage: ConnectorStage,
            /// Where it runs: `web`, `mobile`, `desktop`, `local`, `cloud`.
            platforms: Vec<String>,
            /// JSON schemas, when they were asked for.
            schemas: Json,
            /// How one signs in.
            auth_type: AuthType,
            /// The scopes that it cannot do without.
            required_scopes: Vec<String>,
            /// The scopes that OpenInt's own client asks for.
            openint_default_scopes: Vec<String>,
            /// The scopes that OpenInt's own client may ask for.
            openint_allowed_scopes: Vec<String>,
            /// All scopes.
            scopes: Vec<Scope>,
            /// Whether OpenInt has a client of its own for it.
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
            /// What it permits.
            description: String,
        }
    }
}

open_enum! {
    /// How far a connector is developed.
    pub enum ConnectorStage {
        /// To try out.
        Alpha = "alpha",
        /// Nearly done.
        Beta = "beta",
        /// Done.
        Ga = "ga",
        /// Not shown.
        Hidden = "hidden",
    }
}

open_enum! {
    /// How one signs in to a connected service.
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
    /// Which connectors an organisation uses, and which of them work.
    pub struct ConnectorStatusReport {
        required {
            /// One entry for each connector.
            list: Vec<ConnectorStatus>,
        }
        optional {
            /// How many connectors there are.
            total as "numTotalConnectors": u64,
            /// How many the organisation has connections to.
            with_connection as "numWithConnectionForOrg": u64,
            /// How many of them work.
            healthy as "numHealthyForOrg": u64,
            /// How many have a client of OpenInt's own.
            with_default_credentials as "numWithDefaultCredentials": u64,
            /// How many are complete.
            complete as "numComplete": u64,
        }
    }
}

model! {
    /// Whether an organisation uses a connector, and whether it works.
    pub struct ConnectorStatus {
        required {
            /// The connector.
            name: String,
        }
        optional {
            /// Whether the organisation has a connection to it.
            has_connection as "hasConnectionForOrg": bool,
            /// Whether one of them works.
            is_healthy as "isHealthyForOrg": bool,
            /// Whether OpenInt has a client of its own for it.
            has_default_credentials as "hasDefaultCredentials": bool,
            /// Whether it is complete.
            complete: bool,
        }
    }
}
