//! The API itself: whether it is there, who one is to it, and how to explain it to a model.

use crate::client::Openint;
use crate::error::Result;
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::params::{Kind, params};
use crate::resources::without_parameters;
use crate::secret::Secret;

impl Openint {
    /// Says whether the API is there.
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

    /// Says who the key belongs to.
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
    /// of the customer, and the API **forgets the customer's metadata** when it is asked for it.
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

without_parameters! {
    /// What [`Openint::health`] asks for.
    pub struct GetHealth: "/health" -> Health
}

without_parameters! {
    /// What [`Openint::viewer`] asks for.
    pub struct GetViewer: "/viewer" -> Viewer
}

params! {
    /// What [`Openint::health_echo`] sends.
    // Nothing is kept of it.
    pub struct EchoHealth: Post "/health", repeat_safe: true -> Json {
        WholeBody { body: Json as Kind::Json }
    }
}

impl EchoHealth {
    /// Any JSON object.
    pub fn new(body: impl Into<Json>) -> Self {
        Self { body: body.into() }
    }
}

params! {
    /// What [`Openint::message_template`] asks for.
    pub struct GetMessageTemplate: Get "/ai/message_template" -> MessageTemplate {
        Query {
            customer_id: String as Kind::Id(""),
            language: Option<TemplateLanguage>,
            #[serde(default)]
            use_environment_variables: bool,
        }
    }
}

impl GetMessageTemplate {
    /// Your own id of the customer.
    pub fn new(customer_id: impl Into<String>) -> Self {
        Self {
            customer_id: customer_id.into(),
            language: None,
            use_environment_variables: false,
        }
    }

    /// The programming language of its examples.
    pub fn language(mut self, language: impl Into<TemplateLanguage>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Whether its examples take keys from the environment.
    pub fn use_environment_variables(mut self, use_them: bool) -> Self {
        self.use_environment_variables = use_them;
        self
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
    /// Whether the API is there.
    pub struct Health {
        required {
            /// Whether it works.
            ok: bool,
        }
        optional {}
    }
}

model! {
    /// Who a key belongs to.
    pub struct Viewer {
        required {
            /// What it may act as.
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
    /// What a key may act as.
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
