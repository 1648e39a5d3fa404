# pyright: strict, reportUnnecessaryTypeIgnoreComment=true
"""Code that type checkers must refuse: each line with an `ignore` must be an error for both."""

from __future__ import annotations

from openint_sdk import Connection, ConnectorData, Openint

client = Openint()


def no_positions(github: ConnectorData) -> None:
    client.create_connection("ccfg_", "c", github)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def no_customer() -> None:
    client.create_connection(  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        connector_config_id="ccfg_",
        data={"connector_name": "github", "settings": {"oauth": {}}},
    )


def a_required_setting_is_missing() -> None:
    client.create_connection(
        connector_config_id="ccfg_",
        customer_id="c",
        data={"connector_name": "greenhouse", "settings": {}},  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )


def a_setting_is_misspelt() -> None:
    client.create_connection(
        connector_config_id="ccfg_",
        customer_id="c",
        data={"connector_name": "greenhouse", "settings": {"api_key": "k"}},  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )


def a_setting_is_of_another_type() -> None:
    client.create_connection(
        connector_config_id="ccfg_",
        customer_id="c",
        data={"connector_name": "foreceipt", "settings": {"envName": "nowhere"}},  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )


def an_unknown_connector_as_a_dict() -> None:
    client.create_connection(
        connector_config_id="ccfg_",
        customer_id="c",
        data={"connector_name": "no-such-connector", "settings": {}},  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )


def a_result_cannot_be_changed(connection: Connection) -> None:
    connection.id = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def a_filter_is_misspelt() -> None:
    client.list_connections(connector_name="github")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def an_option_is_misspelt() -> None:
    client.get_connection("conn_1", time_out=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def a_raw_method_takes_what_the_method_takes() -> None:
    client.with_raw_response.get_connection(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def raw_methods_are_those_of_operations() -> None:
    client.with_raw_response.iter_connections()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def an_unknown_option_of_the_page_behind_the_link() -> None:
    client.create_customer_token("c", connect_options={"theme": "x"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_cast_is_to_a_model() -> None:
    client.request("GET", "/viewer", cast_to=int)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType, reportCallIssue]


def metadata_is_an_object() -> None:
    client.create_connection(
        connector_config_id="ccfg_",
        customer_id="c",
        data={"connector_name": "github", "settings": {"oauth": {}}},
        metadata=[],  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )
