use crate::client::Openint;
use crate::error::Result;
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::page::{LIMIT, Page, list_operation};
use crate::params::{Kind, params};
use crate::resources::from_id;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

impl Openint {
    /// Creates a customer, or changes the one of that id.
    ///
    /// **It replaces the customer's metadata**: without any in the call, what was there is gone.
    ///
    /// `PUT /customer`, operation `upsertCustomer` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) before anything is sent; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::UpsertCustomer;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let customer = client.upsert_customer(
    ///     &UpsertCustomer::new("customer_42").metadata(serde_json::json!({ "plan": "pro" })),
    /// )?;
    /// assert_eq!(customer.metadata.unwrap().as_str(), r#"{"plan":"pro"}"#);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn upsert_customer(&self, params: &UpsertCustomer) -> Result<Customer> {
        Ok(self.send(params)?.value)
    }

    /// Lists customers. [`Openint::iter`] reads all pages.
    ///
    /// `GET /customer`, operation `listCustomers` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a limit above 3,000; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::ListCustomers;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// for customer in client.iter(ListCustomers::new()) {
    ///     let customer = customer?;
    ///     println!("{:?}: {:?} connections", customer.id, customer.connection_count);
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn list_customers(&self, params: &ListCustomers) -> Result<Page<Customer>> {
        Ok(self.send(params)?.value)
    }

    /// Makes a token for a customer, for use in a browser or an app, and a link with it to a page
    /// on which the customer connects services. A customer that OpenInt has not seen is created.
    ///
    /// **It wipes the customer's metadata.** Ids with characters other than letters, digits and
    /// `-._~` are escaped in the path, and the API keeps them as they were sent, so such a customer
    /// is another one here than in [`create_connection`](Openint::create_connection).
    ///
    /// A client for what the customer may do is made from the token, or from the API key that
    /// comes with it: `Openint::builder().api_key(token)`.
    ///
    /// `POST /customer/{customer_id}/token`, operation `createToken` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) before anything is sent; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::{ConnectOptions, ConnectView, CreateCustomerToken, Openint, Role};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let token = client.create_customer_token(
    ///     CreateCustomerToken::new("customer_42")
    ///         .validity_in_seconds(600)
    ///         .connect_options(ConnectOptions::new().connector_name("github").view(ConnectView::Add)),
    /// )?;
    /// let customer = Openint::builder()
    ///     .api_key(token.token)
    /// #    .base_url(sandbox.base_url())
    ///     .build()?;
    /// assert_eq!(customer.viewer()?.role, Role::Customer);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn create_customer_token(
        &self,
        params: impl Into<CreateCustomerToken>,
    ) -> Result<CustomerToken> {
        Ok(self.send(&params.into())?.value)
    }
}

params! {
    /// What [`Openint::upsert_customer`] sends.
    #[non_exhaustive]
    pub struct UpsertCustomer: Put "/customer" -> Customer {
        Body {
            /// Your own id of the customer.
            pub id: String as Kind::Id(""),
            /// A JSON object of yours that is kept with the customer.
            pub metadata: Option<Json>,
        }
    }
}

impl UpsertCustomer {
    /// The required parameter.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            metadata: None,
        }
    }

    /// Sets [`metadata`](Self::metadata).
    pub fn metadata(mut self, metadata: impl Into<Json>) -> Self {
        self.metadata = Some(metadata.into());
        self
    }
}

params! {
    /// What [`Openint::list_customers`] asks for.
    #[derive(Default)]
    #[serde(default)]
    pub struct ListCustomers: Get "/customer" -> Page<Customer> {
        Query {
            limit: Option<u32> as LIMIT,
            offset: u64,
            search_query: Option<String>,
        }
    }
}

list_operation!(ListCustomers, Customer, |row| row.id.as_deref());

impl ListCustomers {
    /// Only those that this text finds.
    pub fn search_query(mut self, query: impl Into<String>) -> Self {
        self.search_query = Some(query.into());
        self
    }
}

params! {
    /// What [`Openint::create_customer_token`] sends.
    pub struct CreateCustomerToken: Post "/customer/{customer_id}/token" -> CustomerToken {
        Path { customer_id: String }
        Body {
            validity_in_seconds: Option<u32> as Kind::Whole { least: 1, most: u32::MAX },
            connect_options: Option<ConnectOptions>,
        }
    }
}

impl CreateCustomerToken {
    /// Your own id of the customer.
    pub fn new(customer_id: impl Into<String>) -> Self {
        Self {
            customer_id: customer_id.into(),
            validity_in_seconds: None,
            connect_options: None,
        }
    }

    /// How long the token is good for.
    pub fn validity_in_seconds(mut self, seconds: u32) -> Self {
        self.validity_in_seconds = Some(seconds);
        self
    }

    /// What the page behind the link offers.
    pub fn connect_options(mut self, options: ConnectOptions) -> Self {
        self.connect_options = Some(options);
        self
    }
}

from_id!(CreateCustomerToken);

params! {
    /// What the page offers on which a customer connects services.
    #[derive(Default)]
    #[serde(default)]
    pub struct ConnectOptions {
        Body {
            return_url: Option<String>,
            connector_names: Vec<String>,
            view: Option<ConnectView>,
            debug: Option<bool>,
            is_embedded: Option<bool>,
            hide_navigation: Option<bool>,
        }
    }
}

impl ConnectOptions {
    /// What the API presets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the customer comes back to.
    pub fn return_url(mut self, url: impl Into<String>) -> Self {
        self.return_url = Some(url.into());
        self
    }

    /// Offers only this connector, or several when called again.
    pub fn connector_name(mut self, name: impl Into<String>) -> Self {
        self.connector_names.push(name.into());
        self
    }

    /// What the page begins with.
    pub fn view(mut self, view: impl Into<ConnectView>) -> Self {
        self.view = Some(view.into());
        self
    }

    /// Whether the page shows what it does.
    pub fn debug(mut self, debug: bool) -> Self {
        self.debug = Some(debug);
        self
    }

    /// Whether the page stands inside one of yours.
    pub fn is_embedded(mut self, is_embedded: bool) -> Self {
        self.is_embedded = Some(is_embedded);
        self
    }

    /// Whether the page leaves its navigation out.
    pub fn hide_navigation(mut self, hide: bool) -> Self {
        self.hide_navigation = Some(hide);
        self
    }
}

open_enum! {
    /// What the page begins with on which a customer connects services.
    pub enum ConnectView {
        /// New connections.
        Add = "add",
        /// Those that are there.
        Manage = "manage",
    }
}

model! {
    /// A customer of yours.
    pub struct Customer {
        required {}
        optional {
            /// Your own id. The list also counts connections without a customer, under none.
            id: String,
            /// The organisation.
            org_id: String,
            /// A key for what the customer may do.
            api_key: Secret,
            /// Your own JSON.
            metadata: Json,
            /// How many connections the customer has; in lists.
            connection_count: u64,
            /// When the customer was created.
            created_at: Timestamp,
            /// When the customer last changed.
            updated_at: Timestamp,
        }
    }
}

model! {
    /// What a customer's browser or app may hold.
    pub struct CustomerToken {
        required {
            /// A token for what the customer may do, for a limited time.
            token: Secret,
        }
        optional {
            /// A page on which the customer connects services. The token is part of it.
            magic_link_url: Secret,
            /// A key for the same, without a limit in time.
            api_key: Secret,
        }
    }
}
