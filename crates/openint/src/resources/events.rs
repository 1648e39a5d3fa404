use crate::check;
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::{Method, Request};
use crate::json::Json;
use crate::model::model;
use crate::page::{Page, list_operation};
use crate::params::params;
use crate::timestamp::Timestamp;

impl Openint {
    /// Lists events of the organisation, the newest first. [`Openint::iter`] reads all
    /// pages.
    ///
    /// `GET /event`, operation `listEvents` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a limit above 3,000; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::ListEvents;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let page = client.list_events(&ListEvents::new().since("2026-11-24T00:00:00Z").limit(10))?;
    /// for event in page.items {
    ///     println!("{:?} {:?}", event.timestamp, event.name);
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn list_events(&self, params: &ListEvents) -> Result<Page<Event>> {
        Ok(self.send(params)?.value)
    }
}

params! {
    /// Parameters of `list_events`.
    pub struct ListEvents {
        required {}
        optional {
            /// The most rows of a page, 0 to 3,000; 50 where the API decides.
            limit: u32,
            /// The number of rows to leave out at the beginning.
            offset: u64,
            /// Only events that this text finds. The API trims it, and `%` and `_` are wildcards.
            search_query: String => into,
            /// Only events from this time on, itself included.
            since: Timestamp => into,
            /// True to ask for the prompts that led to an event. The API was not seen to send any.
            include_prompt: bool,
        }
    }
}

impl Operation for ListEvents {
    type Output = Page<Event>;

    fn request(&self) -> Result<Request> {
        check::limit(self.limit)?;
        check::search(self.search_query.as_ref())?;
        if let Some(since) = &self.since {
            check::not_empty("since", since.as_str())?;
        }
        Ok(Request::named("list_events", Method::Get, "/event")
            .page(self.limit, self.offset)
            .optional_query("search_query", &self.search_query)
            .optional_query("since", &self.since)
            .query_flag("include_prompt", self.include_prompt))
    }
}

list_operation!(ListEvents, Event, NewestFirst, |row| Some(row.id.as_str()), by timestamp);

model! {
    /// An event: something that happened.
    pub struct Event {
        required {
            /// `evt_…`.
            id: String,
        }
        optional {
            /// The kind of event, such as `connect.connection-deleted`.
            name: String,
            /// The time of the event.
            timestamp: Timestamp,
            /// Details, of another shape for each `name`.
            data: Json,
            /// The user or program that caused it.
            user: Json,
            /// The version of the program that caused it.
            v: String,
            /// The organisation.
            org_id: String,
            /// The user of the organisation.
            user_id: String,
            /// The customer. Events that the organisation caused carry it too, so a customer's own key
            /// shows them.
            customer_id: String,
            /// The prompt that led to it, when it was asked for.
            prompt: String,
        }
    }
}
