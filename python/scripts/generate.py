"""Writes what is generated in the package: the types of inputs, and the stubs of the clients.

The definitions come from the core through `bindings/python/src/bin/definitions.rs`, connectors from
the API's description. `python scripts/generate.py` writes; with `--check` it fails where a
committed file is not what would be written.

pyo3's own introspection is not used: arguments are any object to it, because the module reads
dicts, dataclasses and models itself, so each line of its stubs would have to be replaced.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

PYTHON = Path(__file__).resolve().parent.parent
ROOT = PYTHON.parent
CONNECTORS = ROOT / "crates/openint-sandbox/data/connectors.json"
PACKAGE = PYTHON / "src/openint_sdk"

HEADER = "# Written by scripts/generate.py. Do not edit.\n"

Fields = list[dict[str, str]]

#: Types of results, by those of the core.
OUTPUTS = {
    "String": "str",
    "bool": "bool",
    "u64": "int",
    "Secret": "str",
    "Number": "int | float",
    "Timestamp": "datetime",
    "Json": "Any",
}

#: Types of arguments.
INPUTS = {
    "String": "str",
    "bool": "bool",
    "u32": "int",
    "u64": "int",
    "Number": "float",
    "Secret": "str",
    "Timestamp": "_t.Instant",
    "Json": "_t.JsonObject",
    "Settings": "_t.JsonObject",
    "ConnectorData": "_t.ConnectorInput",
    "ConnectOptions": "_t.ConnectOptions",
    "Vec<String>": "_t.Names",
}


class Writer:
    """Renders the definitions."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.models: list[dict[str, Any]] = definitions["models"]
        self.enums: list[dict[str, Any]] = definitions["enums"]
        self.operations: list[dict[str, Any]] = definitions["operations"]
        self.groups: list[dict[str, Any]] = definitions["groups"]
        self.enum_names = {enum["name"] for enum in self.enums}

    def output(self, kind: str) -> str:
        """The type of a result."""
        kind = kind.replace(" ", "")
        if kind.startswith("Vec<"):
            return f"tuple[{self.output(kind[4:-1])}, ...]"
        if kind in self.enum_names:
            return f"_t.{kind}"
        return {**OUTPUTS, "T": "_R_co"}.get(kind, kind)

    def input(self, kind: str) -> str:
        """The type of an argument."""
        kind = kind.replace(" ", "")
        if kind in INPUTS:
            return INPUTS[kind]
        if kind.startswith("Vec<"):
            return f"_t.{kind[4:-1]} | Sequence[_t.{kind[4:-1]}]"
        return f"_t.{kind}" if kind in self.enum_names else kind

    def field_input(self, kind: str) -> str:
        """The type of a field that a constructor takes: also what an answer has."""
        kind = kind.replace(" ", "")
        if kind == "Json":
            return "Any"
        if kind.startswith("Vec<"):
            return "Sequence[Any]"
        found = self.input(kind)
        return found if "." in found or found in {"str", "bool", "int", "float"} else "Any"


def docstring(text: str, indent: str) -> str:
    """A docstring of one or several lines."""
    text = text.replace("\\", "\\\\").replace('"""', '\\"""').strip()
    if "\n" not in text:
        return f'{indent}"""{text}"""\n'
    lines = textwrap.indent(text, indent).strip()
    return f'{indent}"""{lines}\n{indent}"""\n'


def arguments(fields: Fields) -> str:
    """The part of a docstring that says what arguments are."""
    lines: list[str] = []
    for field in fields:
        first, *more = field["doc"].split("\n")
        lines.append(f"    {field['name']}: {first}")
        lines += [f"        {line}".rstrip() for line in more]
    return "\n".join(lines)


# --- openint_sdk/types.py ---------------------------------------------------------------------

