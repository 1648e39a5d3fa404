//! Events, the oldest forgotten first.

use std::collections::VecDeque;

use crate::auth::Scope;
use crate::ids;
use crate::json::{Json, object};
use crate::search::Search;
use crate::store::{Store, finds};
use crate::time::{self, Micros};

const MAX_EVENTS: usize = 100_000;
const MAX_EVENT_BYTES: usize = 32 << 20;

#[derive(Debug, Default)]
pub(crate) struct Events {
    rows: VecDeque<Event>,
    bytes: usize,
}

#[derive(Debug)]
pub(crate) struct Event {
    id: String,
    at: Micros,
    org_id: String,
    /// The customer it is about.
    customer_id: String,
    /// It was the customer who did it, and not the organisation.
    by_customer: bool,
    name: &'static str,
    data: String,
}

impl Event {
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    fn bytes(&self) -> usize {
        self.data.len() + self.customer_id.len()
    }

    pub(crate) fn render(&self) -> Json {
        let mut user = vec![("org_id".to_owned(), self.org_id.as_str().into())];
        if self.by_customer {
            user.push(("customer_id".to_owned(), self.customer_id.as_str().into()));
        }
        object([
            ("id", self.id.as_str().into()),
            ("timestamp", time::postgres(self.at).into()),
            ("user", Json::Object(user)),
            ("v", Json::Null),
            ("org_id", self.org_id.as_str().into()),
            ("user_id", Json::Null),
            ("customer_id", self.customer_id.as_str().into()),
            ("name", self.name.into()),
            ("data", Json::Raw(self.data.as_str().into())),
        ])
    }
}

/// Which events a list is about.
#[derive(Debug, Default)]
pub(crate) struct EventFilter {
    pub(crate) since: Option<Micros>,
    pub(crate) search: Option<Search>,
}

impl Store {
    /// Records what somebody did with a connection of a customer.
    pub(crate) fn record(
        &mut self,
        who: &Scope,
        customer_id: &str,
        name: &'static str,
        data: &Json,
    ) {
        let at = self.tick();
        let event = Event {
            id: ids::event(at),
            at,
            org_id: who.org_id.clone(),
            customer_id: customer_id.to_owned(),
            by_customer: who.customer_id.is_some(),
            name,
            data: data.to_string(),
        };
        let events = &mut self.events;
        events.bytes += event.bytes();
        events.rows.push_back(event);
        while events.rows.len() > MAX_EVENTS || events.bytes > MAX_EVENT_BYTES {
            let Some(oldest) = events.rows.pop_front() else {
                break;
            };
            events.bytes -= oldest.bytes();
        }
    }

    /// The events a caller may see, newest first.
    pub(crate) fn events<'a>(
        &'a self,
        scope: &'a Scope,
        filter: &'a EventFilter,
    ) -> impl Iterator<Item = &'a Event> {
        self.events.rows.iter().rev().filter(move |event| {
            event.org_id == scope.org_id
                && (scope.customer_id.as_ref()).is_none_or(|id| *id == event.customer_id)
                && filter.since.is_none_or(|since| event.at >= since)
                && finds(filter.search.as_ref(), &[&event.id])
        })
    }

    /// Counts the events in all organisations, or about this customer.
    pub(crate) fn count_events(&self, customer_id: Option<&str>) -> usize {
        self.events
            .rows
            .iter()
            .filter(|event| customer_id.is_none_or(|id| id == event.customer_id))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn the_oldest_events_are_forgotten() {
        let mut store = Store::new(&Seed::standard(), 0);
        let who = Scope {
            org_id: "org_sandbox".into(),
            customer_id: None,
        };
        let filter = EventFilter::default();
        for _ in 0..MAX_EVENTS + 5 {
            store.record(&who, "c", "debug.debug", &object([]));
        }
        assert_eq!(store.count_events(None), MAX_EVENTS);
        let large = Json::String("x".repeat(MAX_EVENT_BYTES / 3));
        for _ in 0..5 {
            store.record(&who, "c", "debug.debug", &large);
        }
        assert_eq!(store.events(&who, &filter).count(), 2);
    }
}
