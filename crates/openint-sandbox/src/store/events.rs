//! What happened, the oldest forgotten first.

use std::collections::VecDeque;

use crate::auth::Scope;
use crate::ids;
use crate::json::Json;
use crate::store::{Store, matches};
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
    /// The customer who did it, if it was one.
    customer_id: Option<String>,
    name: &'static str,
    data: String,
}

impl Event {
    fn bytes(&self) -> usize {
        self.data.len() + self.customer_id.as_ref().map_or(0, String::len)
    }

    pub(crate) fn render(&self, with_prompt: bool) -> Json {
        let mut user = vec![("org_id".to_owned(), self.org_id.as_str().into())];
        if let Some(id) = &self.customer_id {
            user.push(("customer_id".to_owned(), id.as_str().into()));
        }
        let mut members = vec![
            ("id".to_owned(), self.id.as_str().into()),
            ("timestamp".to_owned(), time::postgres(self.at).into()),
            ("user".to_owned(), Json::Object(user)),
            ("v".to_owned(), Json::Null),
            ("org_id".to_owned(), self.org_id.as_str().into()),
            ("user_id".to_owned(), Json::Null),
            ("customer_id".to_owned(), self.customer_id.clone().into()),
        ];
        if with_prompt {
            members.push(("prompt".to_owned(), Json::Null));
        }
        members.push(("name".to_owned(), self.name.into()));
        members.push(("data".to_owned(), Json::Raw(self.data.as_str().into())));
        Json::Object(members)
    }
}

/// Which events a list is about.
#[derive(Debug, Default)]
pub(crate) struct EventFilter {
    pub(crate) since: Option<Micros>,
    pub(crate) search: Option<String>,
}

impl Store {
    pub(crate) fn record(&mut self, who: &Scope, name: &'static str, data: &Json) {
        let at = self.tick();
        let event = Event {
            id: ids::event(at),
            at,
            org_id: who.org_id.clone(),
            customer_id: who.customer_id.clone(),
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
                && (scope.customer_id.is_none() || scope.customer_id == event.customer_id)
                && filter.since.is_none_or(|since| event.at >= since)
                && matches(
                    filter.search.as_deref(),
                    &[&event.id, event.name, &event.data],
                )
        })
    }

    /// How many events there are in all organisations, or that this customer has made.
    pub(crate) fn count_events(&self, customer_id: Option<&str>) -> usize {
        self.events
            .rows
            .iter()
            .filter(|event| customer_id.is_none() || event.customer_id.as_deref() == customer_id)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::object;
    use crate::seed::Seed;

    #[test]
    fn the_oldest_events_are_forgotten() {
        let mut store = Store::new(&Seed::standard());
        let who = Scope {
            org_id: "org_sandbox".into(),
            customer_id: None,
        };
        let filter = EventFilter::default();
        for _ in 0..MAX_EVENTS + 5 {
            store.record(&who, "debug.debug", &object([]));
        }
        assert_eq!(store.count_events(None), MAX_EVENTS);
        let large = Json::String("x".repeat(MAX_EVENT_BYTES / 3));
        for _ in 0..5 {
            store.record(&who, "debug.debug", &large);
        }
        assert_eq!(store.events(&who, &filter).count(), 2);
    }
}
