//! Where the reading of a list is, and when every row has been seen. Pure: it makes no request.
//!
//! The API pages by offset over rows that move, so a pass from the first page to the last can miss
//! some. What proves that none was missed depends on the order of the list:
//!
//! - **Fixed**: a pass is enough.
//! - **Newest first**: a row that changes moves to the front. Between two pages, the rows that come
//!   again and the growth of `total` are equal exactly when no unread row moved or was deleted, so a
//!   pass in which they always are is complete. Where `total` falls, rows may have slipped back
//!   behind the offset, and the reading steps back as far. After any other pass, what was missed has
//!   changed since the pass began, so it stands in front: the front is read again, down to rows that
//!   are older, and when one request shows all of it, nothing is missing.
//! - **Unordered**: passes of the largest pages, until a stretch of requests has shown as many rows
//!   as `total`, without a new one among them and without `total` changing.
//!
//! Beyond that, fewer rows than `total` are never the end.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use crate::check::MAX_LIMIT;
use crate::error::{Error, Result};
use crate::page::ListOrder;
use crate::timestamp::{Instant, Timestamp};

/// The rows of a page where the caller has no wish.
const PAGE_SIZE: u32 = 500;

/// The most passes over a list, or parts of it, before the reading gives up.
const MAX_PASSES: u32 = 40;

/// What of a row matters here.
pub(crate) struct Row<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) changed_at: Option<&'a Timestamp>,
}

#[derive(Debug)]
pub(crate) struct Reading {
    order: ListOrder,
    start: u64,
    page_size: u32,
    /// Every row that came.
    seen: Seen,
    /// The number of rows in all, by the last page that had any.
    total: Option<u64>,
    pass: Pass,
    passes: u32,
    stretch: Stretch,
    ended: bool,
}

/// One way from the first page to the last, or to where the rows are known.
#[derive(Debug)]
struct Pass {
    offset: u64,
    requests: u32,
    /// The number of rows in all when the pass began.
    total: Option<u64>,
    /// True as long as nothing was missed that stood in the list when the pass began.
    is_complete: bool,
    /// The time of the first row: what changes later stands before it.
    newest: Option<Instant>,
    /// Rows that are older than this need not be read.
    until: Option<Instant>,
}

/// Requests in a row that showed known rows only, while `total` stayed as it was.
#[derive(Debug, Default)]
struct Stretch {
    seen: Seen,
    total: Option<u64>,
}

impl Reading {
    pub(crate) fn new(order: ListOrder, page_size: Option<u32>, start: u64) -> Self {
        let page_size = match (order, page_size) {
            (_, Some(wrong @ (0 | 3_001..))) => wrong,
            (ListOrder::Unordered, _) => MAX_LIMIT,
            (_, page_size) => page_size.unwrap_or(PAGE_SIZE),
        };
        Self {
            order,
            start,
            page_size,
            seen: Seen::default(),
            total: None,
            pass: Pass::new(start, None),
            passes: 1,
            stretch: Stretch::default(),
            ended: false,
        }
    }

    /// Reads only what changed at `until` or later.
    pub(crate) fn until(mut self, until: Option<Instant>) -> Self {
        self.pass.until = until;
        self
    }

    /// Returns the limit and the offset of the next page to ask for; `None` at the end.
    pub(crate) fn next_request(&mut self) -> Result<Option<(u32, u64)>> {
        if self.ended {
            return Ok(None);
        }
        if self.page_size == 0 {
            self.ended = true;
            return Err(Error::invalid_input("limit", "at least 1, to read on"));
        }
        if self.passes > MAX_PASSES {
            self.ended = true;
            let seen = self.seen.len();
            return Err(Error::incomplete(seen, self.expected().unwrap_or(seen)));
        }
        Ok(Some((self.page_size, self.pass.offset)))
    }

    /// Ends the reading, after an error.
    pub(crate) fn end(&mut self) {
        self.ended = true;
    }

