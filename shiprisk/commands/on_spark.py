"""What a command on Spark has: a session, the records it is given, and a place to work in."""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import pandas as pd

from shiprisk.features import ReadError, Rejected, read_beside

from .. import printing

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from shiprisk.features import SparkRecords

# What stands before the name of a table of Spark's catalogue, where a path may stand.
TABLE = "table:"


class SparkError(RuntimeError):
    """Spark cannot be had, or stopped."""


@contextmanager
def session(master: str | None) -> Iterator["SparkSession"]:
    """A session with Spark's own settings, on another master where one is named."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkError(f"{error}; pip install 'shiprisk[spark]'") from error
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # or the first python3 is taken
    asked = SparkSession.builder.appName("shiprisk").config(map=_settings())
    try:
        spark = (asked if master is None else asked.master(master)).getOrCreate()
    except PySparkException as error:
        raise SparkError(f"{error}; is there a Java runtime (17 or later)?") from error
    try:
        yield spark
    except PySparkException as error:
        raise SparkError(_in_short(error)) from error
    finally:
        spark.stop()


def require_free(out: str, anew: bool) -> None:
    """SparkError where something is at a path; Spark itself says so after hours of work."""
    if not anew and Path(out).exists():
        raise SparkError(f"{out} is there already; --anew overwrites it")


def _settings() -> dict[str, str]:
    """What is not left to Spark's own settings."""
    at_screen = str(sys.stderr.isatty()).lower()
    return {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": at_screen}


def _in_short(error: Exception) -> str:
    """What happened: of an error in a worker its last line, of others the first."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1 if any(line.startswith("Traceback") for line in lines) else 0]


@dataclass(frozen=True)
class SparkInput:
    """Declarations in Parquet or a table of Spark, and the other tables beside them.

    source: a path that Spark reads, a directory with declarations.parquet and other tables, or
    `table:NAME`. beside: a directory with the other tables, by default the source's own. listed:
    a list of parties. rejected: where those left out go, beside what is there, or anew. work: a
    directory that all workers see; it is removed afterwards, with all that was there before.
    """

    source: str
    work: Path
    rejected: str
    beside: Path | None = None
    listed: Path | None = None
    anew: bool = False

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables beside declarations, by name."""
        rejected = Rejected(None)
        found = read_beside(self.beside or self._directory, listed=self.listed, rejected=rejected)
        if rejected.rows:
            printing.rejections(rejected)
        return found

    def given(self, spark: "SparkSession") -> "DataFrame":
        """The declarations as they stand in the source."""
        from pyspark.errors import AnalysisException

        try:
            if self.source.startswith(TABLE):
                return spark.table(self.source.removeprefix(TABLE))
            inside = self._directory / "declarations.parquet" if self._directory else self.source
            return spark.read.parquet(str(inside))
        except AnalysisException as error:
            told = str(error).partition("\n")[0]
            raise ReadError(f"{self.source}: Spark reads Parquet and tables: {told}") from error

    @contextmanager
    def records(
        self,
        spark: "SparkSession",
        outcomes: pd.DataFrame | None = None,
        delay_days: int | None = None,
    ) -> Iterator["SparkRecords"]:
        """The checked declarations, while they are worked with; those left out are told."""
        from shiprisk.features import SparkRecords

        rmtree(self.work, ignore_errors=True)
        try:
            found = SparkRecords.of(self.given(spark), self.work, outcomes, delay_days)
            if found.left_out:
                mode = "overwrite" if self.anew else "append"
                found.rejected.write.mode(mode).json(self.rejected)
                printing.left_out(found.left_out, self.rejected)
            yield found
        finally:
            rmtree(self.work, ignore_errors=True)

    @property
    def _directory(self) -> Path | None:
        """The source, where it is a directory of tables."""
        here = Path(self.source)
        return here if (here / "declarations.parquet").exists() else None
