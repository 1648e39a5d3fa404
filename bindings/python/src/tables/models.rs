// The models that are classes of Python. Documentation and fields stand in the core.
classes! {
    Connection ConnectionCheck ConnectorData OAuth2Credentials OAuth2Settings
    ConnectorConfig
    Connector Scope ConnectorStatus ConnectorStatusReport
    Customer CustomerToken
    Event
    Health MessageTemplate Viewer Deleted
}
