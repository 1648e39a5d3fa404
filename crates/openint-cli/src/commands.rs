//! The commands that are one operation each.

use std::io::Read;
use std::process::ExitCode;

use openint::{
    ConnectionStatus, ConnectorData, CreateConnection, CreateConnectorConfig, CreateCustomerToken,
    GetConnection, Json, ListConnections, ListConnectorConfigs, ListConnectors, ListCustomers,
    ListEvents, RefreshPolicy, UpsertCustomer,
};

use crate::account::Account;
use crate::cli::{
    Configs, Connections, Customers, EventsArgs, Global, ListArgs, ListConnectionsArgs,
};
use crate::error::{Failure, exit};
use crate::output::{Columns, Output};

const CONNECTIONS: Columns = &[
    ("ID", "id"),
    ("CUSTOMER", "customer_id"),
    ("CONNECTOR", "connector_name"),
    ("CONFIG", "connector_config_id"),
    ("STATUS", "status"),
    ("CREATED", "created_at"),
];
const CONFIGS: Columns = &[
    ("ID", "id"),
    ("CONNECTOR", "connector_name"),
    ("NAME", "display_name"),
    ("DISABLED", "disabled"),
    ("CONNECTIONS", "connection_count"),
    ("CREATED", "created_at"),
];
const CONNECTORS: Columns = &[
    ("NAME", "name"),
    ("TITLE", "display_name"),
    ("STAGE", "stage"),
    ("AUTH", "auth_type"),
];
const CUSTOMERS: Columns = &[
    ("ID", "id"),
    ("CONNECTIONS", "connection_count"),
    ("CREATED", "created_at"),
    ("METADATA", "metadata"),
];
const EVENTS: Columns = &[
    ("TIME", "timestamp"),
    ("NAME", "name"),
    ("CUSTOMER", "customer_id"),
    ("ID", "id"),
];

type Done = Result<ExitCode, Failure>;

pub(crate) fn connections(global: &Global, command: Connections, output: &Output) -> Done {
    match command {
        Connections::Create(args) => {
            let data = ConnectorData::new(args.connector, json("settings", &args.settings)?);
            let mut params = CreateConnection::new(args.config, args.customer, data);
            if let Some(metadata) = &args.metadata {
                params = params.metadata(json("metadata", metadata)?);
            }
            if args.check {
                params = params.check_connection(true);
            }
            if let Some(key) = args.idempotency_key {
                params = params.idempotency_key(key);
            }
            let account = Account::open(global)?;
            output.one(&account.client.create_connection(&params)?)?;
        }
        Connections::Get { id } => {
            let mut params = GetConnection::new(id);
            if global.show_secrets {
                params = params
                    .include_secrets(true)
                    .refresh_policy(RefreshPolicy::None);
            }
            let account = Account::open(global)?;
            output.one(&account.client.get_connection(params)?)?;
        }
        Connections::List(args) => {
            let account = Account::open(global)?;
            let params = list_connections(global, &args);
            let rows = account.client.iter(params);
            output.rows(CONNECTIONS, rows.take(limit(&args.list)))?;
        }
        Connections::Delete { ids } => {
            let account = Account::open(global)?;
            for id in ids {
                output.one(&account.client.delete_connection(id)?)?;
            }
        }
        Connections::Check { id } => {
            let check = Account::open(global)?.client.check_connection(id)?;
            output.one(&check)?;
            if check.status != Some(ConnectionStatus::Healthy) {
                return Ok(ExitCode::from(exit::ROWS));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn list_connections(global: &Global, args: &ListConnectionsArgs) -> ListConnections {
    let mut params = ListConnections::new();
    if let Some(customer) = &args.customer {
        params = params.customer_id(customer);
    }
    if let Some(config) = &args.config {
        params = params.connector_config_id(config);
    }
    for connector in &args.connector {
        params = params.connector_name(connector);
    }
    if global.show_secrets {
        params = params.include_secrets(true);
    }
    params
}

pub(crate) fn limit(args: &ListArgs) -> usize {
    args.limit.unwrap_or(usize::MAX)
}

pub(crate) fn configs(global: &Global, command: Configs, output: &Output) -> Done {
    match command {
        Configs::List(args) => {
            let account = Account::open(global)?;
            let rows = account.client.iter(ListConnectorConfigs::new());
            output.rows(CONFIGS, rows.take(limit(&args)))?;
        }
        Configs::Get { id } => {
            output.one(&Account::open(global)?.client.get_connector_config(id)?)?;
        }
        Configs::Create {
            connector,
            display_name,
            config,
        } => {
            let mut params = CreateConnectorConfig::new(connector);
            if let Some(name) = display_name {
                params = params.display_name(name);
            }
            if let Some(config) = &config {
                params = params.config(json("config", config)?);
            }
            let account = Account::open(global)?;
            output.one(&account.client.create_connector_config(&params)?)?;
        }
        Configs::Delete { id } => {
            output.one(&Account::open(global)?.client.delete_connector_config(id)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn connectors(global: &Global, args: &ListArgs, output: &Output) -> Done {
    let account = Account::open(global)?;
    let rows = account.client.iter(ListConnectors::new());
    output.rows(CONNECTORS, rows.take(limit(args)))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn customers(global: &Global, command: Customers, output: &Output) -> Done {
    match command {
        Customers::List(args) => {
            let account = Account::open(global)?;
            let rows = account.client.iter(ListCustomers::new());
            output.rows(CUSTOMERS, rows.take(limit(&args)))?;
        }
        Customers::Upsert { id, metadata } => {
            let mut params = UpsertCustomer::new(id);
            if let Some(metadata) = &metadata {
                params = params.metadata(json("metadata", metadata)?);
            }
            output.one(&Account::open(global)?.client.upsert_customer(&params)?)?;
        }
        Customers::Token { id, valid_for } => {
            if !global.show_secrets {
                let why = "a token is a secret; add --show-secrets to have it printed";
                return Err(Failure::Usage(why.to_owned()));
            }
            let mut params = CreateCustomerToken::new(id);
            if let Some(seconds) = valid_for {
                params = params.validity_in_seconds(seconds);
            }
            output.one(
                &Account::open(global)?
                    .client
                    .create_customer_token(params)?,
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn events(global: &Global, args: &EventsArgs, output: &Output) -> Done {
    let mut params = ListEvents::new();
    if let Some(since) = &args.since {
        params = params.since(since.as_str());
    }
    let account = Account::open(global)?;
    let rows = account.client.iter(params);
    output.rows(EVENTS, rows.take(limit(&args.list)))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn viewer(global: &Global, output: &Output) -> Done {
    output.one(&Account::open(global)?.client.viewer()?)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn health(global: &Global, output: &Output) -> Done {
    let health = Account::open(global)?.client.health()?;
    output.one(&health)?;
    match health.ok {
        true => Ok(ExitCode::SUCCESS),
        false => Ok(ExitCode::from(exit::FAILED)),
    }
}

/// JSON of an argument: the text itself, that of a file, or that of standard input.
fn json(field: &str, argument: &str) -> Result<Json, Failure> {
    let text = match argument.strip_prefix('@') {
        _ if argument == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        }
        Some(path) => std::fs::read_to_string(path).map_err(Failure::file(path))?,
        None => argument.to_owned(),
    };
    Json::parse(text.trim())
        .ok()
        .filter(Json::is_object)
        .ok_or_else(|| Failure::Usage(format!("--{field}: expected a JSON object")))
}
