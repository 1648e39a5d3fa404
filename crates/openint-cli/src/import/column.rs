//! Columns and the fields that they stand for.

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub(crate) const FIELDS: [&str; 8] = [
    "id",
    "customer_id",
    "connector_config_id",
    "connector_name",
    "settings",
    "metadata",
    "check_connection",
    "idempotency_key",
];

/// The fields that hold an object, so that a column can be a part of one.
pub(super) const OBJECTS: [&str; 2] = ["settings", "metadata"];

/// A field, or a part of one.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) path: Vec<String>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Boolean,
    Json,
}

impl Target {
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (name, kind) = match name.rsplit_once(':') {
            Some((name, "number")) => (name, Some(Kind::Number)),
            Some((name, "boolean")) => (name, Some(Kind::Boolean)),
            Some((name, "json")) => (name, Some(Kind::Json)),
            Some((name, "text")) => (name, Some(Kind::Text)),
            _ => (name, None),
        };
        let path: Vec<String> = name.split('.').map(str::to_owned).collect();
        let known = match path.as_slice() {
            [field] => FIELDS.contains(&field.as_str()),
            [field, parts @ ..] => {
                OBJECTS.contains(&field.as_str()) && parts.iter().all(|part| !part.is_empty())
            }
            [] => false,
        };
        let usual = match path.last()?.as_str() {
            "check_connection" => Kind::Boolean,
            // The one number that all OAuth2 connectors have.
            "expires_in" => Kind::Number,
            field if path.len() == 1 && OBJECTS.contains(&field) => Kind::Json,
            _ => Kind::Text,
        };
        known.then_some(Self {
            path,
            kind: kind.unwrap_or(usual),
        })
    }

    pub(super) fn name(&self) -> String {
        self.path.join(".")
    }

    pub(super) fn value(&self, cell: &str) -> Result<Value, String> {
        match self.kind {
            Kind::Text => Ok(Value::String(cell.to_owned())),
            Kind::Number => match serde_json::from_str(cell.trim()) {
                Ok(number @ Value::Number(_)) => Ok(number),
                _ => Err("expected a number".to_owned()),
            },
            Kind::Boolean => match cell.trim().to_ascii_lowercase().as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                _ => Err("expected true or false".to_owned()),
            },
            Kind::Json => {
                serde_json::from_str(cell).map_err(|error| format!("expected JSON ({error})"))
            }
        }
    }
}

/// Puts a value where the path of its column says.
pub(super) fn insert(
    values: &mut IndexMap<String, Value>,
    target: &Target,
    value: Value,
) -> Result<(), String> {
    let (field, parts) = target.path.split_first().expect("a path has a part");
    let Some((last, parts)) = parts.split_last() else {
        values.insert(field.clone(), value);
        return Ok(());
    };
    let mut place = values
        .entry(field.clone())
        .or_insert_with(|| Value::Object(Map::new()));
    for part in parts {
        let Value::Object(object) = place else { break };
        place = object
            .entry(part.clone())
            .or_insert_with(|| Value::Object(Map::new()));
    }
    match place {
        Value::Object(object) => {
            object.insert(last.clone(), value);
            Ok(())
        }
        _ => Err("expected an object around it; another column gives something else".to_owned()),
    }
}
