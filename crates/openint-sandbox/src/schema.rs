//! A small part of zod: shapes that clean a value and collect issues in zod's words.

use regex_lite::Regex;

use crate::js;
use crate::json::{Json, object};

/// Place of a value, from the root of the input.
#[derive(Clone, Debug, Default)]
pub(crate) struct Path(Vec<Json>);

impl Path {
    pub(crate) fn root() -> Path {
        Path::default()
    }

    pub(crate) fn key(&self, key: &str) -> Path {
        self.with(key.into())
    }

    pub(crate) fn index(&self, index: usize) -> Path {
        self.with((index as u64).into())
    }

    fn with(&self, step: Json) -> Path {
        let mut path = self.clone();
        path.0.push(step);
        path
    }

    fn json(&self) -> Json {
        Json::Array(self.0.clone())
    }
}

/// Values that a field may hold.
#[derive(Debug)]
pub(crate) enum Kind {
    Any,
    Null,
    Boolean,
    /// Anything, made a boolean as JavaScript does.
    Truth,
    Number,
    /// Anything that JavaScript can convert to a number.
    Numeric,
    String,
    NumberOrString,
    Prefix(&'static str),
    Pattern(Regex),
    Enum(Vec<String>),
    /// An object with any keys.
    Record,
    Nullable(Box<Kind>),
    List(Box<Kind>),
    /// A list, or a text with commas between its items.
    Commas(Box<Kind>),
    Object(Vec<Field>),
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// Stands where nothing is given.
    pub(crate) default: Option<Json>,
}

impl Field {
    pub(crate) fn required(name: &str, kind: Kind) -> Field {
        Field {
            name: name.into(),
            kind,
            required: true,
            default: None,
        }
    }

    pub(crate) fn optional(name: &str, kind: Kind) -> Field {
        Field {
            name: name.into(),
            kind,
            required: false,
            default: None,
        }
    }

    /// The cleaned value of this field in `object`, or `None` if it is absent or bad.
    pub(crate) fn read(&self, object: &Json, path: &Path, issues: &mut Vec<Json>) -> Option<Json> {
        let path = path.key(&self.name);
        match object.get(&self.name) {
            Some(value) => self.kind.clean(value, &path, issues),
            None if self.default.is_some() => self.default.clone(),
            None if self.required => {
                self.kind.refuse(None, &path, issues);
                None
            }
            None => None,
        }
    }
}

impl Kind {
    pub(crate) fn record_or_null() -> Kind {
        Kind::or_null(Kind::Record)
    }

    pub(crate) fn or_null(inner: Kind) -> Kind {
        Kind::Nullable(Box::new(inner))
    }

    /// The value without what the shape does not know, its keys in the shape's order.
    pub(crate) fn clean(&self, value: &Json, path: &Path, issues: &mut Vec<Json>) -> Option<Json> {
        match (self, value) {
            (Kind::Any, _) => Some(value.clone().stored()),
            (Kind::Null, Json::Null)
            | (Kind::Nullable(_), Json::Null)
            | (Kind::Boolean, Json::Bool(_))
            | (Kind::Number | Kind::NumberOrString, Json::Number(_))
            | (Kind::String | Kind::NumberOrString, Json::String(_)) => Some(value.clone()),
            (Kind::Record, Json::Object(members)) => {
                let mut members = members.clone();
                members.retain(|(key, _)| key != "__proto__");
                Some(Json::Object(members).stored())
            }
            (Kind::Truth, _) => Some(js::truthy(value).into()),
            (Kind::Numeric, _) => {
                let number = js::as_number(value);
                if number.is_nan() {
                    issues.push(bad_type_named("number", "nan", path));
                    return None;
                }
                Some(number.into())
            }
            (Kind::Nullable(inner), _) => inner.clean(value, path, issues),
            (Kind::Prefix(prefix), Json::String(text)) if text.starts_with(prefix) => {
                Some(value.clone())
            }
            (Kind::Pattern(pattern), Json::String(text)) if pattern.is_match(text) => {
                Some(value.clone())
            }
            (Kind::Enum(options), Json::String(text)) if options.contains(text) => {
                Some(value.clone())
            }
            (Kind::Commas(inner), Json::String(text)) => {
                inner.clean_all(&split(text), path, issues)
            }
            (Kind::List(inner) | Kind::Commas(inner), Json::Array(items)) => {
                inner.clean_all(items, path, issues)
            }
            (Kind::Object(fields), Json::Object(_)) => {
                let before = issues.len();
                let members = fields
                    .iter()
                    .filter_map(|field| {
                        Some((field.name.clone(), field.read(value, path, issues)?))
                    })
                    .collect();
                (issues.len() == before).then_some(Json::Object(members))
            }
            _ => {
                self.refuse(Some(value), path, issues);
                None
            }
        }
    }

