//! `limit`, `offset` and the envelope of a page.

use crate::call::Call;
use crate::error::Failure;
use crate::js;
use crate::json::{Json, object};
use crate::schema::{Path, bad_type_named, out_of_bound};

const DEFAULT_LIMIT: f64 = 50.0;
const MAX_LIMIT: u64 = 3_000;

/// Whole numbers, as JavaScript has them.
#[derive(Debug)]
pub(crate) struct Paging {
    limit: f64,
    offset: f64,
}

impl Paging {
    pub(crate) fn read(call: &Call, issues: &mut Vec<Json>) -> Paging {
        let mut number = |name: &str, default, most| {
            let Some(value) = call.number(name) else {
                return default;
            };
            check(value, &Path::root().key(name), most, issues);
            value
        };
        Paging {
            limit: number("limit", DEFAULT_LIMIT, Some(MAX_LIMIT)),
            offset: number("offset", 0.0, None),
        }
    }

    /// The page of a list that was asked for without saying which.
    pub(crate) fn first() -> Paging {
        Paging {
            limit: DEFAULT_LIMIT,
            offset: 0.0,
        }
    }

    /// Fails as the database does if the offset is no `bigint`.
    pub(crate) fn accept(&self) -> Result<(), Failure> {
        let text = js::text(self.offset);
        if text.contains('e') {
            let message = format!("invalid input syntax for type bigint: \"{text}\"");
            return Err(Failure::database(message));
        }
        match text.parse::<i64>() {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::database(format!(
                "value \"{text}\" is out of range for type bigint"
            ))),
        }
    }

    /// The part of a whole list that is on this page.
    pub(crate) fn cut<T>(&self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        // The casts saturate, and no list is that long.
        all.into_iter()
            .skip(self.offset as usize)
            .take(self.limit as usize)
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
                (self.offset + self.limit >= total as f64).into(),
            ),
        ])
    }
}

/// Checks a number as zod does: everything that is wrong with it is told.
fn check(value: f64, path: &Path, most: Option<u64>, issues: &mut Vec<Json>) {
    if value.is_nan() {
        issues.push(bad_type_named("number", "nan", path));
        return;
    }
    // `fract` of an infinity is not a number.
    if value.fract() != 0.0 {
        issues.push(bad_type_named("integer", "float", path));
    }
    if value < 0.0 {
        issues.push(out_of_bound("too_small", "minimum", "greater", 0, path));
    }
    if let Some(most) = most.filter(|most| value > *most as f64) {
        issues.push(out_of_bound("too_big", "maximum", "less", most, path));
    }
}
