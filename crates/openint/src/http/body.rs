//! The JSON body of a request.

use std::ops::Range;

use serde::Serialize;

use crate::check;
use crate::error::Result;
use crate::json::Json;

/// Memory of an ordinary body, which is then written without growing.
const USUAL_BYTES: usize = 512;

#[derive(Clone)]
pub(super) enum Body {
    Whole(Json),
    Fields(Fields),
}

impl Body {
    /// Returns the text, whose strings the API can store.
    pub(super) fn text(&self) -> Result<&str> {
        match self {
            Self::Whole(json) => {
                check::strings("body", json.as_str())?;
                Ok(json.as_str())
            }
            Self::Fields(fields) => fields.text(),
        }
    }
}

/// An object that is written field by field.
#[derive(Clone, Default)]
pub(super) struct Fields {
    text: Vec<u8>,
    /// The place of each field's value.
    values: Vec<(&'static str, Range<usize>)>,
}

impl Fields {
    pub(super) fn push<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let text = &mut self.text;
        match text.pop() {
            Some(_) => text.push(b','),
            None => {
                text.reserve(USUAL_BYTES);
                text.push(b'{');
            }
        }
        text.push(b'"');
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b"\":");
        let start = text.len();
        serde_json::to_writer(&mut *text, value).expect("parameters have a JSON form");
        self.values.push((name, start..text.len()));
        text.push(b'}');
    }

    fn text(&self) -> Result<&str> {
        let text = std::str::from_utf8(&self.text).expect("serde_json writes UTF-8");
        // Most bodies have nothing escaped, which one look tells.
        if text.contains('\\') {
            for (name, value) in &self.values {
                check::strings(name, &text[value.clone()])?;
            }
        }
        Ok(text)
    }
}
