//! Compares two answers, apart from values that differ with time and rows.

use std::collections::BTreeSet;

use serde_json::Value;

use super::transcript::Answer;

/// Lists in words where the answer differs from the recorded one.
pub(super) fn differences(recorded: &Answer, answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    if answer.status != recorded.status {
        found.push(format!(
            "status {}, recorded {}",
            answer.status, recorded.status
        ));
    }
    if let Some(recorded) = &recorded.content_type {
        let (recorded, kind) = (essence(recorded), answer.content_type.as_deref());
        let kind = essence(kind.unwrap_or("none"));
        if kind != recorded {
            found.push(format!("content type {kind}, recorded {recorded}"));
        }
    }
    if recorded.is_cut() {
        return found;
    }
    match (json(&recorded.body), json(&answer.body)) {
        (Some(want), Some(have)) if recorded.status >= 400 => failures(&want, &have, &mut found),
        (Some(want), Some(have)) => shapes(&want, &have, &mut found),
        (None, None) if recorded.body == answer.body => {}
        _ => found.push(format!(
            "body {:?}",
            answer.body.chars().take(80).collect::<String>()
        )),
    }
    found
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn essence(content_type: &str) -> String {
    let kind = content_type.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

/// An error is the same if it says the same.
fn failures(want: &Value, have: &Value, found: &mut Vec<String>) {
    for key in ["code", "message", "data"] {
        if want.get(key) != have.get(key) {
            let text = |value: &Value| value.get(key).unwrap_or(&Value::Null).to_string();
            found.push(format!("{key} {}, recorded {}", text(have), text(want)));
        }
    }
    for key in ["issues", "output_issues"] {
        let issues = |value: &Value| -> Vec<_> {
            let issues = value.get(key).and_then(Value::as_array);
            issues
                .into_iter()
                .flatten()
                .map(|issue| ["code", "path", "message"].map(|key| issue.get(key).cloned()))
                .collect()
        };
        if issues(want) != issues(have) {
            found.push(format!("{key} {}", have.get(key).unwrap_or(&Value::Null)));
        }
    }
}

/// A success is the same if it has the same keys. In a list the rows may be others than those that
/// were recorded, so that only the keys of the first two are compared, and what is in them is not.
fn shapes(want: &Value, have: &Value, found: &mut Vec<String>) {
    let first = |value: &Value| value.get("items")?.get(0).cloned();
    let (mut wanted, mut had) = (BTreeSet::new(), BTreeSet::new());
    if want.get("items").is_some() {
        own_keys(want, "", &mut wanted);
        own_keys(have, "", &mut had);
        if let (Some(want), Some(have)) = (first(want), first(have)) {
            own_keys(&want, "items.", &mut wanted);
            own_keys(&have, "items.", &mut had);
        }
    } else {
        all_keys(want, "", &mut wanted);
        all_keys(have, "", &mut had);
    }
    let join = |keys: &mut dyn Iterator<Item = &String>| {
        let keys: Vec<_> = keys.map(String::as_str).collect();
        if keys.is_empty() {
            "none".to_owned()
        } else {
            keys.join(" ")
        }
    };
    let missing = join(&mut wanted.difference(&had));
    let extra = join(&mut had.difference(&wanted));
    if wanted != had {
        found.push(format!("keys: missing {missing}, extra {extra}"));
    }
}

fn own_keys(value: &Value, prefix: &str, keys: &mut BTreeSet<String>) {
    let members = value.as_object().into_iter().flatten();
    keys.extend(members.map(|(key, _)| format!("{prefix}{key}")));
}

fn all_keys(value: &Value, prefix: &str, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                keys.insert(format!("{prefix}{key}"));
                let prefix = format!("{prefix}{key}.");
                // What is below is a description for people.
                if key == "schemas" {
                    own_keys(value, &prefix, keys);
                } else {
                    all_keys(value, &prefix, keys);
                }
            }
        }
        Value::Array(items) => {
            if let Some(item) = items.first() {
                all_keys(item, prefix, keys);
            }
        }
        _ => {}
    }
}

/// The ids of rows that were made during a recording, in a text: they end with a ULID.
pub(super) fn made_ids(text: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-');
    text.split(word).filter(|id| is_made(id))
}

fn is_made(id: &str) -> bool {
    let prefixes = ["conn_", "ccfg_", "cus_", "evt_", "key_cus_"];
    let ulid = id.rsplit('_').next().unwrap_or_default();
    prefixes.iter().any(|prefix| id.starts_with(prefix))
        && ulid.len() == 26
        && ulid
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The ids that stand at the same places of the recorded answer and of this one.
pub(super) fn ids(recorded: &Answer, answer: &Answer) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    // In a list other rows may stand at these places.
    if let (Some(Value::Object(recorded)), Some(have)) = (json(&recorded.body), json(&answer.body))
    {
        for (key, value) in &recorded {
            if let (Some(recorded), Some(own)) =
                (value.as_str(), have.get(key).and_then(Value::as_str))
            {
                if is_made(recorded) {
                    pairs.push((recorded.to_owned(), own.to_owned()));
                }
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Answer {
        Answer {
            status: 200,
            content_type: Some("application/json".into()),
            body: body.into(),
        }
    }

    #[test]
    fn rows_and_values_may_be_others() {
        for (recorded, now) in [
            (r#"{"id":"a","n":{"b":1}}"#, r#"{"n":{"b":null},"id":null}"#),
            (
                r#"{"items":[],"total":0}"#,
                r#"{"items":[{"a":1}],"total":1}"#,
            ),
            (
                r#"{"items":[{"a":{"b":1}}],"total":1}"#,
                r#"{"items":[{"a":{"c":1}},{}],"total":2}"#,
            ),
        ] {
            assert_eq!(
                differences(&answer(recorded), &answer(now)),
                [""; 0],
                "{recorded}"
            );
        }
        for (recorded, now) in [
            (r#"{"n":{"b":1}}"#, r#"{"n":{"c":1}}"#),
            (r#"{"items":[{"a":1}]}"#, r#"{"items":[{"b":1}]}"#),
            (r#"{"items":[]}"#, r#"{"items":[],"total":1}"#),
            (r#"{"a":1}"#, "a"),
            ("a", "b"),
        ] {
            assert_eq!(
                differences(&answer(recorded), &answer(now)).len(),
                1,
                "{recorded}"
            );
        }
    }

    #[test]
    fn ids_are_found() {
        let made = "conn_acme-oauth2_01M85N74DPM3614CBQRK9FCHNY";
        let target = format!("/v1/connection/{made}/check?x=ccfg_mine");
        assert_eq!(made_ids(&target).collect::<Vec<_>>(), [made]);
        let recorded = answer(&format!(r#"{{"id":"{made}","customer_id":"c","n":1}}"#));
        let now = answer(r#"{"id":"conn_x_1","customer_id":"d"}"#);
        assert_eq!(
            ids(&recorded, &now),
            [(made.to_owned(), "conn_x_1".to_owned())]
        );
    }
}
