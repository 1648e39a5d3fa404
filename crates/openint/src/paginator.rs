//! Reading a list to its end, page by page or row by row.

use std::fmt;

use crate::client::Openint;
use crate::error::Result;
use crate::options::RequestOptions;
use crate::page::ListOperation;
use crate::reading::{Reading, Row};
use crate::timestamp::Instant;

impl Openint {
    /// Iterates over all rows of a list, which it asks for page by page as they are needed.
    ///
    /// Every row that exists during the whole reading comes exactly once, also when rows are
    /// created, changed and deleted meanwhile; otherwise the last item is an error of the kind
    /// [`Incomplete`](crate::ErrorKind::Incomplete), which says how many of how many rows came. Any error
    /// is the last item; rows before it stay good.
    ///
    /// The operation's `limit` is the page size, 1 to 3,000; without one it is 500. The list of
    /// customers has no order, so it is always read in the largest pages. `offset` is where to
    /// begin. Memory holds one page, and 16 bytes of each row that came: with the room of a hash
    /// table some 36 MB for a million rows, and half as much again while the table grows. Customers
    /// take twice that, because a second reading proves that none is missing.
    ///
    /// To delete what a list gives, collect it first.
    ///
    /// ```
    /// use openint::{ListConnections, Openint};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// for connection in client.iter(ListConnections::new().customer_id("customer_42")) {
    ///     println!("{}", connection?.id);
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn iter<O: ListOperation>(&self, operation: O) -> Items<O> {
        Items {
            pages: self.pages(operation),
            rows: Vec::new().into_iter(),
        }
    }

    /// Reads a list to its end page by page, by the same rules as [`iter`](Self::iter).
    ///
    /// ```
    /// use openint::{ListConnectors, Openint};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let mut pages = client.pages(ListConnectors::new().limit(100));
    /// while let Some(connectors) = pages.next_page()? {
    ///     println!("{} more", connectors.len());
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn pages<O: ListOperation>(&self, operation: O) -> Paginator<O> {
        self.pages_since(operation, None)
    }

    /// Reads the rows of a list that is sorted by change and that changed since then.
    pub(crate) fn pages_since<O: ListOperation>(
        &self,
        operation: O,
        since: Option<Instant>,
    ) -> Paginator<O> {
        Paginator {
            client: self.clone(),
            reading: Reading::new(O::ORDER, operation.limit(), operation.offset()).until(since),
            operation,
        }
    }
}

/// The pages of a list, made by [`Openint::pages`].
pub struct Paginator<O> {
    client: Openint,
    operation: O,
    reading: Reading,
}

impl<O: ListOperation> Paginator<O> {
    /// Asks for more rows: those of the next page that did not come before, or `None` at the end.
    /// After an error the list has ended.
    ///
    /// # Errors
    /// As the list's own method, and [`Incomplete`](crate::ErrorKind::Incomplete).
    pub fn next_page(&mut self) -> Result<Option<Vec<O::Item>>> {
        self.next_page_with(RequestOptions::new())
    }

    /// The same with `options` over those of the client.
    ///
    /// # Errors
    /// As [`next_page`](Self::next_page).
    pub fn next_page_with(&mut self, options: RequestOptions) -> Result<Option<Vec<O::Item>>> {
        let client = self.client.with_options(options);
        while let Some((limit, offset)) = self.reading.next_request()? {
            let page = client
                .send(&self.operation.at(limit, offset))
                .inspect_err(|_| self.reading.end())?
                .value;
            let rows = self
                .reading
                .take(page.items, page.total, page.limit, |item| Row {
                    id: O::id(item),
                    changed_at: O::changed_at(item),
                });
            if !rows.is_empty() {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }
}

impl<O> fmt::Debug for Paginator<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("reading", &self.reading)
            .finish_non_exhaustive()
    }
}

/// All rows of a list, made by [`Openint::iter`].
pub struct Items<O: ListOperation> {
    pages: Paginator<O>,
    rows: std::vec::IntoIter<O::Item>,
}

impl<O: ListOperation> Iterator for Items<O> {
    type Item = Result<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(Ok(row));
            }
            match self.pages.next_page() {
                Ok(Some(rows)) => self.rows = rows.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<O: ListOperation> std::iter::FusedIterator for Items<O> {}

impl<O: ListOperation> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
