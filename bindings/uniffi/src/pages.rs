use std::fmt;
use std::sync::{Arc, Mutex, TryLockError};

use openint::{ListOperation, Paginator};

use crate::client::NativeClient;
use crate::convert::Convert;
use crate::error::OpenintError;
use crate::models::*;
use crate::options::{Call, CallOptions};
use crate::panics::caught;
use crate::threads;

/// Exports lists that are read page by page to their end.
macro_rules! lists {
    ($(
        $(#[doc = $doc:literal])*
        fn $name:ident($params:ty = $operation:ty) -> $pages:ident of $item:ty;
    )*) => {
        #[uniffi::export]
        impl NativeClient {$(
            $(#[doc = $doc])*
            ///
            /// # Errors
            /// `invalid_input` for a negative number.
            pub fn $name(self: Arc<Self>, params: $params) -> Result<Arc<$pages>, OpenintError> {
                caught(|| {
                    let params = Convert::convert(params, "params").map_err(OpenintError::of_list)?;
                    let pages = self.core()?.pages(params);
                    Ok(Arc::new($pages(Pages::new(pages, self))))
                })
            }
        )*}

        $(
            /// The pages of a list. One page is asked for at a time.
            #[derive(uniffi::Object)]
            pub struct $pages(Arc<Pages<$operation>>);

            #[uniffi::export]
            impl $pages {
                /// Asks for more rows: those of the next page that did not come before; none at the
                /// end. Blocks the thread meanwhile.
                ///
                /// # Errors
                /// Any kind. The list has ended then.
                pub fn next_page(&self, options: CallOptions) -> Result<Option<Vec<$item>>, OpenintError> {
                    self.0.next(&self.0.call(options)?)
                }

                /// Asks for more rows: those of the next page that did not come before; none at the
                /// end.
                ///
                /// # Errors
                /// Any kind. The list has ended then.
                pub async fn next_page_async(&self, options: CallOptions) -> Result<Option<Vec<$item>>, OpenintError> {
                    let pages = Arc::clone(&self.0);
                    let call = pages.call(options)?;
                    threads::run(call.token(), call.limit(), move |waited| {
                        pages.next(&call.after(waited))
                    })
                    .await
                }
            }

            impl fmt::Debug for $pages {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(stringify!($pages))
                }
            }
        )*
    };
}

lists! {
    /// Reads all connections.
    fn connections(ListConnections = openint::ListConnections) -> ConnectionPages of Connection;
    /// Reads all connector configs.
    fn connector_configs(ListConnectorConfigs = openint::ListConnectorConfigs) -> ConnectorConfigPages of ConnectorConfig;
    /// Reads all connectors.
    fn connectors(ListConnectors = openint::ListConnectors) -> ConnectorPages of Connector;
    /// Reads all customers.
    fn customers(ListCustomers = openint::ListCustomers) -> CustomerPages of Customer;
    /// Reads all events.
    fn events(ListEvents = openint::ListEvents) -> EventPages of Event;
}

struct Pages<O> {
    paginator: Mutex<Paginator<O>>,
    client: Arc<NativeClient>,
}

impl<O: ListOperation> Pages<O> {
    fn new(paginator: Paginator<O>, client: Arc<NativeClient>) -> Arc<Self> {
        Arc::new(Self {
            paginator: Mutex::new(paginator),
            client,
        })
    }

    fn call(&self, options: CallOptions) -> Result<Call, OpenintError> {
        caught(|| options.build(self.client.defaults()))
    }

    fn next<T>(&self, call: &Call) -> Result<Option<Vec<T>>, OpenintError>
    where
        O::Item: Convert<T>,
    {
        caught(|| {
            call.check()?;
            // A list ends with its client.
            self.client.core()?;
            let mut paginator = match self.paginator.try_lock() {
                Ok(paginator) => paginator,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => {
                    return Err(OpenintError::invalid_input(
                        "pages",
                        "one call at a time: another reads this list now",
                    ));
                }
            };
            paginator
                .next_page_with(call.options())
                .map_err(|error| OpenintError::from(error).of_list())?
                .convert("rows")
        })
    }
}
