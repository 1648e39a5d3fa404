use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Operation;
use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// One page of a list.
    pub struct Page<T> {
        required {
            /// The rows.
            items: Vec<T>,
        }
        optional {
            /// The number of rows in all, as the API counts: 0 when `offset` is beyond the last, and
            /// for connectors the number of rows on this page.
            total: u64,
            /// The most rows that a page holds.
            limit: u64,
            /// The number of rows before this page.
            offset: u64,
            /// The API says true on the last page and false before it.
            has_next_page: bool,
        }
    }
}

/// An operation that gives one page of a list.
pub trait ListOperation: Operation<Output = Page<Self::Item>> + Clone {
    /// A row.
    type Item: DeserializeOwned + Serialize;

    /// The order in which the API lists the rows.
    const ORDER: ListOrder;

    /// Tells a row from the others.
    fn id(item: &Self::Item) -> Option<&str>;

    /// The time that the list is sorted by, newest first.
    fn changed_at(_item: &Self::Item) -> Option<&Timestamp> {
        None
    }

    /// The most rows of a page, where the caller gave one.
    fn limit(&self) -> Option<u32>;

    /// The number of rows to leave out at the beginning.
    fn offset(&self) -> u64;

    /// The same list from another place.
    fn at(&self, limit: u32, offset: u64) -> Self;
}

/// The order in which the API lists rows, which decides how a list is read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOrder {
    /// The same on every request; rows do not come and go.
    Fixed,
    /// Rows that changed last come first, so a row that changes moves to the front.
    NewestFirst,
    /// No order: it can be another one on every request.
    Unordered,
}

/// Implements [`ListOperation`] for parameters with `limit` and `offset`.
macro_rules! list_operation {
    ($name:ident, $item:ty, $order:ident, |$row:ident| $id:expr $(, by $changed_at:ident)?) => {
        impl $crate::page::ListOperation for $name {
            type Item = $item;

            const ORDER: $crate::page::ListOrder = $crate::page::ListOrder::$order;

            fn id($row: &$item) -> Option<&str> {
                $id
            }

            $(
                fn changed_at(row: &$item) -> Option<&$crate::timestamp::Timestamp> {
                    row.$changed_at.as_ref()
                }
            )?

            fn limit(&self) -> Option<u32> {
                self.limit
            }

            fn offset(&self) -> u64 {
                self.offset.unwrap_or(0)
            }

            fn at(&self, limit: u32, offset: u64) -> Self {
                self.clone().limit(limit).offset(offset)
            }
        }
    };
}
pub(crate) use list_operation;
