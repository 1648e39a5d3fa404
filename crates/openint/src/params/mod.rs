//! What operations take, as data. A typed struct and a JSON object give the same values, so each
//! parameter is described once, and checked and sent by code that is there once.

mod check;
mod read;
mod send;
mod typed;

use std::borrow::Cow;

use serde_json::value::RawValue;

pub(crate) use self::read::{LIMIT, PAGE_SIZE};
pub(crate) use self::typed::{Fields, Parameter, Routed, kind, params};
use crate::error::Result;
use crate::http::request::Method;

/// The request of an operation, but for its values.
pub(crate) struct Route {
    method: Method,
    path: &'static str,
    params: &'static [Param],
    /// Whether twice is as good as once, where the method does not say it.
    repeat_safe: Option<bool>,
}

impl Route {
    pub(crate) const fn new(method: Method, path: &'static str, params: &'static [Param]) -> Self {
        Self {
            method,
            path,
            params,
            repeat_safe: None,
        }
    }

    pub(crate) const fn repeat_safe(self, repeat_safe: bool) -> Self {
        Self {
            repeat_safe: Some(repeat_safe),
            ..self
        }
    }
}

/// One parameter.
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    /// Whether it may neither be absent nor null.
    pub(crate) required: bool,
}

/// Where in a request a value goes.
#[derive(PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    /// A field of the body.
    Body,
    /// The body itself.
    WholeBody,
    /// Nowhere by itself.
    Aside,
}

/// What a value can be.
pub(crate) enum Kind {
    Flag,
    /// A whole number within bounds.
    Whole {
        least: u32,
        most: u32,
    },
    /// How many rows to leave out; 0 goes without saying.
    Offset,
    Text,
    /// A text that is not empty and begins with this.
    Id(&'static str),
    /// A text with a check of its own.
    Checked(fn(&str) -> Result<()>),
    Texts,
    /// Any JSON.
    Json,
    /// A JSON object.
    Object,
    Group(&'static [Param]),
}

/// What was given for a parameter.
pub(crate) enum Value<'a> {
    Flag(bool),
    Whole(u64),
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Json(Cow<'a, RawValue>),
    Group(Values<'a>),
}

/// What was given for each of a list of parameters.
pub(crate) struct Values<'a> {
    params: &'static [Param],
    given: Vec<Option<Value<'a>>>,
}

impl<'a> Values<'a> {
    pub(crate) fn new(params: &'static [Param], given: Vec<Option<Value<'a>>>) -> Self {
        Self { params, given }
    }

    /// The parameters that say something, with their values. An empty list says nothing.
    fn each(&self) -> impl Iterator<Item = (&'static Param, &Value<'a>)> {
        let values = self.params.iter().zip(&self.given);
        values.filter_map(|(param, value)| match value {
            Some(Value::Texts(texts)) if texts.is_empty() => None,
            value => Some((param, value.as_ref()?)),
        })
    }

    fn get(&self, name: &str) -> Option<&Value<'a>> {
        let mut values = self.each();
        values.find_map(|(param, value)| (param.name == name).then_some(value))
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn whole(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Value::Whole(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn json(&self, name: &str) -> Option<&RawValue> {
        match self.get(name)? {
            Value::Json(json) => Some(json),
            _ => None,
        }
    }

    pub(crate) fn set(&mut self, name: &str, value: Value<'a>) {
        if let Some(index) = self.params.iter().position(|param| param.name == name) {
            self.given[index] = Some(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::request::Request;
    use crate::json::Json;
    use crate::{
        ConnectOptions, ConnectorData, CreateConnection, CreateCustomerToken, ListConnections,
        Operation, UpdateConnectorConfig,
    };

    fn sent(request: Request) -> (String, Option<String>) {
        let target = request.target(&[]).unwrap();
        (target, request.body_text(&[]).unwrap().map(Cow::into_owned))
    }

    fn agree<O: Operation + Routed>(typed: &O, json: &str) {
        let json = Json::parse(json).unwrap();
        let values = O::ROUTE.read(&json).unwrap();
        let by_name = sent(O::ROUTE.request(&values).unwrap());
        assert_eq!(sent(typed.request().unwrap()), by_name);
    }

    #[test]
    fn a_struct_and_json_make_the_same_request() {
        agree(
            &ListConnections::new()
                .customer_id("a b")
                .connector_name("x")
                .connector_name("y")
                .include_secrets(true)
                .limit(10),
            r#"{"limit":10,"connector_names":["x","y"],"include_secrets":true,"customer_id":"a b",
                "offset":0,"expand":[],"search_query":null}"#,
        );
        let options = ConnectOptions::new().connector_name("x").debug(false);
        agree(
            &CreateCustomerToken::new("a/b").connect_options(options),
            r#"{"connect_options":{"debug":false,"connector_names":["x"]},"customer_id":"a/b"}"#,
        );
        agree(
            &UpdateConnectorConfig::new("ccfg_1"),
            r#"{"id":"ccfg_1","display_name":null}"#,
        );
        let data = ConnectorData::new("x", serde_json::json!({ "a": 1 }));
        agree(
            &CreateConnection::new("ccfg_", "\"é\"", data).check_connection(false),
            r#"{"data":{"settings":{"a":1},"connector_name":"x"},"check_connection":false,
                "customer_id":"\"\u00e9\"","connector_config_id":"ccfg_"}"#,
        );
    }
}
