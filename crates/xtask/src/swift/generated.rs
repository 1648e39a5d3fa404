//! Turns uniffi's output into the package's: the models, enums and errors public, the rest private
//! to it, in the spelling of Swift.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

/// Public types beside the models, their pages and the open enums.
const PUBLIC: [&str; 10] = [
    "APIError",
    "Attempt",
    "AttemptEnd",
    "CallOutcome",
    "CallPhase",
    "ConnectOptions",
    "ConnectorData",
    "HTTPMethod",
    "Issue",
    "OpenintError",
];

/// Names that are others in Swift. `Failure` stands below `OpenintError` for Kotlin's sake.
const NAMES: [(&str, &str); 3] = [
    ("ApiError", "APIError"),
    ("Failure", "OpenintError"),
    ("HttpMethod", "HTTPMethod"),
];

/// Ends of names that Swift writes in capitals.
const ENDS: [(&str, &str); 3] = [("Id", "ID"), ("Json", "JSON"), ("Url", "URL")];

/// A module's code, made of what uniffi wrote.
pub(super) fn module(code: &str) -> Result<String> {
    let code = names(&documentation(code))?;
    let models = models(&code);
    ensure!(
        !models.is_empty(),
        "uniffi wrote no function that reads a model"
    );
    let mut module = visibility(&code, &public(&code, &models))?;
    for (model, function) in &models {
        module.push_str(&format!(
            "\nextension {model}: APIModel {{\n    \
             /// Reads it from the JSON of the API.\n    ///\n    \
             /// - Throws: ``OpenintError/decode(path:outcome:)`` with the path of the first value that\n    \
             ///   does not fit.\n    \
             public init(json: JSONValue) throws {{\n        \
             self = try {function}(json: json)\n    }}\n}}\n"
        ));
    }
    Ok(module)
}

/// Writes documentation and its sections of errors as Swift does, and leaves out that of parameters,
/// which repeats that of the fields.
fn documentation(code: &str) -> String {
    let mut text = String::new();
    let mut block: Option<Vec<String>> = None;
    for line in code.lines() {
        let words = line.trim();
        let Some(lines) = &mut block else {
            if words == "/**" {
                block = Some(Vec::new());
            } else {
                text.push_str(line.trim_end());
                text.push('\n');
            }
            continue;
        };
        if let Some(parameter) = words.strip_prefix("*/") {
            if parameter.is_empty() {
                text.push_str(&lines.concat());
            } else {
                text.push_str(parameter.trim_end());
                text.push('\n');
            }
            block = None;
            continue;
        }
        let words = words.trim_start_matches('*').trim();
        match lines.last_mut() {
            // The section's first line joins its name.
            Some(last) if last.ends_with("- Throws:\n") => {
                *last = format!("/// - Throws: {words}\n")
            }
            _ if words == "# Errors" => lines.push("/// - Throws:\n".to_owned()),
            _ => lines.push(format!("/// {words}").trim_end().to_owned() + "\n"),
        }
    }
    text
}

/// Resolves aliases, and spells names as Swift does.
fn names(code: &str) -> Result<String> {
    let mut names: Vec<(&str, &str)> = NAMES.to_vec();
    let aliases = |line: &'_ str| -> Option<(String, String)> {
        let (alias, name) = line.strip_prefix("public typealias ")?.split_once(" = ")?;
        Some((alias.to_owned(), name.to_owned()))
    };
    let found: Vec<(String, String)> = code.lines().filter_map(aliases).collect();
    ensure!(!found.is_empty(), "uniffi wrote no alias of a custom type");
    for (alias, name) in &found {
        // The error has its own name above.
        if !NAMES.iter().any(|(other, _)| other == name) {
            names.push((alias, name));
        }
    }
    let mut text = String::new();
    // Before an error uniffi's `public` stands on a line of its own.
    let code = code.replace("\npublic\n", "\npublic ");
    for line in code.lines().filter(|line| aliases(line).is_none()) {
        let mut rest = line;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic() || c == '_') {
            let (before, word) = rest.split_at(start);
            let end = word
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            text.push_str(before);
            text.push_str(&spelled(word, &names));
            rest = after;
        }
        text.push_str(rest);
        text.push('\n');
    }
    Ok(text.replace("extra: Extra = \"\"", "extra: Extra = [:]"))
}

fn spelled(word: &str, names: &[(&str, &str)]) -> String {
    if let Some((_, name)) = names.iter().find(|(other, _)| *other == word) {
        return (*name).to_owned();
    }
    // Names of C are left as they are.
    if !word.contains('_') {
        for (end, capitals) in ENDS {
            if let Some(start) = word.strip_suffix(end)
                && start.ends_with(|c: char| c.is_ascii_lowercase())
            {
                return format!("{start}{capitals}");
            }
        }
    }
    word.to_owned()
}

