"""Declarations of a table of Spark, and what becomes of them: totals, or answers about each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ..catalogue import NODES
from ..history import History, TotalsTable, load_history, save_history
from ..matrix import ROWS_AT_ONCE
from ..records import DECLARATIONS
from .answered import Made
from .checked import accepted, rejected, with_faults
from .exchange import chunks_of, exchanged
from .outcomes import with_outcomes
from .plan import Plan
from .remembering import with_beside, write_totals
from .work import ASKS, in_files

# Declarations of one range of keys, and of one task: as many as are easily held.
_ROWS_OF_RANGE, _ROWS_OF_TASK = 50_000, 100_000

_BEFORE_ALL = np.datetime64(0, "D")

_KEY = list(DECLARATIONS.key)


@dataclass(frozen=True)
class SparkRecords:
    """Checked declarations in a directory that all workers see.

    declared: those without a fault, in order of their days; with `known_on` and `violation` where
    outcomes came with them. rejected: the others, with their faults. rows, left_out: how many
    there are of each. first, last: days declared, None without any.
    """

    work: Path
    declared: DataFrame
    rejected: DataFrame
    rows: int
    left_out: int
    first: date | None
    last: date | None

    @classmethod
    def of(
        cls,
        given: DataFrame,
        work: Path,
        outcomes: pd.DataFrame | None = None,
        delay_days: int | None = None,
        today: date | None = None,
    ) -> "SparkRecords":
        """Check declarations and keep them, sorted by day, in `work`, which all workers see.

        outcomes: validated inspections; with delay_days none counts as known sooner than so many
        days after its declaration. SchemaError where a required column is missing.
        """
        spark = given.sparkSession
        with chunks_of(spark):
            told = _kept(with_faults(given, today or date.today()), work / "checked")
            good = accepted(told)
            if outcomes is not None:
                good = with_outcomes(good, outcomes, delay_days)
            day = F.col("declared_on")
            ((rows, first, last),) = good.agg(F.count("*"), F.min(day), F.max(day)).collect()
            left_out = rejected(told).count()
            tasks = _at_least(spark.sparkContext.defaultParallelism, rows, _ROWS_OF_TASK)
            by_day = good.repartitionByRange(tasks, "declared_on", *_KEY)
            kept = _kept(by_day.sortWithinPartitions("declared_on", *_KEY), work / "declared")
        return cls(work, kept, rejected(told), rows, left_out, first, last)

    def with_column(self, name: str, values: Column) -> "SparkRecords":
        """The same with a further column, which travels with each declaration."""
        return replace(self, declared=self.declared.withColumn(name, values))

    def remembered(
        self, table: TotalsTable, name: str, beside: History, declared: bool = True
    ) -> TotalsTable:
        """A table of totals with these declarations and their outcomes as a further batch.

        beside: all that is no total, of the table and of what came with these declarations.
        declared: False where the table has the declarations, and only their outcomes are new.
        """
        table.require_new(name)
        rows = self.declared.withColumn(ASKS, F.lit(False))
        with chunks_of(rows.sparkSession):
            plan, further = self._plan(beside, None, table.ranges), beside
            if not declared:
                plan = replace(plan, before=_BEFORE_ALL)
            elif self.last is not None:
                last = np.datetime64(self.last, "D")
                further = with_beside(beside, rows)
                further = replace(further, through=max(further.through, last))
            return table.appended(name, further, lambda into: write_totals(rows, plan, into))

    def answered(
        self,
        past: Path,
        made: Made,
        schema: pa.Schema,
        write: Callable[[DataFrame], None],
        day: date | None = None,
        listed_parties: pd.DataFrame | None = None,
        rows_at_once: int = ROWS_AT_ONCE,
    ) -> None:
        """Write what is made of declarations with all that an earlier past says of them.

        past: a saved history or a table of totals; days declared after its last one, and before the
        last of these declarations, count as well. day: only of this day. Outcomes do not enter.
        """
        past = past.absolute()  # workers stand elsewhere
        known = TotalsTable.at(past) if TotalsTable.is_at(past) else past
        history = _beside(known)
        if listed_parties is not None:
            history = history.extended(listed_parties=listed_parties)
        through, until = history.through.astype(date), day or self.last or date.min
        enters = (F.col("declared_on") > through) & (F.col("declared_on") < until)
        asks = F.lit(True) if day is None else F.col("declared_on") == day
        rows = self.declared.withColumn(ASKS, asks).where(F.col(ASKS) | enters)
        with chunks_of(rows.sparkSession, rows_at_once):
            if len(history.statistics.figures) or len(history.parties):
                history = with_beside(history, rows.where(enters))
            plan = self._plan(history, known, self._ranges(known))
            before = np.datetime64(until, "D")
            plan = replace(plan, after=history.through, before=before, outcomes=False)
            write(exchanged(rows, plan, made, schema, self._tasks))

    def answered_by_themselves(
        self,
        beside: History,
        made: Made,
        schema: pa.Schema,
        write: Callable[[DataFrame], None],
        asks: Column,
    ) -> None:
        """The same of some declarations, whose past is all of these and their outcomes.

        beside: all that is no total. asks: of which declarations something is made.
        """
        rows = self.declared.withColumn(ASKS, asks)
        with chunks_of(rows.sparkSession):
            plan = self._plan(with_beside(beside, rows), None, self._ranges(None))
            write(exchanged(rows, plan, made, schema, self._tasks))

    @property
    def _tasks(self) -> int:
        spark = self.declared.sparkSession.sparkContext
        return _at_least(spark.defaultParallelism, self.rows, _ROWS_OF_TASK)

    def _ranges(self, past: Path | TotalsTable | None) -> int:
        if isinstance(past, TotalsTable):
            return past.ranges
        return ranges_for(self.rows, self.declared.sparkSession.sparkContext.defaultParallelism)

    def _plan(self, beside: History, past: Path | TotalsTable | None, ranges: int) -> Plan:
        directory = self.work.absolute() / f"beside-{uuid4().hex[:12]}"
        save_history(replace(beside, shelves=()), directory)
        return Plan(directory, past, ranges)


def _kept(rows: DataFrame, directory: Path) -> DataFrame:
    """The same rows from files: a task that is done again reads what it read before."""
    rows.write.parquet(in_files(directory))
    return rows.sparkSession.read.parquet(in_files(directory))


def _at_least(least: int, rows: int, of_each: int) -> int:
    return max(least, -(-rows // of_each))


def ranges_for(rows: int, parallel: int) -> int:
    """Into how many ranges keys are divided for so many declarations: a power of two."""
    return 1 << (_at_least(2 * parallel, rows, _ROWS_OF_RANGE) - 1).bit_length()


def _beside(past: Path | TotalsTable) -> History:
    """A history without its totals."""
    if isinstance(past, TotalsTable):
        return past.history(NODES)
    return replace(load_history(past, NODES), shelves=())
