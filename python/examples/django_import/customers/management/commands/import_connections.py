"""Moves the stored credentials to OpenInt: `python manage.py import_connections --help`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from customers.models import StoredCredential
from openint_sdk import Openint


class Command(BaseCommand):
    """Imports every credential once, however often it is started.

    The database is the journal: a row without a connection is sent, and one that an earlier run
    sent and could not note is found by its key.
    """

    help = "Creates a connection of each stored credential. Stopped or killed, start it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Says what the command takes."""
        parser.add_argument("--name", required=True, help="the import's name, always the same")
        parser.add_argument("--config", required=True, help="the connector config, ccfg_…")
        parser.add_argument("--concurrency", type=int, default=16)

    def handle(self, *_: Any, **options: Any) -> None:
        """Sends what has no connection yet, and notes each connection as it comes."""
        counts = Counter[str]()
        with Openint() as client:
            outcomes = client.create_connections(
                self.rows(options["config"]),
                name=options["name"],
                concurrency=options["concurrency"],
            )
            for outcome in outcomes:
                counts[outcome.status] += 1
                if outcome.connection is not None:
                    credential = StoredCredential.objects.filter(pk=outcome.row_id)
                    credential.update(connection_id=outcome.connection.id)
                elif outcome.error is not None:
                    self.stderr.write(f"credential {outcome.row_id}: {outcome.error}")
        ends = ("created", "found", "failed")
        self.stdout.write(", ".join(f"{counts[end]} {end}" for end in ends))
        if counts["failed"]:
            raise CommandError("some rows failed; fix them and start the command again")

    def rows(self, config: str) -> Iterator[dict[str, Any]]:
        """Gives the rows one by one: memory holds those under way."""
        waiting = StoredCredential.objects.filter(connection_id="").order_by("pk")
        for credential in waiting.iterator():
            yield {
                "id": str(credential.pk),
                "connector_config_id": config,
                "customer_id": credential.customer,
                "data": {
                    "connector_name": credential.connector,
                    "settings": credential.settings,
                },
            }