TYPES = '''\
"""Types of what methods take and of the words that the API knows, for annotations of your own.

>>> from openint_sdk.types import GithubData
>>> data: GithubData = {"connector_name": "github", "settings": {"oauth": {}}}

The values of the API grow, so each of its lists of words takes any other string as well. A
connector that is not here, or settings put together at run time: `ConnectorData(name, settings)`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

from ._native import CancelToken, ConnectorData, Model, OAuth2Credentials, OAuth2Settings

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    # pydantic takes no other below Python 3.12, and brings it along.
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict


class Dataclass(Protocol):
    """An object of a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class PydanticModel(Protocol):
    """An object of a pydantic model."""

    def model_dump(self, *, by_alias: bool = ...) -> dict[str, Any]:
        """Gives its fields."""
        ...


Seconds: TypeAlias = float | timedelta
"""Seconds, or a `timedelta`."""

Query: TypeAlias = Mapping[str, object] | Iterable[tuple[str, object]]
"""Query parameters: strings, numbers, booleans, `None` to leave one out, or a list of these, which
is sent as the name repeated."""

JsonObject: TypeAlias = Mapping[str, Any] | Model | Dataclass | PydanticModel
"""A JSON object. Fields of pydantic and bodies of FastAPI: `dict[str, Any]`."""

Instant: TypeAlias = datetime | str
"""A `datetime` with a time zone, or a string such as `2026-11-24T00:00:00Z`."""

Names: TypeAlias = str | Sequence[str]
"""One name or several."""


class CallOptions(TypedDict, total=False):
    """Options that every method takes. `None` is one that was left out."""

    timeout: Seconds | None
    """As for the client, for this call."""
    connect_timeout: Seconds | None
    """As for the client, for this call."""
    total_timeout: Seconds | None
    """As for the client, for this call."""
    max_retries: int | None
    """As for the client, for this call."""
    extra_headers: Mapping[str, str] | None
    """Headers to send besides, or in place of the client's."""
    extra_query: Query | None
    """Query parameters to send besides."""
    extra_body: Mapping[str, Any] | None
    """Top-level fields of the body to send besides, or in place of the method's."""


class ClientCallOptions(CallOptions, total=False):
    """Options of `Openint.with_options`."""

    cancel: CancelToken | None
    """Ends the client's calls from another thread."""
'''

OAUTH2 = '''\


class _OAuth2CredentialsRequired(TypedDict):
    access_token: str


class OAuth2CredentialsInput(_OAuth2CredentialsRequired, total=False):
    """OAuth2 tokens, as the connected service issued them."""

{credentials}

class OAuth2Input(TypedDict, total=False):
    """The OAuth2 part of a connection's settings."""

    credentials: OAuth2CredentialsInput | OAuth2Credentials
{settings}
'''

SETTING_TYPES = {
    "string": "str",
    "number": "float",
    "object": "Mapping[str, Any]",
    "null": "None",
    "any": "Any",
}


def class_name(connector: str) -> str:
    """`acme-oauth2` becomes `AcmeOauth2`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", connector))


def setting_type(field: dict[str, Any]) -> str:
    """The type of one setting."""
    if "options" in field:
        return f"Literal[{', '.join(json.dumps(option) for option in field['options'])}]"
    return " | ".join(SETTING_TYPES[name] for name in field["type"].split("|"))


def connector_types(connector: dict[str, Any]) -> str:
    """The types of a connector's settings and data."""
    name = class_name(connector["name"])
    required = set(connector.get("required", []))
    types = {field["name"]: setting_type(field) for field in connector.get("fields", [])}
    if connector.get("oauth2"):
        types = {"oauth": "OAuth2Input | OAuth2Settings", **types}
    missing = required - types.keys()
    if missing:
        raise SystemExit(f"{connector['name']}: no type for {', '.join(sorted(missing))}")
    if connector.get("open"):
        settings = f"{name}Settings: TypeAlias = Mapping[str, Any]\n"
    else:
        settings = typed_dict(
            f"{name}Settings", f"Settings of `{connector['name']}`.", types, required
        )
    return (
        f"\n\n{settings}"
        f"\n\nclass {name}Data(TypedDict):\n"
        f'    """`{connector["name"]}` and the settings of a connection to it."""\n\n'
        f'    connector_name: Literal["{connector["name"]}"]\n'
        f"    settings: {name}Settings\n"
    )


def typed_dict(name: str, doc: str, types: dict[str, str], required: set[str]) -> str:
    """A `TypedDict`, whose required keys are in a base class: Python 3.10 has no `NotRequired`."""

    def body(names: list[str]) -> str:
        return "".join(f"    {field}: {types[field]}\n" for field in names)

    needed = [field for field in types if field in required]
    others = [field for field in types if field not in required]
    if not others:
        rest = f"\n{body(needed)}" if needed else ""
        return f'class {name}(TypedDict):\n    """{doc}"""\n{rest}'
    if not needed:
        return f'class {name}(TypedDict, total=False):\n    """{doc}"""\n\n{body(others)}'
    return (
        f"class _{name}Required(TypedDict):\n{body(needed)}"
        f'\n\nclass {name}(_{name}Required, total=False):\n    """{doc}"""\n\n{body(others)}'
    )


