//! The API itself: its health, the owner of a key, and a text that explains it to a language model.

use crate::check;
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::{Method, Request};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::params::params;
use crate::secret::Secret;

impl Openint {
    /// Asks whether the API is up.
    ///
    /// `GET /health`, operation `health` of the OpenInt v1 API.
    ///
    /// # Errors
    /// Every [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    /// assert!(client.health()?.ok);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn health(&self) -> Result<Health> {
        Ok(self.send(&GetHealth::new())?.value)
    }

    /// Sends any JSON object there and back, so that a connection is open when it is needed.
    ///
    /// `POST /health`, operation `healthEcho` of the OpenInt v1 API.
    ///
    /// # Errors
    /// Every [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    /// let echo = client.health_echo(serde_json::json!({ "warm": 1 }))?;
    /// assert_eq!(echo.as_str(), r#"{"input":{"warm":1}}"#);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn health_echo(&self, body: impl Into<Json>) -> Result<Json> {
        Ok(self.send(&EchoHealth::new(body))?.value)
    }

    /// Gets the owner of the key.
    ///
    /// `GET /viewer`, operation `viewer` of the OpenInt v1 API.
    ///
    /// # Errors
    /// Every [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::Role;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let viewer = client.viewer()?;
    /// assert_eq!(viewer.role, Role::Org);
    /// assert_eq!(viewer.org_id.as_deref(), Some("org_sandbox"));
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn viewer(&self) -> Result<Viewer> {
        Ok(self.send(&GetViewer::new())?.value)
    }

    /// Gets a text that explains a customer's connections to a language model. It holds an API key
    /// of the customer. A customer that is only named in `create_connection` has no record of its own,
    /// so this is 404 for it.
    ///
    /// `GET /ai/message_template`, operation `messageTemplate` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) before anything is sent; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::{GetMessageTemplate, TemplateLanguage};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let params = GetMessageTemplate::new("customer_42").language(TemplateLanguage::JavaScript);
    /// assert!(!client.message_template(&params)?.template.expose().is_empty());
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn message_template(&self, params: &GetMessageTemplate) -> Result<MessageTemplate> {
        Ok(self.send(params)?.value)
    }
}

params! {
    /// Parameters of `health`: there are none.
    pub struct GetHealth {
        required {}
        optional {}
    }
}

impl Operation for GetHealth {
    type Output = Health;

    fn request(&self) -> Result<Request> {
        Ok(Request::named("health", Method::Get, "/health"))
    }
}

params! {
    /// Parameters of `viewer`: there are none.
    pub struct GetViewer {
        required {}
        optional {}
    }
}

impl Operation for GetViewer {
    type Output = Viewer;

    fn request(&self) -> Result<Request> {
        Ok(Request::named("viewer", Method::Get, "/viewer"))
    }
}

params! {
    /// Parameters of `health_echo`.
    pub struct EchoHealth {
        required {
            /// A JSON object.
            body: Json,
        }
        optional {}
    }
}

impl Operation for EchoHealth {
    type Output = Json;

    fn request(&self) -> Result<Request> {
        // The server keeps nothing of it.
        Ok(Request::named("health_echo", Method::Post, "/health")
            .body(self.body.clone())
            .repeat_safe(true))
    }
}

params! {
    /// Parameters of `message_template`.
    pub struct GetMessageTemplate {
        required {
            /// Your own id of the customer.
            customer_id: String,
        }
        optional {
            /// The programming language of its examples.
            language: TemplateLanguage => into,
            /// True to have its examples take keys from the environment.
            use_environment_variables: bool,
        }
    }
}

impl Operation for GetMessageTemplate {
    type Output = MessageTemplate;

    fn request(&self) -> Result<Request> {
        check::not_empty("customer_id", &self.customer_id)?;
        Ok(
            Request::named("message_template", Method::Get, "/ai/message_template")
                .query("customer_id", &self.customer_id)
                .optional_query("language", &self.language)
                .query_flag("use_environment_variables", self.use_environment_variables),
        )
    }
}

open_enum! {
    /// A programming language of examples.
    pub enum TemplateLanguage {
        /// JavaScript.
        JavaScript = "javascript",
    }
}

model! {
    /// The state of the API.
    pub struct Health {
        required {
            /// True if it works.
            ok: bool,
        }
        optional {}
    }
}

model! {
    /// Who a key belongs to.
    pub struct Viewer {
        required {
            /// The role that the key has.
            role: Role,
        }
        optional {
            /// The organisation.
            org_id as "orgId": String,
            /// The customer, for a customer's key or token.
            customer_id as "customerId": String,
            /// The user of the organisation.
            user_id as "userId": String,
        }
    }
}

open_enum! {
    /// A role of a key.
    pub enum Role {
        /// Nobody.
        Anon = "anon",
        /// A customer of an organisation.
        Customer = "customer",
        /// A user of an organisation.
        User = "user",
        /// An organisation.
        Org = "org",
        /// OpenInt itself.
        System = "system",
    }
}

model! {
    /// A text that explains a customer's connections to a language model.
    pub struct MessageTemplate {
        required {
            /// The text. It holds the customer's API key, so it is redacted like one.
            template: Secret,
        }
        optional {
            /// The programming language of its examples.
            language: TemplateLanguage,
        }
    }
}
