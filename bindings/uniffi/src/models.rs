//! The core's models, enums and parameters as records and enums that cross, made of the core's own
//! definitions.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use openint::{Extra, Json, Secret, Settings, Timestamp};

use crate::convert::Convert;
use crate::error::OpenintError;
use crate::panics::caught;
use crate::values::{JsonNumber, JsonValue};

/// Names in the core's definitions that are other types here.
#[allow(non_camel_case_types)]
mod here {
    pub(super) type u32 = i32;
    pub(super) type u64 = i64;
    pub(super) type Number = super::JsonNumber;
}
use self::here::{Number, u32, u64};

/// Makes a record of a model.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        model $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )* }
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, uniffi::Record)]
        #[uniffi::export(Debug)]
        pub struct $name {
            $( $(#[doc = $required_doc])* pub $required: $required_type, )*
            $( $(#[doc = $optional_doc])*
            #[uniffi(default)]
            pub $optional: Option<$optional_type>, )*
            /// Fields that this version does not know, and known ones that came as `null`.
            #[uniffi(default)]
            pub extra: Extra,
        }

        impl Convert<$name> for openint::$name {
            fn convert(self, _field: &str) -> Result<$name, OpenintError> {
                Ok($name {
                    $( $required: self.$required.convert(stringify!($required))?, )*
                    $( $optional: self.$optional.convert(stringify!($optional))?, )*
                    extra: self.extra,
                })
            }
        }

        impl Convert<openint::$name> for $name {
            fn convert(self, _field: &str) -> Result<openint::$name, OpenintError> {
                // The names in the definition are the core's types here.
                #[allow(unused_imports)]
                use openint::*;

                $( let $required: $required_type =
                    self.$required.convert(stringify!($required))?; )*
                let mut model = openint::$name::new($($required),*);
                $( model.$optional = self.$optional.convert(stringify!($optional))?; )*
                model.extra = self.extra;
                Ok(model)
            }
        }

        #[uniffi::export]
        impl $name {
            /// Returns it as JSON, as the API writes it.
            ///
            /// # Errors
            /// `invalid_input` for a count below 0.
            pub fn to_json(&self) -> Result<JsonValue, OpenintError> {
                caught(|| {
                    let model: openint::$name = self.clone().convert(stringify!($name))?;
                    Ok(JsonValue::from_serialize(&model)?)
                })
            }
        }

        redacted_debug! { $name { $($required)* } { $($optional)* } { extra } }
    };
}

/// Makes a record of parameters.
macro_rules! params {
    (
        $(#[doc = $doc:literal])*
        params $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )* }
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, uniffi::Record)]
        #[uniffi::export(Debug)]
        pub struct $name {
            $( $(#[doc = $required_doc])* pub $required: $required_type, )*
            $( $(#[doc = $optional_doc])*
            #[uniffi(default)]
            pub $optional: Option<$optional_type>, )*
        }

        impl Convert<openint::$name> for $name {
            fn convert(self, _field: &str) -> Result<openint::$name, OpenintError> {
                #[allow(unused_imports)]
                use openint::*;

                $( let $required: $required_type =
                    self.$required.convert(stringify!($required))?; )*
                #[allow(unused_mut)]
                let mut params = openint::$name::new($($required),*);
                $( params.$optional = self.$optional.convert(stringify!($optional))?; )*
                Ok(params)
            }
        }

        redacted_debug! { $name { $($required)* } { $($optional)* } { } }
    };
}

/// Prints the fields that there are. Secrets and JSON are of types that print without their value.
macro_rules! redacted_debug {
    ($name:ident { $($required:ident)* } { $($optional:ident)* } { $($extra:ident)? }) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = f.debug_struct(stringify!($name));
                $( shown.field(stringify!($required), &self.$required); )*
                $( if let Some(value) = &self.$optional {
                    shown.field(stringify!($optional), value);
                } )*
                $( if self.$extra.iter().next().is_some() {
                    shown.field(stringify!($extra), &self.$extra);
                } )?
                shown.finish()
            }
        }
    };
}