def types(writer: Writer, connectors: list[dict[str, Any]]) -> str:
    """Writes `types.py`."""
    out = [HEADER + TYPES]
    for enum in writer.enums:
        values = ", ".join(json.dumps(value["value"]) for value in enum["values"])
        doc = docstring(enum["doc"], "")
        out.append(f"\n{enum['name']}: TypeAlias = Literal[{values}] | str\n{doc}")
    for group in writer.groups:
        fields = "".join(
            f"    {field['name']}: {writer.input(field['type']).replace('_t.', '')}\n"
            + docstring(field["doc"], "    ")
            for field in group["optional"]
        )
        doc = docstring(group["doc"], "    ")
        out.append(f"\n\nclass {group['name']}(TypedDict, total=False):\n{doc}\n{fields}")
    named = {model["name"]: model for model in writer.models}

    def kind(field: dict[str, str]) -> str:
        # A key of a dict that pydantic can check.
        found = writer.input(field["type"]).replace("_t.", "")
        return found.replace("JsonObject", "Mapping[str, Any]")

    def optional(model: str, skip: str) -> str:
        return "".join(
            f"    {field['name']}: {kind(field)}"
            + (" | None" if field["name"] == "metadata" else "")
            + "\n"
            for field in named[model]["optional"]
            if field["name"] != skip
        )

    out.append(
        OAUTH2.format(
            credentials=optional("OAuth2Credentials", ""),
            settings=optional("OAuth2Settings", "credentials").rstrip(),
        ).rstrip()
        + "\n"
    )
    names = [f"{class_name(connector['name'])}Data" for connector in connectors]
    if len(set(names)) != len(names):
        raise SystemExit("two connectors would have the same class")
    out += map(connector_types, connectors)
    union = "\n    | ".join(names)
    out.append(
        f"\n\nKnownConnector: TypeAlias = (\n    {union}\n)\n"
        '"""A connector that this version knows, and its settings."""\n'
        "\nConnectorInput: TypeAlias = "
        "KnownConnector | ConnectorData | Dataclass | PydanticModel\n"
        '"""Type that `data` takes. Fields of pydantic and bodies of FastAPI: '
        '`KnownConnector | ConnectorData`."""\n'
    )
    return "".join(out)


# --- openint_sdk/_native.pyi ------------------------------------------------------------------

NATIVE = """\
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, ClassVar, Generic, Literal, TypeVar, final, overload
import os

from typing_extensions import Self, Unpack, disjoint_base

from . import types as _t
from ._bulk import ImportOutcome, ImportProgress
from ._headers import Headers
from ._observer import Observer
from ._pool import Threads

__version__: str

_R_co = TypeVar("_R_co", covariant=True)
_T_co = TypeVar("_T_co", covariant=True)
_M = TypeVar("_M", bound=Model)
"""

CLIENT_OPTIONS = """\
        api_key: str | Callable[[], str] | None = None,
        base_url: str | None = None,
        timeout: _t.Seconds | None = None,
        connect_timeout: _t.Seconds | None = None,
        total_timeout: _t.Seconds | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        proxy: str | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        max_response_bytes: int | None = None,
        allow_plain_http: bool | None = None,
        observer: Observer | None = None,
"""

