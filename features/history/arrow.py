"""Tables of a history as Arrow files."""

from pathlib import Path

import pandas as pd
import pyarrow as pa


def write_arrow(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame, without its index; equal frames give the same bytes."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    # How a text column came to be decides which of two types it has, and in how many pieces.
    types = [pa.large_string() if pa.types.is_string(x) else x for x in table.schema.types]
    pairs = zip(table.schema, types, strict=True)
    schema = pa.schema([x.with_type(kind) for x, kind in pairs], table.schema.metadata)
    table = table.cast(schema).combine_chunks()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_arrow(path: Path) -> pd.DataFrame:
    """Read what `write_arrow` wrote."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all().to_pandas()
