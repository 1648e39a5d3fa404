//! `conformance/models.json`: every model of the API with its fields, which the suites of the other
//! languages compare their own models with. `cargo xtask generate` has this test write it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::by_name;
use crate::json::Json;
use crate::page::Page;
use crate::resources::connections::OAuth2Settings;
use crate::shape::{Field, Shape, Shaped};

type Models = BTreeMap<&'static str, &'static [Field]>;

fn models() -> Models {
    let mut models = Models::new();
    // One page stands for all, whatever their rows are, so it has to come first.
    collect(Page::<Json>::SHAPE, &mut models);
    // No answer is checked for it: it is a view of settings, which can be any JSON.
    collect(OAuth2Settings::SHAPE, &mut models);
    for shape in by_name::answers() {
        collect(shape, &mut models);
    }
    models
}

fn collect(shape: &'static Shape, models: &mut Models) {
    match shape {
        Shape::List(item) => collect(item, models),
        Shape::Object(object) => {
            models.entry(object.name).or_insert(object.fields);
            for field in object.fields {
                collect(field.shape, models);
            }
        }
        Shape::Any | Shape::Boolean | Shape::Number | Shape::Whole | Shape::Text => {}
    }
}

fn in_words(shape: &Shape) -> String {
    match shape {
        Shape::Any => "json".into(),
        Shape::Boolean => "flag".into(),
        Shape::Number => "number".into(),
        Shape::Whole => "whole number".into(),
        Shape::Text => "text".into(),
        Shape::List(item) => format!("list of {}", in_words(item)),
        Shape::Object(object) => format!("model {}", object.name),
    }
}

/// One line a field, so that a change of one is a change of one line.
fn list() -> String {
    let model = |(name, fields): (_, &[Field])| {
        let fields = fields.iter().map(|field| {
            let (required, shape) = (field.required, in_words(field.shape));
            let name = field.name;
            format!("    \"{name}\": {{\"required\": {required}, \"shape\": \"{shape}\"}}")
        });
        let fields: Vec<_> = fields.collect();
        format!("  \"{name}\": {{\n{}\n  }}", fields.join(",\n"))
    };
    let models: Vec<_> = models().into_iter().map(model).collect();
    format!("{{\n{}\n}}\n", models.join(",\n"))
}

#[test]
fn the_list_of_models_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/models.json");
    let list = list();
    if std::env::var_os("OPENINT_WRITE_MODELS").is_some() {
        fs::write(&path, list).unwrap();
        return;
    }
    let standing = fs::read_to_string(&path).unwrap();
    let mend = "conformance/models.json is out of date; mend it with: cargo xtask generate";
    for (stands, is) in standing.lines().zip(list.lines()) {
        assert_eq!(stands, is, "{mend}");
    }
    assert_eq!(standing, list, "{mend}");
}
