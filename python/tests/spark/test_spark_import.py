"""An import on a cluster of Spark that fails: `cargo xtask test python --spark`."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyspark
import pytest
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession

TESTS = Path(__file__).resolve().parent.parent
EXAMPLE = TESTS.parent / "examples/spark_import.py"
sys.path[:0] = [str(TESTS), str(EXAMPLE.parent)]

from spark_import import OUTCOMES, import_connections  # noqa: E402

from sandbox import Sandbox  # noqa: E402

ROWS = 20_000
PARTITIONS = 8
SLOW = {2, 5}
WORKERS = ["127.0.0.2", "127.0.0.3"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two workers.

    Their hosts differ, because Spark runs no copy of a task on the host of the first.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("cluster")
    home, deploy = Path(pyspark.__file__).parent, "org.apache.spark.deploy"
    address = f"spark://127.0.0.1:{port}"
    master = [
        f"{deploy}.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--webui-port",
        "0",
    ]
    worker = [
        f"{deploy}.worker.Worker",
        "--cores",
        "2",
        "--memory",
        "1g",
        "--webui-port",
        "0",
        address,
    ]
    hosts = [["--host", host, "--work-dir", str(folder / host)] for host in WORKERS]
    programs = [
        subprocess.Popen(
            [f"{home}/bin/spark-class", *command],
            env={**os.environ, "SPARK_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in [master, *([*worker, *host] for host in hosts)]
    ]
    yield address
    for program in programs:
        program.terminate()
        program.wait(30)


@pytest.fixture(scope="module")
def spark(cluster: str, sandbox: Sandbox) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = (
        SparkSession.builder.master(cluster)
        .appName("openint")
        .config("spark.ui.enabled", False)
        # Nothing begins before both workers are there.
        .config("spark.cores.max", 2 * len(WORKERS))
        .config("spark.scheduler.minRegisteredResourcesRatio", 1.0)
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
        .config("spark.task.maxFailures", 8)
        # Copies of the tasks that wait for one: those of others would create a row at the very
        # moment at which the first creates it, after which two can stay.
        .config("spark.speculation", True)
        .config("spark.speculation.interval", "100ms")
        .config("spark.speculation.multiplier", 3)
        .config("spark.speculation.quantile", 0.25)
        .config("spark.speculation.efficiency.enabled", False)
        .config("spark.executorEnv.OPENINT_API_KEY", sandbox.api_key)
        .config("spark.executorEnv.OPENINT_BASE_URL", sandbox.base_url)
    )
    session = builder.getOrCreate()
    session.sparkContext.addPyFile(str(EXAMPLE))
    yield session
    session.stop()


def failing(outcomes: DataFrame, marks: Path) -> DataFrame:
    """The outcomes, from tasks that fail or are slow after their rows were created."""

    def fail(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        context = TaskContext.get()
        assert context is not None
        partition, attempt = context.partitionId(), context.attemptNumber()
        (marks / f"{partition}-{attempt}").touch()
        yield from batches
        if attempt == 0 and partition in SLOW:
            # Still runs when its copy begins.
            until = time.monotonic() + 300
            while not (marks / f"{partition}-1").exists() and time.monotonic() < until:
                time.sleep(0.1)
        if attempt < 2 and partition % 3 == 0:
            raise RuntimeError("the executor is gone")

    return outcomes.mapInPandas(fail, OUTCOMES)


def test_a_cluster_that_fails_doubles_no_row(
    spark: SparkSession, sandbox: Sandbox, tmp_path: Path
) -> None:
    credentials = {"oauth": {"credentials": {"access_token": "gho_16C7e42F"}}}
    rows = spark.range(ROWS, numPartitions=PARTITIONS).selectExpr(
        "id",
        "concat('customer_', id % 5000) as customer_id",
        "'ccfg_github_sandbox' as connector_config_id",
        "'github' as connector_name",
        f"'{json.dumps(credentials)}' as settings",
        "concat('{\"row\":', id, '}') as metadata",
    )
    before = sandbox.rows().connections
    # Answers that are lost, late or wrong, in one of a hundred exchanges.
    sandbox.chaos(0.01, seed=7)
    marks = tmp_path / "marks"
    marks.mkdir()
    imported = import_connections(rows, name="spark", timeout=1)
    failing(imported, marks).write.parquet(str(tmp_path / "outcomes"))
    injected = sandbox.faults_injected()
    sandbox.chaos(0)
    attempts = sorted(mark.name for mark in marks.iterdir())
    outcomes = spark.read.parquet(str(tmp_path / "outcomes"))
    print(f"{counts(outcomes)}, {injected} faults, tasks {attempts}")
    assert injected > 100
    assert {"0-1", "0-2", "3-1", "3-2"} <= set(attempts)
    assert {"2-1", "5-1"} <= set(attempts)
    assert sum(counts(outcomes).values()) == ROWS

    # Rows whose answer nobody could read failed; the same import again finds their connections.
    failed = outcomes.where("status = 'failed'").selectExpr("cast(row_id as bigint) as id")
    mended = import_connections(rows.join(failed, "id"), name="spark")
    mended.write.parquet(str(tmp_path / "mended"))
    mended = spark.read.parquet(str(tmp_path / "mended"))
    assert set(counts(mended)) <= {"created", "found"}
    done = outcomes.where("status != 'failed'").union(mended)
    assert done.count() == ROWS
    assert done.select("row_id").distinct().count() == ROWS
    assert done.select("connection_id").distinct().count() == ROWS
    assert sandbox.rows().connections - before == ROWS


def test_the_page_on_imports(
    spark: SparkSession, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (TESTS.parent.parent / "docs/bulk.md").read_text("utf-8")
    # The other is a section of test_guide.py.
    _, block = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    rows = spark.range(100).selectExpr(
        "id",
        "'customer' as customer_id",
        "'ccfg_github_sandbox' as connector_config_id",
        "'github' as connector_name",
        '\'{"oauth": {"credentials": {"access_token": "gho_1"}}}\' as settings',
    )
    # The workers are in another folder.
    (tmp_path / "rows").mkdir()
    rows.write.mode("overwrite").parquet(str(tmp_path / "rows"))
    before = sandbox.rows().connections
    absolute = block.replace('"rows"', repr(str(tmp_path / "rows")))
    absolute = absolute.replace('"outcomes"', repr(str(tmp_path / "outcomes")))
    exec(compile(absolute, "bulk.md", "exec"), {"spark": spark})
    assert counts(spark.read.parquet(str(tmp_path / "outcomes"))) == {"created": 100}
    assert sandbox.rows().connections == before + 100


def counts(outcomes: DataFrame) -> dict[str, int]:
    """The number of rows that came to each end."""
    return {row["status"]: row["count"] for row in outcomes.groupBy("status").count().collect()}