/// Makes an enum of an open enum.
macro_rules! open_enum {
    (
        $(#[doc = $doc:literal])*
        open_enum $name:ident { $( $(#[doc = $variant_doc:literal])* $variant:ident = $value:literal, )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, Hash, uniffi::Enum)]
        #[uniffi::export(Display)]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant, )*
            /// A value that this version does not know.
            Other {
                /// The value as the API writes it.
                value: String,
            },
        }

        impl Convert<$name> for openint::$name {
            fn convert(self, _field: &str) -> Result<$name, OpenintError> {
                Ok(match self {
                    $( Self::$variant => $name::$variant, )*
                    other => $name::Other { value: other.as_str().to_owned() },
                })
            }
        }

        impl Convert<openint::$name> for $name {
            fn convert(self, _field: &str) -> Result<openint::$name, OpenintError> {
                Ok(match self {
                    $( Self::$variant => openint::$name::$variant, )*
                    Self::Other { value } => openint::$name::from(value),
                })
            }
        }

        impl fmt::Display for $name {
            /// As the API writes it.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $( Self::$variant => $value, )*
                    Self::Other { value } => value,
                })
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

/// Makes the record of one page of a list.
macro_rules! pages {
    ($($name:ident of $item:ident;)*) => {$(
        /// One page of a list.
        #[derive(Clone, PartialEq, Eq, uniffi::Record)]
        pub struct $name {
            /// The rows.
            pub items: Vec<$item>,
            /// The number of rows in all, as the API counts.
            pub total: Option<i64>,
            /// The most rows that a page holds.
            pub limit: Option<i64>,
            /// The number of rows before this page.
            pub offset: Option<i64>,
            /// The API says true on the last page and false before it.
            pub has_next_page: Option<bool>,
            /// Fields that this version does not know, and known ones that came as `null`.
            #[uniffi(default)]
            pub extra: Extra,
        }

        impl Convert<$name> for openint::Page<openint::$item> {
            fn convert(self, field: &str) -> Result<$name, OpenintError> {
                Ok($name {
                    items: self.items.convert(field)?,
                    total: self.total.convert(field)?,
                    limit: self.limit.convert(field)?,
                    offset: self.offset.convert(field)?,
                    has_next_page: self.has_next_page,
                    extra: self.extra,
                })
            }
        }
    )*};
}

/// Makes functions that read models from JSON.
macro_rules! from_json {
    ($($function:ident -> $name:ident;)*) => {$(
        /// Reads it from JSON, as the API writes it.
        ///
        /// # Errors
        /// `decode` with the path of the first value that does not fit.
        #[uniffi::export]
        pub fn $function(json: JsonValue) -> Result<$name, OpenintError> {
            caught(|| json.to::<openint::$name>()?.convert("json"))
        }
    )*};
}

openint::Connection!(record);
openint::ConnectionStatus!(open_enum);
openint::ConnectionExpand!(open_enum);
openint::RefreshPolicy!(open_enum);
openint::OAuth2Settings!(record);
openint::OAuth2Credentials!(record);
openint::ConnectorData!(params);
openint::CreateConnection!(params);
openint::GetConnection!(params);
openint::ListConnections!(params);
openint::DeleteConnection!(params);
openint::CheckConnection!(params);
openint::ConnectionCheck!(record);

openint::ConnectorConfig!(record);
openint::ConnectorConfigExpand!(open_enum);
openint::CreateConnectorConfig!(params);
openint::GetConnectorConfig!(params);
openint::ListConnectorConfigs!(params);
openint::UpdateConnectorConfig!(params);
openint::DeleteConnectorConfig!(params);

openint::Connector!(record);
openint::ConnectorExpand!(open_enum);
openint::ConnectorStage!(open_enum);
openint::AuthType!(open_enum);
openint::Scope!(record);
openint::ListConnectors!(params);
openint::ConnectorStatusReport!(record);
openint::ConnectorStatus!(record);

openint::Customer!(record);
openint::CustomerToken!(record);
openint::UpsertCustomer!(params);
openint::ListCustomers!(params);
openint::CreateCustomerToken!(params);
openint::ConnectOptions!(params);
openint::ConnectView!(open_enum);

openint::Event!(record);
openint::ListEvents!(params);

openint::Health!(record);
openint::Viewer!(record);
openint::Role!(open_enum);
openint::MessageTemplate!(record);
openint::TemplateLanguage!(open_enum);
openint::GetMessageTemplate!(params);
openint::EchoHealth!(params);

openint::Deleted!(record);

pages! {
    ConnectionPage of Connection;
    ConnectorConfigPage of ConnectorConfig;
    ConnectorPage of Connector;
    CustomerPage of Customer;
    EventPage of Event;
}

from_json! {
    connection_from_json -> Connection;
    connection_check_from_json -> ConnectionCheck;
    oauth2_settings_from_json -> OAuth2Settings;
    oauth2_credentials_from_json -> OAuth2Credentials;
    connector_config_from_json -> ConnectorConfig;
    connector_from_json -> Connector;
    scope_from_json -> Scope;
    connector_status_report_from_json -> ConnectorStatusReport;
    connector_status_from_json -> ConnectorStatus;
    customer_from_json -> Customer;
    customer_token_from_json -> CustomerToken;
    event_from_json -> Event;
    health_from_json -> Health;
    viewer_from_json -> Viewer;
    message_template_from_json -> MessageTemplate;
    deleted_from_json -> Deleted;
}

/// Returns the OAuth2 part of settings; none for a connector without one.
///
/// # Errors
/// `decode` when there is one of another shape.
#[uniffi::export]
pub fn settings_oauth2(settings: Settings) -> Result<Option<OAuth2Settings>, OpenintError> {
    caught(|| settings.oauth2()?.convert("settings"))
}

/// Returns the token to call the connected service with: the one that the API puts on top of OAuth2
/// settings, or else the one in their credentials.
///
/// # Errors
/// None; a `Result` lets a panic arrive as an error.
#[uniffi::export]
pub fn settings_access_token(settings: Settings) -> Result<Option<Secret>, OpenintError> {
    caught(|| Ok(settings.access_token()))
}

/// Returns the API key in settings, under either of the names that most connectors give it.
///
/// # Errors
/// None; a `Result` lets a panic arrive as an error.
#[uniffi::export]
pub fn settings_api_key(settings: Settings) -> Result<Option<Secret>, OpenintError> {
    caught(|| Ok(settings.api_key()))
}

/// Makes the settings of an OAuth2 connector from credentials.
///
/// # Errors
/// None; a `Result` lets a panic arrive as an error.
#[uniffi::export]
pub fn oauth2_settings(credentials: OAuth2Credentials) -> Result<Settings, OpenintError> {
    caught(|| {
        let credentials = credentials.convert("credentials")?;
        Ok(openint::ConnectorData::oauth2("", credentials).settings)
    })
}

/// Returns the milliseconds since 1970-01-01T00:00:00Z; none for text that is no time.
///
/// # Errors
/// None; a `Result` lets a panic arrive as an error.
#[uniffi::export]
pub fn timestamp_unix_millis(timestamp: Timestamp) -> Result<Option<i64>, OpenintError> {
    caught(|| Ok(timestamp.unix_millis()))
}

/// Returns the microseconds since 1970-01-01T00:00:00Z; none for text that is no time.
///
/// # Errors
/// None; a `Result` lets a panic arrive as an error.
#[uniffi::export]
pub fn timestamp_unix_micros(timestamp: Timestamp) -> Result<Option<i64>, OpenintError> {
    caught(|| Ok(timestamp.to_system_time().and_then(unix_micros)))
}

/// Writes the time that many microseconds after 1970-01-01T00:00:00Z; none beyond the years that a
/// timestamp can have.
///
/// # Errors
/// None; a `Result` lets a panic arrive as an error.
#[uniffi::export]
pub fn timestamp_from_unix_micros(micros: i64) -> Result<Option<Timestamp>, OpenintError> {
    caught(|| {
        let distance = Duration::from_micros(micros.unsigned_abs());
        let time = match micros {
            0.. => UNIX_EPOCH.checked_add(distance),
            _ => UNIX_EPOCH.checked_sub(distance),
        };
        let timestamp = time.map(Timestamp::from);
        // One that is too far away is not the same time any more.
        Ok(timestamp.filter(|timestamp| timestamp.to_system_time() == time))
    })
}

fn unix_micros(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_micros().try_into().ok(),
        Err(before) => i64::try_from(before.duration().as_micros())
            .ok()
            .map(|micros| -micros),
    }
}
