//! Decides which page of a list to ask for next, and when every row has been seen. It makes no request.
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

/// The most passes one after the other that show no new row while some are missing. A pass over a
/// list without order shows a missing row with a chance of about two in three.
const MAX_IDLE_PASSES: u32 = 3;
const MAX_IDLE_PASSES_UNORDERED: u32 = 12;

/// The most steps back one after the other that show no new row. A server whose `total` is wrong, or
/// goes up and down, would have the reading step back for ever.
const MAX_STEPS_BACK: u32 = 20;

/// The most requests of a pass for each page that the list had when the reading began: one forth and
/// one back for each step back, and as many again for rows that were created since.
const MAX_REQUESTS_A_PAGE: u64 = 2 * (MAX_STEPS_BACK as u64 + 1);

/// The parts of a row that tell where it stands.
pub(crate) struct Row<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) changed_at: Option<&'a Timestamp>,
}

#[derive(Debug)]
pub(crate) struct Reading {
    order: ListOrder,
    start: u64,
    page_size: u32,
    /// True if only the front is wanted, so that `total` says nothing.
    is_front: bool,
    /// Every row that came.
    seen: Seen,
    /// The number of rows in all, by the last page that had any.
    total: Option<u64>,
    /// The same by the first page.
    first_total: Option<u64>,
    pass: Pass,
    passes: u32,
    idle_passes: u32,
    stretch: Stretch,
    gives_up: bool,
    ended: bool,
}

