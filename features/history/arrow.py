"""Tables of a history as plain Arrow files."""

from pathlib import Path

import pandas as pd
import pyarrow as pa


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write a table, without its index."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_frame(path: Path) -> pd.DataFrame:
    """Read what `write_frame` wrote."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all().to_pandas()
