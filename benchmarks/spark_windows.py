"""Totals of the past as Spark's window functions, against our search of ledgers, in one run.

    pip install 'shiprisk[spark]'
    .venv/bin/python benchmarks/spark_windows.py [DECLARATIONS ...] [--records DIRECTORY]

For six ledgers of differing kinds, all their totals of every declaration, strictly before its day:
ours, on one core (keys hashed, the ledger built, searched in blocks), and Spark's window functions,
on all cores: as each total is declared, and as differences of two running sums. Both have the same
keys and amounts at hand, Spark's as Parquet. A tenth of all declarations are of one HS6. The
histogram is counted in the bins of our ledgers: 4 rows for each that enters, up to 13 for each that
asks. Sums over all declarations must agree. --records: worlds are kept there.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from shiprisk.features import NODES, Block, History, Trailing, read_records
from shiprisk.features.columns import columns_of
from shiprisk.features.history.bins import FIRST_OF_LEVEL
from shiprisk.features.history.building import ROWS_AT_ONCE, shelf_of
from shiprisk.features.history.entries import UNIT
from shiprisk.features.trailing import LedgerKey
from shiprisk.training import simulate
from shiprisk.training.examples import Past
from tests.features.spark.windows import days_before, entered, events_of, own_bin, window

LEDGERS = {
    "coarse: all records": LedgerKey((), "declared_on"),
    "fine: trader and partner": LedgerKey(("trader_id", "partner_id"), "declared_on"),
    "many columns: HS4": LedgerKey(("hs4",), "declared_on"),
    "histogram: HS6": LedgerKey(("hs6",), "declared_on", "log_value_per_kg"),
    "outcomes: trader": LedgerKey(("trader_id",), "known_on"),
    "skewed: HS6": LedgerKey(("hs6",), "declared_on"),
}
TOTALS = {name: node for name, node in NODES.items() if isinstance(node, Trailing)}
Columns = dict[str, np.ndarray]


def main(spark: SparkSession, sizes: list[int], worlds: Path) -> None:
    """Each size, each ledger, each way."""
    for size in sizes:
        columns = _columns(worlds / str(size), size)
        print(f"{size:,} declarations; microseconds per declaration", flush=True)
        for name, key in LEDGERS.items():
            totals = {x: total for x, total in TOTALS.items() if total.ledger == key}
            _compared(spark, f"{name}, {len(totals)} totals", totals, columns, worlds)


def _compared(
    spark: SparkSession,
    name: str,
    totals: dict[str, Trailing],
    columns: dict[str, Columns],
    scratch: Path,
) -> None:
    asked = {x: total for x, total in totals.items() if total.take != "below"}
    blocks = {on: Block(of_records, {}) for on, of_records in columns.items()}
    on = next(iter(totals.values())).on
    file = str(scratch / "events")
    events = events_of(spark, totals.values(), blocks["declared_on"], {on: blocks[on]})
    events.write.mode("overwrite").parquet(file)
    events = spark.read.parquet(file)
    ways: dict[str, Callable[[], list[float]]] = {"ours": lambda: _ours(totals, columns)}
    if asked:
        ways["as declared"] = lambda: _windows(events, totals, window)
        ways["running sums"] = lambda: _windows(events, totals, _running)
    else:
        ways["bins"] = lambda: _below(events, totals)
    told, took = {}, {}
    for way, work in ways.items():
        started = time.perf_counter()
        told[way] = work()
        took[way] = (time.perf_counter() - started) / blocks["declared_on"].rows * 1e6
        np.testing.assert_allclose(told[way], told["ours"], rtol=1e-9, err_msg=way)
    times = ", ".join(f"{way} {each:.1f} ({each / took['ours']:.0f})" for way, each in took.items())
    print(f"  {name}: {times}", flush=True)


def _columns(directory: Path, size: int) -> dict[str, Columns]:
    """What declarations and outcomes are keyed by and add, worked out already."""
    if not directory.exists():
        simulate(directory, size, 0)
    past = Past.of(read_records(directory))
    tenth = np.random.default_rng(0).random(len(past.declarations)) < 0.1
    past.declarations.loc[tenth, "hs_code"] = "8542310000"
    register = History(NODES).extended(traders=past.traders).register
    needed = {
        x for total in TOTALS.values() for x in total.inputs if total.ledger in LEDGERS.values()
    }
    made = {}
    for on, frame in {"declared_on": past.declarations, "known_on": past.inspected}.items():
        block = Block(register.joined(columns_of(frame)), NODES)
        names = needed - ({"violation"} if on == "declared_on" else set())
        made[on] = {x: block[x] for x in (*names, "declared_on", on)}
    return made


def _ours(totals: dict[str, Trailing], columns: dict[str, Columns]) -> list[float]:
    on = next(iter(totals.values())).on
    history = History(totals)
    entering = ((on, block) for block in _parts(columns[on]))
    history = History(totals, (shelf_of(history.ledgers, entering),))
    sums = dict.fromkeys(totals, 0.0)
    for block in _parts(columns["declared_on"]):
        told = history.asked(tuple(totals)).answered(history.shelves, block)
        for name in totals:
            sums[name] += _summed(told[name])
    return list(sums.values())


def _parts(columns: Columns) -> Iterator[Block]:
    for start in range(0, len(columns["declared_on"]), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        yield Block({name: values[part] for name, values in columns.items()}, {})


def _summed(values: np.ndarray) -> float:
    days = values.dtype.kind == "M"
    return float(values[~np.isnat(values)].astype(np.int64).sum() if days else np.nansum(values))


def _windows(
    events: DataFrame, totals: dict[str, Trailing], way: Callable[[Trailing], Column]
) -> list[float]:
    by = list(next(iter(totals.values())).by)
    whole = events.dropna(subset=by) if by else events
    told = whole.select("row", *(way(total).alias(name) for name, total in totals.items()))
    sums = told.where("row IS NOT NULL").agg(
        *(F.sum(F.col(name).cast("double")) for name in totals)
    )
    units = [1.0 if total.take.endswith("_day") else UNIT for total in totals.values()]
    return [float(x or 0) / unit for x, unit in zip(sums.first() or (), units, strict=True)]


def _running(total: Trailing) -> Column:
    if total.days is None:
        return window(total)
    summed = F.sum(entered(total))
    until, since = (summed.over(days_before(total, None, day)) for day in (1, total.days + 1))
    return F.coalesce(until, F.lit(0)) - F.coalesce(since, F.lit(0))


def _below(events: DataFrame, totals: dict[str, Trailing]) -> list[float]:
    (total,) = totals.values()
    whole = events.withColumn("bin", own_bin(total)).dropna(subset=[*total.by, "bin"])
    heads = [*total.by, "day"]
    counted = whole.select(*heads, F.explode(_counted_in()).alias("code"), F.lit(1).alias("n"))
    asks = whole.select("row", *heads, F.explode(_asked_for()).alias("part"))
    asks = asks.select("row", *heads, "part.code", "part.weight")
    past = Window.partitionBy(*total.by, "code").orderBy("day").rangeBetween(-(total.days or 0), -1)
    both = counted.unionByName(asks, allowMissingColumns=True)
    each = both.withColumn("below", F.sum("n").over(past) * F.col("weight"))
    told = each.where("row IS NOT NULL").groupBy("row").agg(F.sum("below").alias("below"))
    return [float((told.agg(F.sum("below")).first() or (0,))[0]) / 2]


def _counted_in() -> Column:
    """The bins of all levels that count a value."""
    return F.array(
        *(F.shiftright("bin", 2 * at) + first for at, first in enumerate(FIRST_OF_LEVEL))
    )


def _asked_for() -> Column:
    """The bins that together hold what is lower, and the own one, which counts half."""
    lower = [_siblings(at, first) for at, first in enumerate(FIRST_OF_LEVEL)]
    return F.concat(*lower, F.array(_part(F.col("bin"), 1)))


def _siblings(level: int, first: int) -> Column:
    at = F.shiftright("bin", 2 * level)
    four = F.transform(F.array(*map(F.lit, range(4))), lambda x: at - at.bitwiseAND(F.lit(3)) + x)
    return F.transform(F.filter(four, lambda x: x < at), lambda x: _part(x + first, 2))


def _part(code: Column, weight: int) -> Any:
    return F.struct(code.alias("code"), F.lit(weight).alias("weight"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("declarations", nargs="*", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--records", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        settings = {
            "spark.driver.memory": "4g",
            "spark.local.dir": passing,
            "spark.log.level": "ERROR",
            "spark.sql.shuffle.partitions": "8",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        session = SparkSession.builder.master("local[*]").config(map=settings).getOrCreate()
        main(session, given.declarations, given.records or Path(passing))
        session.stop()
