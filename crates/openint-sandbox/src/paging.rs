//! `limit`, `offset` and the envelope of a page.

use crate::call::Call;
use crate::json::{Json, object};
use crate::schema::{Path, bad_type_named, out_of_bound};

const DEFAULT_LIMIT: u64 = 50;
const MAX_LIMIT: u64 = 3_000;

#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) limit: u64,
    pub(crate) offset: u64,
}

impl Paging {
    pub(crate) fn read(call: &Call, issues: &mut Vec<Json>) -> Paging {
        let mut number = |name: &str, default, most| {
            let Some(text) = call.param(name) else {
                return default;
            };
            number(text, &Path::root().key(name), most, issues).unwrap_or(default)
        };
        Paging {
            limit: number("limit", DEFAULT_LIMIT, Some(MAX_LIMIT)),
            offset: number("offset", 0, None),
        }
    }

    /// The page of a list that was asked for without saying which.
    pub(crate) fn first() -> Paging {
        Paging {
            limit: DEFAULT_LIMIT,
            offset: 0,
        }
    }

    /// The part of a whole list that is on this page.
    pub(crate) fn cut<T>(&self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        all.into_iter()
            .skip(size(self.offset))
            .take(size(self.limit))
            .collect()
    }

    /// The page as the server sends it, `has_next_page` the wrong way round and `total` counted
    /// on the page's rows, so that an empty page has none.
    pub(crate) fn wrap(&self, items: Vec<Json>, total: u64) -> Json {
        let total = if items.is_empty() { 0 } else { total };
        object([
            ("items", items.into()),
            ("total", total.into()),
            ("limit", self.limit.into()),
            ("offset", self.offset.into()),
            (
                "has_next_page",
                (self.offset.saturating_add(self.limit) >= total).into(),
            ),
        ])
    }
}

/// A query's text as JavaScript's `Number` reads it, then as zod checks it.
fn number(text: &str, path: &Path, most: Option<u64>, issues: &mut Vec<Json>) -> Option<u64> {
    let text = text.trim();
    let value = if text.is_empty() {
        0.0
    } else {
        text.parse().unwrap_or(f64::NAN)
    };
    let before = issues.len();
    if !value.is_finite() {
        issues.push(bad_type_named("number", "nan", path));
    } else if value.fract() != 0.0 {
        issues.push(bad_type_named("integer", "float", path));
    } else if value < 0.0 {
        issues.push(out_of_bound("too_small", "minimum", "greater", 0, path));
    } else if let Some(most) = most.filter(|most| value > *most as f64) {
        issues.push(out_of_bound("too_big", "maximum", "less", most, path));
    }
    (issues.len() == before).then_some(value as u64)
}
