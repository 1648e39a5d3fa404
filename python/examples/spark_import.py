"""Imports connections on many machines with Apache Spark.

    spark-submit spark_import.py ROWS OUTCOMES --name spring-move

ROWS is a folder of Parquet with the columns `id`, `customer_id`, `connector_config_id`,
`connector_name`, `settings` (JSON) and, if you like, `metadata` (JSON). OUTCOMES gets a row for
each: `row_id`, `status`, `connection_id`, `error` and `may_have_been_applied`. The workers find the
key in OPENINT_API_KEY; they need `pip install openint-sdk pandas pyarrow`.

Spark may run a task twice: after a failure, or beside a slow one. Each row has an idempotency key,
made of the name and the row's id, by which a repetition finds the connection of the first.
"""

from __future__ import annotations

import argparse
import functools
import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
from pyspark.sql import DataFrame, SparkSession

from openint_sdk import ImportOutcome, Openint

OUTCOMES = (
    "row_id string, status string, connection_id string, error string, "
    "may_have_been_applied boolean"
)


@functools.cache
def client() -> Openint:
    """The client of this process, which many tasks use one after the other."""
    return Openint()


def import_connections(
    rows: DataFrame,
    *,
    name: str,
    concurrency: int = 8,
    max_rate: float | None = None,
    timeout: float = 60,
) -> DataFrame:
    """Creates the connections of `rows`, and gives their outcomes.

    Args:
        rows: See above.
        name: The import's name, the same whenever these rows are imported.
        concurrency: The most calls at once of each task.
        max_rate: The most calls a second of each task: the rate that you may use, divided by the
            number of tasks that run at once.
        timeout: The seconds of one attempt of a call.
    """

    def send(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        records = (record for batch in batches for record in read(batch))
        outcomes = client().create_connections(
            records, name=name, concurrency=concurrency, max_rate=max_rate, timeout=timeout
        )
        done: list[dict[str, Any]] = []
        for outcome in outcomes:
            done.append(shown(outcome))
            if len(done) == 1000:
                yield pd.DataFrame(done)
                done = []
        yield pd.DataFrame(done, columns=[field.split()[0] for field in OUTCOMES.split(", ")])

    return rows.mapInPandas(send, OUTCOMES)


def read(batch: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a batch as `create_connections` takes them."""
    for record in batch.to_dict("records"):
        for name in ("settings", "metadata"):
            if isinstance(record.get(name), str):
                record[name] = json.loads(record[name])
        yield {str(name): value for name, value in record.items()}


def shown(outcome: ImportOutcome) -> dict[str, Any]:
    """An outcome as a row of the table, without a secret."""
    error = outcome.error
    return {
        "row_id": outcome.row_id,
        "status": outcome.status,
        "connection_id": outcome.connection.id if outcome.connection else None,
        "error": str(error) if error else None,
        "may_have_been_applied": error.may_have_been_applied if error else False,
    }


def main() -> None:
    """Imports a folder of Parquet."""
    parser = argparse.ArgumentParser(description="Imports connections with Apache Spark.")
    parser.add_argument("rows")
    parser.add_argument("outcomes")
    parser.add_argument("--name", required=True)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--max-rate", type=float)
    given = parser.parse_args()

    spark = SparkSession.builder.appName(f"openint import {given.name}").getOrCreate()
    outcomes = import_connections(
        spark.read.parquet(given.rows),
        name=given.name,
        concurrency=given.concurrency,
        max_rate=given.max_rate,
    )
    # Once, into storage: what reads the outcomes twice would import the rows twice.
    outcomes.write.parquet(given.outcomes)
    spark.read.parquet(given.outcomes).groupBy("status").count().show()


if __name__ == "__main__":
    main()
