"""Every declared total by Spark's own window functions: another way to the same numbers.

Nothing of ours takes part but the declaration of each total and the values of what it is keyed by
and sums: no hashed keys, no ledgers, no search.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from shiprisk.features import Block, Trailing
from shiprisk.features.history.bins import LOWEST, WIDTH
from shiprisk.features.history.entries import UNIT

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession, WindowSpec


def by_windows(
    spark: "SparkSession",
    totals: Mapping[str, Trailing],
    asked: Block,
    entering: Mapping[str, Block],
) -> dict[str, np.ndarray]:
    """Each total of each asked record: float64, or datetime64[D] for first and last days.

    entering: the records that the past is made of, by the day on which they enter.
    """
    events = events_of(spark, totals.values(), asked, entering)
    found: dict[str, np.ndarray] = {}
    with _without_compiling(spark):
        for by in dict.fromkeys(total.by for total in totals.values()):
            alike = {name: total for name, total in totals.items() if total.by == by}
            found |= _told(events, by, alike, asked.rows)
    return found


def events_of(
    spark: "SparkSession",
    totals: Iterable[Trailing],
    asked: Block,
    entering: Mapping[str, Block],
) -> "DataFrame":
    """What happened and what is asked, one row each, with keys and amounts as they are.

    row: the place of the asked record, NULL where only something happened. on: as what it enters,
    NULL where something is only asked. day: a day number.
    """
    totals = tuple(totals)
    wanted = {name for total in totals for name in total.by}
    wanted |= {total.of for total in totals if total.take == "below"}
    parts = [] if asked in entering.values() else [_part(asked, wanted, "declared_on", True)]
    for on, block in entering.items():
        names = {name for total in totals if total.on == on for name in total.inputs}
        both = block is asked
        part = _part(block, names | wanted if both else names, on, both)
        parts.append(part.append_column("on", pa.array([on] * block.rows)))
    return spark.createDataFrame(pa.concat_tables(parts, promote_options="default"))


def window(total: Trailing) -> "Column":
    """The total of each event: in units, as a day number, or as twice the number below."""
    from pyspark.sql import functions as F

    past = days_before(total, total.days, 1)
    if total.take == "below":
        own = own_bin(total)
        bins = F.collect_list(F.when(F.col("on") == total.on, own)).over(past)
        lower, same = F.filter(bins, lambda x: x < own), F.filter(bins, lambda x: x == own)
        return F.when(own.isNotNull(), 2 * F.size(lower) + F.size(same))
    if total.take == "total":
        return F.coalesce(F.sum(entered(total)).over(past), F.lit(0))
    seen = F.when(entered(total) != 0, F.col("day"))
    return (F.min(seen) if total.take == "first_day" else F.max(seen)).over(past)


def days_before(total: Trailing, first: int | None, last: int) -> "WindowSpec":
    """The events of the same key from so many days before to so many; None: the whole past."""
    from pyspark.sql import Window

    since = Window.unboundedPreceding if first is None else -first
    return Window.partitionBy(*map(_quoted, total.by)).orderBy("day").rangeBetween(since, -last)


def entered(total: Trailing) -> "Column":
    """What an event adds to a sum, in units; NULL where it adds nothing."""
    from pyspark.sql import functions as F

    units = F.rint(F.col(_quoted(total.of)) * UNIT).cast("long") if total.of else F.lit(int(UNIT))
    return F.when(F.col("on") == total.on, units)


def own_bin(total: Trailing) -> "Column":
    """The bin of the number that is ranked; NULL where it is missing."""
    from pyspark.sql import functions as F

    number = F.col(_quoted(total.of))
    found = F.greatest(F.least(F.floor((number - LOWEST) / WIDTH), F.lit(255)), F.lit(0))
    return F.when(number.isNotNull(), found.cast("int"))  # least and greatest pass NULL over


@contextmanager
def _without_compiling(spark: "SparkSession") -> Iterator[None]:
    """Of few rows, compiling each plan takes longer than working through it."""
    spark.conf.set("spark.sql.codegen.wholeStage", "false")
    try:
        yield
    finally:
        spark.conf.unset("spark.sql.codegen.wholeStage")


def _told(
    events: "DataFrame", by: tuple[str, ...], totals: Mapping[str, Trailing], rows: int
) -> dict[str, np.ndarray]:
    whole = events.dropna(subset=list(map(_quoted, by))) if by else events
    columns = {f"total{at}": window(total) for at, total in enumerate(totals.values())}
    told = whole.select("row", *(column.alias(name) for name, column in columns.items()))
    told = told.where("row IS NOT NULL").toArrow()
    places = told["row"].to_numpy()
    return {
        name: _placed(told[f"total{at}"], places, rows, total)
        for at, (name, total) in enumerate(totals.items())
    }


def _placed(found: pa.ChunkedArray, places: np.ndarray, rows: int, total: Trailing) -> np.ndarray:
    """Answers at the places of their records; missing where the key is not whole."""
    if total.take.endswith("_day"):
        days = np.full(rows, np.datetime64("NaT", "D"))
        days[places] = found.cast(pa.int32()).cast(pa.date32()).to_numpy()
        return days
    numbers = np.full(rows, np.nan)
    numbers[places] = found.to_numpy() / (2 if total.take == "below" else UNIT)
    return numbers


def _part(block: Block, names: Iterable[str], on: str, asks: bool) -> pa.Table:
    day = pa.array(block[on].astype("datetime64[D]")).cast(pa.int32())
    rows = pa.array(np.arange(block.rows)) if asks else pa.nulls(block.rows, pa.int64())
    columns = {name: pa.array(block[name], from_pandas=True) for name in sorted(names)}
    return pa.table({"row": rows, "day": day, **columns})


def _quoted(name: str) -> str:
    """A name that holds a point, as Spark wants to be told it."""
    return f"`{name}`"
