"""Walks the way that a product takes with OpenInt, from its settings to a customer's data.

It takes OPENINT_API_KEY, and OPENINT_BASE_URL where that is set. GITHUB_API_URL names the service
whose data are wanted, which is GitHub unless it is set.
"""

from __future__ import annotations

import json
import os
import urllib.request

from openint_sdk import ConnectorData, OAuth2Credentials, Openint

CUSTOMER = "acme"
GITHUB = os.environ.get("GITHUB_API_URL", "https://api.github.com")


def main() -> None:
    with Openint() as client:
        # Once: what GitHub calls your product.
        config = client.create_connector_config(
            connector_name="github",
            config={"oauth": {"client_id": "Iv1.example", "client_secret": "example"}},
        )
        print("config for", config.connector_name)

        # For each customer: who it is, and a page on which it connects its GitHub account.
        client.upsert_customer(id=CUSTOMER, metadata={"plan": "pro"})
        token = client.create_customer_token(CUSTOMER, validity_in_seconds=3600)
        print("page for", CUSTOMER, "is", "ready" if token.magic_link_url else "missing")

        # The connection comes of that page, or of credentials that you hold already.
        made = client.create_connection(
            connector_config_id=config.id,
            customer_id=CUSTOMER,
            data=ConnectorData.oauth2("github", OAuth2Credentials(access_token="gho_example")),
            idempotency_key="acme-github",
        )

        # Whenever its data are wanted: the access token, renewed if need be.
        connection = client.get_connection(made.id, include_secrets=True, refresh_policy="auto")
        settings = connection.settings
        if settings is None or settings.access_token is None:
            raise SystemExit("the connection has no access token")
        print("account", account(settings.access_token), "is connected")

        client.delete_connection(connection.id)
        client.delete_connector_config(config.id)
        for event in client.list_events(limit=10).items:
            if event.customer_id == CUSTOMER:
                print("event", event.name)


def account(access_token: str) -> str:
    """Asks GitHub whose token this is."""
    request = urllib.request.Request(
        f"{GITHUB}/user", headers={"Authorization": f"Bearer {access_token}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        login: str = json.load(answer)["login"]
        return login


if __name__ == "__main__":
    main()
