"""A table of signals as a cluster would write it, made on one machine."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shiprisk.features import SIGNALS, signals_of
from shiprisk.training import Past
from shiprisk.training.examples import KEY, OUTCOME
from shiprisk.training.signal_table import SIGNAL_TABLE

NAMES = tuple(signal.name for signal in SIGNALS)


def table_of(past: Past, share: float = 1.0) -> pa.Table:
    """Every inspected row, and of all rows a share by key, in an order of no meaning."""
    rows = past.declarations.merge(past.inspected[[*KEY, *OUTCOME]], on=KEY, how="left")
    drawn = pd.util.hash_pandas_object(rows["declaration_id"], index=False) % 1000 < share * 1000
    rows["sample_share"] = np.where(drawn, share, np.nan)
    rows = rows[drawn | rows["violation"].notna()].sample(frac=1, random_state=5)
    matrix = signals_of(rows[list(past.declarations)], past.history(), NAMES)
    beside = pa.Table.from_pandas(rows[SIGNAL_TABLE.names], SIGNAL_TABLE.remove_metadata(), False)
    for name, values in zip(NAMES, matrix.T, strict=True):
        beside = beside.append_column(name, pa.array(values))
    return beside


def write(table: pa.Table, directory: Path, parts: int = 7) -> Path:
    """The table in several files."""
    directory.mkdir(parents=True)
    for part, rows in enumerate(np.array_split(np.arange(len(table)), parts)):
        pq.write_table(table.slice(rows[0], len(rows)), directory / f"part-{part:05}.parquet")
    (directory / "_SUCCESS").touch()
    return directory
