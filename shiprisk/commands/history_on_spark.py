"""A history made on Spark: a table of totals, to which batches are appended."""

from pathlib import Path

from shiprisk.features import NODES, TotalsTable

from ..defaults import Exit
from ..printing import console
from .on_spark import SparkInput, session
from .telling import clearly


@clearly
def write_totals(
    source: SparkInput, out: Path, batch: str | None, only_outcomes: bool, master: str | None
) -> Exit:
    """Write what a table and its outcomes tell of the past, or append it to what is there."""
    if batch and TotalsTable.is_at(out):
        TotalsTable.at(out).require_new(batch)  # now, not after hours of work
    tables = source.tables()
    outcomes = tables.get("inspections")
    with session(master) as spark, source.records(spark, outcomes) as records:
        from shiprisk.features import ranges_for  # imports pyspark

        if TotalsTable.is_at(out):
            table = TotalsTable.at(out)
        else:
            cores = spark.sparkContext.defaultParallelism
            table = TotalsTable.empty(out, ranges_for(records.rows, cores))
        beside = table.history(NODES).extended(
            traders=tables.get("traders"),
            trade_statistics=tables.get("trade_statistics"),
            listed_parties=tables.get("listed_parties"),
        )
        days = f"{records.first}_{records.last}"
        name = batch or (f"outcomes-of-{days}" if only_outcomes else days)
        table = records.remembered(table, name, beside, declared=not only_outcomes)
    entered = "outcomes of " * only_outcomes
    console.print(
        f"{entered}{records.rows:,} declarations as batch {name} of [bold]{out}[/], which has "
        f"{len(table.batches)}; through {table.history(NODES).through}"
    )
    return Exit.SOME_REJECTED if records.left_out else Exit.WELL


@clearly
def join_totals(out: Path, master: str | None) -> Exit:
    """Put the batches of a table together."""
    table = TotalsTable.at(out)
    with session(master) as spark:
        from shiprisk.features import joined  # imports pyspark

        joined(spark, table)
    console.print(f"{len(table.batches)} batches of [bold]{out}[/] are one now")
    return Exit.WELL
