"""Types of the clients, for doubles in unit tests.

Code that takes an `OpenintProtocol` takes a client, and a double that has the methods it needs:

>>> from openint_sdk import Connection
>>> from openint_sdk.protocols import OpenintProtocol
>>> class Double(OpenintProtocol):
...     def create_connection(self, *, customer_id, **given):
...         return Connection(id=f"conn_{customer_id}")
>>> def connect(client: OpenintProtocol) -> str:
...     data = {"connector_name": "github", "settings": {"oauth": {}}}
...     created = client.create_connection(
...         connector_config_id="ccfg_", customer_id="acme", data=data
...     )
...     return created.id
>>> connect(Double())
'conn_acme'
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol

from ._async import AsyncOpenint
from ._native import Openint

__all__ = ["AsyncOpenintProtocol", "OpenintProtocol"]


class OpenintProtocol(Protocol):
    """The operations of `Openint`.

    A class that is derived from it has all of them; those that it does not replace raise
    `NotImplementedError`.
    """


class AsyncOpenintProtocol(Protocol):
    """The operations of `AsyncOpenint`.

    A class that is derived from it has all of them; those that it does not replace raise
    `NotImplementedError`.
    """


#: What concerns a client that has a pool and options; doubles have none.
_LEFT_OUT = {"with_options", "with_raw_response"}


def _absent(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def absent(self: object, *_: Any, **__: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no {method.__name__}")

    return absent


def _add(protocol: type, client: type) -> None:
    for name in dir(client):
        method = getattr(client, name)
        if not name.startswith("_") and name not in _LEFT_OUT and callable(method):
            setattr(protocol, name, _absent(method))


_add(OpenintProtocol, Openint)
_add(AsyncOpenintProtocol, AsyncOpenint)