    fn clean_all(&self, items: &[Json], path: &Path, issues: &mut Vec<Json>) -> Option<Json> {
        let before = issues.len();
        let items = items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| self.clean(item, &path.index(index), issues))
            .collect();
        (issues.len() == before).then_some(Json::Array(items))
    }

    fn refuse(&self, value: Option<&Json>, path: &Path, issues: &mut Vec<Json>) {
        issues.push(match (self, value) {
            (Kind::Prefix(prefix), Some(Json::String(_))) => bad_prefix(prefix, path),
            (Kind::Pattern(_), Some(Json::String(_))) => object([
                ("validation", "regex".into()),
                ("code", "invalid_string".into()),
                ("message", "Invalid".into()),
                ("path", path.json()),
            ]),
            (Kind::Enum(options), Some(Json::String(text))) => bad_option(options, text, path),
            (Kind::NumberOrString, _) => object([
                ("code", "invalid_union".into()),
                (
                    "unionErrors",
                    ["number", "string"]
                        .map(|expected| {
                            object([
                                ("issues", Json::Array(vec![bad_type(expected, value, path)])),
                                ("name", "ZodError".into()),
                            ])
                        })
                        .to_vec()
                        .into(),
                ),
                ("path", path.json()),
                ("message", "Invalid input".into()),
            ]),
            _ => bad_type(&self.name(), value, path),
        });
    }

    fn name(&self) -> String {
        match self {
            Kind::Any => "unknown".into(),
            Kind::Null => "null".into(),
            Kind::Boolean | Kind::Truth => "boolean".into(),
            Kind::Number | Kind::Numeric => "number".into(),
            Kind::String | Kind::NumberOrString | Kind::Prefix(_) | Kind::Pattern(_) => {
                "string".into()
            }
            Kind::Enum(options) => quoted(options),
            Kind::Record | Kind::Object(_) => "object".into(),
            Kind::List(_) | Kind::Commas(_) => "array".into(),
            Kind::Nullable(inner) => inner.name(),
        }
    }

