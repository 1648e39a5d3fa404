//! Makes uniffi's code fit for the package: uniffi has no option for visibility, and Java has no
//! default arguments.
//!
//! Records and enums that are named here become public, everything else internal. Parameters lose
//! what would tie a program to their number, and both get builders. A line that is not expected
//! where it stands is an error, and the compiler refuses what has no visibility, so a change of
//! uniffi's templates cannot pass unseen.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};

/// Types that users get, or make for tests of their own.
const MODELS: [&str; 21] = [
    "Attempt",
    "AttemptEnd",
    "ConnectOptions",
    "Connection",
    "ConnectionCheck",
    "Connector",
    "ConnectorConfig",
    "ConnectorData",
    "ConnectorStatus",
    "ConnectorStatusReport",
    "Customer",
    "CustomerToken",
    "Deleted",
    "Event",
    "Health",
    "Issue",
    "MessageTemplate",
    "OAuth2Credentials",
    "OAuth2Settings",
    "Scope",
    "Viewer",
];

/// Parameters of operations.
const PARAMS: [&str; 13] = [
    "CreateConnection",
    "CreateConnectorConfig",
    "CreateCustomerToken",
    "GetConnection",
    "GetConnectorConfig",
    "GetMessageTemplate",
    "ListConnections",
    "ListConnectorConfigs",
    "ListConnectors",
    "ListCustomers",
    "ListEvents",
    "UpdateConnectorConfig",
    "UpsertCustomer",
];

/// Groups of parameters.
const GROUPS: [&str; 2] = ["ConnectOptions", "ConnectorData"];

const ENUMS: [&str; 12] = [
    "AuthType",
    "CallPhase",
    "ConnectView",
    "ConnectionExpand",
    "ConnectionStatus",
    "ConnectorConfigExpand",
    "ConnectorExpand",
    "ConnectorStage",
    "HttpMethod",
    "RefreshPolicy",
    "Role",
    "TemplateLanguage",
];

/// Beginnings of declarations at the left margin.
const DECLARATIONS: [&str; 15] = [
    "abstract ",
    "class ",
    "const ",
    "data class ",
    "enum class ",
    "fun ",
    "fun<",
    "inline ",
    "interface ",
    "object ",
    "open class ",
    "sealed class ",
    "suspend ",
    "typealias ",
    "val ",
];

/// Other beginnings of lines there.
const OTHERS: [&str; 12] = [
    "//",
    "/**",
    "@",
    "import ",
    "internal ",
    "package ",
    "private ",
    "{",
    "}",
    ")",
    "var ",
    "infix ",
];

/// The last thing in a record or an enum.
const COMPANION: &str = "    companion object";

/// Line after which a record's fields end and its functions begin.
const FIELDS_END: &str = "){";

/// Custom types that are others of the platform, and go by their name.
const ALIASES: [(&str, &str); 2] = [("JsonValue", "JsonElement"), ("JsonNumber", "BigDecimal")];

/// The generated code as it is committed.
pub(super) fn rewrite(code: &str) -> Result<String> {
    let mut lines = tidy(code).into_iter();
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some(line) = lines.next() {
        let declaration = line.strip_prefix("public ").unwrap_or(&line);
        if line.is_empty()
            || line.starts_with(' ')
            || OTHERS.iter().any(|start| line.starts_with(start))
        {
            out.push(line);
            continue;
        }
        ensure!(
            DECLARATIONS.iter().any(|s| declaration.starts_with(s)),
            "the generated Kotlin has an unknown line: {line}"
        );
        if let Some(name) = is_alias(declaration) {
            seen.insert(name);
            continue;
        }
        let name = name_of(declaration);
        let public = [&MODELS[..], &PARAMS, &ENUMS].concat();
        let is_type = ["data class ", "enum class ", "sealed class "]
            .iter()
            .any(|start| declaration.starts_with(start));
        if let Some(name) = public.iter().find(|public| is_type && **public == name) {
            let mut body = vec![declaration.to_owned()];
            for line in lines.by_ref() {
                // Calls end with such a line too.
                let ends = line == "}" && body.last().is_some_and(|last| last == COMPANION);
                body.push(line);
                if ends {
                    break;
                }
            }
            seen.insert(name);
            out.extend(published(name, &body).with_context(|| format!("in {name}"))?);
        } else if declaration.starts_with("fun ") && name.ends_with("FromJson") {
            out.push(format!("public {declaration}"));
        } else {
            out.push(format!("internal {declaration}"));
        }
    }
    let wanted = MODELS.iter().chain(&PARAMS).chain(&ENUMS).copied();
    let wanted = wanted.chain(ALIASES.map(|(alias, _)| alias));
    for name in wanted {
        ensure!(
            seen.contains(name),
            "the generated Kotlin has no {name} at the left margin"
        );
    }
    let mut text = out.join("\n");
    text.push('\n');
    let package = "\npackage dev.openint.sdk\n";
    ensure!(
        text.contains(package),
        "the generated Kotlin has another package"
    );
    // Java finds the functions there.
    let named = format!("@file:JvmName(\"OpenintModels\")\n{package}");
    Ok(text.replacen(package, &named, 1))
}

