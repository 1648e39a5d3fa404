use crate::check;
use crate::client::{Openint, Operation};
use crate::error::{Error, Result};
use crate::http::request::{Method, Request};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::page::{Page, list_operation};
use crate::params::{from_id, params};
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

    /// Lists customers that have connections: one that is named in `create_connection` alone is among
    /// them, one that was only upserted is not. The API gives them in no order, so pages can repeat and
    /// miss rows: [`Openint::iter`] reads all of them.
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
    /// **It wipes the customer's metadata.** The API does not decode the id in the path. Characters
    /// that may stand there (letters, digits and `-._~@:+$=&,;()!*`) go as they are; with any other,
    /// such as a blank or `é`, the token is that of another customer than the one in
    /// [`create_connection`](Openint::create_connection), and with `'` it does not work.
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
    /// Parameters of `upsert_customer`.
    pub struct UpsertCustomer {
        required {
            /// Your own id of the customer.
            id: String,
        }
        optional {
            /// A JSON object of yours that is kept with the customer, in place of the one before.
            metadata: Json => into,
        }
    }
}

impl Operation for UpsertCustomer {
    type Output = Customer;

    fn request(&self) -> Result<Request> {
        check::not_empty("id", &self.id)?;
        check::optional_object("metadata", self.metadata.as_ref())?;
        Ok(Request::named("upsert_customer", Method::Put, "/customer")
            .field("id", &self.id)
            .optional_field("metadata", &self.metadata))
    }
}

params! {
    /// Parameters of `list_customers`.
    pub struct ListCustomers {
        required {}
        optional {
            /// The most rows of a page, 0 to 3,000; 50 where the API decides.
            limit: u32,
            /// The number of rows to leave out at the beginning.
            offset: u64,
            /// Only customers with a connection whose ids or connector name hold this text. The API
            /// trims it, and `%` and `_` are wildcards.
            search_query: String => into,
        }
    }
}

impl Operation for ListCustomers {
    type Output = Page<Customer>;

    fn request(&self) -> Result<Request> {
        check::limit(self.limit)?;
        check::search(self.search_query.as_ref())?;
        Ok(Request::named("list_customers", Method::Get, "/customer")
            .page(self.limit, self.offset)
            .optional_query("search_query", &self.search_query))
    }
}

list_operation!(ListCustomers, Customer, Unordered, |row| row.id.as_deref());

params! {
    /// Parameters of `create_customer_token`.
    pub struct CreateCustomerToken {
        required {
            /// Your own id of the customer.
            customer_id: String,
        }
        optional {
            /// The life of the token in seconds, 1 or more; the API's default is 2,592,000 (30 days).
            validity_in_seconds: u32,
            /// Options of the page behind the link.
            connect_options: ConnectOptions => into,
        }
    }
}

impl Operation for CreateCustomerToken {
    type Output = CustomerToken;

    fn request(&self) -> Result<Request> {
        check::not_empty("customer_id", &self.customer_id)?;
        if self.validity_in_seconds == Some(0) {
            return Err(Error::invalid_input("validity_in_seconds", "at least 1"));
        }
        if let Some(options) = &self.connect_options {
            let names = options.connector_names.as_ref();
            check::filters("connect_options.connector_names", names)?;
        }
        Ok(Request::named(
            "create_customer_token",
            Method::Post,
            "/customer/{customer_id}/token",
        )
        .path_param("customer_id", &self.customer_id)
        .optional_field("validity_in_seconds", &self.validity_in_seconds)
        .optional_field("connect_options", &self.connect_options))
    }
}

from_id!(CreateCustomerToken);

params! {
    /// Options of the page on which a customer connects services.
    pub struct ConnectOptions {
        required {}
        optional {
            /// The URL that the customer comes back to.
            return_url: String => into,
            /// The connectors that are offered; without any, all.
            connector_names: Vec<String> => each connector_name,
            /// The view that the page begins with.
            view: ConnectView => into,
            /// True to have the page show what it does.
            debug: bool,
            /// True for a page that stands inside one of yours.
            is_embedded: bool,
            /// True for a page without its navigation.
            hide_navigation: bool,
        }
    }
}

open_enum! {
    /// A view of the page on which a customer connects services.
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
            /// The number of the customer's connections; in lists.
            connection_count: u64,
            /// The time of its creation.
            created_at: Timestamp,
            /// The time of its last change.
            updated_at: Timestamp,
        }
    }
}

model! {
    /// A token for a customer's browser or app.
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
