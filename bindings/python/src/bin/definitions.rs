//! Prints the definitions that the module is made from as JSON, for the script that writes the
//! package's stubs (`python/scripts/generate.py`).

use serde_json::{Value, json};

/// The documentation of an item, line by line.
fn doc(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n")
}

macro_rules! describe {
    (
        $(#[doc = $doc:literal])*
        $kind:ident $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )* }
        }
    ) => {
        json!({
            "name": stringify!($name),
            "doc": doc(&[$($doc),*]),
            "required": [$({
                "name": stringify!($required),
                "type": stringify!($required_type),
                "doc": doc(&[$($required_doc),*]),
            }),*],
            "optional": [$({
                "name": stringify!($optional),
                "type": stringify!($optional_type),
                "doc": doc(&[$($optional_doc),*]),
            }),*],
        })
    };
    (
        $(#[doc = $doc:literal])*
        open_enum $name:ident { $( $(#[doc = $variant_doc:literal])* $variant:ident = $value:literal, )* }
    ) => {
        json!({
            "name": stringify!($name),
            "doc": doc(&[$($doc),*]),
            "values": [$({ "value": $value, "doc": doc(&[$($variant_doc),*]) }),*],
        })
    };
}

macro_rules! classes {
    ($($name:ident)*) => {
        fn models() -> Value {
            json!([ $( openint::$name!(describe), )* openint::Page!(describe) ])
        }
    };
}
include!("../tables/models.rs");

macro_rules! enumerations {
    ($($name:ident)*) => {
        fn enums() -> Value {
            json!([ $( openint::$name!(describe) ),* ])
        }
    };
}
include!("../tables/enums.rs");

macro_rules! operations {
    ($( $(#[doc = $doc:literal])* $place:ident fn $name:ident($params:ident) -> $output:ident; )*) => {
        fn operations() -> Value {
            json!([$({
                "name": stringify!($name),
                "place": stringify!($place),
                "doc": doc(&[$($doc),*]),
                "params": openint::$params!(describe),
                "output": stringify!($output),
            }),*])
        }
    };
}
include!("../tables/operations.rs");

#[allow(clippy::print_stdout)] // it is what it is for
fn main() {
    let definitions = json!({
        "models": models(),
        "enums": enums(),
        "operations": operations(),
        "groups": [openint::ConnectOptions!(describe)],
    });
    println!("{definitions}");
}
