"""Declarations of any table of Spark: checked like those of a file, typed, those left out told."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from ..records import DECLARATIONS, validated
from ..records.kinds import checked
from ..records.rejections import plain
from ..records.schema import Column
from .work import kind_of

# Of each row as it was given: its place, the record as JSON where it has faults, and these.
ROW, GIVEN, FAULTS = "row", "given", "faults"
_REPEATED = "repeated"

_TOLD = ("column", "value", "expected")
_FAULT = pa.struct([(name, pa.string()) for name in _TOLD])
_KEY = list(DECLARATIONS.key)
_NAMED = ", ".join(_KEY)
_AGAIN = f"a key ({_NAMED}) that no earlier row has"


def with_faults(given: DataFrame, today: date) -> DataFrame:
    """Each row of a table in the types of its columns, with every fault that it has.

    SchemaError where a required column is missing. Columns of other names are left out. A key that
    two rows have is a fault of the later one, in the order in which the table is read.
    """
    validated(pd.DataFrame(columns=given.columns, dtype="str"))
    columns = [one for one in DECLARATIONS.every_column if one.name in given.columns]
    check = Check(tuple(columns), today)
    numbered = given.select(
        F.monotonically_increasing_id().alias(ROW), *(F.col(f"`{one.name}`") for one in columns)
    )
    rows = numbered.mapInArrow(check, from_arrow_schema(check.schema))
    later = F.row_number().over(Window.partitionBy(*_KEY).orderBy(ROW)) > 1
    whole = F.col(_KEY[0]).isNotNull() & F.col(_KEY[1]).isNotNull()
    told = F.exists(FAULTS, lambda fault: fault["expected"] == _AGAIN)
    again = F.struct(
        F.lit(_NAMED).alias("column"),
        F.concat_ws(", ", *_KEY).alias("value"),
        F.lit(_AGAIN).alias("expected"),
    )
    record = F.to_json(F.struct(*(one.name for one in columns)))
    faults = F.when(F.col(_REPEATED), F.array_append(FAULTS, again)).otherwise(F.col(FAULTS))
    cells = F.when(F.col(_REPEATED), F.coalesce(F.col(GIVEN), record)).otherwise(F.col(GIVEN))
    judged = rows.withColumn(_REPEATED, whole & later & ~told)
    return judged.withColumns({FAULTS: faults, GIVEN: cells}).drop(_REPEATED)


def accepted(rows: DataFrame) -> DataFrame:
    """The declarations without a fault."""
    return rows.where(F.size(FAULTS) == 0).drop(ROW, GIVEN, FAULTS)


def rejected(rows: DataFrame) -> DataFrame:
    """The others: their faults, and each as it was given, as JSON text."""
    return rows.where(F.size(FAULTS) > 0).select(*_KEY, FAULTS, GIVEN)


@dataclass(frozen=True)
class Check:
    """Checks the cells of each batch of rows."""

    columns: tuple[Column, ...]
    today: date

    @property
    def schema(self) -> pa.Schema:
        """What comes of a row; a column with a fault has no value."""
        typed = [(one.name, kind_of(one.name)) for one in self.columns]
        return pa.schema(
            [(ROW, pa.int64()), *typed, (GIVEN, pa.string()), (FAULTS, pa.list_(_FAULT))]
        )

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of a task."""
        for batch in batches:
            yield self._checked(batch)

    def _checked(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = batch.column(0)
        frame = batch.drop_columns([ROW]).to_pandas(date_as_object=False)
        found = validated(frame, today=self.today)
        typed = found.accepted.reindex(frame.index)
        faults = [list[dict[str, str]]() for _ in frame.index]
        given: list[str | None] = [None] * len(frame)
        told = found.rejected.itertuples(index=False)
        for row, of_row in groupby(told, attrgetter("row")):
            of = [{name: getattr(one, name) for name in _TOLD} for one in of_row]
            faults[row] = of
            given[row] = json.dumps(plain(frame.loc[row].to_dict()), ensure_ascii=False)
        for name in _KEY:  # also those of rows that are left out count for later ones
            typed[name] = checked(frame[name], DECLARATIONS.column(name), self.today).values
        arrays = [
            pa.array(typed[one.name], kind_of(one.name), from_pandas=True) for one in self.columns
        ]
        end = [pa.array(given, pa.string()), pa.array(faults, pa.list_(_FAULT))]
        return pa.record_batch([rows, *arrays, *end], schema=self.schema)
