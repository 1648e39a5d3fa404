use crate::client::Openint;
use crate::error::Result;
use crate::json::Json;
use crate::model::model;
use crate::page::{LIMIT, Page, list_operation};
use crate::params::params;
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

params! {
    /// What [`Openint::list_events`] asks for.
    #[derive(Default)]
    #[serde(default)]
    pub struct ListEvents: Get "/event" -> Page<Event> {
        Query {
            limit: Option<u32> as LIMIT,
            offset: u64,
            search_query: Option<String>,
            since: Option<Timestamp>,
            include_prompt: bool,
        }
    }
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
