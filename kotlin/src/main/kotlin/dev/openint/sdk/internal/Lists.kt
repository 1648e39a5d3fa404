package dev.openint.sdk.internal

import dev.openint.sdk.Connection
import dev.openint.sdk.ConnectionPage
import dev.openint.sdk.Connector
import dev.openint.sdk.ConnectorConfig
import dev.openint.sdk.ConnectorConfigPage
import dev.openint.sdk.ConnectorPage
import dev.openint.sdk.Customer
import dev.openint.sdk.CustomerPage
import dev.openint.sdk.Event
import dev.openint.sdk.EventPage
import dev.openint.sdk.ListConnections
import dev.openint.sdk.ListConnectorConfigs
import dev.openint.sdk.ListConnectors
import dev.openint.sdk.ListCustomers
import dev.openint.sdk.ListEvents
import dev.openint.sdk.NativeClient
import dev.openint.sdk.Page

// uniffi has no generic types: it has a page and a reader for each row.

internal fun ConnectionPage.toPage(): Page<Connection> = Page(items, total, limit, offset)

internal fun ConnectorConfigPage.toPage(): Page<ConnectorConfig> = Page(items, total, limit, offset)

internal fun ConnectorPage.toPage(): Page<Connector> = Page(items, total, limit, offset)

internal fun CustomerPage.toPage(): Page<Customer> = Page(items, total, limit, offset)

internal fun EventPage.toPage(): Page<Event> = Page(items, total, limit, offset)

internal fun NativeClient.read(params: ListConnections): Reader<Connection> =
    connections(params).let { Reader(it::nextPage, it) }

internal fun NativeClient.read(params: ListConnectorConfigs): Reader<ConnectorConfig> =
    connectorConfigs(params).let { Reader(it::nextPage, it) }

internal fun NativeClient.read(params: ListConnectors): Reader<Connector> =
    connectors(params).let { Reader(it::nextPage, it) }

internal fun NativeClient.read(params: ListCustomers): Reader<Customer> =
    customers(params).let { Reader(it::nextPage, it) }

internal fun NativeClient.read(params: ListEvents): Reader<Event> =
    events(params).let { Reader(it::nextPage, it) }
