"""A Spark session of the tests' own, on a Java runtime from the system's packages."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[1]


def settings(home: Path) -> dict[str, str]:
    """What every session of tests is started with; home: where it may write."""
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.local.dir": str(home / "local"),
        "spark.sql.warehouse.dir": str(home / "warehouse"),
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        # Far from UTC: what takes a day for a moment is found out.
        "spark.sql.session.timeZone": "Asia/Almaty",
        # Workers import the code of this checkout, whatever is installed beside it.
        "spark.executorEnv.PYTHONPATH": str(ROOT),
    }


@contextmanager
def running_spark(
    home: Path, master: str = "local[2]", more: Mapping[str, str] = MappingProxyType({})
) -> Iterator["SparkSession"]:
    """A session for as long as it is wanted; skips, or on a build server fails, without one."""
    needed()
    from pyspark.sql import SparkSession

    # Otherwise workers are started by whichever python3 comes first.
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        patched.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        told = {**settings(home), **more}
        session = SparkSession.builder.master(master).config(map=told).getOrCreate()
        yield session
        session.stop()


def needed() -> None:
    """Skips, or on a build server fails, where Spark cannot run."""
    told = ""
    if importlib.util.find_spec("pyspark") is None:
        told = "no Spark here: make scale"
    elif not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        told = "no Java here: install Debian's package `default-jre-headless`"
    if told:
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
