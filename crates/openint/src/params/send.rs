//! The request that values make.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Kind, Param, Place, Route, Value, Values};
use crate::error::Result;
use crate::http::request::Request;
use crate::json::Json;

impl Route {
    /// Checks the values and makes the request.
    pub(crate) fn request(&self, values: &Values<'_>) -> Result<Request> {
        values.check()?;
        let mut request = Request::new(self.method, self.path);
        let mut has_body = false;
        for (param, value) in values.each() {
            match param.place {
                Place::Body => has_body = true,
                _ => request = param.put(request, value),
            }
        }
        if has_body {
            request = request.json(values)?;
        }
        Ok(match self.repeat_safe {
            Some(repeat_safe) => request.repeat_safe(repeat_safe),
            None => request,
        })
    }
}

impl Param {
    /// Adds a value that does not go into the body with others.
    fn put(&self, request: Request, value: &Value<'_>) -> Request {
        match (&self.place, value) {
            (Place::Path, Value::Text(id)) => request.path_param(self.name, &**id),
            (Place::WholeBody, Value::Json(json)) => request.body(Json::from_raw(json)),
            (Place::Query, Value::Text(text)) => request.query(self.name, &**text),
            // Repeated for several values: the API ignores `name[]` without a word.
            (Place::Query, Value::Texts(texts)) => texts
                .iter()
                .fold(request, |request, text| request.query(self.name, &**text)),
            // The API takes any text for true, `false` too.
            (Place::Query, Value::Flag(true)) => request.query(self.name, "true"),
            (Place::Query, Value::Whole(0)) if matches!(self.kind, Kind::Offset) => request,
            (Place::Query, Value::Whole(number)) => request.query(self.name, number.to_string()),
            _ => request,
        }
    }
}

impl Serialize for Values<'_> {
    /// The fields of a body.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (param, value) in self.each() {
            if param.place == Place::Body {
                map.serialize_entry(param.name, value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Json(json) => json.serialize(serializer),
            Self::Group(values) => values.serialize(serializer),
        }
    }
}
