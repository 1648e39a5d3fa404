//! Which value of a JSON text a place in it belongs to.

use crate::error::one_line;

/// A container that is open, and where in it we are.
enum Level {
    /// The key of the value, once it was read.
    Object(Option<String>),
    /// The index of the item.
    Array(usize),
}

/// Longer paths help nobody, and come of texts that nest without end: what is beyond is counted
/// and not kept.
const MOST_LEVELS: usize = 32;

/// The path of the value that ends, stands or begins at `column` of `line`, both counted from 1 as
/// a parser reports them: `items[0].id`, and nothing for the whole text.
///
/// The parser says where it stopped. To find the path from there costs one scan by the few lines
/// below, where a parser that keeps the path would have to be compiled for every type a second time.
pub(crate) fn path_at(text: &[u8], line: usize, column: usize) -> String {
    let lines_before = line.saturating_sub(1);
    let mut breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match lines_before.checked_sub(1) {
        Some(nth) => breaks.nth(nth).map_or(text.len(), |(index, _)| index + 1),
        None => 0,
    };
    let end = start.saturating_add(column).min(text.len());
    let (levels, beyond) = levels(&text[..end]);
    print(&levels, beyond > 0)
}

fn levels(text: &[u8]) -> (Vec<Level>, usize) {
    let mut levels = Vec::new();
    let mut beyond = 0_usize;
    let mut rest = text.iter().enumerate();
    while let Some((start, byte)) = rest.next() {
        match byte {
            b'{' | b'[' if levels.len() == MOST_LEVELS => beyond += 1,
            b'{' => levels.push(Level::Object(None)),
            b'[' => levels.push(Level::Array(0)),
            b'}' | b']' if beyond > 0 => beyond -= 1,
            b'}' | b']' => {
                levels.pop();
            }
            b',' if beyond > 0 => {}
            b',' => match levels.last_mut() {
                Some(Level::Object(key)) => *key = None,
                Some(Level::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let mut escaped = false;
                let end = rest.find(|(_, byte)| {
                    let ends = **byte == b'"' && !escaped;
                    escaped = **byte == b'\\' && !escaped;
                    ends
                });
                if let (Some(Level::Object(key @ None)), Some((end, _))) = (levels.last_mut(), end)
                {
                    let text = std::str::from_utf8(&text[start..=end]).ok();
                    *key = text.and_then(|text| serde_json::from_str(text).ok());
                }
            }
            _ => {}
        }
    }
    (levels, beyond)
}

fn print(levels: &[Level], is_cut: bool) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                // A server chooses its keys.
                path.push_str(&one_line(key));
            }
            Level::Object(None) => {}
            Level::Array(index) => path.push_str(&format!("[{index}]")),
        }
    }
    if is_cut {
        path.push('…');
    }
    path
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;

    fn path<T: DeserializeOwned>(text: &str) -> String {
        let error = serde_json::from_str::<T>(text).err().unwrap();
        path_at(text.as_bytes(), error.line(), error.column())
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Row {
        id: String,
        #[serde(default)]
        tags: Vec<String>,
        #[serde(default)]
        limits: BTreeMap<String, u8>,
        next: Option<Box<Row>>,
    }

    #[test]
    fn the_path_is_that_of_the_value_which_does_not_fit() {
        for (text, expected) in [
            (r#"7"#, ""),
            (r#"{"id":7}"#, "id"),
            (r#"{"id":true}"#, "id"),
            (r#"{"id":null}"#, "id"),
            (r#"{"id":["a"]}"#, "id"),
            (r#"{"id":{"a":1}}"#, "id"),
            (r#"{}"#, ""),
            (r#"{"id":"a","tags":"x"}"#, "tags"),
            (r#"{"id":"a","tags":["x",[],"y"]}"#, "tags[1]"),
            (r#"{"id":"a","limits":{"b\"]}":1,"c":300}}"#, "limits.c"),
            (r#"{"id":"a","limits":{"b\"]}":-1}}"#, "limits.b\"]}"),
            (
                r#"{"id":"a","next":{"id":"b","next":{"tags":[]}}}"#,
                "next.next",
            ),
            (
                r#"{"id":"a","next":{"id":"b","next":{"id":1}}}"#,
                "next.next.id",
            ),
            (r#"{"id":"a","size":3}"#, "size"),
            (
                "{\n \"id\": \"a\",\n \"tags\": [\n\"x\",\n  {}]}",
                "tags[1]",
            ),
        ] {
            assert_eq!(path::<Row>(text), expected, "{text}");
        }
        assert_eq!(path::<Vec<Row>>(r#"[{"id":"a"},{"id":2}]"#), "[1].id");
    }

    #[test]
    fn what_is_beyond_the_longest_path_does_not_disturb_it() {
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        let text = format!(r#"{{"a":{deep},"b\u000a":["#);
        assert_eq!(path_at(text.as_bytes(), 1, text.len()), "b [0]");
    }

    #[test]
    fn any_place_in_any_text_has_a_path() {
        let text = br#"{"a":[1,{"b":"\\"}],"c\u00"#;
        for line in 0..3 {
            for column in 0..40 {
                path_at(text, line, column);
            }
        }
        assert_eq!(
            path_at(&b"[".repeat(100_000), 1, 100_000)
                .matches('[')
                .count(),
            MOST_LEVELS
        );
    }
}
