//! From a record to a row: fields by their names, and what each has to be.

use indexmap::IndexMap;
use openint::bulk::{Row, idempotency_key};
use openint::{ConnectorData, CreateConnection, ErrorKind, Json, Operation};
use serde_json::{Map, Value};

use super::column::{FIELDS, OBJECTS, Target, insert};
use super::file::{Content, Record, Source};
use super::problem::{Problem, Problems};
use crate::cli::ImportArgs;
use crate::error::Failure;

/// The field that holds the reason in a file of failed rows; it is ignored when it is read.
pub(super) const ERROR_FIELD: &str = "import_error";

/// Makes rows of records.
#[derive(Clone)]
pub(super) struct Reader {
    /// The field of each column of CSV; nothing for one that is ignored.
    columns: Vec<Option<Target>>,
    /// Other names of fields in JSON lines.
    renamed: Vec<(String, String)>,
    set: Vec<(Target, String)>,
    check: bool,
    name: String,
}

impl Reader {
    pub(super) fn new(args: &ImportArgs, source: &Source) -> Result<Self, Failure> {
        let usage = |why: String| Failure::Usage(why);
        let mut set = Vec::new();
        for (name, value) in &args.set {
            let target = Target::parse(name).ok_or_else(|| usage(unknown("--set", name)))?;
            set.push((target, value.clone()));
        }
        for (field, _) in &args.map {
            Target::parse(field).ok_or_else(|| usage(unknown("--map", field)))?;
        }
        let mut columns = Vec::new();
        for column in &source.header {
            let mapped = args.map.iter().find(|(_, from)| from == column);
            let field = mapped.map_or(column, |(field, _)| field);
            columns.push(match Target::parse(field) {
                Some(target) => Some(target),
                None if field == ERROR_FIELD => None,
                None => return Err(usage(unknown_column(column))),
            });
        }
        let reader = Self {
            columns,
            renamed: args.map.clone(),
            set,
            check: args.check,
            name: args.name.clone(),
        };
        if !source.header.is_empty() {
            reader.has_columns(args, source)?;
        }
        idempotency_key(&args.name, "1")?;
        Ok(reader)
    }

    /// A column that is missing would make every row bad.
    fn has_columns(&self, args: &ImportArgs, source: &Source) -> Result<(), Failure> {
        for (from, field) in args.map.iter().map(|(field, from)| (from, field)) {
            if !source.header.iter().any(|column| column == from) {
                let why = format!("--map {field}={from}: the file has no column `{from}`");
                return Err(Failure::Usage(why));
            }
        }
        for field in &FIELDS[..4] {
            let given = self.columns.iter().flatten();
            let mut given = given.chain(self.set.iter().map(|(target, _)| target));
            if !given.any(|target| target.path == [*field]) {
                return Err(Failure::Usage(format!(
                    "the file has no column `{field}`; take it from another with --map {field}=COLUMN, \
                     or give it to every row with --set {field}=VALUE"
                )));
            }
        }
        Ok(())
    }

    /// The id of a record, if it has one.
    pub(super) fn id(&self, record: &Record) -> Option<String> {
        self.values(record).ok()?.parsed.get("id").map(text)
    }

    /// The row of a record, or all that is wrong with it.
    pub(super) fn row(&self, record: &Record) -> Result<Row, Vec<Problem>> {
        let mut values = self.values(record)?;
        let mut problems = Problems::of(record);
        let mut taken = |field: &str| match values.parsed.shift_remove(field) {
            Some(Value::String(text)) if !text.is_empty() => text,
            Some(Value::Number(number)) if field != "connector_name" => number.to_string(),
            None | Some(Value::Null) => {
                problems.add(field, "expected a value, found none");
                String::new()
            }
            _ => {
                problems.add(field, "expected a text that is not empty");
                String::new()
            }
        };
        let [id, customer, config, connector] =
            ["id", "customer_id", "connector_config_id", "connector_name"].map(&mut taken);
        let settings = values.object("settings");
        let settings = settings.unwrap_or_else(|| Value::Object(Map::new()).into());
        let data = ConnectorData::new(connector, settings);
        let mut params = CreateConnection::new(config, customer, data);
        params.metadata = values.object("metadata");
        if self.check {
            params = params.check_connection(true);
        }
        match optional(values.parsed.shift_remove("check_connection")) {
            None => {}
            Some(Value::Bool(check)) => params = params.check_connection(check),
            Some(_) => problems.add("check_connection", "expected true or false"),
        }
        match optional(values.parsed.shift_remove("idempotency_key")) {
            None => {}
            Some(Value::String(key)) => params = params.idempotency_key(key),
            Some(_) => problems.add("idempotency_key", "expected a text"),
        }
        if problems.found.is_empty() {
            if let Err((field, message)) = check(&self.name, &id, &params) {
                problems.add(&field, &message);
            }
        }
        problems.or(Row::new(id, params))
    }