METHODS = {
    "CancelToken": '''
@final
class CancelToken:
    """Ends calls from another thread, within 100 ms. Once fired it stays fired."""

    def __new__(cls) -> CancelToken: ...
    def cancel(self) -> None:
        """Fires the token."""
    @property
    def cancelled(self) -> bool:
        """True once the token has fired."""
''',
    "Model": '''
@disjoint_base
class Model:
{doc}
    def to_dict(self) -> dict[str, Any]:
        """Returns all of it as plain `dict`, `list` and so on, which you may change."""
    def to_json(self) -> str:
        """Returns all of it as JSON: the keys in the order of the answer, with every digit."""
    def keys(self) -> list[str]:
        """Returns the names of the fields, as JSON has them."""
    def replace(self, **changes: Any) -> Self:
        """Returns a copy with other fields, as `copy.replace` does from Python 3.13 on."""
    def __replace__(self, **changes: Any) -> Self: ...
    def __getattr__(self, name: str) -> Any: ...
    def __getitem__(self, name: str, /) -> Any: ...
    def __contains__(self, name: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any) -> Self: ...
    __pydantic_serializer__: ClassVar[Any]
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> Any: ...
''',
    "Settings": '''
@final
class Settings(Model):
    """The settings of a connection, or of a connector config.

    They have what connectors have in common, and every other field as an attribute and as an item.
    They hold credentials, so `repr` shows names only.
    """

    def __new__(cls, **fields: Any) -> Settings: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Settings:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Settings:
        """Makes one from its JSON."""
    @property
    def oauth(self) -> OAuth2Settings | None:
        """The OAuth2 part; `None` for a connector without one, or with one of another shape."""
    @property
    def access_token(self) -> str | None:
        """The token to call the connected service with.

        It is the one that the API puts on top of OAuth2 settings, or else the one in their
        credentials.
        """
    @property
    def api_key(self) -> str | None:
        """The API key, under either of the names that most connectors give it."""
''',
    "Response": '''
@final
class Response(Generic[_T_co]):
    """A success as it came, and through `parse` as the method would have returned it."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""
    @property
    def attempts(self) -> int:
        """The number of times that the request was sent, or tried to be sent.

        0 when an idempotency key showed that what it asks for is there already.
        """
    @property
    def headers(self) -> Headers:
        """The headers that are text, with names in any case."""
    @property
    def content(self) -> bytes:
        """The body as it came. It can hold secrets."""
    @property
    def text(self) -> str:
        """The body as a string. It can hold secrets."""
    def parse(self) -> _T_co:
        """Returns what the method would have returned."""
''',
    "ImportOutcomes": '''
@final
class ImportOutcomes:
{doc}
    def __iter__(self) -> Self: ...
    def __next__(self) -> ImportOutcome: ...
    @property
    def progress(self) -> ImportProgress:
        """Snapshot of the import."""
    def close(self) -> None:
        """Stops the import: calls under way end and are written down, and no other begins."""
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
        /,
    ) -> None: ...
    @property
    def _has_room(self) -> bool: ...
    def _give(self, row: Any) -> None: ...
    def _no_more(self) -> None: ...
    def _take(self) -> ImportOutcome | None: ...
    def _tell(self, is_end: bool) -> None: ...
''',
    "Rows": '''
@final
class Rows(Generic[_T_co]):
    """All rows of a list, asked for page by page as they are needed."""

    def __iter__(self) -> Iterator[_T_co]: ...
    def __next__(self) -> _T_co: ...
    def next_page(self, cancel: CancelToken | None = None) -> tuple[_T_co, ...] | None:
        """Asks for the next page: its rows that did not come before, or `None` at the end."""
''',
}

#: Options that `create_connections` takes beside the client and the rows.
IMPORT_OPTIONS = """\
        *,
        name: str = "import",
        journal: str | os.PathLike[str] | None = None,
        concurrency: int = 16,
        max_rate: float | None = None,
        first_run: bool = False,
        on_progress: Callable[[ImportProgress], object] | None = None,
        **options: Unpack[_t.CallOptions],
"""

CLIENT_METHODS = '''
    def with_options(self, **options: Unpack[_t.ClientCallOptions]) -> Self:
        """Makes a client with other options in front of the same pool. It costs next to nothing.

        `cancel` is a `CancelToken` with which another thread ends the client's calls.
        """
    @property
    def with_raw_response(self) -> RawOpenint:
        """The same methods, each of which gives a `Response`."""
    def close(self) -> None:
        """Closes the connections of the pool. The client, and those that share it, end here."""
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
        /,
    ) -> None: ...
'''

ASYNC_METHODS = '''
    @property
    def with_raw_response(self) -> AsyncRawOpenint:
        """The same methods, each of which gives a `Response`."""
    async def close(self) -> None:
        """Closes the pool and ends the threads. The client, and those that share it, end here."""
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None: ...
'''

REQUEST_ARGUMENTS = """\
        self,
        method: str,
        path: str,
        *,
        path_params: Mapping[str, str | int] | None = None,
        query: _t.Query | None = None,
        body: Any = ...,
        repeat_safe: bool | None = None,
"""


