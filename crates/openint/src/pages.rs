//! All pages of a list as JSON, of whatever kind its rows are.

use std::fmt;

use serde::Deserialize;

use crate::client::Openint;
use crate::error::{Error, ErrorKind, Result};
use crate::json::{self, Json};
use crate::options::RequestOptions;
use crate::page::Walk;
use crate::params::{LIMIT, PAGE_SIZE, Route, Value};
use crate::shape::Shape;

/// The pages of a list, of whatever kind its rows are; made by [`Openint::pages`].
pub struct Pages {
    client: Openint,
    route: &'static Route,
    params: Json,
    shape: &'static Shape,
    /// The field that tells a row from the others.
    id: &'static str,
    walk: Walk,
}

impl Pages {
    pub(crate) fn new(
        client: &Openint,
        route: &'static Route,
        params: Json,
        shape: &'static Shape,
        id: &'static str,
    ) -> Result<Self> {
        let values = route.read_for_pages(&params)?;
        let limit = values.whole(LIMIT);
        let limit = limit.map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
        let walk = Walk::new(limit, values.whole("offset").unwrap_or(0));
        Ok(Self {
            client: client.clone(),
            route,
            params,
            shape,
            id,
            walk,
        })
    }

    /// Asks for the next page, with `options` over those of the client: a JSON array of its rows
    /// without those that came before, or `None` at the end. After an error the list has ended.
    ///
    /// # Errors
    /// As the list's own method.
    pub fn next(&mut self, options: RequestOptions) -> Result<Option<Json>> {
        let rows = self.rows(options)?;
        rows.map(|rows| Json::from_serialize(&rows)).transpose()
    }

    pub(crate) fn rows(&mut self, options: RequestOptions) -> Result<Option<Vec<Json>>> {
        self.turn(options).map_err(named)
    }

    fn turn(&mut self, options: RequestOptions) -> Result<Option<Vec<Json>>> {
        #[derive(Deserialize)]
        struct RawPage {
            items: Vec<Json>,
            limit: Option<u64>,
        }
        let Some((limit, offset)) = self.walk.next()? else {
            return Ok(None);
        };
        let mut values = self.route.read_for_pages(&self.params)?;
        values.set(LIMIT, Value::Whole(limit.into()));
        values.set("offset", Value::Whole(offset));
        let request = self.route.request(&values)?;
        let client = self.client.with_options(options);
        let response = client.pass_on(&request, self.shape)?;
        let page: RawPage =
            json::decode(response.body()).map_err(|(path, reason)| Error::decode(path, reason))?;
        let rows = page.items.into_iter().map(|row| {
            let id: Option<String> = row.get(self.id).and_then(|id| id.to().ok());
            (id, row)
        });
        let rows = self
            .walk
            .take(rows.collect(), page.limit, |(id, _)| id.as_deref());
        Ok(rows.map(|rows| rows.into_iter().map(|(_, row)| row).collect()))
    }
}

/// An error of what each request calls `limit`, by the name that was given.
fn named(error: Error) -> Error {
    match error.kind() {
        ErrorKind::InvalidInput {
            field, expected, ..
        } if field == LIMIT => Error::invalid_input(PAGE_SIZE, expected),
        _ => error,
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
