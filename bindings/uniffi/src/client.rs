use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use openint::{Json, Openint, Operation, Secret};

use crate::convert::Convert;
use crate::error::OpenintError;
use crate::models::*;
use crate::observer::AttemptObserver;
use crate::options::{Call, CallOptions, ClientOptions, Defaults};
use crate::panics::{caught, caught_call};
use crate::request::RouteRequest;
use crate::threads;
use crate::values::JsonValue;

/// A client of the API.
#[derive(uniffi::Object)]
pub struct NativeClient {
    /// None after its end.
    client: RwLock<Option<Openint>>,
    defaults: Defaults,
}

/// Tells of the thread that makes a call whether it was interrupted, for languages in which threads
/// are.
#[uniffi::export(callback_interface)]
pub trait Interrupts: Send + Sync {
    /// Returns true if the current thread was interrupted. It is asked on the thread that makes the
    /// call, each time the call has waited for 50 ms.
    fn is_interrupted(&self) -> bool;
}

/// Gives API keys, for those that run out.
#[uniffi::export(callback_interface)]
pub trait ApiKeyProvider: Send + Sync {
    /// Returns a key. It is asked on the thread of a call.
    fn api_key(&self) -> ApiKeyAnswer;
}

/// Answer of a provider of API keys.
#[derive(uniffi::Enum)]
pub enum ApiKeyAnswer {
    /// A key.
    Key {
        /// The key.
        key: Secret,
    },
    /// There is none.
    Failed {
        /// Why, in words that become part of the call's error.
        reason: String,
    },
}

#[uniffi::export]
impl NativeClient {
    /// Makes a client. Opens no connection.
    ///
    /// # Errors
    /// `invalid_input` with the option that cannot be used.
    #[uniffi::constructor]
    pub fn new(options: ClientOptions) -> Result<Arc<Self>, OpenintError> {
        Self::with_callbacks(options, None, None, None)
    }

    /// Makes a client that asks the language above it: whether the thread of a call was interrupted,
    /// and for a key in place of the one in `options`; and tells it of attempts.
    ///
    /// # Errors
    /// `invalid_input` with the option that cannot be used.
    #[uniffi::constructor]
    pub fn with_callbacks(
        options: ClientOptions,
        interrupts: Option<Box<dyn Interrupts>>,
        api_keys: Option<Box<dyn ApiKeyProvider>>,
        observer: Option<Box<dyn AttemptObserver>>,
    ) -> Result<Arc<Self>, OpenintError> {
        caught(|| {
            let defaults = Defaults {
                timeout: options.timeout()?,
                total_timeout: options.total_timeout()?,
                interrupts: interrupts.map(Arc::from),
            };
            let client = RwLock::new(Some(options.build(api_keys, observer)?));
            Ok(Arc::new(Self { client, defaults }))
        })
    }

    /// Ends the use of this client; calls under way run to their end. The name leaves `close` to
    /// what uniffi writes.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn shut_down(&self) -> Result<(), OpenintError> {
        let mut client = self.client.write().unwrap_or_else(PoisonError::into_inner);
        *client = None;
        Ok(())
    }
}

