//! The SDK.

use std::path::Path;

use openint::bulk::{Ended, Import, Row};
use openint::{ConnectorData, CreateConnection, ListConnections, Openint};

use super::{Call, Peer, Result, Target};
use crate::wire::{API_KEY, CONFIG, CONNECTOR, CUSTOMER, settings};

pub(crate) struct Ours {
    client: Openint,
}

impl Ours {
    pub(crate) fn new(target: &Target) -> Result<Self> {
        let mut builder = Openint::builder().api_key(API_KEY).base_url(&target.base_url);
        if let Some(file) = &target.ca {
            builder = builder.ca_bundle(file);
        }
        Ok(Self {
            client: builder.build()?,
        })
    }
}

impl Peer for Ours {
    fn caller(&self) -> Call {
        let client = self.client.clone();
        Box::new(move || {
            let data = ConnectorData::new(CONNECTOR, settings());
            let connection = client
                .create_connection(&CreateConnection::new(CONFIG, CUSTOMER, data))
                .expect("the server answers");
            assert!(connection.id.starts_with("conn_"));
        })
    }

    fn rows(&self) -> Result<usize> {
        let rows = self.client.iter(ListConnections::new());
        Ok(rows.map(|row| row.expect("the server answers")).count())
    }

    fn import(&self, concurrency: usize, rows: usize, journal: &Path) -> Result<usize> {
        let rows = (0..rows).map(|id| {
            let data = ConnectorData::new(CONNECTOR, settings());
            Row::new(id.to_string(), CreateConnection::new(CONFIG, format!("customer_{id}"), data))
        });
        let import = Import::new("bench").concurrency(concurrency).journal(journal);
        let mut count = 0;
        for outcome in import.start(&self.client, rows)? {
            let outcome = outcome?;
            assert!(!matches!(outcome.ended, Ended::Failed(_)), "{outcome:?}");
            count += 1;
        }
        Ok(count)
    }
}