def model_class(writer: Writer, model: dict[str, Any]) -> str:
    """The stub of a model."""
    name = model["name"]
    generic = ", Generic[_R_co]" if name == "Page" else ""
    out = [f"\n@final\nclass {name}(Model{generic}):\n", docstring(model["doc"], "    "), "\n"]
    required: Fields = model["required"]
    optional: Fields = model["optional"]
    names = "".join(f'Literal["{field["name"]}"], ' for field in required)
    out.append(f"    __match_args__: ClassVar[tuple[{names.rstrip(', ') or '()'}]]\n")
    out.append("    def __new__(\n        cls,\n")
    out += [f"        {f['name']}: {writer.field_input(f['type'])},\n" for f in required]
    out.append("        *,\n" if optional else "")
    out += [
        f"        {f['name']}: {writer.field_input(f['type'])} | None = ...,\n" for f in optional
    ]
    itself = "Page[Any]" if name == "Page" else name
    out.append(f"        **unknown: Any,\n    ) -> {itself}: ...\n")
    out.append(f"    @classmethod\n    def from_dict(cls, fields: Any) -> {itself}:\n")
    out.append('        """Makes one from its fields, as JSON has them."""\n')
    out.append(f"    @classmethod\n    def from_json(cls, text: str) -> {itself}:\n")
    out.append('        """Makes one from its JSON."""\n')
    for field in [*required, *optional]:
        kind = writer.output(field["type"])
        if field in optional and kind != "Any":
            kind += " | None"
        out.append(f"    @property\n    def {field['name']}(self) -> {kind}:\n")
        out.append(docstring(field["doc"], "        "))
    if name == "Page":
        out.append("    def __iter__(self) -> Iterator[_R_co]: ...\n")
    if name == "ConnectorData":
        out.append(
            "    @staticmethod\n"
            "    def oauth2(\n"
            "        connector_name: str, credentials: OAuth2Credentials\n"
            "    ) -> ConnectorData:\n"
            '        """Makes the settings of an OAuth2 connector."""\n'
        )
    return "".join(out)


class Client:
    """Form of the operations on one of the clients."""

    def __init__(
        self, writer: Writer, module: str, result: str = "{}", awaited: bool = False
    ) -> None:
        self.writer = writer
        self.module = module
        self.result = result
        self.awaited = awaited

    def method(self, operation: dict[str, Any]) -> str:
        """The stub of an operation, or of an iterator."""
        place, name = operation["place"], operation["name"]
        required: Fields = operation["params"]["required"]
        optional: Fields = operation["params"]["optional"]
        iterates = place == "iterator"
        if iterates:
            optional = [
                {**field, "name": "page_size" if field["name"] == "limit" else field["name"]}
                for field in optional
            ]
        needed = [f"{f['name']}: {self.writer.input(f['type'])}" for f in required]
        others = [f"{f['name']}: {self.writer.input(f['type'])} | None = None" for f in optional]
        star = ["*"] if others else []
        order = [*star, *needed, *others] if place == "by_name" else [*needed, *star, *others]
        output = self.writer.output(operation["output"])
        output = f"{self.module}{output}" if self.module and output != "Any" else output
        if place == "list":
            output = f"{self.module}Page[{output}]"
        if iterates:
            output = f"AsyncIterator[{output}]" if self.awaited else f"Iterator[{output}]"
        else:
            output = self.result.format(output)
        lines = ["self", *order, "**options: Unpack[_t.CallOptions]"]
        given = "".join(f"        {line},\n" for line in lines).rstrip(",\n") + "\n"
        word = "async def" if self.awaited and not iterates else "def"
        doc = operation["doc"]
        if self.awaited:
            paragraphs = doc.split("\n\n")
            doc = "\n\n".join(text for text in paragraphs if not text.startswith(">>>"))
        if required or optional:
            doc += "\n\nArgs:\n" + arguments([*required, *optional])
        return f"    {word} {name}(\n{given}    ) -> {output}:\n{docstring(doc, '        ')}"

    def request(self) -> str:
        """The stubs of `request`."""
        word = "async def" if self.awaited else "def"
        doc = '        """Sends a request to a route that has no method yet."""\n'
        out: list[str] = []
        for cast, output in (("None = None", "Any"), ("type[_M]", "_M")):
            result = self.result.format(output)
            out.append(
                f"    @overload\n    {word} request(\n{REQUEST_ARGUMENTS}"
                f"        cast_to: {cast},\n"
                f"        **options: Unpack[_t.CallOptions],\n    ) -> {result}:\n{doc}"
            )
        return "".join(out)

    def operations(self) -> str:
        """The stubs of all operations and of `request`."""
        found = [o for o in self.writer.operations if o["place"] != "iterator"]
        return "".join(map(self.method, found)) + self.request()

    def iterators(self) -> str:
        """The stubs of all iterators."""
        found = [o for o in self.writer.operations if o["place"] == "iterator"]
        return "".join(map(self.method, found))


