"""A WSGI application whose workers share nothing but the code.

    gunicorn --preload --workers 4 --threads 8 gunicorn_app:application

With `--preload` the client is made before gunicorn forks. That is fine as long as no call was made
then: each worker opens connections of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from openint_sdk import Openint, OpenintError

client = Openint(total_timeout=20)


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answers with the number of the customer's connections: `/?customer=customer_42`."""
    customer = environ["QUERY_STRING"].removeprefix("customer=")
    try:
        total = client.list_connections(customer_id=customer, limit=1).total
    except OpenintError as error:
        start_response("502 Bad Gateway", [("content-type", "text/plain")])
        return [str(error).encode()]
    start_response("200 OK", [("content-type", "application/json")])
    return [json.dumps({"worker": os.getpid(), "connections": total}).encode()]
