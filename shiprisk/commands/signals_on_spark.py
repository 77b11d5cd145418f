"""A table of signals of records that are on Spark, to train on where they would not fit."""

from shiprisk.features import NODES, History
from shiprisk.training import TrainingError

from ..defaults import Exit
from ..printing import console
from .on_spark import SparkInput, require_free, session
from .telling import clearly


@clearly
def write_table(
    source: SparkInput, out: str, share: float, delay_days: int, master: str | None, anew: bool
) -> Exit:
    """Write the signals of what was inspected, and of a share of all."""
    require_free(out, anew)
    tables = source.tables()
    outcomes = tables.get("inspections")
    if outcomes is None:
        raise TrainingError(f"{source.source}: no outcomes; give a table of inspections beside it")
    with session(master) as spark, source.records(spark, outcomes, delay_days) as records:
        from shiprisk.training import write_signals  # imports pyspark

        beside = History(NODES).extended(
            traders=tables.get("traders"),
            trade_statistics=tables.get("trade_statistics"),
            listed_parties=tables.get("listed_parties"),
        )
        write_signals(records, beside, share, out, anew)
        rows = spark.read.parquet(out).count()
    console.print(
        f"signals of {rows:,} out of {records.rows:,} declarations in [bold]{out}[/]; train with "
        f"shiprisk train --signals {out}"
    )
    return Exit.SOME_REJECTED if records.left_out else Exit.WELL
