"""Creates a connection and prints it as JSON.

It talks to the server in OPENINT_BASE_URL with the key in OPENINT_API_KEY. Without an account, a
local server does: `cargo run -p openint-sandbox` prints its address and its key.
"""

from __future__ import annotations

import sys

from openint_sdk import InvalidInputError, Openint, OpenintError


def main() -> int:
    try:
        with Openint() as client:
            connection = client.create_connection(
                connector_config_id="ccfg_",
                customer_id="customer_id",
                data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
            )
    except InvalidInputError as error:
        print(error, file=sys.stderr)
        return 2
    except OpenintError as error:
        print(error, file=sys.stderr)
        return 1
    print(connection.to_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