def native(writer: Writer, docs: dict[str, str]) -> str:
    """Writes `_native.pyi`."""
    plain = Client(writer, "")
    raw = Client(writer, "", "Response[{}]")
    blank = "\n"
    names = [model["name"] for model in writer.models]
    names += [
        "AsyncClient",
        "CancelToken",
        "ImportOutcomes",
        "Model",
        "Openint",
        "Operations",
        "RawOpenint",
    ]
    names += ["Response", "Rows", "Settings", "__version__", "dumps", "loads"]
    listed = "".join(f'    "{name}",\n' for name in sorted(names))
    out = [
        HEADER + NATIVE,
        f"\n__all__ = [\n{listed}]\n",
        METHODS["CancelToken"],
        METHODS["Model"].replace("{doc}", docs["Model"]),
        *(model_class(writer, model) for model in writer.models),
        METHODS["Settings"],
        METHODS["Response"],
        METHODS["ImportOutcomes"].replace("{doc}", docs["ImportOutcomes"]),
        METHODS["Rows"],
        f'\n@disjoint_base\nclass Operations:\n    """The operations."""\n\n{plain.operations()}',
        f"\nclass Openint(Operations):\n{docs['Openint']}\n",
        f"    def __init__(\n        self,\n        *,\n{CLIENT_OPTIONS}    ) -> None: ...\n",
        plain.iterators(),
        "    def create_connections(\n        self,\n        rows: Iterable[Any],\n"
        f"{IMPORT_OPTIONS}"
        f"    ) -> ImportOutcomes:\n{docs['create_connections']}",
        CLIENT_METHODS.lstrip(blank),
        '\n@final\nclass RawOpenint:\n    """The operations of a client, each of which gives a '
        f'`Response`."""\n\n{raw.operations()}',
        "\n@disjoint_base\nclass AsyncClient:\n",
        f"    def __init__(\n        self,\n        *,\n{CLIENT_OPTIONS}"
        "        max_concurrency: int | None = None,\n    ) -> None: ...\n",
        "    @property\n    def _client(self) -> Openint: ...\n",
        "    @property\n    def _threads(self) -> Threads: ...\n",
        "    def with_options(self, **options: Unpack[_t.CallOptions]) -> Self:\n",
        '        """Makes a client with other options in front of the same pool and threads."""\n',
        "\ndef dumps(value: Any, path: str = 'value') -> str:\n",
        '    """Writes JSON without a space; `path` is what errors call the value."""\n',
        "\ndef loads(text: str) -> Any:\n",
        '    """Parses JSON into `dict`, `list` and so on."""\n',
    ]
    return "".join(out)


def asynchronous(writer: Writer, docs: dict[str, str]) -> str:
    """Writes `_async.pyi`."""
    awaited = Client(writer, "_n.", awaited=True)
    raw = Client(writer, "_n.", "_n.Response[{}]", awaited=True)
    return "".join(
        [
            HEADER,
            "import os\n",
            "from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable\n",
            "from collections.abc import Mapping, Sequence\n",
            "from types import TracebackType\n",
            "from typing import Any, TypeVar, overload\n\n",
            "from typing_extensions import Self, Unpack\n\n",
            "from . import _native as _n\nfrom . import types as _t\n",
            "from ._bulk import ImportOutcome, ImportProgress\n\n",
            '_M = TypeVar("_M", bound=_n.Model)\n',
            f"\nclass AsyncOpenint(_n.AsyncClient):\n{docs['AsyncOpenint']}\n",
            awaited.operations(),
            awaited.iterators(),
            "    def create_connections(\n        self,\n"
            f"        rows: Iterable[Any] | AsyncIterable[Any],\n{IMPORT_OPTIONS}"
            f"    ) -> AsyncIterator[ImportOutcome]:\n{docs['async create_connections']}",
            ASYNC_METHODS.lstrip("\n"),
            '\nclass AsyncRawOpenint:\n    """The operations of `AsyncOpenint`, each of which '
            'gives a `Response`."""\n\n',
            "    def __init__(self, client: AsyncOpenint) -> None: ...\n",
            raw.operations(),
        ]
    )