    /// The fields of a record, by the names that the API has for them.
    fn values(&self, record: &Record) -> Result<Values, Vec<Problem>> {
        let mut values = Values::default();
        let mut problems = Problems::of(record);
        let mut put = |values: &mut Values, target: &Target, cell: &str| {
            let put = target
                .value(cell)
                .and_then(|value| insert(&mut values.parsed, target, value));
            if let Err(message) = put {
                problems.add(&target.name(), &message);
            }
        };
        match &record.content {
            Content::Unreadable(_, why) => return Err(vec![Problem::of(record, "", why)]),
            Content::Cells(cells) => {
                for (target, cell) in self.columns.iter().zip(cells) {
                    if let Some(target) = target.as_ref().filter(|_| !cell.is_empty()) {
                        put(&mut values, target, cell);
                    }
                }
            }
            Content::Object(fields) => {
                let found = self.object(fields, &mut values);
                if let Err((field, message)) = found {
                    return Err(vec![Problem::of(record, &field, &message)]);
                }
            }
        }
        for (target, value) in &self.set {
            put(&mut values, target, value);
        }
        problems.or(values)
    }

    fn object(
        &self,
        fields: &IndexMap<String, Json>,
        values: &mut Values,
    ) -> Result<(), (String, String)> {
        for (name, json) in fields {
            let renamed = self.renamed.iter().find(|(_, from)| from == name);
            let name = renamed.map_or(name, |(field, _)| field).as_str();
            let is_set = self.set.iter().any(|(target, _)| target.path[0] == name);
            if name == ERROR_FIELD {
            } else if name == "data" && json.is_object() {
                // As the API has it.
                let data = json
                    .to()
                    .map_err(|error| (name.to_owned(), error.to_string()))?;
                self.object(&data, values)?;
            } else if OBJECTS.contains(&name) && !is_set {
                values.whole.insert(name.to_owned(), json.clone());
            } else if FIELDS.contains(&name) {
                let value = json.to_value();
                let value = value.map_err(|error| (name.to_owned(), error.to_string()))?;
                values.parsed.insert(name.to_owned(), value);
            } else {
                let expected = format!("unknown field; expected one of {}", FIELDS.join(", "));
                return Err((name.to_owned(), expected));
            }
        }
        Ok(())
    }
}

/// The fields of a record, by the names that the API has for them.
#[derive(Default)]
struct Values {
    parsed: IndexMap<String, Value>,
    /// Objects that came whole, with every digit as it was.
    whole: IndexMap<String, Json>,
}

impl Values {
    fn object(&mut self, field: &str) -> Option<Json> {
        let whole = self.whole.shift_remove(field);
        let whole = whole.or_else(|| self.parsed.shift_remove(field).map(Json::from));
        whole.filter(|json| !json.is_null())
    }
}

fn unknown(option: &str, field: &str) -> String {
    let fields = FIELDS.join(", ");
    format!(
        "{option} {field}=…: unknown field `{field}`; expected one of {fields}, settings.… or metadata.…"
    )
}

fn unknown_column(column: &str) -> String {
    let fields = FIELDS.join(", ");
    format!(
        "unknown column `{column}`; expected {fields}, settings.… or metadata.…; take a field from it \
         with --map FIELD={column}, or remove it"
    )
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn optional(value: Option<Value>) -> Option<Value> {
    value.filter(|value| !value.is_null())
}

/// Finds values that the server would refuse, or worse: field and message.
fn check(name: &str, id: &str, params: &CreateConnection) -> Result<(), (String, String)> {
    let wrong = |prefix: &str, error: openint::Error| match error.kind() {
        ErrorKind::InvalidInput {
            field, expected, ..
        } => {
            // The row's own name of a part of `data`.
            let field = field.strip_prefix("data.").unwrap_or(field);
            (field.to_owned(), format!("expected {expected}"))
        }
        ErrorKind::Decode { path, reason, .. } => {
            // Where in the JSON it is says nothing about a cell.
            let reason = reason.split(" at line ").next().unwrap_or_default();
            (format!("{prefix}{path}"), reason.to_owned())
        }

        _ => (String::new(), error.to_string()),
    };
    if params.idempotency_key.is_none() {
        idempotency_key(name, id).map_err(|error| wrong("", error))?;
    }
    params.request().map_err(|error| wrong("", error))?;
    let oauth = params.data.settings.oauth2();
    let oauth = oauth.map_err(|error| wrong("settings.", error))?;
    let token = oauth.and_then(|oauth| Some(oauth.credentials?.access_token));
    if token.is_some_and(|token| token.expose().is_empty()) {
        let field = "settings.oauth.credentials.access_token".to_owned();
        return Err((field, "expected a text that is not empty".to_owned()));
    }
    Ok(())
}