/// Lines without what the templates leave: blanks at their ends, commas alone, empty lines.
fn tidy(code: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in code.lines() {
        let mut line = line.trim_end().to_owned();
        for (alias, platform) in ALIASES {
            if !line.contains("typealias") {
                line = replace_word(&line, alias, platform);
            }
        }
        // What a value of a custom type defaults to is written as text.
        line = line.replace(": Extra = \"\"", ": Extra = Extra()");
        if let Some((annotation, function)) = line.split_once(") fun ") {
            if annotation.trim_start().starts_with("@Throws(") {
                let words = annotation.trim_start();
                // Functions beside classes stand to the right of their documentation.
                let margin = match lines.last().map(String::as_str) {
                    Some("         */") => "",
                    _ => &annotation[..annotation.len() - words.len()],
                };
                let function = format!("{margin}fun {function}");
                lines.extend([format!("{margin}{words})"), function]);
                continue;
            }
        }
        match (line.trim(), lines.last_mut()) {
            (",", Some(last)) => last.push(','),
            ("", Some(last)) if last.is_empty() || last.ends_with(['{', '(']) => {}
            ("}" | ")", Some(last)) if last.is_empty() => {
                lines.pop();
                lines.push(line);
            }
            _ => lines.push(line),
        }
    }
    lines
}

fn replace_word(line: &str, word: &str, by: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(word) {
        let end = at + word.len();
        let alone = !rest[..at].ends_with(is_part) && !rest[end..].starts_with(is_part);
        out.push_str(&rest[..at]);
        out.push_str(if alone { by } else { word });
        rest = &rest[end..];
    }
    out + rest
}

fn is_alias(declaration: &str) -> Option<&'static str> {
    ALIASES
        .iter()
        .find(|(alias, of)| declaration == format!("typealias {alias} = {of}"))
        .map(|(alias, _)| *alias)
}

fn name_of(declaration: &str) -> String {
    let words = declaration.split_whitespace();
    let mut words =
        words.skip_while(|word| ["data", "enum", "sealed", "class", "fun"].contains(word));
    let name = words.next().unwrap_or_default();
    name.trim_start_matches('`')
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect()
}

/// A parameter or field of a record.
struct Field {
    docs: Vec<String>,
    name: String,
    of: String,
    default: Option<String>,
}

/// A declaration with everything in it public, and for a record its checks and its builder.
fn published(name: &str, body: &[String]) -> Result<Vec<String>> {
    let is_record = body[0].starts_with("data class ");
    let is_params = PARAMS.contains(&name);
    let fields = if is_record { fields(body)? } else { Vec::new() };
    let mut out = Vec::new();
    for (index, line) in body.iter().enumerate() {
        let words = line.trim_start();
        let margin = &line[..line.len() - words.len()];
        if index == 0 {
            let class = match is_params {
                true => format!("public class {name} internal constructor("),
                false => format!("public {line}"),
            };
            out.push(class);
        } else if line == COMPANION && is_record {
            out.extend(builder(name, &fields));
        } else if words == COMPANION.trim_start() {
            out.push(format!("{margin}/** For functions beside it. */"));
            out.push(format!("{margin}public {words}"));
        } else if words.starts_with("// The local Rust `Display`") {
            let text = match is_record {
                true => "Its content, without secrets and JSON.",
                false => "The value as the API writes it.",
            };
            out.push(format!("{margin}/** {text} */"));
        } else if line == FIELDS_END && is_record {
            out.push(line.clone());
            if is_params || GROUPS.contains(&name) {
                out.extend(checks(&fields));
            }
        } else if [
            "companion ",
            "data class ",
            "enum ",
            "fun ",
            "object ",
            "val ",
        ]
        .iter()
        .any(|start| words.starts_with(start))
        {
            out.push(format!("{margin}public {words}"));
        } else if ["class ", "interface ", "open ", "sealed ", "var "]
            .iter()
            .any(|start| words.starts_with(start))
        {
            bail!("an unknown line: {line}");
        } else {
            out.push(line.clone());
        }
    }
    Ok(out)
}

fn fields(body: &[String]) -> Result<Vec<Field>> {
    let mut fields = Vec::new();
    let mut docs = Vec::new();
    for line in &body[1..] {
        let words = line.trim();
        if line == FIELDS_END {
            return Ok(fields);
        }
        let Some(field) = words.strip_prefix("val ") else {
            docs.push(words.to_owned());
            continue;
        };
        let field = field.trim_end_matches(',').trim_end();
        let (name, of) = field.split_once(": ").context("a field without a type")?;
        let (of, default) = match of.split_once(" = ") {
            Some((of, default)) => (of, Some(default.trim().to_owned())),
            None => (of, None),
        };
        fields.push(Field {
            docs: std::mem::take(&mut docs),
            name: name.trim_matches('`').to_owned(),
            of: of.trim().to_owned(),
            default,
        });
    }
    bail!("its fields do not end")
}

