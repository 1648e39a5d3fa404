"""Writes src/openint_sdk/_connectors.pyi, the types of ``data`` for every known connector.

``python scripts/connectors.py`` writes it; with ``--check`` it fails where the committed file is
not what would be written.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

PYTHON = Path(__file__).resolve().parent.parent
SOURCE = PYTHON.parent / "crates/openint-sandbox/data/connectors.json"
TARGET = PYTHON / "src/openint_sdk/_connectors.pyi"

HEADER = """\
# Written by scripts/connectors.py from the connectors of the API's description. Do not edit.
#
# Types of `data`, one for each connector. They are for type checkers alone:
#
#     if TYPE_CHECKING:
#         from openint_sdk._connectors import GithubData
#
# A connector that is not here, or settings put together at run time: ConnectorData(name, settings).

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from _typeshed import DataclassInstance
from typing_extensions import NotRequired, TypedDict

from ._models import ConnectorData, OAuth2Credentials, OAuth2Settings
from ._object import Object

class OAuth2CredentialsInput(TypedDict):
    access_token: str
    client_id: NotRequired[str]
    scope: NotRequired[str]
    refresh_token: NotRequired[str]
    expires_in: NotRequired[float]
    expires_at: NotRequired[str | datetime]
    token_type: NotRequired[str]
    raw: NotRequired[Mapping[str, Any]]

class OAuth2Input(TypedDict):
    credentials: NotRequired[OAuth2CredentialsInput | OAuth2Credentials]
    created_at: NotRequired[str | datetime]
    updated_at: NotRequired[str | datetime]
    last_fetched_at: NotRequired[str | datetime]
    metadata: NotRequired[Mapping[str, Any] | Object | None]
"""

TYPES = {
    "string": "str",
    "number": "float",
    "object": "Mapping[str, Any]",
    "null": "None",
    "any": "Any",
}


def class_name(connector: str) -> str:
    """``acme-oauth2`` becomes ``AcmeOauth2``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", connector))


def field_type(field: dict[str, Any]) -> str:
    """The type of one setting."""
    if "options" in field:
        return f"Literal[{', '.join(json.dumps(option) for option in field['options'])}]"
    names = [TYPES[name] for name in field["type"].split("|")]
    return " | ".join(names)


def stub(connector: dict[str, Any]) -> str:
    """The two classes of a connector."""
    name = class_name(connector["name"])
    required = set(connector.get("required", []))
    types = {field["name"]: field_type(field) for field in connector.get("fields", [])}
    if connector.get("oauth2"):
        types = {"oauth": "OAuth2Input | OAuth2Settings", **types}
    if connector.get("open"):
        settings = f"{name}Settings: TypeAlias = Mapping[str, Any]\n"
    else:
        lines = [
            f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}"
            for field, kind in types.items()
        ]
        body = "\n".join(lines) if lines else "    ..."
        settings = f"class {name}Settings(TypedDict):\n{body}\n"
    missing = required - types.keys()
    if missing:
        raise SystemExit(f"{connector['name']}: no type for {', '.join(sorted(missing))}")
    return (
        f"{settings}\n"
        f"class {name}Data(TypedDict):\n"
        f'    connector_name: Literal["{connector["name"]}"]\n'
        f"    settings: {name}Settings\n"
    )


def render(connectors: list[dict[str, Any]]) -> str:
    """The whole file."""
    names = [f"{class_name(connector['name'])}Data" for connector in connectors]
    if len(set(names)) != len(names):
        raise SystemExit("two connectors would have the same class")
    union = "\n".join(f"    | {name}" for name in names)
    return (
        "\n".join([HEADER, *map(stub, connectors)])
        + f"\nKnownConnector: TypeAlias = (\n    {union.lstrip(' |')}\n)\n"
        + "\nConnectorInput: TypeAlias = KnownConnector | ConnectorData | DataclassInstance\n"
    )


def main() -> None:
    """Writes the file, or checks it."""
    text = render(json.loads(SOURCE.read_text(encoding="utf-8")))
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{TARGET.name} is out of date; run: cargo xtask generate")


if __name__ == "__main__":
    main()
