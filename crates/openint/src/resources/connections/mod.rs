//! Connections of customers to other services.

mod create;
mod once;
mod read;
mod settings;

pub use self::create::{ConnectorData, CreateConnection};
pub use self::once::IDEMPOTENCY_KEY_FIELD;
pub use self::read::{
    CheckConnection, ConnectionCheck, ConnectionExpand, DeleteConnection, GetConnection,
    ListConnections, RefreshPolicy,
};
pub use self::settings::{OAuth2Credentials, OAuth2Settings, Settings};

use crate::json::Json;
use crate::model::{model, open_enum};
use crate::resources::connectors::Connector;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

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
            /// The time of its creation.
            created_at: Timestamp,
            /// The time of its last change; a check is one too.
            updated_at: Timestamp,
            /// A name for people.
            display_name: String,
            /// True if it is switched off.
            disabled: bool,
            /// Your own JSON, as the API gives it back: keys can change their order, and numbers pass through
            /// JavaScript, so more than 53 bits are rounded.
            metadata: Json,
            /// The connector, such as `github`.
            connector_name: String,
            /// Credentials and all else that the connector needs. Reading a connection shows them
            /// only on request.
            settings: Settings,
            /// The status that the last check found.
            status: ConnectionStatus,
            /// The status in words. It can repeat a client secret or a refresh token, so it is
            /// redacted like one.
            status_message: Secret,
            /// The connector's own description, when it was asked for.
            connector: Connector,
            /// The integration's own description, when the API sends it.
            integration: Json,
            /// Ids of further connections with the same idempotency key. Set by `create_connection`
            /// where it finds any; the API does not send it.
            duplicates: Vec<String>,
        }
    }
}

open_enum! {
    /// A status of a connection.
    pub enum ConnectionStatus {
        /// It works.
        Healthy = "healthy",
        /// The customer has to connect again.
        Disconnected = "disconnected",
        /// The check failed.
        Error = "error",
        /// Kept up by hand.
        Manual = "manual",
        /// Never checked.
        Unknown = "unknown",
    }
}