/// Text that has no UTF-8 form, and JSON that is none, are refused with the name of the field.
fn checks(fields: &[Field]) -> Vec<String> {
    let checked = |field: &&Field| {
        let of = field.of.trim_end_matches('?');
        [
            "kotlin.String",
            "List<kotlin.String>",
            "JsonElement",
            "Settings",
            "Secret",
        ]
        .contains(&of)
    };
    let lines: Vec<String> = fields
        .iter()
        .filter(checked)
        .map(|field| {
            let snake = snake_case(&field.name);
            format!("        checkText(\"{snake}\", `{}`)", field.name)
        })
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let mut init = vec!["    init {".to_owned()];
    init.extend(lines);
    init.extend(["    }".to_owned(), String::new()]);
    init
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn builder(name: &str, fields: &[Field]) -> Vec<String> {
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.default.is_none());
    let parameters = |start: &str| -> Vec<String> {
        required
            .iter()
            .map(|field| format!("{start}`{}`: {},", field.name, field.of))
            .collect()
    };
    let names = |of: &[Field]| -> String {
        let names: Vec<String> = of.iter().map(|field| format!("`{}`", field.name)).collect();
        names.join(", ")
    };
    let mut out = vec![
        format!("    /** Makes a [{name}], one value after the other. */"),
        "    public class Builder internal constructor(".to_owned(),
    ];
    out.extend(parameters("        private val "));
    out.push("    ) {".to_owned());
    for field in &optional {
        let Field { name, of, .. } = field;
        let default = field.default.as_deref().unwrap_or_default();
        out.push(format!("        private var `{name}`: {of} = {default}"));
    }
    for field in &optional {
        let Field { name, of, docs, .. } = field;
        out.push(String::new());
        out.extend(docs.iter().map(|line| match line.starts_with('*') {
            true => format!("         {line}"),
            false => format!("        {line}"),
        }));
        let of = of.trim_end_matches('?');
        out.push(format!(
            "        public fun `{name}`(`{name}`: {of}): Builder = apply {{ this.`{name}` = `{name}` }}"
        ));
    }
    out.extend([
        String::new(),
        format!("        /** Makes the [{name}]. */"),
        format!(
            "        public fun build(): {name} = {name}({})",
            names(fields)
        ),
        "    }".to_owned(),
        String::new(),
        "    /** Begins builders. */".to_owned(),
        "    public companion object {".to_owned(),
        format!("        /** Begins a [{name}] with what it cannot be without. */"),
        "        @JvmStatic".to_owned(),
        "        public fun builder(".to_owned(),
    ]);
    out.extend(parameters("            "));
    let given: Vec<String> = required
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    out.push(format!(
        "        ): Builder = Builder({})",
        given.join(", ")
    ));
    out.push("    }".to_owned());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_published_with_its_checks_and_its_builder() {
        let body = [
            "data class ConnectorData (",
            "    /**",
            "     * The scope.",
            "     */",
            "    val `scope`: kotlin.String,",
            "    val `displayName`: kotlin.String? = null",
            "){",
            "    companion object",
            "}",
        ];
        let body: Vec<String> = body.map(str::to_owned).to_vec();
        let text = published("ConnectorData", &body).unwrap().join("\n");
        assert!(
            text.starts_with("public data class ConnectorData (\n"),
            "{text}"
        );
        assert!(
            text.contains("    public val `scope`: kotlin.String,"),
            "{text}"
        );
        assert!(
            text.contains("checkText(\"display_name\", `displayName`)"),
            "{text}"
        );
        assert!(
            text.contains("public fun `displayName`(`displayName`: kotlin.String): Builder"),
            "{text}"
        );
        let unknown: Vec<String> = body
            .iter()
            .map(|line| line.replace("companion object", "var a = 1"))
            .collect();
        assert!(published("ConnectorData", &unknown).is_err());
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        let error = rewrite("package dev.openint.sdk\nannotation class A\n").unwrap_err();
        assert!(error.to_string().contains("annotation class A"), "{error}");
        let error = rewrite("package dev.openint.sdk\nobject A\n").unwrap_err();
        assert!(error.to_string().contains("has no"), "{error}");
    }

    #[test]
    fn names_of_the_platform_stand_for_their_aliases() {
        let line = "val a: JsonValue? = FfiConverterTypeJsonValue.read(b)";
        let expected = "val a: JsonElement? = FfiConverterTypeJsonValue.read(b)";
        assert_eq!(replace_word(line, "JsonValue", "JsonElement"), expected);
    }
}
