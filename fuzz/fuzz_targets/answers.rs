//! Any bytes as the answer of any operation: the first byte chooses the model. What is read can be
//! written, and reads the same again.
#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use openint::fuzzing::decode;
use openint::{
    Connection, ConnectionCheck, Connector, ConnectorConfig, ConnectorStatusReport, Customer,
    CustomerToken, Deleted, Event, Health, Json, MessageTemplate, Page, Settings, Viewer,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn round<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) {
    match decode::<T>(bytes) {
        Ok(model) => {
            let text = serde_json::to_vec(&model).expect("a model can be written");
            let again = decode::<T>(&text).expect("what was written can be read");
            assert_eq!(model, again);
            let _ = format!("{model:?}");
        }
        Err((_, reason)) => assert!(!reason.is_empty()),
    }
}

fn settings(bytes: &[u8]) {
    if let Ok(settings) = decode::<Settings>(bytes) {
        let _ = (settings.oauth2(), settings.access_token(), settings.api_key());
        let _ = settings.json().get("oauth");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((model, bytes)) = bytes.split_first() else {
        return;
    };
    match model % 16 {
        0 => round::<Connection>(bytes),
        1 => round::<Page<Connection>>(bytes),
        2 => round::<ConnectionCheck>(bytes),
        3 => round::<Deleted>(bytes),
        4 => round::<ConnectorConfig>(bytes),
        5 => round::<Page<ConnectorConfig>>(bytes),
        6 => round::<Page<Connector>>(bytes),
        7 => round::<ConnectorStatusReport>(bytes),
        8 => round::<Page<Customer>>(bytes),
        9 => round::<CustomerToken>(bytes),
        10 => round::<Page<Event>>(bytes),
        11 => round::<Viewer>(bytes),
        12 => round::<Health>(bytes),
        13 => round::<MessageTemplate>(bytes),
        14 => round::<Json>(bytes),
        _ => settings(bytes),
    }
});