/// Exports operations: for each a function that blocks, and one that is awaited.
macro_rules! operations {
    ($(
        $(#[doc = $doc:literal])*
        fn $name:ident / $async_name:ident($($params:ident: $params_type:ty)?) -> $output:ty = $operation:ty;
    )*) => {
        #[uniffi::export]
        impl NativeClient {$(
            $(#[doc = $doc])*
            ///
            /// Blocks the thread meanwhile.
            ///
            /// # Errors
            /// Any kind.
            pub fn $name(&self, $($params: $params_type,)? options: CallOptions) -> Result<$output, OpenintError> {
                let operation: $operation = operation!($($params)?);
                send(&self.call(options)?, &operation)
            }
        )*}

        #[uniffi::export]
        impl NativeClient {$(
            $(#[doc = $doc])*
            ///
            /// # Errors
            /// Any kind.
            pub async fn $async_name(&self, $($params: $params_type,)? options: CallOptions) -> Result<$output, OpenintError> {
                let operation: $operation = operation!($($params)?);
                let call = self.call(options)?;
                threads::run(call.token(), call.limit(), move |waited| {
                    send(&call.after(waited), &operation)
                })
                .await
            }
        )*}
    };
}

macro_rules! operation {
    () => {
        Default::default()
    };
    ($params:ident) => {
        caught(|| $params.convert("params"))?
    };
}

operations! {
    /// Creates a connection of a customer from credentials that you have.
    fn create_connection / create_connection_async(params: CreateConnection) -> Connection = openint::CreateConnection;
    /// Gets a connection.
    fn get_connection / get_connection_async(params: GetConnection) -> Connection = openint::GetConnection;
    /// Lists connections.
    fn list_connections / list_connections_async(params: ListConnections) -> ConnectionPage = openint::ListConnections;
    /// Deletes a connection.
    fn delete_connection / delete_connection_async(params: DeleteConnection) -> Deleted = openint::DeleteConnection;
    /// Tries a connection's credentials at the connected service.
    fn check_connection / check_connection_async(params: CheckConnection) -> ConnectionCheck = openint::CheckConnection;

    /// Creates a connector config.
    fn create_connector_config / create_connector_config_async(params: CreateConnectorConfig) -> ConnectorConfig = openint::CreateConnectorConfig;
    /// Gets a connector config.
    fn get_connector_config / get_connector_config_async(params: GetConnectorConfig) -> ConnectorConfig = openint::GetConnectorConfig;
    /// Lists connector configs.
    fn list_connector_configs / list_connector_configs_async(params: ListConnectorConfigs) -> ConnectorConfigPage = openint::ListConnectorConfigs;
    /// Changes a connector config.
    fn update_connector_config / update_connector_config_async(params: UpdateConnectorConfig) -> ConnectorConfig = openint::UpdateConnectorConfig;
    /// Deletes a connector config.
    fn delete_connector_config / delete_connector_config_async(params: DeleteConnectorConfig) -> Deleted = openint::DeleteConnectorConfig;

    /// Lists connectors.
    fn list_connectors / list_connectors_async(params: ListConnectors) -> ConnectorPage = openint::ListConnectors;
    /// Says how ready connectors are.
    fn connector_status / connector_status_async() -> ConnectorStatusReport = openint::GetConnectorStatus;

    /// Creates a customer, or changes one.
    fn upsert_customer / upsert_customer_async(params: UpsertCustomer) -> Customer = openint::UpsertCustomer;
    /// Lists customers.
    fn list_customers / list_customers_async(params: ListCustomers) -> CustomerPage = openint::ListCustomers;
    /// Makes a token for what a customer may do.
    fn create_customer_token / create_customer_token_async(params: CreateCustomerToken) -> CustomerToken = openint::CreateCustomerToken;

    /// Lists events.
    fn list_events / list_events_async(params: ListEvents) -> EventPage = openint::ListEvents;

    /// Says whether the API is there.
    fn health / health_async() -> Health = openint::GetHealth;
    /// Sends any JSON object there and back.
    fn health_echo / health_echo_async(params: EchoHealth) -> JsonValue = openint::EchoHealth;
    /// Says who the key belongs to.
    fn viewer / viewer_async() -> Viewer = openint::GetViewer;
    /// Gets a text that explains a customer's connections to a language model.
    fn message_template / message_template_async(params: GetMessageTemplate) -> MessageTemplate = openint::GetMessageTemplate;
}

#[uniffi::export]
impl NativeClient {
    /// Sends a request to any route, and blocks the thread meanwhile.
    ///
    /// # Errors
    /// Any kind.
    pub fn request(
        &self,
        request: RouteRequest,
        options: CallOptions,
    ) -> Result<JsonValue, OpenintError> {
        let call = self.call(options)?;
        route(&call, request)
    }

    /// Sends a request to any route.
    ///
    /// # Errors
    /// Any kind.
    pub async fn request_async(
        &self,
        request: RouteRequest,
        options: CallOptions,
    ) -> Result<JsonValue, OpenintError> {
        let call = self.call(options)?;
        threads::run(call.token(), call.limit(), move |waited| {
            route(&call.after(waited), request)
        })
        .await
    }
}

impl NativeClient {
    pub(crate) fn core(&self) -> Result<Openint, OpenintError> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner);
        client.clone().ok_or_else(OpenintError::closed)
    }

    pub(crate) fn defaults(&self) -> &Defaults {
        &self.defaults
    }

    fn call(&self, options: CallOptions) -> Result<ClientCall, OpenintError> {
        Ok(ClientCall {
            client: self.core()?,
            call: caught(|| options.build(&self.defaults))?,
        })
    }
}

/// A call, and the client that it is made on.
struct ClientCall {
    client: Openint,
    call: Call,
}

impl ClientCall {
    fn token(&self) -> Option<openint::CancelToken> {
        self.call.token()
    }

    fn limit(&self) -> Duration {
        self.call.limit()
    }

    fn after(self, waited: Duration) -> Self {
        Self {
            call: self.call.after(waited),
            ..self
        }
    }
}

fn send<O, T>(call: &ClientCall, operation: &O) -> Result<T, OpenintError>
where
    O: Operation,
    O::Output: Convert<T>,
{
    let is_write = || operation.request().is_ok_and(|request| request.is_write());
    caught_call(is_write, || {
        call.call.check()?;
        let response = call
            .client
            .with_options(call.call.options())
            .send(operation)?;
        call.call.keep(&response);
        response.value.convert("response")
    })
}

fn route(call: &ClientCall, request: RouteRequest) -> Result<Json, OpenintError> {
    let is_write = request.is_write();
    caught_call(
        || is_write,
        || {
            call.call.check()?;
            let response = call
                .client
                .with_options(call.call.options())
                .request::<Json>(&request.build())?;
            call.call.keep(&response);
            Ok(response.value)
        },
    )
}

impl fmt::Debug for NativeClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NativeClient")
    }
}
