use serde::Deserialize;

use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::Request;
use crate::json::Json;
use crate::model::model;
use crate::page::{Page, list_operation};
use crate::resources::with_some;
use crate::timestamp::Timestamp;

impl Openint {
    /// Lists what happened in the organisation, the newest first. [`Openint::iter`] reads all
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

/// What [`Openint::list_events`] asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListEvents {
    search_query: Option<String>,
    since: Option<Timestamp>,
    include_prompt: bool,
    limit: Option<u32>,
    offset: u64,
}

list_operation!(ListEvents, Event, |row| Some(row.id.as_str()));

impl ListEvents {
    /// Only those that this text finds.
    pub fn search_query(mut self, query: impl Into<String>) -> Self {
        self.search_query = Some(query.into());
        self
    }

    /// Only those after this time.
    pub fn since(mut self, time: impl Into<Timestamp>) -> Self {
        self.since = Some(time.into());
        self
    }

    /// Whether the prompts that led to an event are shown.
    pub fn include_prompt(mut self, include: bool) -> Self {
        self.include_prompt = include;
        self
    }
}

impl Operation for ListEvents {
    type Output = Page<Event>;

    fn request(&self) -> Result<Request> {
        let request = self.page_of("/event")?;
        let request = with_some(request, "search_query", self.search_query.as_deref());
        let since = self.since.as_ref().map(Timestamp::as_str);
        let request = with_some(request, "since", since);
        // As with secrets, any text counts as true.
        let prompt = self.include_prompt.then_some("true");
        Ok(with_some(request, "include_prompt", prompt))
    }
}

model! {
    /// Something that happened.
    pub struct Event {
        required {
            /// `evt_…`.
            id: String,
        }
        optional {
            /// What happened, such as `connect.connection-deleted`.
            name: String,
            /// When it happened.
            timestamp: Timestamp,
            /// What it was about; of another shape for each name.
            data: Json,
            /// Who did it.
            user: Json,
            /// The version of the program that did it.
            v: String,
            /// The organisation.
            org_id: String,
            /// The user of the organisation.
            user_id: String,
            /// The customer.
            customer_id: String,
            /// The prompt that led to it, when it was asked for.
            prompt: String,
        }
    }
}
