// The enums whose values Python takes and gives as strings.
enumerations! {
    ConnectionStatus RefreshPolicy ConnectionExpand
    ConnectorConfigExpand
    ConnectorExpand ConnectorStage AuthType
    ConnectView
    TemplateLanguage Role
}