def protocols(writer: Writer, docs: dict[str, str]) -> str:
    """Writes `protocols.pyi`."""
    plain = Client(writer, "_n.")
    awaited = Client(writer, "_n.", awaited=True)
    imports = "    def create_connections(\n        self,\n        rows: Iterable[Any]{more},\n"
    blocking = imports.format(more="")
    concurrent = imports.format(more=" | AsyncIterable[Any]")
    return "".join(
        [
            HEADER,
            "import os\n",
            "from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable\n",
            "from collections.abc import Iterator, Mapping, Sequence\n",
            "from typing import Any, Protocol, TypeVar, overload\n\n",
            "from typing_extensions import Unpack\n\n",
            "from . import _native as _n\nfrom . import types as _t\n",
            "from ._bulk import ImportOutcome, ImportProgress\n\n",
            '__all__ = ["AsyncOpenintProtocol", "OpenintProtocol"]\n\n',
            '_M = TypeVar("_M", bound=_n.Model)\n',
            f"\nclass OpenintProtocol(Protocol):\n{docs['OpenintProtocol']}\n",
            plain.operations(),
            plain.iterators(),
            f"{blocking}{IMPORT_OPTIONS}    ) -> Iterator[ImportOutcome]:\n",
            docs["create_connections"],
            '    def close(self) -> None:\n        """Ends the client."""\n',
            f"\nclass AsyncOpenintProtocol(Protocol):\n{docs['AsyncOpenintProtocol']}\n",
            awaited.operations(),
            awaited.iterators(),
            f"{concurrent}{IMPORT_OPTIONS}    ) -> AsyncIterator[ImportOutcome]:\n",
            docs["async create_connections"],
            '    async def close(self) -> None:\n        """Ends the client."""\n',
        ]
    )


def rust_doc(file: str, item: str, indent: str = "    ") -> str:
    """The documentation of a class or method that is written by hand in the binding."""
    text = (ROOT / "bindings/python/src" / file).read_text("utf-8")
    found = re.search(rf"\b{item}\b", text)
    docs = re.findall(r"(?m)(?:^ *///.*\n)+", text[: found.start()] if found else "")
    if not docs:
        raise SystemExit(f"{file} has no documented {item}")
    lines = [line.strip().removeprefix("///").removeprefix(" ") for line in docs[-1].splitlines()]
    return docstring("\n".join(lines), indent)


def python_doc(file: str, name: str, method: str | None = None, indent: str = "    ") -> str:
    """The documentation of a class of the package, or of a method in it."""
    import ast

    tree = ast.parse((PACKAGE / file).read_text("utf-8"))
    found: Any = next(
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name
    )
    if method is not None:
        found = next(node for node in found.body if getattr(node, "name", None) == method)
    return docstring(ast.get_docstring(found) or "", indent)


def main() -> None:
    """Writes the files, or checks them."""
    command = ["cargo", "run", "--quiet", "--package", "openint-python", "--features"]
    command += ["definitions", "--bin", "definitions"]
    printed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    writer = Writer(json.loads(printed.stdout))
    docs = {
        "Model": rust_doc("model.rs", "struct Model"),
        "Openint": rust_doc("client.rs", "struct Openint"),
        "AsyncOpenint": python_doc("_async.py", "AsyncOpenint"),
        "ImportOutcomes": rust_doc("bulk.rs", "struct ImportOutcomes"),
        "create_connections": rust_doc("bulk.rs", "fn create_connections", "        "),
        "OpenintProtocol": python_doc("protocols.py", "OpenintProtocol"),
        "AsyncOpenintProtocol": python_doc("protocols.py", "AsyncOpenintProtocol"),
        "async create_connections": python_doc(
            "_async.py", "AsyncOpenint", "create_connections", "        "
        ),
    }
    files = {
        "types.py": types(writer, json.loads(CONNECTORS.read_text("utf-8"))),
        "_native.pyi": native(writer, docs),
        "_async.pyi": asynchronous(writer, docs),
        "protocols.pyi": protocols(writer, docs),
    }
    for name, text in files.items():
        target = PACKAGE / name
        if target.is_file() and target.read_text("utf-8") == text:
            continue
        if "--check" in sys.argv[1:]:
            raise SystemExit(f"{name} is out of date; run: cargo xtask generate")
        target.write_text(text, "utf-8")
        print(f"{name} written")


if __name__ == "__main__":
    main()
