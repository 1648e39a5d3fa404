//! A web service on axum that holds its customers' connections in OpenInt.
//!
//! The client blocks, so each call runs on a thread that may block, by `spawn_blocking`. It takes
//! `OPENINT_API_KEY`, and `OPENINT_BASE_URL` where that is set, and listens on the port in `PORT`.

#![allow(clippy::print_stdout)] // printing is what it is for

use std::env;
use std::error::Error;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use openint::{CreateCustomerToken, ListConnections, Openint, Secret};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    // One for the whole service: clones share its connections.
    let client = Openint::from_env()?;
    let app = Router::new()
        .route("/customers/{customer}/token", post(create_token))
        .route("/customers/{customer}/connections", get(list_connections))
        .with_state(client);
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

/// Gives the customer's browser what it needs to connect services, for ten minutes.
async fn create_token(
    State(client): State<Openint>,
    Path(customer): Path<String>,
) -> Result<Json<Value>, Failure> {
    let token = call(move || {
        client.create_customer_token(CreateCustomerToken::new(customer).validity_in_seconds(600))
    })
    .await?;
    let page = token.magic_link_url.as_ref().map(Secret::expose);
    Ok(Json(
        json!({ "token": token.token.expose(), "connect_url": page }),
    ))
}

/// Lists a customer's connections. Settings with credentials stay on the server.
async fn list_connections(
    State(client): State<Openint>,
    Path(customer): Path<String>,
) -> Result<Json<Value>, Failure> {
    let rows = call(move || {
        let rows = client.iter(ListConnections::new().customer_id(customer));
        rows.collect::<openint::Result<Vec<_>>>()
    })
    .await?;
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| json!({ "id": row.id, "connector": row.connector_name }))
        .collect();
    Ok(Json(json!(rows)))
}

/// Makes a call on a thread that may block.
async fn call<T: Send + 'static>(
    make: impl FnOnce() -> openint::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let made = spawn_blocking(make).await;
    made.expect("a call does not panic").map_err(Failure)
}

struct Failure(openint::Error);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match self.0.status() {
            Some(404) => StatusCode::NOT_FOUND,
            Some(429) => StatusCode::SERVICE_UNAVAILABLE,
            None if self.0.attempts() == 0 => StatusCode::BAD_REQUEST,
            _ => StatusCode::BAD_GATEWAY,
        };
        // The error holds no secret, and says what to do next.
        (status, Json(json!({ "detail": self.0.to_string() }))).into_response()
    }
}