/// One way from the first page to the last, or to where the rows are known.
#[derive(Debug)]
struct Pass {
    offset: u64,
    requests: u32,
    /// The number of steps back since a new row came.
    steps_back: u32,
    has_new: bool,
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
            is_front: false,
            seen: Seen::default(),
            total: None,
            first_total: None,
            pass: Pass::new(start, None),
            passes: 1,
            idle_passes: 0,
            stretch: Stretch::default(),
            gives_up: false,
            ended: false,
        }
    }

    /// Reads only the front of the list: what changed at `until` or later.
    pub(crate) fn until(mut self, until: Option<Instant>) -> Self {
        self.is_front = until.is_some();
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
            return Err(Error::invalid_input(
                "limit",
                "at least 1, so that there is a next page",
            ));
        }
        if self.gives_up {
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
        let is_sorted = self.order == ListOrder::NewestFirst;
        let newest = changed_at(rows.first()).filter(|_| is_sorted);
        let oldest = changed_at(rows.last()).filter(|_| is_sorted);
        let begins_at = self.pass.offset;
        // An empty page counts 0 rows wherever it stands, and connectors count the page.
        let counts = received > 0 && self.order != ListOrder::Fixed;
        let total = total.filter(|total| counts && *total >= begins_at.saturating_add(received));

        self.pass.requests += 1;
        if self.pass.requests == 1 {
            self.pass.newest = newest;
        }
        self.follow(&rows, total, &row);
        rows.retain(|found| self.seen.insert(row(found).id));
        if !rows.is_empty() {
            self.pass.has_new = true;
            self.pass.steps_back = 0;
        }
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
            self.first_total = self.first_total.or(total);
        } else if received == 0 && begins_at == self.start && self.total.is_some() {
            self.total = Some(self.start);
        }

        let falls_behind = self.falls_behind(received);
        if falls_behind {
            self.pass.is_complete = false;
            // What stands behind was not read, so the front alone will not do.
            self.pass.newest = None;
            // The first pass may have small pages; there are no larger ones after it.
            self.gives_up = self.passes > 1;
        }
        let may_step_back = begins_at > self.start && self.pass.steps_back < MAX_STEPS_BACK;
        if is_sorted && shrank_by > 0 && may_step_back && !falls_behind {
            self.pass.steps_back += 1;
            self.pass.offset = begins_at.saturating_sub(shrank_by).max(self.start);
            return rows;
        }
        self.pass.offset = begins_at.saturating_add(received);
        let is_last = received == 0
            || match self.total {
                Some(total) => self.pass.offset >= total,
                // The server may have made pages smaller than was asked, and not say so.
                None => limit.is_some_and(|limit| received < limit.min(self.page_size.into())),
            };
        let is_known = match (self.pass.until, oldest) {
            (Some(until), Some(oldest)) => oldest < until,
            _ => false,
        };
        // Without a total, a list that shows the same rows again has no end to wait for.
        let goes_in_circles = self.total.is_none() && rows.is_empty();
        if is_last || is_known || goes_in_circles || falls_behind {
            self.end_pass(goes_in_circles && !is_last);
        } else if self.is_whole_by_stretch() {
            self.ended = true;
        }
        rows
    }

    /// Returns true once a pass has taken more requests than the list of the beginning can explain:
    /// rows come as fast as they are read, and the pass would have no end.
    fn falls_behind(&self, received: u64) -> bool {
        self.first_total.is_some_and(|total| {
            let pages = (total / received.max(1)).saturating_add(1);
            u64::from(self.pass.requests) > pages.saturating_mul(MAX_REQUESTS_A_PAGE)
        })
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
                self.passes == 1 && self.pass.is_complete && self.has_seen(self.first_total)
            }
            // An offset into a list without order says nothing.
            ListOrder::Unordered => self.start > 0 && all_came,
        };
        if is_complete || self.is_whole_by_stretch() {
            self.ended = true;
            return;
        }
        self.idle_passes = if self.pass.has_new || all_came {
            0
        } else {
            self.idle_passes + 1
        };
        let max_idle_passes = match self.order {
            ListOrder::Unordered => MAX_IDLE_PASSES_UNORDERED,
            _ => MAX_IDLE_PASSES,
        };
        self.passes += 1;
        self.gives_up |=
            goes_in_circles || self.passes > MAX_PASSES || self.idle_passes >= max_idle_passes;
        // What a pass missed has changed since it began. If rows are missing all the same, reading
        // all of them is what is left.
        let front = self.pass.newest;
        let front = front.filter(|_| all_came || self.pass.until.is_none());
        self.page_size = MAX_LIMIT;
        self.pass = Pass::new(self.start, front);
    }

    fn has_seen(&self, total: Option<u64>) -> bool {
        self.is_front
            || total.is_none_or(|total| self.seen.len() >= total.saturating_sub(self.start))
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
            steps_back: 0,
            has_new: false,
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// A server's list that changes between two requests.
    struct Server {
        order: ListOrder,
        /// Id and time of change; newest first.
        rows: Vec<(u32, i64)>,
        next: u32,
        time: i64,
        /// Ids that have been there all the time.
        constant: BTreeSet<u32>,
        dice: fastrand::Rng,
    }

    impl Server {
        fn new(order: ListOrder, rows: u32, seed: u64) -> Self {
            let rows_of = |id| (id, i64::from(id));
            Self {
                order,
                rows: (0..rows).rev().map(rows_of).collect(),
                next: rows,
                time: rows.into(),
                constant: (0..rows).collect(),
                dice: fastrand::Rng::with_seed(seed),
            }
        }

        fn change(&mut self) {
            self.time += 1;
            match self.dice.u8(0..3) {
                0 => {
                    self.rows.insert(0, (self.next, self.time));
                    self.next += 1;
                }
                1 if !self.rows.is_empty() => {
                    let at = self.dice.usize(0..self.rows.len());
                    let (id, _) = self.rows.remove(at);
                    self.rows.insert(0, (id, self.time));
                }
                2 if !self.rows.is_empty() => {
                    let at = self.dice.usize(0..self.rows.len());
                    let (id, _) = self.rows.remove(at);
                    self.constant.remove(&id);
                }
                _ => {}
            }
        }

        fn page(&mut self, limit: u32, offset: u64) -> (Vec<(String, Timestamp)>, u64) {
            if self.order == ListOrder::Unordered {
                self.dice.shuffle(&mut self.rows);
            }
            let offset = usize::try_from(offset).unwrap();
            let page = self.rows.iter().skip(offset).take(limit as usize);
            let page: Vec<_> = page
                .map(|(id, time)| {
                    let time = Instant::from_microsecond(*time).unwrap();
                    (id.to_string(), Timestamp::new(time.to_string()))
                })
                .collect();
            let total = if page.is_empty() {
                0
            } else {
                self.rows.len() as u64
            };
            (page, total)
        }
    }

    /// The ids that came, in their order, and the number of requests, or the error.
    fn read(
        server: &mut Server,
        mut reading: Reading,
        max_limit: u32,
        changes: u32,
    ) -> (Vec<u32>, u32, Option<Error>) {
        let (mut came, mut requests) = (Vec::new(), 0);
        loop {
            let (limit, offset) = match reading.next_request() {
                Ok(Some(next)) => next,
                Ok(None) => return (came, requests, None),
                Err(error) => return (came, requests, Some(error)),
            };
            requests += 1;
            assert!(requests < 100_000, "the reading has no end");
            // Small pages stand for large lists.
            let limit = limit.min(max_limit);
            let (page, total) = server.page(limit, offset);
            let rows = reading.take(page, Some(total), Some(limit.into()), |(id, time)| Row {
                id: Some(id),
                changed_at: Some(time),
            });
            came.extend(rows.iter().map(|(id, _)| id.parse::<u32>().unwrap()));
            for _ in 0..changes {
                server.change();
            }
        }
    }

    fn check(order: ListOrder, rows: u32, page: u32, max: u32, changes: u32, seed: u64) -> bool {
        let mut server = Server::new(order, rows, seed);
        let reading = Reading::new(order, Some(page), 0);
        let (came, _, error) = read(&mut server, reading, max, changes);
        let distinct: BTreeSet<_> = came.iter().copied().collect();
        assert_eq!(distinct.len(), came.len(), "a row came twice");
        if error.is_none() {
            let missing: Vec<_> = server.constant.difference(&distinct).collect();
            assert!(
                missing.is_empty(),
                "{missing:?} did not come, and nothing was said"
            );
        }
        error.is_none()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn no_row_is_missed_in_silence(
            is_ordered in any::<bool>(),
            rows in 0..200u32,
            page in 1..40u32,
            max in 1..60u32,
            changes in 0..4u32,
            seed in any::<u64>(),
        ) {
            let order = if is_ordered { ListOrder::NewestFirst } else { ListOrder::Unordered };
            check(order, rows, page, max.max(page), changes, seed);
        }
    }

    #[test]
    fn lists_that_change_moderately_are_read_whole() {
        for seed in 0..20 {
            assert!(
                check(ListOrder::NewestFirst, 1_000, 50, 3_000, 3, seed),
                "{seed}"
            );
            assert!(
                check(ListOrder::NewestFirst, 10_000, 500, 3_000, 20, seed),
                "{seed}"
            );
        }
        for seed in 0..3 {
            assert!(
                check(ListOrder::Unordered, 3_500, 7, 3_000, 0, seed),
                "{seed}"
            );
            assert!(
                check(ListOrder::Unordered, 2_900, 7, 3_000, 5, seed),
                "{seed}"
            );
        }
    }

    #[test]
    fn a_quiet_list_takes_no_request_more_than_its_pages() {
        for (rows, page, expected) in [
            (0, 10, 1),
            (5, 10, 1),
            (10, 10, 1),
            (11, 10, 2),
            (95, 10, 10),
        ] {
            let mut server = Server::new(ListOrder::NewestFirst, rows, 1);
            let reading = Reading::new(ListOrder::NewestFirst, Some(page), 0);
            let (came, requests, error) = read(&mut server, reading, 3_000, 0);
            assert!(error.is_none());
            assert_eq!((came.len() as u32, requests), (rows, expected));
        }
    }

    /// Reads a quiet list of which the server says a wrong total.
    fn read_with_total(rows: u32, page: u32, total: impl Fn(u32) -> Option<u64>) -> (u32, bool) {
        let mut server = Server::new(ListOrder::NewestFirst, rows, 1);
        let mut reading = Reading::new(ListOrder::NewestFirst, Some(page), 0);
        let (mut came, mut requests) = (0, 0);
        loop {
            match reading.next_request() {
                Ok(Some((limit, offset))) => {
                    let (rows, _) = server.page(limit.min(page), offset);
                    let row = |(id, time): &(String, Timestamp)| (id.clone(), time.clone());
                    let rows = rows.iter().map(row).collect();
                    let rows = reading.take(rows, total(requests), None, |(id, time)| Row {
                        id: Some(id),
                        changed_at: Some(time),
                    });
                    came += rows.len() as u32;
                }
                Ok(None) => return (came, true),
                Err(_) => return (came, false),
            }
            requests += 1;
            assert!(requests < 10_000, "the reading has no end");
        }
    }

    #[test]
    fn a_wrong_total_does_not_keep_the_reading_going() {
        assert_eq!(read_with_total(35, 10, |_| Some(99)), (35, false));
        assert_eq!(read_with_total(35, 10, |_| Some(u64::MAX)), (35, false));
        let (came, _) = read_with_total(35, 1, |request| Some(35 + u64::from(request % 2)));
        assert_eq!(came, 35);
        let (came, _) = read_with_total(35, 10, |request| Some(35 + u64::from(request % 2) * 10));
        assert_eq!(came, 35);
    }

    #[test]
    fn small_pages_without_total_and_limit_are_read_to_the_end() {
        let mut reading = Reading::new(ListOrder::Fixed, Some(10), 0);
        let mut offsets = Vec::new();
        while let Some((_, offset)) = reading.next_request().unwrap() {
            offsets.push(offset);
            let ids: Vec<_> = (offset..9.min(offset + 4))
                .map(|id| id.to_string())
                .collect();
            reading.take(ids, None, None, |id| Row {
                id: Some(id),
                changed_at: None,
            });
        }
        assert_eq!(offsets, [0, 4, 8, 9]);
    }

    #[test]
    fn an_offset_at_the_end_of_numbers_does_not_overflow() {
        let mut reading = Reading::new(ListOrder::NewestFirst, None, u64::MAX - 1);
        for id in ["a", "b", "c"] {
            reading.next_request().unwrap();
            reading.take(vec![id; 3], Some(9), Some(500), |id| Row {
                id: Some(id),
                changed_at: None,
            });
        }
    }

    #[test]
    fn the_front_alone_is_read_until_known_rows() {
        let mut server = Server::new(ListOrder::NewestFirst, 1_000, 1);
        let until = Some(Instant::from_microsecond(990).unwrap());
        let reading = Reading::new(ListOrder::NewestFirst, Some(50), 0).until(until);
        let (came, requests, error) = read(&mut server, reading, 3_000, 0);
        assert!(error.is_none());
        assert_eq!((came.len(), requests), (50, 1));
    }
}
