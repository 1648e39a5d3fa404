//! Lists: one page, or all of them one after the other.

use std::collections::{HashSet, VecDeque};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::client::{Openint, Operation};
use crate::error::{Error, Result};
use crate::params::Kind;
use crate::shape::{Field, Object, Shape, Shaped};

/// The rows that the API gives at once.
pub(crate) const LIMIT: Kind = Kind::Whole {
    least: 0,
    most: 3_000,
};

/// The rows that are asked for at once when all are wanted.
const PAGE_SIZE: u32 = 500;

/// How many ids back a repeated row is recognised.
const REMEMBERED: usize = 10_000;

/// How many pages in a row may hold nothing new before a list counts as going in a circle.
const STALE_PAGES: u32 = 3;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// How many rows there are in all, as the API counts: 0 when `offset` is beyond the last, and
    /// for connectors the size of this page. It is no measure of the end of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// The most rows that a page holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many rows come before this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

impl<T: Shaped> Shaped for Page<T> {
    const SHAPE: &'static Shape = &Shape::Object(Object {
        #[cfg(test)]
        name: "Page",
        fields: &[
            Field {
                name: "items",
                required: true,
                shape: <Vec<T> as Shaped>::SHAPE,
            },
            Field {
                name: "total",
                required: false,
                shape: u64::SHAPE,
            },
            Field {
                name: "limit",
                required: false,
                shape: u64::SHAPE,
            },
            Field {
                name: "offset",
                required: false,
                shape: u64::SHAPE,
            },
        ],
    });
}

/// An operation that gives a page.
pub trait ListOperation: Operation<Output = Page<Self::Item>> {
    /// A row.
    type Item: DeserializeOwned + Serialize;

    /// What tells a row from the others, if it has it.
    fn id(item: &Self::Item) -> Option<&str>;

    /// The rows that a page may hold, where the caller has a wish.
    fn limit(&self) -> Option<u32>;

    /// The rows to leave out at the beginning.
    fn offset(&self) -> u64;

    /// The same list from another place.
    fn at(&self, limit: u32, offset: u64) -> Self;
}

/// All rows of a list, page after page; see [`Openint::iter`].
#[derive(Debug)]
pub struct Items<O: ListOperation> {
    client: Openint,
    operation: O,
    walk: Walk,
    waiting: std::vec::IntoIter<O::Item>,
}

impl Openint {
    /// All rows of a list, asked for page by page as they are needed.
    ///
    /// Memory holds one page. The operation's `limit` is the page size (500 without one), its
    /// `offset` where to begin. An error is the last thing that comes out; what came before it
    /// stays good.
    ///
    /// The API sorts by the time of the last change, so rows that change during the reading move
    /// to the front and push others onto the next page: a row that comes again is left out, as
    /// far as ten thousand rows back. A row that is deleted during the reading pulls others to the
    /// page before: to delete what a list gives, collect it first.
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
            client: self.clone(),
            walk: Walk::new(operation.limit(), operation.offset()),
            operation,
            waiting: Vec::new().into_iter(),
        }
    }
}

impl<O: ListOperation> Items<O> {
    fn turn(&mut self) -> Result<Option<Vec<O::Item>>> {
        let Some((limit, offset)) = self.walk.next()? else {
            return Ok(None);
        };
        let page = self.client.send(&self.operation.at(limit, offset))?.value;
        Ok(self.walk.take(page.items, page.limit, O::id))
    }
}

impl<O: ListOperation> Iterator for Items<O> {
    type Item = Result<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.waiting.next() {
                return Some(Ok(row));
            }
            match self.turn() {
                Ok(Some(rows)) => self.waiting = rows.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<O: ListOperation> std::iter::FusedIterator for Items<O> {}

/// Where in a list the reading is, and when it has ended.
#[derive(Debug)]
pub(crate) struct Walk {
    page_size: u32,
    offset: u64,
    seen: Seen,
    stale_pages: u32,
    ended: bool,
}

impl Walk {
    pub(crate) fn new(page_size: Option<u32>, offset: u64) -> Self {
        Self {
            page_size: page_size.unwrap_or(PAGE_SIZE),
            offset,
            seen: Seen::default(),
            stale_pages: 0,
            ended: false,
        }
    }

    /// The size and the offset of the next page to ask for; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<(u32, u64)>> {
        if self.ended {
            return Ok(None);
        }
        // Set first, so that an error is the end as well.
        self.ended = true;
        if self.page_size == 0 {
            return Err(Error::invalid_input("limit", "at least 1, to read on"));
        }
        if self.stale_pages == STALE_PAGES {
            let reason = format!("{STALE_PAGES} pages in a row without a new row");
            return Err(Error::decode("items", reason));
        }
        Ok(Some((self.page_size, self.offset)))
    }

    /// Takes a page in, and gives its rows without those that came before; `None` at the end.
    pub(crate) fn take<R>(
        &mut self,
        mut rows: Vec<R>,
        limit: Option<u64>,
        id: impl Fn(&R) -> Option<&str>,
    ) -> Option<Vec<R>> {
        let received = rows.len() as u64;
        self.offset += received;
        // `has_next_page` says the opposite and `total` is not to be trusted: a page that is not
        // full is the last. The server may have made pages smaller than was asked.
        let full = u64::from(self.page_size).min(limit.unwrap_or(u64::MAX));
        self.ended = received == 0 || received < full;
        if received == 0 {
            return None;
        }
        rows.retain(|row| id(row).is_none_or(|id| self.seen.is_new(id)));
        self.stale_pages = match rows.is_empty() {
            true => self.stale_pages + 1,
            false => 0,
        };
        Some(rows)
    }
}

/// The ids of the last rows.
#[derive(Debug, Default)]
struct Seen {
    ids: HashSet<String>,
    order: VecDeque<String>,
}

impl Seen {
    fn is_new(&mut self, id: &str) -> bool {
        if !self.ids.insert(id.to_owned()) {
            return false;
        }
        self.order.push_back(id.to_owned());
        if self.order.len() > REMEMBERED {
            if let Some(oldest) = self.order.pop_front() {
                self.ids.remove(&oldest);
            }
        }
        true
    }
}

/// Gives the parameters of a list what all lists have: `limit`, `offset`, and reading on.
macro_rules! list_operation {
    ($name:ident, $item:ty, |$row:ident| $id:expr) => {
        impl $name {
            /// No filter.
            pub fn new() -> Self {
                Self::default()
            }

            /// The most rows of a page, at most 3,000; 50 where the API decides.
            pub fn limit(mut self, limit: u32) -> Self {
                self.limit = Some(limit);
                self
            }

            /// The rows to leave out at the beginning.
            pub fn offset(mut self, offset: u64) -> Self {
                self.offset = offset;
                self
            }
        }

        impl $crate::page::ListOperation for $name {
            type Item = $item;

            fn id($row: &$item) -> Option<&str> {
                $id
            }

            fn limit(&self) -> Option<u32> {
                self.limit
            }

            fn offset(&self) -> u64 {
                self.offset
            }

            fn at(&self, limit: u32, offset: u64) -> Self {
                self.clone().limit(limit).offset(offset)
            }
        }
    };
}
pub(crate) use list_operation;