    /// The shape as JSON Schema, as `expand=connector` shows it.
    pub(crate) fn describe(&self) -> Json {
        let typed = |name: &str| object([("type", name.into())]);
        match self {
            Kind::Any => object([]),
            Kind::NumberOrString => {
                object([("anyOf", Json::Array(vec![typed("number"), typed("string")]))])
            }
            Kind::Prefix(prefix) => object([
                ("type", "string".into()),
                ("pattern", format!("^{prefix}").into()),
            ]),
            Kind::Pattern(pattern) => object([
                ("type", "string".into()),
                ("pattern", pattern.as_str().into()),
            ]),
            Kind::Enum(options) => {
                object([("type", "string".into()), ("enum", options.clone().into())])
            }
            Kind::Record => object([
                ("type", "object".into()),
                ("additionalProperties", object([])),
            ]),
            Kind::List(inner) | Kind::Commas(inner) => {
                object([("type", "array".into()), ("items", inner.describe())])
            }
            Kind::Nullable(inner) => {
                let Json::Object(mut members) = inner.describe() else {
                    return object([]);
                };
                for (key, value) in &mut members {
                    if key == "type" {
                        *value = Json::Array(vec![value.clone(), "null".into()]);
                    }
                }
                Json::Object(members)
            }
            Kind::Object(fields) => {
                let properties = fields
                    .iter()
                    .map(|f| (f.name.clone(), f.kind.describe()))
                    .collect();
                let required: Vec<String> = fields
                    .iter()
                    .filter(|f| f.required)
                    .map(|f| f.name.clone())
                    .collect();
                let mut members = vec![
                    ("type".to_owned(), "object".into()),
                    ("properties".to_owned(), Json::Object(properties)),
                ];
                if !required.is_empty() {
                    members.push(("required".to_owned(), required.into()));
                }
                Json::Object(members)
            }
            Kind::Null
            | Kind::Boolean
            | Kind::Truth
            | Kind::Number
            | Kind::Numeric
            | Kind::String => typed(&self.name()),
        }
    }
}

/// The items of a text with commas; empty ones are none.
pub(crate) fn split(text: &str) -> Vec<Json> {
    text.split(',')
        .filter(|item| !item.is_empty())
        .map(Json::from)
        .collect()
}

pub(crate) fn bad_type(expected: &str, value: Option<&Json>, path: &Path) -> Json {
    let received = match value {
        None => "undefined",
        Some(Json::Null) => "null",
        Some(Json::Bool(_)) => "boolean",
        Some(Json::Number(_)) => "number",
        Some(Json::String(_)) => "string",
        Some(Json::Array(_)) => "array",
        Some(Json::Object(_) | Json::Raw(_)) => "object",
    };
    bad_type_named(expected, received, path)
}

pub(crate) fn bad_type_named(expected: &str, received: &str, path: &Path) -> Json {
    let message = if received == "undefined" {
        "Required".to_owned()
    } else {
        format!("Expected {expected}, received {received}")
    };
    object([
        ("code", "invalid_type".into()),
        ("expected", expected.into()),
        ("received", received.into()),
        ("path", path.json()),
        ("message", message.into()),
    ])
}

pub(crate) fn bad_prefix(prefix: &str, path: &Path) -> Json {
    object([
        ("code", "invalid_string".into()),
        ("validation", object([("startsWith", prefix.into())])),
        (
            "message",
            format!("Invalid input: must start with \"{prefix}\"").into(),
        ),
        ("path", path.json()),
    ])
}

pub(crate) fn bad_option(options: &[String], received: &str, path: &Path) -> Json {
    object([
        ("received", received.into()),
        ("code", "invalid_enum_value".into()),
        ("options", options.to_vec().into()),
        ("path", path.json()),
        (
            "message",
            format!(
                "Invalid enum value. Expected {}, received '{received}'",
                quoted(options)
            )
            .into(),
        ),
    ])
}

pub(crate) fn bad_discriminator(options: &[String], path: &Path) -> Json {
    object([
        ("code", "invalid_union_discriminator".into()),
        ("options", options.to_vec().into()),
        ("path", path.json()),
        (
            "message",
            format!("Invalid discriminator value. Expected {}", quoted(options)).into(),
        ),
    ])
}

/// A number outside its bound: `("too_big", "maximum", "less")` or the other way round.
pub(crate) fn out_of_bound(code: &str, name: &str, word: &str, bound: u64, path: &Path) -> Json {
    object([
        ("code", code.into()),
        (name, bound.into()),
        ("type", "number".into()),
        ("inclusive", true.into()),
        ("exact", false.into()),
        (
            "message",
            format!("Number must be {word} than or equal to {bound}").into(),
        ),
        ("path", path.json()),
    ])
}

fn quoted(options: &[String]) -> String {
    options
        .iter()
        .map(|option| format!("'{option}'"))
        .collect::<Vec<_>>()
        .join(" | ")
}