    /// Takes a page in, and returns its rows without those that came before.
    pub(crate) fn take<R>(
        &mut self,
        mut rows: Vec<R>,
        total: Option<u64>,
        limit: Option<u64>,
        row: impl Fn(&R) -> Row<'_>,
    ) -> Vec<R> {
        let received = rows.len() as u64;
        let changed_at = |found: Option<&R>| {
            let found = row(found?);
            found.changed_at.and_then(Timestamp::instant)
        };
        let (newest, oldest) = (changed_at(rows.first()), changed_at(rows.last()));
        // An empty page counts 0 rows wherever it stands, and connectors count the page.
        let total = total.filter(|_| received > 0 && self.order != ListOrder::Fixed);

        let begins_at = self.pass.offset;
        self.pass.requests += 1;
        if self.pass.requests == 1 {
            self.pass.newest = newest;
            self.pass.total = total;
        }
        self.follow(&rows, total, &row);
        rows.retain(|found| self.seen.insert(row(found).id));
        let repeated = received - rows.len() as u64;

        let shrank_by = match (self.total, total) {
            (Some(before), Some(now)) => before.saturating_sub(now),
            // All rows from here on have gone.
            (Some(before), None) if received == 0 && begins_at < before => self.page_size.into(),
            _ => 0,
        };
        if self.pass.requests > 1 {
            let grew_by = match (self.total, total) {
                (Some(before), Some(now)) => now.checked_sub(before),
                _ => Some(0),
            };
            self.pass.is_complete &= grew_by == Some(repeated);
        }
        if total.is_some() {
            self.total = total;
        } else if received == 0 && begins_at == self.start && self.total.is_some() {
            self.total = Some(self.start);
        }

        if shrank_by > 0 && begins_at > self.start {
            self.pass.offset = begins_at.saturating_sub(shrank_by).max(self.start);
            return rows;
        }
        self.pass.offset = begins_at + received;
        let is_last = received == 0
            || match total {
                Some(total) => self.pass.offset >= total,
                // The server may have made pages smaller than was asked.
                None => received < u64::from(self.page_size).min(limit.unwrap_or(u64::MAX)),
            };
        let is_known = match (self.pass.until, oldest) {
            (Some(until), Some(oldest)) => oldest < until,
            _ => false,
        };
        // Without a total, a list that shows the same rows again has no end to wait for.
        let goes_in_circles = self.total.is_none() && rows.is_empty();
        if is_last || is_known || goes_in_circles {
            self.end_pass(goes_in_circles && !is_last);
        } else if self.is_whole_by_stretch() {
            self.ended = true;
        }
        rows
    }

    /// Counts a page for the stretch of requests without anything new.
    fn follow<R>(&mut self, rows: &[R], total: Option<u64>, row: impl Fn(&R) -> Row<'_>) {
        if self.order == ListOrder::Fixed
            || (self.order == ListOrder::NewestFirst && self.passes == 1)
        {
            return;
        }
        let has_new = rows.iter().any(|found| !self.seen.contains(row(found).id));
        if has_new || total != self.stretch.total {
            self.stretch.seen.clear();
            self.stretch.total = total;
        }
        let known = rows.iter().map(|found| row(found).id);
        let known = known.filter(|id| self.seen.contains(*id));
        self.stretch.seen.extend(known);
    }

    fn is_whole_by_stretch(&self) -> bool {
        let shown = self.stretch.seen.len();
        shown > 0 && self.start == 0 && self.stretch.total == Some(shown)
    }

    fn end_pass(&mut self, goes_in_circles: bool) {
        let all_came = self.has_seen(self.total);
        let is_complete = match self.order {
            _ if goes_in_circles => false,
            ListOrder::Fixed => true,
            // One request shows a list, or its front, as it is at one moment.
            _ if self.pass.requests == 1 && all_came => true,
            ListOrder::NewestFirst => {
                self.passes == 1 && self.pass.is_complete && self.has_seen(self.pass.total)
            }
            // An offset into a list without order says nothing.
            ListOrder::Unordered => self.start > 0 && all_came,
        };
        if is_complete || self.is_whole_by_stretch() {
            self.ended = true;
            return;
        }
        self.passes = if goes_in_circles {
            MAX_PASSES + 1
        } else {
            self.passes + 1
        };
        // What a pass missed has changed since it began. If rows are missing all the same, reading
        // all of them is what is left.
        let front = self.pass.newest;
        let front = front.filter(|_| all_came || self.pass.until.is_none());
        self.page_size = MAX_LIMIT;
        self.pass = Pass::new(self.start, front);
    }

    fn has_seen(&self, total: Option<u64>) -> bool {
        total.is_none_or(|total| self.seen.len() >= total.saturating_sub(self.start))
    }

    /// The number of rows that there are from the start on.
    fn expected(&self) -> Option<u64> {
        self.total.map(|total| total.saturating_sub(self.start))
    }
}

impl Pass {
    fn new(start: u64, until: Option<Instant>) -> Self {
        Self {
            offset: start,
            requests: 0,
            total: None,
            is_complete: true,
            newest: None,
            until,
        }
    }
}

/// A set of ids. It keeps 128 bits of each, of which two are equal by chance with a probability of
/// 10^-26 among a million.
#[derive(Default)]
struct Seen {
    ids: HashSet<u128>,
    keys: (RandomState, RandomState),
}

impl Seen {
    fn hash(&self, id: Option<&str>) -> u128 {
        let (a, b) = (self.keys.0.hash_one(id), self.keys.1.hash_one(id));
        (u128::from(a) << 64) | u128::from(b)
    }

    /// Adds an id, and returns true if it is new.
    fn insert(&mut self, id: Option<&str>) -> bool {
        self.ids.insert(self.hash(id))
    }

    fn contains(&self, id: Option<&str>) -> bool {
        self.ids.contains(&self.hash(id))
    }

    fn extend<'a>(&mut self, ids: impl Iterator<Item = Option<&'a str>>) {
        for id in ids {
            self.insert(id);
        }
    }

    fn clear(&mut self) {
        self.ids.clear();
    }

    fn len(&self) -> u64 {
        self.ids.len() as u64
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ids", self.ids.len())
    }
}
