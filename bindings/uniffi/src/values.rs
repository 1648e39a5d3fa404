//! Values of the core that cross as text, each of which the packages give a type of their own.

use openint::{Extra, Json, Secret, Settings, Timestamp};

use crate::error::OpenintError;

/// JSON text, and the name under which it crosses.
pub type JsonValue = Json;
/// A JSON number with all its digits, and the name under which it crosses.
pub type JsonNumber = openint::Number;

uniffi::custom_type!(JsonValue, String, {
    remote,
    lower: |json| json.as_str().to_owned(),
    try_lift: |text| Ok(parse(text)?),
});

uniffi::custom_type!(JsonNumber, String, {
    remote,
    lower: |number| number.as_str().to_owned(),
    try_lift: |text| Ok(parse(text)?.to::<JsonNumber>().map_err(|_| invalid_json())?),
});

uniffi::custom_type!(Settings, String, {
    remote,
    lower: |settings| settings.json().as_str().to_owned(),
    try_lift: |text| Ok(Settings::from(parse(text)?)),
});

uniffi::custom_type!(Extra, String, {
    remote,
    lower: |extra| text_of(&extra),
    try_lift: |text| Ok(parse(text)?.to::<Extra>().map_err(|_| invalid_json())?),
});

uniffi::custom_type!(Timestamp, String, {
    remote,
    lower: |time| time.as_str().to_owned(),
    try_lift: |text| Ok(Timestamp::new(text)),
});

uniffi::custom_type!(Secret, String, {
    remote,
    lower: |secret| secret.expose().to_owned(),
    try_lift: |text| Ok(Secret::new(text)),
});

fn text_of(extra: &Extra) -> String {
    match extra.iter().next() {
        None => "{}".to_owned(),
        Some(_) => Json::from_serialize(extra)
            .expect("JSON has a JSON form")
            .as_str()
            .to_owned(),
    }
}

/// The parser's own words stay out of the error: they can repeat what was given.
fn parse(text: String) -> Result<Json, OpenintError> {
    Json::parse(text).map_err(|_| invalid_json())
}

fn invalid_json() -> OpenintError {
    OpenintError::invalid_input("json", "valid JSON text")
}