/// The models, each with the function that reads it from JSON.
fn models(code: &str) -> Vec<(String, String)> {
    let mut models: Vec<_> = code
        .lines()
        .filter_map(|line| {
            let line = line.strip_prefix("public func ")?;
            let (function, rest) = line.split_once("(json: JSONValue)")?;
            let model = rest.trim().strip_prefix("throws")?.trim();
            let model = model.strip_prefix("->")?.trim_end_matches('{').trim();
            function
                .ends_with("FromJSON")
                .then(|| (model.to_owned(), function.to_owned()))
        })
        .collect();
    models.sort();
    models
}

/// The names of all types that are public.
fn public(code: &str, models: &[(String, String)]) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = PUBLIC.map(str::to_owned).into();
    names.extend(models.iter().map(|(model, _)| model.clone()));
    let mut current = None;
    for line in code.lines() {
        if let Some(name) = declared(line) {
            if models
                .iter()
                .any(|(model, _)| format!("{model}Page") == name)
            {
                names.insert(name.to_owned());
            }
            current = Some(name);
        } else if line.trim_start().starts_with("case other(")
            && let Some(name) = current
        {
            names.insert(name.to_owned());
        }
    }
    names
}

/// The name of the record or enum that a line at the outermost level declares.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("public ")?;
    let line = line.strip_prefix("indirect ").unwrap_or(line);
    let name = line
        .strip_prefix("struct ")
        .or_else(|| line.strip_prefix("enum "))?;
    name.split([':', ' ']).next()
}

/// Leaves nothing public but the types in `public`. uniffi has no option for that.
fn visibility(code: &str, public: &BTreeSet<String>) -> Result<String> {
    let mut left = public.clone();
    let mut text = String::new();
    let mut depth = 0_i32;
    let mut is_public = false;
    for line in code.lines() {
        let words = line.trim_start();
        ensure!(
            words != "public",
            "uniffi's Swift has changed: `public` on a line alone"
        );
        if depth == 0 {
            is_public = declared(line).is_some_and(|name| left.remove(name));
        }
        text.push_str(&line[..line.len() - words.len()]);
        text.push_str(match (words, is_public) {
            ("import COpenintFFI", _) => "internal import COpenintFFI",
            (words, true) => words,
            (words, false) => {
                let words = words.strip_prefix("public ").unwrap_or(words);
                words.strip_prefix("open ").unwrap_or(words)
            }
        });
        text.push('\n');
        let is_comment = ["*", "/*", "//"].iter().any(|mark| words.starts_with(mark));
        if !is_comment {
            depth += words.matches('{').count() as i32 - words.matches('}').count() as i32;
        }
    }
    ensure!(
        depth == 0,
        "uniffi's Swift has changed: braces do not match"
    );
    ensure!(left.is_empty(), "uniffi wrote no {left:?}");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "\
import COpenintFFI
/**
 * A row.
 */
public struct Row: Equatable {
    /**
     * Its id.
     */
    public let rowId: JsonValue?
    public init(
        /**
         * Its id.
         */rowId: JsonValue?, extra: Extra = \"\") {
        self.rowId = rowId
    }
    /**
     * Writes it.
     *
     * # Errors
     * None.
     */
public func toJson()throws  -> JsonValue  {
}
}
public struct Params {
    public let rowId: String
}
public struct FfiConverterTypeRow: FfiConverterRustBuffer {
    public static func read() {
        uniffi_row_id()
    }
}
public enum Stage: Equatable {
    case other(
        /**
         * Text.
         */value: String
    )
}
public typealias JsonValue = JSONValue
open class NativeClient {
    open func a() {}
}
public func rowFromJson(json: JsonValue)throws  -> Row  {
}
";

    #[test]
    fn models_are_public_and_the_rest_is_not() {
        let code = names(&documentation(CODE)).unwrap();
        let models = models(&code);
        assert_eq!(models, [("Row".to_owned(), "rowFromJSON".to_owned())]);
        let mut public = public(&code, &models);
        public.retain(|name| !PUBLIC.contains(&name.as_str()));
        assert_eq!(public.iter().collect::<Vec<_>>(), ["Row", "Stage"]);
        let expected = "\
internal import COpenintFFI
/// A row.
public struct Row: Equatable {
/// Its id.
    public let rowID: JSONValue?
    public init(
rowID: JSONValue?, extra: Extra = [:]) {
        self.rowID = rowID
    }
/// Writes it.
///
/// - Throws: None.
public func toJSON()throws  -> JSONValue  {
}
}
struct Params {
    let rowID: String
}
struct FfiConverterTypeRow: FfiConverterRustBuffer {
    static func read() {
        uniffi_row_id()
    }
}
public enum Stage: Equatable {
    case other(
value: String
    )
}
class NativeClient {
    func a() {}
}
func rowFromJSON(json: JSONValue)throws  -> Row  {
}
";
        assert_eq!(visibility(&code, &public).unwrap(), expected);
    }

    #[test]
    fn code_that_has_changed_is_refused() {
        assert!(module(CODE).is_err(), "it lacks the public types");
        assert!(module("").is_err());
        let public = BTreeSet::new();
        assert!(visibility("public\nstruct A {\n}\n", &public).is_err());
        assert!(visibility("public struct A {\n", &public).is_err());
    }
}
